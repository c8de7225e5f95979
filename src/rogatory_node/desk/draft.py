"""A draft, from the last question to its sending: what will be read, who approves, the short digest."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import selectors
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.casework.services.send import send
from rogatory_node.desk import draft_questions, handoff
from rogatory_node.desk.door import FINE, Shown, acting, page, refused
from rogatory_node.desk.showing import draft_page, frames
from rogatory_node.people.models import Officer

__all__ = ["draft"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft as far as it is; questions while it is open, approvals once it is fixed."""
    officer = acting(request)
    found = selectors.draft(officer, draft_id)
    if request.method == "POST" and (act := ACTS.get(request.POST.get("act", ""))):
        try:
            return act(request, officer, found)
        except RogatoryError as error:
            found.refresh_from_db()
            return _show(request, officer, found, refused(error))
    if request.method == "POST" and found.state != Draft.State.OPEN:
        return _show(request, officer, found, refused(NodeError("NODE-503")))
    if found.state == Draft.State.OPEN and found.act == "request":
        return draft_questions.ask(request, officer, found)
    return _show(request, officer, found)


def _show(request: HttpRequest, officer: Officer, found: Draft, how: Shown = FINE) -> HttpResponse:
    if found.state == Draft.State.SENT and not how.problems:
        return redirect("desk:thread", found.thread)
    if found.state == Draft.State.OPEN and found.act == "decision":
        return redirect("desk:decide", found.thread, str(found.raw.get("of", "")))
    frame = frames.around(request, "", authority=found.authority, other=found.recipient)
    it = draft_page.page(officer, found, how.problems)
    return render(request, "look/pages/act.html", {"frame": frame, "page": it}, status=how.status)


def _freeze(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    del request
    freeze(officer, found)
    return redirect("desk:draft", found.pk)


def _approve(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    """Go to the approval origin: the gesture is made there and nowhere else (PROTOCOL section 2)."""
    if found.state != Draft.State.FROZEN:
        raise NodeError("NODE-503")
    role = draft_page.role_for(officer, found)
    if role is None:
        raise NodeError("NODE-100", authority=found.authority, roles=_roles(found))
    given = handoff.give(request, handoff.Handed(str(officer.pk), str(found.pk), role.value))
    return HttpResponseRedirect(given)


def _roles(found: Draft) -> str:
    wanted: list[Role] = sorted(draft_page.wanted(found))
    return ", ".join(wanted) or "-"


def _send(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    del request
    row = send(officer, found)
    return redirect("desk:thread", row.thread)


def _discard(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    del request
    drafting.discard(officer, found)
    return redirect(reverse("desk:board"))


ACTS: dict[str, Callable[[HttpRequest, Officer, Draft], HttpResponse]] = {
    "freeze": _freeze,
    "approve": _approve,
    "send": _send,
    "discard": _discard,
}
