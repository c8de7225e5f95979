"""Search: seen this identifier before, or this number? (art. 22; PRACTICE section 1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory.values import recognise
from rogatory_node.casework import selectors
from rogatory_node.casework.models import ThreadIndex
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import frames, places, rows, times, wording
from rogatory_node.desk.showing.rows import Row
from rogatory_node.look.pictures.board import SearchBox
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, name
from rogatory_node.people.models import Officer

__all__ = ["search"]

MOST = 50
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    read: tuple[Fact, ...]
    asked: tuple[Row, ...]
    elsewhere: tuple[str, ...]
    numbered: tuple[Row, ...]


@page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show who asked about an identifier, and the officer's own threads that bear a number."""
    officer, asked = acting(request), request.GET.get("q", "").strip()[:LONGEST]
    frame = frames.around(request, "desk:search")
    box = SearchBox(
        reverse("desk:search"),
        _("Search number, identifier or text"),
        _("Number, address, account, wallet"),
        _("Search"),
        value=asked,
    )
    shown = {"frame": frame, "box": box, "asked": asked, "found": _found(officer, asked) if asked else None}
    return render(request, "desk/search.html", shown)


def _found(officer: Officer, asked: str) -> Found:
    read = recognise(asked)
    wanted = [asked, *(each.normalised for _kind, each in read)]
    mine: dict[str, ThreadIndex] = {}
    others: dict[str, ThreadIndex] = {}
    served = selectors.served(officer)
    for authority in served:
        for row in selectors.asked_before(authority, wanted)[:MOST]:
            (mine if row.authority in served else others)[row.thread] = row
    facts = tuple(
        Fact(wording.identifier_kind(kind), _spelled(each.verbatim, each.normalised)) for kind, each in read
    )
    unseen = [row for thread, row in others.items() if thread not in mine]
    return Found(facts, rows.of(mine.values()), tuple(map(_other, unseen)), _numbered(officer, asked))


def _spelled(verbatim: str, normalised: str) -> str:
    if verbatim == normalised:
        return code(verbatim)
    return joined(code(verbatim), " = ", code(normalised))


def _other(row: ThreadIndex) -> str:
    """Return all that may be shown of another unit's case: that it exists, whose it is, since when."""
    said = _("{unit} has a thread on it since {day}. Ask them; what it holds is not shown here.")
    here = places.place(row.authority)
    unit = name(places.authority(row.authority))
    return format_html(said, unit=unit, day=times.own(row.opened_at, here))


def _numbered(officer: Officer, asked: str) -> tuple[Row, ...]:
    """Return the officer's threads whose number, title or id holds what was typed."""
    if len(asked) < 3:
        return ()
    letters = asked.casefold()
    found = rows.of(selectors.threads(officer))
    return tuple(
        each
        for each in found
        if letters in each.number.casefold() or letters in each.title.casefold() or letters in each.href
    )[:MOST]
