"""Enrol a passkey for approvals, on the approval origin: it can never sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError, configuration
from rogatory_node.desk import handoff
from rogatory_node.desk.approve import closed
from rogatory_node.desk.door import FINE, Shown, refused
from rogatory_node.desk.showing import frames
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Problem
from rogatory_node.people import credentials
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["enrol"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Ask the officer's device to make a passkey, and keep its public half."""
    try:
        handed, officer = handoff.current(request)
    except NodeError as error:
        return closed(request, error)
    if handed.draft:
        return closed(request, NodeError("NODE-750"))
    if request.method != "POST":
        return _show(request, officer)
    label = request.POST.get("label", "").strip()[:100] or _("Passkey")
    answer = request.POST.get("passkey", "")
    if not answer:
        return _show(request, officer, refused(NodeError("NODE-751")))
    try:
        credentials.complete(officer, answer.encode(), label=label)
    except RogatoryError as error:
        return _show(request, officer, refused(error))
    handoff.end(request)
    return HttpResponseRedirect(f"{configuration.current().web.origin}{reverse('desk:passkeys')}")


def _show(request: HttpRequest, officer: Officer, how: Shown = FINE) -> HttpResponse:
    served = next(iter(people.authorities(officer)), configuration.current().authority_ids[0])
    frame = frames.around_approval(request, officer, served)
    shown = {"frame": frame, "page": _page(request, officer, how.problems)}
    return render(request, "look/pages/act.html", shown, status=how.status)


def _page(request: HttpRequest, officer: Officer, problems: tuple[Problem, ...]) -> ActPage:
    back = f"{configuration.current().web.origin}{reverse('desk:passkeys')}"
    return ActPage(
        crumbs=(Link(_("Back to the desk, without enrolling"), back),),
        title=_("Enrol a passkey for approvals?"),
        lead=_(
            "It is bound to this address, approves only here, and can never sign in. It asks for your PIN, "
            "finger or face each time. It counts once a second person has confirmed that it is yours."
        ),
        fields=(
            FollowUp(
                "label",
                _("What do you call it?"),
                request.POST.get("label", ""),
                hint=_("Such as: key in the safe"),
                size=20,
            ),
        ),
        buttons=(Button(_("Enrol it")),),
        passkey=credentials.begin(officer),
        ceremony="create",
        problems=problems,
    )
