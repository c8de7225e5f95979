"""Threads in a list: number, what is asked, between whom, since when. Never an identifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory_node.casework import index
from rogatory_node.casework.models import ThreadIndex
from rogatory_node.desk.showing import numbers, places, times, wording
from rogatory_node.look.pictures.words import joined

__all__ = ["Row", "of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thread in a list."""

    href: str
    number: str
    title: str
    pair: str
    opened: str
    last: str


def of(found: Iterable[ThreadIndex]) -> tuple[Row, ...]:
    """Return rows for threads that the caller may read."""
    return tuple(_row(each) for each in found)


def _row(row: ThreadIndex) -> Row:
    here = places.place(row.authority)
    folded = index.fold_thread(row.thread, authority=row.authority)
    pair = _("{requesting} asks {requested}").format(
        requesting=places.party(row.requesting), requested=places.party(row.requested)
    )
    return Row(
        href=reverse("desk:thread", args=[row.thread]),
        number=numbers.reference(folded),
        title=joined(wording.act("request", row.kind), ", ", numbers.items_count(row.items)),
        pair=pair,
        opened=times.own(row.opened_at, here),
        last=times.own(row.last_at, here),
    )
