"""Paste left, reading right: each line with what was read in it, what is missing, and what asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory.law import Finding, Outcome
from rogatory.values import Identifier, Moment, doubts
from rogatory_node.casework.models import Draft
from rogatory_node.desk.showing import advice, places, questions, questions_page, times, wording
from rogatory_node.desk.showing.kind_words import words_of
from rogatory_node.desk.showing.pasted import DESCRIBED, Line
from rogatory_node.look.pictures.findings import Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import (
    Button,
    DraftPage,
    Option,
    ParsedLine,
    PasteReader,
    Problem,
    Question,
)
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.when import day, offset
from rogatory_node.look.pictures.words import code, joined, look_alike, name, strong

__all__ = ["page"]


def page(
    draft: Draft,
    text: str,
    lines: Sequence[Line],
    found: tuple[Finding, ...],
    problems: tuple[Problem, ...] = (),
) -> DraftPage:
    """Return the question on identifiers and times."""
    kind = str(draft.raw.get("kind", ""))
    number, count = questions_page.place_of("identifiers", kind)
    asked = questions.question(kind, "identifiers")
    assert asked is not None
    return DraftPage(
        back=Link(_("Back to the question before"), _question(draft, "offence")),
        caption=_("Question {number} of {count}").format(number=number, count=count),
        question=str(asked.title),
        reader=PasteReader(
            "paste",
            _hint(words_of(kind).paste),
            text,
            Button(_("Read again"), "act", "read"),
            _("What we read in it"),
            tuple(_line(draft, each, found) for each in lines),
            findings=_box(found),
        ),
        steps=questions_page.steps(draft, "identifiers"),
        save=Button(_("Save and continue"), "act", "save"),
        action=f"{_question(draft, 'identifiers')}&version={draft.version}",
        later=Link(_("Leave it for later"), reverse("desk:board")),
        note=_("You can go on with gaps: absent particulars are findings, not errors."),
        problems=problems,
    )


def _hint(expected: str) -> str:
    if expected == "person":
        return _("One name a line, as its papers write it. Birth, nationality and papers are asked next.")
    if expected:
        return _("One a line, in a few words, with its reference. More is asked next.")
    return _(
        "Paste all of it, as the unit sent it: one line each. Your text is kept; what we read in it "
        "travels with the words it was read from."
    )


def _question(draft: Draft, key: str) -> str:
    return f"{reverse('desk:draft', args=[draft.pk])}?question={key}"


def _box(found: tuple[Finding, ...]) -> Findings | None:
    about = [
        each
        for each in found
        if each.cites in ("hanoi_2024/prac.time_zone", "hanoi_2024/prac.port")
        and each.outcome is not Outcome.MET
    ]
    note = _("You may send with gaps. They are likely to ask first.")
    return advice.box(about, _("On this question"), level=3, note=note)


def _line(draft: Draft, line: Line, found: tuple[Finding, ...]) -> ParsedLine:
    asked = tuple(_questions(draft, line, found))
    missing = sum(1 for each in asked if each.finding is not None or each.field.endswith("-kind"))
    facts = tuple(_facts(draft, line))
    alike = any(each.code == "DOUBT-016" for one in line.identifiers for each in doubts(one))
    if missing:
        words = ngettext("{count} thing missing", "{count} things missing", missing).format(count=missing)
        state = StateBadge(words, "ours", "act")
    else:
        state = StateBadge(_("Clear, said in words") if alike else _("Clear"), "check", "kept")
    return ParsedLine(
        _("Line {number}").format(number=line.number),
        state,
        facts,
        summary=_summary(line),
        open=bool(missing) or alike,
        todo=bool(missing),
        questions=asked,
        sent=_sent(line.moment),
    )


def _summary(line: Line) -> str:
    if line.identifiers:
        first = line.identifiers[0]
        return name(first.verbatim) if first.kind in DESCRIBED else code(first.verbatim)
    return times.moment(line.moment) if line.moment else code(line.text[:60])


def _facts(draft: Draft, line: Line) -> Iterator[Fact]:
    yield Fact(_("Verbatim"), code(line.text))
    for each in line.identifiers:
        yield from _identifier(each)
    if line.moment is not None:
        yield from _moment(draft, line, line.moment)
    if any(each.kind == "ip_address" for each in line.identifiers):
        port = next((getattr(each, "source_port", None) for each in line.identifiers), None)
        absent = StateBadge(_("not stated"), "ours", "act")
        yield Fact(_("Source port"), str(port)) if port else Fact(_("Source port"), "", absent)


def _identifier(each: Identifier) -> Iterator[Fact]:
    kind = wording.identifier_kind(each.kind)
    provider = getattr(each, "provider", "")
    yield Fact(_("Kind"), joined(kind, ", ", code(provider)) if provider else kind)
    if each.normalised != each.verbatim:
        yield Fact(_("Normalised"), code(each.normalised))
    alike = [one for one in doubts(each) if one.code == "DOUBT-016"]
    if alike:
        yield Fact(_("Reads as"), _spelled(each.normalised, [one.fields["position"] - 1 for one in alike]))
    for one in doubts(each):
        if one.code != "DOUBT-016":
            yield Fact(_("Look again"), wording.told(one.sentence()))


def _spelled(text: str, doubtful: list[int]) -> str:
    parts: list[Any] = [look_alike(text, doubtful), ". "]
    for at in doubtful:
        letter = text[at]
        what = _("digit {sign}") if letter.isdigit() else _("letter {sign}")
        parts += [strong(what.format(sign=letter)), " ", _("in place {number}").format(number=at + 1), ". "]
    return joined(*parts, _("It looks like another sign, so say it in words too."))


def _moment(draft: Draft, line: Line, moment: Moment) -> Iterator[Fact]:
    if moment.normalised is not None:
        here = places.place(draft.authority)
        local = day(moment.normalised, here, year=True)
        order = joined(local, " ", _("(day first)")) if line.day_first else local
        yield Fact(_("Day"), order)
    if moment.zone is None:
        yield Fact(_("Zone"), "", StateBadge(_("not stated"), "ours", "act"))
    else:
        yield Fact(_("Zone"), code(moment.zone))
    for each in doubts(moment):
        yield Fact(_("Look again"), wording.told(each.sentence()))


def _questions(draft: Draft, line: Line, found: tuple[Finding, ...]) -> Iterator[Question]:
    stem = f"l{line.number}"
    if line.unread or (line.given.get("kind") and not line.identifiers):
        yield from _kind(stem, line)
    if line.moment is not None and not line.zoned:
        here = places.place(draft.authority)
        at = line.moment.normalised or draft.changed_at
        own = format_html(_("Our own: {place}"), place=name(f"{here.name} ({offset(at, here)})"))
        yield Question(
            f"{stem}-zone",
            _("In which zone was this time read?"),
            (
                Option("own", own),
                Option("utc", _("UTC, as servers often write it")),
                Option("unknown", _("Nobody knows yet")),
            ),
            line.given.get("zone", ""),
            finding=_finding(draft, line, found, "prac.time_zone") if line.moment.zone is None else None,
        )
        yield Question(f"{stem}-clock", _("Which clock showed it?"), (), line.given.get("clock", ""), size=20)
        yield Question(
            f"{stem}-error", _("Clock error"), (), line.given.get("error", ""), "±", "s", 4, numeric=True
        )
    if any(each.kind == "ip_address" for each in line.identifiers):
        yield Question(
            f"{stem}-port",
            _("Source port"),
            (),
            line.given.get("port", ""),
            size=5,
            numeric=True,
            finding=_finding(draft, line, found, "prac.port"),
        )


def _kind(stem: str, line: Line) -> Iterator[Question]:
    yield Question(
        f"{stem}-kind",
        _("Nothing was recognised. What is it?"),
        (
            Option("account", _("An account at a provider")),
            Option("phone", _("A telephone number")),
            Option("bank_account", _("A bank account")),
            Option("person", _("A person")),
            Option("thing", _("A thing: a vehicle, premises, a document")),
            Option("matter", _("A matter: proceedings, a question")),
            Option("text", _("Only words; it stays here")),
        ),
        line.given.get("kind", ""),
    )
    yield Question(
        f"{stem}-provider", _("At which provider, or bank?"), (), line.given.get("provider", ""), size=20
    )


def _finding(draft: Draft, line: Line, found: tuple[Finding, ...], practice: str) -> Findings | None:
    """Return the finding that asks for a particular of this line's item, if one does."""
    keys = {(each.kind, each.verbatim) for each in line.identifiers}
    items = draft.raw.get("items", [])
    numbers = {
        each.get("number")
        for each in items
        if isinstance(each, dict) and (_of(each, "kind"), _of(each, "verbatim")) in keys
    }
    for each in found:
        if each.cites == f"hanoi_2024/{practice}" and each.outcome is not Outcome.MET:
            return advice.for_items(each, numbers)
    return None


def _of(item: dict[str, Any], member: str) -> str:
    identifier = item.get("identifier", {})
    return str(identifier.get(member, "")) if isinstance(identifier, dict) else ""


def _sent(moment: Moment | None) -> str:
    if moment is None or moment.normalised is None:
        return ""
    error = f" ± {moment.error_seconds} s" if moment.error_seconds is not None else ""
    return joined(_("Will be sent as"), " ", times.moment(moment), error)
