"""The pages of a request's questions: fields with their findings beside them, and how far the draft is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.errors import ValuesError
from rogatory.law import Finding, Outcome
from rogatory.values import parse_day, party_of, read_moment
from rogatory_node.base import NodeError
from rogatory_node.casework.models import Draft
from rogatory_node.desk.door import problem
from rogatory_node.desk.showing import advice, counting, fields, links, places, provisions, questions, wording
from rogatory_node.desk.showing.fields import Field
from rogatory_node.desk.showing.questions import Question
from rogatory_node.look.pictures.findings import Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import Button, FollowUp, Option, Problem, Step, Steps
from rogatory_node.look.pictures.words import joined, name

__all__ = ["Asked", "QuestionPage", "asked", "concerns", "heading", "listed", "page", "place_of", "steps"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A field, and the finding that asks for it."""

    field: FollowUp
    finding: Findings | None = None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of a request."""

    back: Link
    caption: str
    question: str
    rows: tuple[Asked, ...]
    steps: Steps
    action: str
    note: str
    rest: Findings | None = None
    problems: tuple[Problem, ...] = ()
    buttons: tuple[Button, ...] = ()


def place_of(key: str, kind: str) -> tuple[int, int]:
    """Return which question it is, and of how many."""
    keys = [each.key for each in questions.order(kind)]
    return keys.index(key) + 1, len(keys)


def page(
    draft: Draft,
    asked_: Question,
    found: tuple[Finding, ...],
    problems: tuple[Problem, ...] = (),
    *,
    more: bool = False,
    offered: links.Offered = MappingProxyType({}),
) -> QuestionPage:
    """Return the page of a question that is a list of fields.

    Args:
        draft: The draft.
        asked_: The question.
        found: The findings on the draft.
        problems: Why it was not kept.
        more: Whether there is room for one more penal provision than were typed.
        offered: What can be chosen where an earlier statement is named.
    """
    kind = str(draft.raw.get("kind", ""))
    number, count = place_of(asked_.key, kind)
    before = questions.order(kind)[number - 2].key if number > 1 else ""
    address = reverse("desk:draft", args=[draft.pk])
    taken: advice.Taken = set()
    ours = questions.of(asked_, kind)
    many = min(max(1, provisions.count(draft.raw) + more), provisions.MOST)
    rows = tuple(
        asked(draft.raw, each, found, taken, offered=offered.get(each.path, ()))
        for each in provisions.asked(ours, many)
    )
    told = {rule for rule, _path in taken}
    rest = [each for each in concerns(found, asked_) if each.rule not in told]
    return QuestionPage(
        back=Link(
            _("Back to the question before") if before else _("Back to the board"),
            f"{address}?question={before}" if before else reverse("desk:board"),
        ),
        caption=_("Question {number} of {count}").format(number=number, count=count),
        question=str(asked_.title),
        rows=rows,
        steps=steps(draft, asked_.key),
        action=f"{address}?question={asked_.key}&version={draft.version}",
        note=_("You can go on with gaps: absent particulars are findings, not errors."),
        rest=advice.box(rest, _("On this question"), level=3),
        problems=problems,
        buttons=tuple(provisions.buttons(many)) if provisions.asks(ours) else (),
    )


def asked(
    raw: Mapping[str, Any],
    field: Field,
    found: tuple[Finding, ...],
    taken: advice.Taken,
    base: str = "/body",
    *,
    offered: tuple[Option, ...] = (),
) -> Asked:
    """Return a field with what stands in it, what cannot be read in it, and the finding that asks for it."""
    if field.kind in fields.LAID_OUT:
        return Asked(heading(field))
    typed = fields.value_of(raw, field)
    pointer = base + fields.pointer(field)
    kinds = {"words": "long", "list": "long", "choice": "radios", "yesno": "radios"}
    options = tuple(Option(value, str(label)) for value, label in field.choices)
    it = FollowUp(
        field.name,
        str(field.label),
        typed,
        kinds.get(field.kind, "text"),  # type: ignore[arg-type]  # the values of the table above
        options=options,
        hint=str(field.hint),
        problem=_unread(field, typed),
        size=field.size,
    )
    return Asked(listed(it, offered), advice.beside(found, pointer, taken) if not typed else None)


def listed(it: FollowUp, offered: tuple[Option, ...]) -> FollowUp:
    """Return a field that names a statement with the list of those that fit; as it is where none does."""
    if not offered:
        return it
    known = it.value in {each.value for each in offered}
    return replace(
        it,
        kind="list",
        options=offered,
        chosen=(it.value,) if known else (),
        value="" if known else it.value,
        instead=_("Or another one"),
    )


def _unread(field: Field, value: str) -> str:
    code = field.kind in UNREAD and value and not UNREAD[field.kind][1](value)
    return problem(NodeError(UNREAD[field.kind][0], field=str(field.label))).text if code else ""


def heading(field: Field) -> FollowUp:
    """Return the heading over a part of a form, or the rule under it."""
    kind: Literal["heading", "end"] = "heading" if field.kind == "group" else "end"
    return FollowUp(field.name, str(field.label), kind=kind, hint=str(field.hint))


def _day(value: str) -> bool:
    try:
        parse_day(value)
    except ValuesError:
        return False
    return True


def _instant(value: str) -> bool:
    try:
        return read_moment(value).normalised is not None
    except ValuesError:
        return False


UNREAD: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "number": ("NODE-757", str.isdecimal),
    "day": ("NODE-754", _day),
    "instant": ("NODE-755", _instant),
    "moment": ("NODE-755", _instant),
}


def concerns(found: Iterable[Finding], asked_: Question) -> list[Finding]:
    """Return the findings that are about a question: whose cure is among its members."""
    prefixes = tuple(f"/body/{each}" for each in asked_.members)
    return [
        each
        for each in found
        if each.outcome is not Outcome.MET and any(one.path.startswith(prefixes) for one in each.cure)
    ]


def steps(draft: Draft, now: str) -> Steps:
    """Return the questions of a draft at the side, with how far each is."""
    address = reverse("desk:draft", args=[draft.pk])
    whom = name(places.authority(draft.recipient))
    rows = [Step(_("To whom"), joined(places.party(party_of(draft.recipient)), ", ", whom), "done")]
    done = 1
    kind = str(draft.raw.get("kind", ""))
    asked_ = questions.order(kind)
    for each in asked_:
        answered = _answered(draft, each)
        done += answered
        state = "now" if each.key == now else "done" if answered else "open"
        rows.append(
            Step(str(each.short), _detail(draft, each), state, f"{address}?question={each.key}")  # type: ignore[arg-type]  # one of the three words above
        )
    last = "now" if now == "review" else "open"
    rows.append(Step(_("Review"), _("all of it, then approval"), last, f"{address}?question=review"))  # type: ignore[arg-type]  # one of the two words above
    party = places.party(party_of(draft.recipient))
    title = _("{kind} to {party}").format(kind=wording.kind(kind), party=party)
    progress = _("{done} of {count} begun").format(done=done, count=len(asked_) + 1)
    return Steps(title, progress, tuple(rows))


def _answered(draft: Draft, each: Question) -> bool:
    if each.key == "identifiers":
        return bool(draft.raw.get("items"))
    if each.key == "items":
        found = draft.raw.get("items")
        return any("category" in one for one in _listed(found) if isinstance(one, dict))
    return any(draft.raw.get(member) for member in each.members)


def _listed(value: object) -> list[Any]:
    # A draft holds what was typed, by whatever system: what is no list is none.
    return value if isinstance(value, list) else []


def _detail(draft: Draft, each: Question) -> str:
    items = [one for one in _listed(draft.raw.get("items")) if isinstance(one, dict)]
    if each.key == "identifiers":
        keys = {str(one.get("identifier", "")) for one in items}
        return _("{count} read").format(count=len(keys)) if keys else _("paste what you have")
    if each.key == "items":
        named = [one.get("number", 0) for one in items if "category" in one]
        return counting.items(named) if named else _("what is asked of each")
    return _("begun") if _answered(draft, each) else _("not yet")
