"""The thread of the example's case on 4 April: fourteen statements, a recall, one item lost."""

# ruff: noqa: E501, RUF001 - the examples are sentences, written as people read them.

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from rogatory_node.look.pictures.findings import FindingCard, Findings
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import (
    CustodyLine,
    Fact,
    ItemRow,
    ItemTable,
    NextAct,
    Rung,
    Rungs,
    StatementLog,
    StatementRow,
    ThreadPage,
)
from rogatory_node.look.pictures.timeline import Timeline, TimelineEvent, TimelineSpan
from rogatory_node.look.pictures.when import clock_time, day_time
from rogatory_node.look.pictures.words import code, joined

from .say import DA_NANG, PARIS, PARIS_SUMMER, frame, here, say

__all__ = ["NOW", "around", "asked", "items", "page"]

NOW = here(9, 40, day=4, month=4)
Said = tuple[int, datetime, str, Literal["said", "recall", "recalled"], str]
OURS, THEIRS = "Viet Nam", "France"
ALL: tuple[Said, ...] = (
    (1, here(1, 32), OURS, "said", "Request to preserve, 4 items. One signature; ratification pending"),
    (2, here(1, 41), THEIRS, "said", "Acknowledged by a person, Claire Vasseur†"),
    (3, here(1, 42), THEIRS, "said", "Query on item 2: digit 1 or letter l?"),
    (4, here(1, 48), OURS, "said", "Answer: digit 1, with a screenshot"),
    (5, here(3, 10), THEIRS, "said", "Report per item, provider reference NDR-88213†"),
    (6, here(3, 40), THEIRS, "recalled", "Path disclosure (art. 43): 198.51.100.24:41873 at 16:47:12Z"),
    (7, here(7, 55), OURS, "said", "Ratified by a second person"),
    (
        8,
        here(16, 12, day=15),
        THEIRS,
        "recall",
        "Recall of 6: the panel clock was +01, so 15:47:12Z, another customer",
    ),
    (9, here(16, 20, day=15), OURS, "said", "Recall acknowledged by a person; use of 6 stopped"),
    (10, here(17, 5, day=15), THEIRS, "said", "Corrected path disclosure"),
    (11, here(10, 30, day=16), OURS, "said", "Freezing request, from the central authority"),
    (12, here(21, 50, day=16), THEIRS, "said", "Report: 61,300 of 74,000 units frozen"),
    (
        13,
        here(9, 0, day=3, month=4),
        OURS,
        "said",
        "Request for stored data, items 1 to 4, by the Supreme People's Procuracy",
    ),
    (14, here(22, 20, day=3, month=4), THEIRS, "said", "Acknowledged; conditions of use offered"),
)


def around() -> Frame:
    """Return the frame of the thread page."""
    who = "Viet Nam, Supreme People's Procuracy · Đỗ Minh Châu†"
    return frame(who, NOW, "Threads", "Live. Last heard 4 April 09:31", other=PARIS_SUMMER)


def _side(who: str) -> Literal["above", "below"]:
    return "above" if who == OURS else "below"


def _row(said: Said) -> StatementRow:
    number, at, who, kind, words = said
    place = PARIS if at < here(3, day=26) else PARIS_SUMMER
    same_day = at.astimezone(place.zone).date() == at.astimezone(DA_NANG.zone).date()
    there = clock_time(at, place) if same_day else day_time(at, place)
    return StatementRow(
        number, say(who), day_time(at, DA_NANG), f"{say('Paris')} {there}", say(words), _side(who), kind
    )


def timeline(said: tuple[Said, ...] = ALL) -> Timeline:
    """Return the thread to scale, from the day before the request to the day after the end."""
    end = here(0, day=11, month=6)
    return Timeline(
        start=here(0, day=12),
        end=here(0, day=15, month=6),
        now=NOW,
        here=DA_NANG,
        above=say(OURS),
        below=say(THEIRS),
        summary=say(
            "Thread from 12 March to 15 June, in days. Statements 1 to 7 on the first night, 8 to 10 recall and "
            "correction on 15 March, 11 and 12 freezing on 16 March, 13 and 14 request for stored data on 3 April. "
            "Items 1 to 3 are preserved to 11 June; the treaty floor is 12 May; keeping until the decision is not "
            "confirmed; the mailbox had a first loss on 24 March."
        ),
        events=tuple(TimelineEvent(n, at, _side(who), kind, say(words)) for n, at, who, kind, words in said),
        spans=(
            TimelineSpan(
                "kept",
                here(3, 10),
                end,
                say("Items 1 to 3 to 11 June, as France states"),
                (here(12, day=28, month=4), here(6, day=20, month=5), here(12, day=2, month=6)),
                here(0, day=12, month=5),
            ),
            TimelineSpan(
                "pending",
                here(9, 0, day=3, month=4),
                here(0, day=15, month=6),
                say("kept until France decides: not confirmed"),
                ends=False,
            ),
            TimelineSpan(
                "waiting", here(0, day=12), here(0, day=24), say("item 4, mailbox: first loss 24 March")
            ),
        ),
    )


def items() -> ItemTable:
    """Return the four items, each as France last stated it."""
    kept = StateBadge(say("Measures taken"), "full", "kept")
    march = say("10 to 13 March")
    return ItemTable(
        say("Items and the state of each"),
        (
            ItemRow(
                joined("1. ", say("Access log of"), " ", code("203.0.113.57")),
                say("traffic data"),
                march,
                StateBadge(say("Kept in part"), "half", "kept"),
                say("to 11 June · 10 March had vanished"),
            ),
            ItemRow(
                joined("2. ", say("Control-panel log of"), " ", code("svadm1n")),
                say("traffic data"),
                march,
                kept,
                say("to 11 June · panel clock +01, see 8"),
            ),
            ItemRow(
                joined("3. ", say("Subscriber and payment")),
                say("subscriber information"),
                say("whole contract"),
                kept,
                say("to 11 June"),
            ),
            ItemRow(
                joined("4. ", say("Mailbox of the same account")),
                say("content data"),
                say("1 February to 13 March"),
                StateBadge(say("Postponed"), "pause", "wait"),
                say("asked again on 3 April · first loss was due 24 March"),
            ),
        ),
    )


def asked() -> ItemTable:
    """Return the same items before anybody answered: nothing is stated of them."""
    fresh = StateBadge(say("Not yet stated"), "ring", "wait")
    return ItemTable(
        say("Items asked for"), tuple(replace(row, state=fresh, detail="") for row in items().rows)
    )


def _rungs(title: str, rows: tuple[tuple[str, str, Literal["done", "pending", "open"]], ...]) -> Rungs:
    return Rungs(say(title), tuple(Rung(say(word), say(detail), state) for word, detail, state in rows))


def receipts() -> tuple[Rungs, ...]:
    """Return the receipts of the two requests."""
    return (
        _rungs(
            "Preservation request, 1",
            (
                ("Submitted", "14 March 01:32:00", "done"),
                ("Delivered", "01:32:04, signed receipt", "done"),
                ("Opened", "01:41, by a person", "done"),
                ("Decided", "03:10, per item", "done"),
                ("Executed", "items 1 to 3; item 4 postponed", "done"),
            ),
        ),
        _rungs(
            "Request for stored data, 13",
            (
                ("Submitted", "3 April 09:00:00", "done"),
                ("Delivered", "09:00:03, signed receipt", "done"),
                ("Opened", "22:20, by a person", "done"),
                ("Decided", "pending: conditions offered", "pending"),
                ("Executed", "not stated", "open"),
            ),
        ),
    )


def findings() -> Findings:
    """Return what our rules say; it stays here."""
    return Findings(
        say("Stays here. Never sent, not in the bundle"),
        (
            FindingCard(
                "not_met",
                Link(say("art. 42(8)"), "#"),
                say(
                    "The preserving unit was told of the stored-data request, and has not confirmed that it goes on "
                    "keeping the items."
                ),
                say("ask for an extension before 11 June; no answer counts as not granted."),
            ),
            FindingCard(
                "person",
                Link(say("treaty of 2016, speciality"), "#"),
                say(
                    "The conditions limit use to this case. Whether the co-accused’s case is the same case is for "
                    "a lawyer."
                ),
            ),
            FindingCard(
                "met",
                Link(say("art. 42(3), (a) to (g)"), "#"),
                say("All particulars were in the request of 14 March."),
            ),
        ),
        say("Findings"),
    )


def page() -> ThreadPage:
    """Return the drawn thread page."""
    facts = (
        ("Conduct", "False trading site; 1,940,000,000 VND lost by a woman of 62; art. 13"),
        (
            "Acting now",
            "Supreme People's Procuracy ⇄ Ministry of Justice; began at the two points of contact",
        ),
        ("Law", "Preservation: art. 42. Stored data: treaty of 2016, contents, grounds, speciality"),
        ("Use", "Lead only, until conditions are accepted"),
        ("Secrecy", "To 13 September 2028, reason given; then the user is told"),
        ("Who sees this", "7 people, 2 units."),
    )
    return ThreadPage(
        crumbs=(Link(say("Threads"), "#"),),
        number="VNM-FRA 2028-0147",
        title=say("Sao Vàng investment fraud"),
        lead=say(
            "Viet Nam asks France. Items 1 to 3 are kept; stored data were asked for on 3 April; "
            "France offers conditions."
        ),
        next=NextAct(
            say("Next act: yours"),
            say("Answer the conditions of use"),
            say(
                "France gives the data for this case only, and wants the return of items not used. "
                "Nothing can be evidence before you answer."
            ),
            Link(say("Read and answer"), "#"),
            say("Two people, one a lawyer. No time limit is stated; items 1 to 3 lapse on 11 June."),
            tuple(Link(say(word), "#") for word in ("Extend", "Withdraw", "Hand over", "Print bundle")),
        ),
        facts=tuple(Fact(say(term), say(value)) for term, value in facts),
        items=items(),
        timeline=timeline(),
        log=StatementLog(tuple(_row(said) for said in reversed(ALL))),
        receipts=receipts(),
        findings=findings(),
        custody=CustodyLine(
            StateBadge(say("Proved"), "check", "kept"),
            say(
                "all 14 statements are in our log (entry 4,182 of 4,190), which has only grown since 13 March; "
                "two witnesses of two, one of them neither side, at 09:30."
            ),
            Link(say("Proof"), "#"),
        ),
    )
