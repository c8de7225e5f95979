"""The title by which our own people know a case: it stays here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory_node.casework.services import entitle as service
from rogatory_node.desk import acts
from rogatory_node.desk.door import page, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import orders
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp

__all__ = ["entitle"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def entitle(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for the title of the thread's case, and keep it."""
    del statement_id
    desk = acts.desk_of(request, thread_id)
    if request.method != "POST":
        held = desk.view.file.title if desk.view.file else ""
        return acts.shown(request, desk, _page(desk, held))
    typed = Reader(request).text("title")
    try:
        service.entitle(desk.officer, desk.view.authority, thread=thread_id, title=typed)
    except RogatoryError as error:
        return acts.shown(request, desk, _page(desk, typed), refused(error, "title"))
    return redirect("desk:thread", thread_id)


def _page(desk: Desk, value: str) -> ActPage:
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("What do your own people call this case?"),
        lead=_("The title stands over the thread and in lists. It never leaves this node."),
        fields=(
            FollowUp(
                "title",
                _("Title"),
                value,
                hint=_("Short. No name of a suspect, no identifier. Empty takes the title away."),
                size=30,
            ),
        ),
        buttons=(Button(_("Keep the title")),),
        note=orders.stays(desk.view),
    )
