"""Threads in a list: number, what is asked, between whom, since when. Never an identifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory_node.casework.models import CaseFile, ThreadIndex
from rogatory_node.desk.showing import numbers, places, times, wording
from rogatory_node.look.pictures.words import joined, name

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
    every = list(found)
    held = CaseFile.objects.filter(
        authority__in={each.authority for each in every}, case__in={each.case for each in every}
    )
    files = {(each.authority, each.case): each for each in held}
    return tuple(_row(each, files.get((each.authority, each.case))) for each in every)


def _row(row: ThreadIndex, file: CaseFile | None) -> Row:
    here = places.place(row.authority)
    what = joined(wording.act("request", row.kind), ", ", numbers.items_count(row.items))
    pair = _("{requesting} asks {requested}").format(
        requesting=places.party(row.requesting), requested=places.party(row.requested)
    )
    return Row(
        href=reverse("desk:thread", args=[row.thread]),
        number=file.number if file else f"{row.requesting}-{row.requested} {row.thread[:8]}".upper(),
        title=joined(name(file.title), " · ", what) if file and file.title else what,
        pair=pair,
        opened=times.own(row.opened_at, here),
        last=times.own(row.last_at, here),
    )
