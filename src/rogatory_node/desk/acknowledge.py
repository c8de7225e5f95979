"""Acknowledge a statement: a person here has opened it; nothing is accepted or executed by that."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.statements import Request
from rogatory.threads import Entry
from rogatory_node.base import Role
from rogatory_node.desk import acts
from rogatory_node.desk.door import page
from rogatory_node.desk.showing import counting, items, next_act, places, reading
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import name
from rogatory_node.people import selectors as people

__all__ = ["acknowledge"]

# The role under which a person acknowledges is the first of these that they hold.
ROLES = (Role.DUTY_OFFICER, Role.INVESTIGATOR, Role.LEGAL_REVIEWER, Role.APPROVER)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for the act, and prepare it for the officer's passkey."""
    desk = acts.desk_of(request, thread_id)
    entry = acts.entry_of(desk.view, statement_id)
    made = acts.prepared(desk, "acknowledgement", entry.id)
    if made is not None:
        return redirect("desk:draft", made.pk)
    asked = {each: acts.typed(request, each) for each in ("reference", "contact")}
    it = _page(desk, entry, asked)
    if request.method != "POST":
        return acts.shown(request, desk, it)
    return acts.state(request, desk, "acknowledgement", _body(desk, entry, asked), it)


def _body(desk: Desk, entry: Entry, asked: dict[str, str]) -> dict[str, Any]:
    held = people.roles(desk.officer, desk.view.authority)
    role = next((each for each in ROLES if each in held), Role.CUSTODIAN)
    given = {member: text for member, text in asked.items() if text}
    return {"of": entry.id, "made_by": "person", "role": role.value, **given}


def _page(desk: Desk, entry: Entry, asked: dict[str, str]) -> ActPage:
    view = desk.view
    since = counting.since(entry.statement.issued_at, desk.now)
    lead = _(
        "It was sent {time} ago, and the node has signed a receipt. Acknowledging says that a person has it; "
        "it decides nothing."
    )
    fold = next((each for each in view.thread.requests if each.id == entry.id), None)
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("Acknowledge this request?")
        if isinstance(entry.statement, Request)
        else _("Acknowledge this statement?"),
        lead=lead.format(time=since),
        facts=(
            Fact(_("What"), reading.summary(entry.statement)[0]),
            Fact(_("From"), name(places.authority(entry.statement.sender))),
            Fact(_("Proof"), "", StateBadge(_("Signed twice by a key of the register"), "check", "kept")),
        ),
        items=items.asked(fold) if fold else None,
        fields=(
            FollowUp(
                "reference", _("Our number for it, which they will read (optional)"), asked["reference"]
            ),
            FollowUp(
                "contact",
                _("How they can reach you (optional)"),
                asked["contact"],
                hint=_("A desk or a telephone, never a private name. It is sent."),
                size=30,
            ),
        ),
        buttons=(Button(_("Acknowledge")),),
        note=next_act.needs("acknowledgement"),
    )
