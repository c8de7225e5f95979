"""The board: what needs me, soonest loss first; who am I waiting for; what is safely kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory_node.base import clock
from rogatory_node.casework import selectors
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import draft_lanes, emergencies, frames, lanes, leads, places, trouble_lanes
from rogatory_node.desk.showing.lanes import Placed
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.board import BoardPage, Chip, SearchBox
from rogatory_node.look.pictures.when import offset
from rogatory_node.people.models import Officer

__all__ = ["board", "desks", "placed"]

WAYS = ("all", "in", "out")


@page
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show every matter of the authorities that the officer serves, by whose move it is."""
    officer, now = acting(request), clock.now()
    frame = frames.around(request, "desk:board")
    here = places.own_place(next(iter(selectors.served(officer)), ""))
    seen = desks(officer)
    found = placed(officer, seen)
    chosen = request.GET.get("way", "all")
    shown = [each for each in found if chosen not in ("in", "out") or each.way == chosen]
    it = BoardPage(
        lead=leads.of_board(found, now, here),
        groups=lanes.groups(shown, now, here),
        here=f"{here.name} ({offset(now, here)})" if here != places.UTC_PLACE else here.name,
        emergencies=tuple(each for desk in seen for each in emergencies.of_thread(desk)),
        search=_search(found, chosen),
    )
    return render(request, "look/pages/board.html", {"frame": frame, "page": it})


def desks(officer: Officer) -> list[Desk]:
    """Return every thread that the officer may see, once each."""
    now = clock.now()
    rows = {row.thread: row.authority for row in selectors.threads(officer)}
    return [Desk(officer, selectors.view(authority, thread), now) for thread, authority in rows.items()]


def placed(officer: Officer, found_at: list[Desk]) -> list[Placed]:
    """Return every lane of the board: threads, drafts, and what went wrong."""
    now = clock.now()
    found = [lane for desk in found_at for lane in lanes.of_thread(desk)]
    found += [draft_lanes.lane(officer, each, now) for each in selectors.drafts(officer)]
    return found + [trouble_lanes.lane(each, now) for each in selectors.troubles(officer)]


def _search(found: list[Placed], chosen: str) -> SearchBox:
    counts = {way: sum(1 for each in found if each.way == way) for way in ("in", "out")}
    texts = {
        "all": _("All {count}").format(count=len(found)),
        "in": _("Incoming {count}").format(count=counts["in"]),
        "out": _("Outgoing {count}").format(count=counts["out"]),
    }
    here = reverse("desk:board")
    chips = tuple(
        Chip(texts[way], here if way == "all" else f"{here}?way={way}", current=way == chosen) for way in WAYS
    )
    return SearchBox(
        reverse("desk:search"),
        _("Search number, identifier or text"),
        _("Number, address, account, wallet"),
        _("Search"),
        chips=chips,
    )
