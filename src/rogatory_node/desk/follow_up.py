"""From preservation to stored data, from a hold to freezing: the new request begins with what was said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory.threads import RequestFold
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework import selectors
from rogatory_node.casework.services import follow_up as service
from rogatory_node.desk import acts
from rogatory_node.desk.door import page, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import items, next_act, numbers, places
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.words import name

__all__ = ["follow_up"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask who asks whom now, and begin the request that follows without retyping."""
    desk = acts.desk_of(request, thread_id)
    fold = acts.request_of(desk.view, statement_id)
    reader = Reader(request)
    it = _page(desk, fold, reader)
    if request.method != "POST":
        return acts.shown(request, desk, it)
    try:
        made = service.begin_follow_up(
            desk.officer,
            authority=reader.text("authority"),
            recipient=reader.text("recipient"),
            thread=thread_id,
            request=fold.id,
        )
    except RogatoryError as error:
        return acts.shown(request, desk, it, refused(error))
    return redirect("desk:draft", made.pk)


def _page(desk: Desk, fold: RequestFold, reader: Reader) -> ActPage:
    view = desk.view
    after = service.FOLLOW_UPS.get(fold.request.body.kind)
    if after is None:
        raise NodeError("NODE-515")
    data = after.to == "stored_data"
    party = numbers.other_party(view)
    mine = selectors.served(desk.officer)
    theirs = [each for each in places.reachable(party_of(view.authority)) if party_of(each) == party]
    theirs = theirs or [numbers.counterpart(view)]
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("Ask for the data that are kept?") if data else _("Ask to freeze what is held?"),
        lead=_(
            "The new request stays in this thread and begins with everything that was said: the case, the "
            "facts, the items as last corrected. You add what only it needs."
        ),
        items=items.table(fold),
        fields=(
            _choice("authority", _("Who asks"), mine, reader.text("authority") or view.authority),
            _choice(
                "recipient", _("Who is asked"), theirs, reader.text("recipient") or numbers.counterpart(view)
            ),
        ),
        buttons=(Button(_("Begin the request")),),
        note=next_act.needs(f"request_{after.to}"),
    )


def _choice(field: str, label: str, found: list[str] | tuple[str, ...], chosen: str) -> FollowUp:
    options = tuple(Option(each, name(places.authority(each))) for each in found)
    value = chosen if chosen in found else next(iter(found), "")
    return FollowUp(field, label, value, "radios", options=options)
