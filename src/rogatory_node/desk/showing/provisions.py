"""The penal provisions of a request, one after another: the fields of each, and what was typed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from rogatory_node.desk.form import Reader, number_in
from rogatory_node.desk.showing import fields
from rogatory_node.desk.showing.fields import Field
from rogatory_node.look.pictures.questions import Button

__all__ = [
    "ADD",
    "MOST",
    "ONE",
    "REMOVE",
    "asked",
    "asks",
    "buttons",
    "count",
    "field_at",
    "removed",
    "write",
]

MOST: Final = 20
"""Penal provisions that a request states at most, as its model has it."""

ADD: Final = "add-provision"
REMOVE: Final = "remove-provision-"
ONE: Final = "offence.provision."
"""How the table of questions names a field of a provision, whichever it is."""


def field_at(field: Field, number: int) -> Field:
    """Return a field of the provision with this number; the first bears no number in its name."""
    return field if number == 1 else replace(field, path=field.path.replace(ONE, f"{ONE[:-1]}{number}."))


def count(raw: Mapping[str, Any]) -> int:
    """Return how many provisions a body states; what is no list states none."""
    return len(_stated(raw))


def asks(found: tuple[Field, ...]) -> bool:
    """Return whether the fields of a question ask for provisions at all."""
    return any(each.path.startswith(ONE) for each in found)


def asked(found: tuple[Field, ...], number: int) -> Iterator[Field]:
    """Yield the fields of a question with those of so many provisions, each under a heading if several."""
    ours = [each for each in found if each.path.startswith(ONE)]
    for each in found:
        if not each.path.startswith(ONE):
            yield each
        elif each is ours[0]:
            yield from _several(ours, number)


def _several(ours: list[Field], number: int) -> Iterator[Field]:
    for at in range(1, number + 1):
        if number > 1:
            yield Field(f"offence.provision{at}", _("Penal provision {number}").format(number=at), "group")
        yield from (field_at(each, at) for each in ours)
    if number > 1:
        yield Field("offence.provisions", "", "end")


def buttons(number: int) -> Iterator[Button]:
    """Yield what may be done with so many provisions beside saving them."""
    if number < MOST:
        yield Button(_("Save, and add another penal provision"), "act", ADD, secondary=True)
    if number > 1:
        for at in range(1, number + 1):
            words = _("Take out penal provision {number}").format(number=at)
            yield Button(words, "act", f"{REMOVE}{at}", secondary=True)


def removed(act: str) -> int | None:
    """Return which provision a button takes out; None where it takes out none."""
    return number_in(act.removeprefix(REMOVE)) if act.startswith(REMOVE) else None


def write(raw: dict[str, Any], found: tuple[Field, ...], reader: Reader, without: int | None) -> None:
    """Set the provisions to what was typed, but for one that is taken out; an empty one is none."""
    ours = [each for each in found if each.path.startswith(ONE)]
    stated, rows = _stated(raw), []
    for at in range(1, MOST + 1):
        row = dict(stated[at - 1]) if at <= len(stated) and isinstance(stated[at - 1], dict) else {}
        for each in ours:
            typed = fields.read(each, reader.text(field_at(each, at).name))
            fields.write(row, each.path.removeprefix(ONE), typed)
        if row and at != without:
            rows.append(row)
    fields.write(raw, "offence.provisions", rows or None)


def _stated(raw: Mapping[str, Any]) -> list[Any]:
    offence = raw.get("offence")
    rows = offence.get("provisions") if isinstance(offence, Mapping) else None
    return rows if isinstance(rows, list) else []
