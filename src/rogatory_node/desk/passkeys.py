"""Passkeys for approvals: one's own, and those of colleagues that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError
from rogatory_node.desk import handoff
from rogatory_node.desk.door import FINE, Shown, acting, page, refused
from rogatory_node.desk.form import number_in
from rogatory_node.desk.showing import frames, passkeys_page
from rogatory_node.people import credentials
from rogatory_node.people import selectors as people
from rogatory_node.people.models import ApprovalCredential, Officer

__all__ = ["begin", "passkeys"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """Show passkeys; confirm one as a second person, or end one."""
    officer = acting(request)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _show(request, officer)
    try:
        act(officer, _named(officer, request.POST.get("passkey", "")))
    except RogatoryError as error:
        return _show(request, officer, refused(error))
    return redirect("desk:passkeys")


@page
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Go to the approval origin to enrol a passkey; the officer has signed in again just before."""
    if request.method != "POST":
        return redirect("desk:passkeys")
    return HttpResponseRedirect(handoff.give(request, handoff.Handed(str(acting(request).pk))))


def _named(officer: Officer, name: str) -> ApprovalCredential:
    own, number = ApprovalCredential.objects.filter(officer=officer), number_in(name)
    for rows in (own, people.credentials_to_confirm(officer)):
        found = None if number is None else rows.filter(pk=number).first()
        if found is not None:
            return found
    raise NodeError("NODE-702")


def _show(request: HttpRequest, officer: Officer, how: Shown = FINE) -> HttpResponse:
    shown = {
        "frame": frames.around(request),
        "own": passkeys_page.own(officer),
        "waiting": passkeys_page.waiting(officer),
        "problems": how.problems,
    }
    return render(request, "desk/passkeys.html", shown, status=how.status)


ACTS: dict[str, Callable[[Officer, ApprovalCredential], None]] = {
    "confirm": credentials.confirm,
    "revoke": credentials.revoke,
}
