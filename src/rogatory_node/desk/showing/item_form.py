"""The form of one item: what is asked, of whom or what, of what period, at whom, gone when, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.law import Finding
from rogatory.statements import KINDS
from rogatory.values import BankAccount, IpAddress, Person, Thing
from rogatory_node.casework.models import Draft
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import advice, fields, kind_words, questions, questions_page, wording
from rogatory_node.desk.showing.controls import fields_of
from rogatory_node.desk.showing.fields import Field
from rogatory_node.desk.showing.pasted import DESCRIBED
from rogatory_node.desk.showing.questions_page import Asked
from rogatory_node.look.pictures.findings import Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import FollowUp, Option, Problem, Steps
from rogatory_node.look.pictures.words import code, joined, name

__all__ = ["ItemPage", "copied", "page", "write"]

# What an item takes over from the one before it, until somebody says otherwise.
FROM_BEFORE = ("provider", "vanishes")
# What is said of an identifier here; the others are whole as they were pasted.
PARTICULARS: Final[dict[str, type[BaseModel]]] = {
    "person": Person,
    "thing": Thing,
    "ip_address": IpAddress,
    "bank_account": BankAccount,
}
READ: Final = ("kind", "verbatim", "normalised", "source")
ZONED = gettext_lazy("With its zone: 2028-03-10 00:00 +07")

DESCRIPTION: Final = (Field("description", gettext_lazy("What it is, in words"), "words"),)
PROVIDER: Final = (
    Field("provider.name", gettext_lazy("Service provider, bank or platform"), size=30),
    Field("provider.service", gettext_lazy("Which service of it")),
    Field(
        "provider.party",
        gettext_lazy("Party of the provider"),
        "party",
        gettext_lazy("Three letters, such as fra"),
        size=3,
    ),
    Field(
        "provider.asked_directly",
        gettext_lazy("Was the provider asked directly, and what did it say?"),
        "words",
    ),
)
VANISHES: Final = (
    Field(
        "vanishes",
        gettext_lazy("Data vanish on"),
        "instant",
        gettext_lazy("When the first of them will be gone, with its zone"),
        size=30,
    ),
)
NECESSITY: Final = (Field("necessity", gettext_lazy("Why this is needed"), "words"),)


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
    address, kind = reverse("desk:draft", args=[draft.pk]), str(draft.raw.get("kind", ""))
    number, count = questions_page.place_of("items", kind)
    caption = _("Question {number} of {count}").format(number=number, count=count)
    asked = questions.question(kind, "items")
    assert asked is not None
    title = str(asked.title)
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
        question=joined(_identifier(items[at]), ": ", title[:1].lower() + title[1:]) if items else title,
        rows=tuple(_rows(kind, items, at, found)) if items else (),
        steps=questions_page.steps(draft, "items"),
        action=f"{address}?question=items&item={at + 1}&version={draft.version}",
        note=_("You can go on with gaps: absent particulars are findings, not errors."),
        others=tuple(links) if len(items) > 1 else (),
        problems=problems,
    )


def _identifier(item: Mapping[str, Any]) -> str:
    given = item.get("identifier", {})
    if not isinstance(given, Mapping):
        return code(str(given))
    text = str(given.get("verbatim", ""))
    return name(text) if given.get("kind") in DESCRIBED else code(text)


def _of_identifier(item: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the fields on the identifier itself: a person's birth, an address's port."""
    model: type[BaseModel] | None = PARTICULARS.get(str(_map(item.get("identifier")).get("kind", "")))
    return fields_of(model, "identifier", leave_out=READ) if model else ()


def _rows(kind: str, items: list[dict[str, Any]], at: int, found: tuple[Finding, ...]) -> Iterator[Asked]:
    item, base, taken = items[at], f"/body/items/{at}", set[tuple[str, str]]()
    before = items[at - 1] if at else {}
    fresh = "category" not in item
    shown = {**{each: before[each] for each in FROM_BEFORE if each in before}, **item} if fresh else item

    def rows(*asked: Field) -> Iterator[Asked]:
        for each in asked:
            yield questions_page.asked(shown, each, found, taken, base)

    yield _category(kind, item, found, base, taken)
    yield from rows(*_of_identifier(item), *DESCRIPTION)
    shows = kind_words.words_of(kind).shows
    for part in shows:
        if part == "period":
            yield from _period(_map(shown.get("period")), found, f"{base}/period", taken)
        else:
            yield from rows(*(PROVIDER if part == "provider" else VANISHES))
    yield from rows(*NECESSITY)


def _category(
    kind: str, item: Mapping[str, Any], found: tuple[Finding, ...], base: str, taken: advice.Taken
) -> Asked:
    asks = sorted(next((each.asks for name, each in KINDS.items() if name == kind), ()), key=_place)
    value = _text(item, "category") or (asks[0].value if len(asks) == 1 else "")
    data = all(wording.is_data(each.value) for each in asks)
    label = _("Which data?") if data else _("What is asked for?")
    options = tuple(Option(each.value, wording.category(each)) for each in asks)
    beside = None if value else advice.beside(found, f"{base}/category", taken)
    return Asked(FollowUp("category", label, value, "radios", options=options), beside)


def _place(asked: values.DataCategory | values.Measure) -> int:
    return [*values.DataCategory, *values.Measure].index(asked)


def _period(
    period: Mapping[str, Any], found: tuple[Finding, ...], pointer: str, taken: advice.Taken
) -> Iterator[Asked]:
    start, end = _map(period.get("start")), _map(period.get("end"))
    error = start.get("error_seconds", end.get("error_seconds"))
    beside = None if start or end else advice.beside(found, pointer, taken)
    yield Asked(FollowUp("start", _("From"), _text(start, "verbatim"), hint=str(ZONED), size=30), beside)
    yield Asked(FollowUp("end", _("To"), _text(end, "verbatim"), hint=str(ZONED), size=30))
    yield Asked(FollowUp("clock", _("Which clock showed these times?"), _text(end, "clock_source"), size=20))
    yield Asked(FollowUp("error", _("Its error, in seconds"), "" if error is None else str(error), size=4))


def write(item: dict[str, Any], reader: Reader, kind: str) -> None:
    """Write what was typed into an item; what cannot be read is kept as it was typed.

    Only what the page of this kind asks for is written: what another system said beside it stays.
    """
    shows = kind_words.words_of(kind).shows
    asked = [*_of_identifier(item), *DESCRIPTION, *NECESSITY]
    asked += [*PROVIDER] if "provider" in shows else []
    asked += [*VANISHES] if "vanishes" in shows else []
    for each in asked:
        fields.write(item, each.path, fields.read(each, reader.text(each.name)))
    members: dict[str, Any] = {"category": reader.text("category")}
    if "period" in shows:
        clock, error = reader.text("clock"), reader.text("error")
        members["period"] = {
            end: made
            for end in ("start", "end")
            if (made := _moment(reader.text(end), _map(_map(item.get("period")).get(end)), clock, error))
        }
    for member, value in members.items():
        if value:
            item[member] = value
        else:
            item.pop(member, None)


def copied(item: dict[str, Any]) -> dict[str, Any]:
    """Return another item on the same identifier, of which the category is still to be said."""
    kept = {each: value for each, value in item.items() if each in ("identifier", "period", *FROM_BEFORE)}
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


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(members: Mapping[str, Any], name: str) -> str:
    value = members.get(name, "")
    return value if isinstance(value, str) else ""
