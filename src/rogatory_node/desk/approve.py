"""The approval origin: what is approved, in words, and one gesture with a passkey. Nobody signs in here.

An officer arrives from the desk with a key that works once (``handoff``). A passkey for approvals is bound to
this host and cannot sign in; a passkey that signs in cannot approve (PROTOCOL section 2, Approval).
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError, Role, configuration
from rogatory_node.casework import selectors
from rogatory_node.casework.models import Draft
from rogatory_node.desk import handoff
from rogatory_node.desk.door import FINE, Shown, problem, refused
from rogatory_node.desk.showing import counting, draft_page, frames, wording
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, Problem
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code
from rogatory_node.people import approvals, credentials
from rogatory_node.people.models import Officer

__all__ = ["approve", "closed", "enter"]


@never_cache
@require_safe
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Take over what the desk handed to this origin, once, and go on to its page."""
    try:
        handed = handoff.take(key)
    except NodeError as error:
        return closed(request, error)
    handoff.keep(request, handed)
    answer = redirect("desk:approve", handed.draft) if handed.draft else redirect("desk:enrol")
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, handed.language), ("look", handed.look)):
        if value:
            secure = settings.SESSION_COOKIE_SECURE
            answer.set_cookie(name, value, secure=secure, httponly=True, samesite="Lax")
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show what is approved and record the gesture; then back to the desk."""
    try:
        handed, officer = handoff.current(request)
        found = selectors.draft(officer, draft_id)
    except NodeError as error:
        return closed(request, error)
    if handed.draft != str(found.pk) or found.state != Draft.State.FROZEN:
        return closed(request, NodeError("NODE-750"))
    role = Role(handed.role)
    if request.method != "POST":
        return _show(request, officer, found, role)
    try:
        _record(request, officer, found, role)
    except RogatoryError as error:
        return _show(request, officer, found, role, refused(error))
    handoff.end(request)
    return HttpResponseRedirect(_desk(found))


def closed(request: HttpRequest, error: RogatoryError) -> HttpResponse:
    """Show that the page is no longer open, and the way back to the desk."""
    shown = {"problems": (problem(error),), "desk": f"{configuration.current().web.origin}/"}
    return render(request, "desk/closed.html", shown, status=410)


def _record(request: HttpRequest, officer: Officer, found: Draft, role: Role) -> None:
    answer = request.POST.get("passkey", "")
    if not answer:
        raise NodeError("NODE-751")
    approvals.approve(
        officer,
        authority=found.authority,
        act=found.rule,
        subject=found.content_id,
        role=role,
        assertion=answer.encode(),
    )


def _desk(found: Draft) -> str:
    return f"{configuration.current().web.origin}{reverse('desk:draft', args=[found.pk])}"


def _show(
    request: HttpRequest,
    officer: Officer,
    found: Draft,
    role: Role,
    how: Shown = FINE,
) -> HttpResponse:
    frame = frames.around_approval(request, officer, found.authority)
    it = {"frame": frame, "page": _page(officer, found, role, how.problems)}
    return render(request, "look/pages/act.html", it, status=how.status)


def _page(officer: Officer, found: Draft, role: Role, problems: tuple[Problem, ...]) -> ActPage:
    statement = draft_page.statement_of(found)
    digest = code(counting.groups(found.content_id, 3))
    usable = credentials.usable(officer)
    lead = _(
        "You approve exactly what stands below, as {role}. Compare the short digest with that on your desk "
        "or on a colleague's screen; then use your approval passkey."
    )
    none = _(
        "You have no approval passkey that is confirmed. Enrol one from the desk, under “Your passkeys”."
    )
    return ActPage(
        crumbs=(_back(found),),
        title=_("Approve this with your passkey?"),
        lead=lead.format(role=wording.role(role)),
        facts=(Fact(_("Short digest"), digest), *draft_page.facts(found, statement)[:-1]),
        items=draft_page.items(statement),
        will_read=draft_page.will_read(found, statement),
        buttons=(Button(_("Approve with your passkey")),) if usable else (),
        passkey=approvals.options(officer, subject=found.content_id, role=role) if usable else None,
        note=_("A passkey proves one gesture at this node, no more. Nothing is sent by it.")
        if usable
        else none,
        aside=draft_page.approvals_steps(found),
        problems=problems,
    )


def _back(found: Draft) -> Link:
    return Link(_("Back to the desk, without approving"), _desk(found))
