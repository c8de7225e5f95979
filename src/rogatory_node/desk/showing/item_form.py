"""The form of one item: which data, of what period, at whom, gone when, and why they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.law import Finding
from rogatory.values import DataCategory, instant_text
from rogatory_node.casework.models import Draft
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import advice, questions_page, wording
from rogatory_node.desk.showing.questions_page import Asked
from rogatory_node.look import PSEUDO
from rogatory_node.look.pictures.findings import Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import FollowUp, Option, Problem, Steps
from rogatory_node.look.pictures.words import code, joined

__all__ = ["ItemPage", "copied", "page", "write"]

# What an item takes over from the one before it, until somebody says otherwise.
FROM_BEFORE = ("provider", "vanishes")


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The question on one item."""

    back: Link
    caption: str
    question: str
    rows: tuple[Asked, ...]
    steps: Steps
    action: str
    note: str
    others: tuple[Link, ...]
    rest: Findings | None = None
    problems: tuple[Problem, ...] = ()


def page(
    draft: Draft,
    items: list[dict[str, Any]],
    at: int,
    found: tuple[Finding, ...],
    problems: tuple[Problem, ...] = (),
) -> ItemPage:
    """Return the page of one item, or the advice to paste identifiers first."""
    address = reverse("desk:draft", args=[draft.pk])
    number, count = questions_page.place_of("items")
    caption = _("Question {number} of {count}").format(number=number, count=count)
    if items:
        which = _("item {number} of {count}").format(number=at + 1, count=len(items))
        caption = f"{caption}, {which}"
    links = (
        Link(joined(f"{n}. ", _identifier(each)), f"{address}?question=items&item={n}")
        for n, each in enumerate(items, 1)
    )
    return ItemPage(
        back=Link(_("Back to the question before"), f"{address}?question=identifiers"),
        caption=caption,
        question=joined(_identifier(items[at]), ": ", _("which data, of what period?"))
        if items
        else _("Which data, of what period?"),
        rows=_rows(items, at, found) if items else (),
        steps=questions_page.steps(draft, "items"),
        action=f"{address}?question=items&item={at + 1}&version={draft.version}",
        note=_("You can go on with gaps: absent particulars are findings, not errors."),
        others=tuple(links) if len(items) > 1 else (),
        problems=problems,
    )


def _identifier(item: Mapping[str, Any]) -> str:
    given = item.get("identifier", {})
    return code(str(given.get("verbatim", "")) if isinstance(given, Mapping) else str(given))


def _rows(items: list[dict[str, Any]], at: int, found: tuple[Finding, ...]) -> tuple[Asked, ...]:
    item, base = items[at], f"/body/items/{at}"
    before = items[at - 1] if at else {}
    fresh = "category" not in item
    shown = {**{name: before[name] for name in FROM_BEFORE if name in before}, **item} if fresh else item
    provider = _map(shown.get("provider"))
    period = _map(shown.get("period"))
    start, end = _map(period.get("start")), _map(period.get("end"))
    zone = _("With its zone: 2028-03-10 00:00 +07")
    parties = _("Three letters, such as fra")
    gone = _("When the first of them will be gone, with its zone")

    taken: advice.Taken = set()

    def row(field: FollowUp, member: str = "") -> Asked:
        lacks = not field.value and bool(member)
        return Asked(field, advice.beside(found, f"{base}/{member}", taken) if lacks else None)

    categories = tuple(Option(each.value, wording.category(each)) for each in DataCategory)
    error = start.get("error_seconds", end.get("error_seconds"))
    return (
        row(
            FollowUp("category", _("Which data?"), _text(item, "category"), "radios", options=categories),
            "category",
        ),
        row(
            FollowUp("description", _("What it is, in words"), _original(item, "description"), "long"),
            "description",
        ),
        row(FollowUp("start", _("From"), _text(start, "verbatim"), hint=zone, size=30), "period"),
        row(FollowUp("end", _("To"), _text(end, "verbatim"), hint=zone, size=30)),
        row(FollowUp("clock", _("Which clock showed these times?"), _text(end, "clock_source"), size=20)),
        row(FollowUp("error", _("Its error, in seconds"), "" if error is None else str(error), size=4)),
        row(FollowUp("provider", _("Service provider"), _text(provider, "name"), size=30), "provider"),
        row(FollowUp("service", _("Which service of it"), _text(provider, "service"), size=20)),
        row(FollowUp("party", _("Party of the provider"), _text(provider, "party"), hint=parties, size=3)),
        row(
            FollowUp(
                "asked_directly",
                _("Was the provider asked directly, and what did it say?"),
                _original(provider, "asked_directly"),
                "long",
            )
        ),
        row(
            FollowUp("vanishes", _("Data vanish on"), _text(shown, "vanishes"), hint=gone, size=30),
            "vanishes",
        ),
        row(
            FollowUp("necessity", _("Why these data are needed"), _original(item, "necessity"), "long"),
            "necessity",
        ),
    )


def write(item: dict[str, Any], reader: Reader) -> None:
    """Write what was typed into an item; what cannot be read is kept as it was typed."""
    provider = {
        "name": reader.text("provider"),
        "service": reader.text("service"),
        "party": reader.text("party").lower(),
        "asked_directly": _words(reader.text("asked_directly")),
    }
    provider = {name: value for name, value in provider.items() if value}
    clock, error = reader.text("clock"), reader.text("error")
    period = {
        name: made
        for name in ("start", "end")
        if (made := _moment(reader.text(name), _map(_map(item.get("period")).get(name)), clock, error))
    }
    members: dict[str, Any] = {
        "category": reader.text("category"),
        "description": _words(reader.text("description")),
        "period": period,
        "provider": provider,
        "vanishes": _instant(reader.text("vanishes")),
        "necessity": _words(reader.text("necessity")),
    }
    for name, value in members.items():
        if value:
            item[name] = value
        else:
            item.pop(name, None)


def copied(item: dict[str, Any]) -> dict[str, Any]:
    """Return another item on the same identifier, of which the category is still to be said."""
    kept = {name: value for name, value in item.items() if name in ("identifier", "period", *FROM_BEFORE)}
    return {"number": 0, **kept}


def _moment(typed: str, before: Mapping[str, Any], clock: str, error: str) -> dict[str, Any]:
    if not typed:
        return {}
    said: dict[str, Any] = {"clock_source": clock} if clock else {}
    said |= {"error_seconds": int(error)} if error.isascii() and error.isdecimal() else {}
    # A zone that was stated beside the pasted line goes on being stated while the text is the same.
    zone = before.get("zone") if before.get("verbatim") == typed else None
    for order in ("ymd", "dmy"):
        try:
            found = values.read_moment(typed, order=order, zone=zone)
        except ValuesError:
            continue
        if found.normalised is not None:
            return {**found.model_dump(mode="json", exclude_none=True), **said}
    return {"verbatim": typed, **said, **({"zone": zone} if zone else {})}


def _instant(typed: str) -> str:
    """Return an instant as the wire writes it; a text that is none stays as it was typed."""
    for order in ("ymd", "dmy"):
        try:
            found = values.read_moment(typed, order=order).normalised if typed else None
        except ValuesError:
            continue
        if found is not None:
            return instant_text(found)
    return typed


def _words(typed: str) -> dict[str, str]:
    language = get_language() or "en"
    return {"original": typed, "language": "en" if language == PSEUDO else language} if typed else {}


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(members: Mapping[str, Any], name: str) -> str:
    value = members.get(name, "")
    return value if isinstance(value, str) else ""


def _original(members: Mapping[str, Any], name: str) -> str:
    value = members.get(name, "")
    return _text(value, "original") if isinstance(value, Mapping) else _text(members, name)
