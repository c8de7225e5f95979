"""Question pages: the third question of a draft, and what its lines were read as."""

# ruff: noqa: E501, RUF001 - the examples are sentences, written as people read them.

from __future__ import annotations

from rogatory_node.look.pictures.findings import FindingCard, Findings
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.questions import (
    Button,
    DraftPage,
    Option,
    ParsedLine,
    PasteReader,
    Problem,
    Question,
    Step,
    Steps,
)
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, link, look_alike, strong

from .say import frame, here, say

__all__ = ["around", "draft"]

NOW = here(1, 12)
MISSING = ("ours", "act")


def around() -> Frame:
    """Return the frame of the draft."""
    who = "Viet Nam, 24/7 point of contact · Lê Văn Bình†, alone until 07:30"
    return frame(who, NOW, "New request", "Saved 01:12:08")


def slim(cite: str, reason: str, cure: str) -> Findings:
    """Return one finding in its slim box beside a field."""
    card = FindingCard("not_met", Link(say(cite), "#"), say(reason), say(cure))
    return Findings(say("Finding: stays here"), (card,))


def _clear(word: str = "Clear") -> StateBadge:
    return StateBadge(say(word), "check", "kept")


def _first(problem: str) -> ParsedLine:
    absent = StateBadge(say("not stated"), "ours", "act")
    return ParsedLine(
        say("Line 1"),
        StateBadge(say("Two things missing"), "ours", "act"),
        (
            Fact(say("Verbatim"), code("203.0.113.57 12/03/2028 23:47")),
            Fact(say("Kind"), say("IPv4 address, documentation range")),
            Fact(say("Day"), say("12 March 2028 (day first: the unit’s form)")),
            Fact(say("Seconds"), say("10, read by you from screenshot 1")),
            Fact(say("Zone"), "", absent),
            Fact(say("Source port"), "", absent),
        ),
        open=True,
        todo=True,
        questions=(
            Question(
                "zone",
                say("Which clock showed 23:47?"),
                (
                    Option("phone", say("The victim’s telephone, Đà Nẵng (+07): 16:47Z")),
                    Option("server", say("The server: UTC, so 23:47Z")),
                    Option("other", say("Another zone, or nobody knows")),
                ),
                "phone",
                finding=slim(
                    "art. 42(3)(c)",
                    "A time without a zone can point at another customer.",
                    "say which clock showed it, and its error.",
                ),
            ),
            Question("clock-error", say("Clock error"), (), "60", "±", "s", 4, numeric=True),
            Question(
                "port",
                say("Source port"),
                (),
                "80000" if problem else "",
                size=5,
                numeric=True,
                problem=problem,
                finding=slim(
                    "register: France",
                    "Its providers share addresses and need a source port.",
                    "ask the unit, or state “port unknown”.",
                ),
            ),
        ),
        sent=joined(
            say("Will be sent as"),
            " ",
            code("2028-03-12T23:47:10+07:00"),
            " = ",
            code("16:47:10Z"),
            " ± 60 s, ",
            say("port unknown, with your line beside it."),
        ),
    )


def _others() -> tuple[ParsedLine, ...]:
    domain = code("saovang-invest.example†")
    return (
        ParsedLine(
            say("Line 2"),
            _clear(),
            (
                Fact(say("Verbatim"), domain),
                Fact(say("Normalised"), joined(code("saovang-invest.example"), ", ", say("domain name"))),
                Fact(say("Seen before"), say("Hải Phòng police asked on 2 March: merged into this case")),
            ),
            joined(domain, ", ", say("seen before")),
        ),
        ParsedLine(
            say("Line 3"),
            _clear("Clear, said in words"),
            (
                Fact(say("Verbatim"), look_alike("svadm1n", [5])),
                Fact(
                    say("Reads as"),
                    joined(
                        code("s v a d m"),
                        " ",
                        strong(say("digit 1")),
                        " ",
                        code("n"),
                        ". ",
                        say("It looks like letter l, so it travels in words too."),
                    ),
                ),
                Fact(say("Source"), joined(say("screenshot 2, digest"), " ", code("9f3a…c1e7"))),
            ),
            open=True,
        ),
        ParsedLine(
            say("Line 4"),
            _clear(),
            (
                Fact(say("Verbatim"), code("13/3/2028 21:40 +7")),
                Fact(say("Normalised"), joined(code("2028-03-13T21:40:00+07:00"), " = ", code("14:40:00Z"))),
            ),
            joined(code("14:40:00Z"), ", ", say("13 March")),
        ),
    )


STEPS = (
    ("To whom", "France, point of contact", "done"),
    ("Offence and facts", "art. 13, 4 sentences", "done"),
    ("Identifiers and times", "3 of 4 clear", "now"),
    ("Items and periods", "4 begun", "open"),
    ("Why in haste", "logs kept 14 days", "open"),
    ("What follows", "assistance, by when", "open"),
    ("Secrecy", "end date and reason", "open"),
)


def draft(*, failed: bool = False) -> DraftPage:
    """Return the drawn question; with ``failed`` the same with an error that keeps what was typed."""
    problem = say("A port is a number from 1 to 65535") if failed else ""
    return DraftPage(
        back=Link(say("Back to question 2"), "#"),
        caption=say("Question 3 of 7"),
        question=say("Which identifiers and times do you have?"),
        reader=PasteReader(
            "paste",
            say(
                "Paste all of it, as the unit sent it: one line each, or a CSV. Your text is kept and travels beside "
                "what we read in it."
            ),
            "203.0.113.57 12/03/2028 23:47\nsaovang-invest.example†\nsvadm1n\n13/3/2028 21:40 +7",
            Button(say("Read again"), "act", "read"),
            say("What we read in it"),
            (_first(problem), *_others()),
            Link(say("Attach a file instead"), "#"),
            Findings(
                say("Findings stay here. Never sent"),
                (
                    FindingCard(
                        "not_met",
                        Link(say("art. 42(3)(c)"), "#"),
                        joined(
                            say("2 not met:"),
                            " ",
                            link(say("zone"), "#zone"),
                            ", ",
                            link(say("source port"), "#port"),
                        ),
                    ),
                    FindingCard(
                        "met", Link(say("art. 42(3)(d)"), "#"), say("Provider named, Nuage du Rhône SAS†")
                    ),
                ),
                say("On this question"),
                say("You may send with gaps. France is likely to ask first, and the logs go on 24 March."),
                3,
            ),
        ),
        steps=Steps(
            say("Preservation to France"),
            say("2 of 7 done, saved as you type"),
            tuple(Step(say(title), say(detail), state) for title, detail, state in STEPS),  # type: ignore[arg-type]  # the table's third column
        ),
        save=Button(say("Save and continue"), "act", "save"),
        later=Link(say("Leave it for later"), "#"),
        note=say("You can go on with gaps: absent particulars are findings, not errors."),
        problems=(Problem(problem, "port"),) if failed else (),
    )
