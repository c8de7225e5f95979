"""Is anyone in danger? Requests that claim it, over everything else; whether it is so is for a person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rogatory.threads import RequestFold, Side
from rogatory_node.desk.showing import counting, next_act, numbers, places, times
from rogatory_node.desk.showing.moves import Desk, live
from rogatory_node.desk.showing.moves_asked import undecided
from rogatory_node.look.pictures.board import Emergency
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.words import joined, number

__all__ = ["of_thread"]


def of_thread(desk: Desk) -> list[Emergency]:
    """Return the claims of a thread on which nothing was decided yet."""
    if desk.view.side is not Side.REQUESTED:
        return []
    return [
        _emergency(desk, each)
        for each in live(desk)
        if each.request.body.urgency == "emergency" and (each.acknowledgement is None or undecided(each))
    ]


def _emergency(desk: Desk, fold: RequestFold) -> Emergency:
    view, here = desk.view, places.place(desk.view.authority)
    since = counting.since(fold.request.issued_at, desk.now)
    party = places.party(numbers.other_party(view))
    opened = fold.acknowledgement is not None
    page, words = ("decide", _("Decide")) if opened else ("acknowledge", _("Acknowledge"))
    came = times.near(fold.request.issued_at, desk.now, here)
    rule = next_act.needs("decision" if opened else "acknowledgement")
    call_back = fold.request.body.call_back
    return Emergency(
        since=_("Emergency claimed, {time} ago").format(time=since),
        title=_("{party} claims a risk to life or safety").format(party=party),
        told=joined(numbers.request_title(fold), ", ", number(numbers.number(view)), ", ", number(came), "."),
        proof=StateBadge(_("Signed twice by a key of the register; not yet called back"), "ring", "wait"),
        powers=joined(_("Call back on the register's number, then judge whether it is one."), " ", rule),
        act=Link(words, desk.link(page, fold.id)),
        beside=joined(_("They name the number"), " ", number(call_back)) if call_back else "",
    )
