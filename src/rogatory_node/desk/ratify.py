"""Ratify what one person sent: a second person stands behind it, or it is withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.statements import content_id
from rogatory.threads import Entry
from rogatory_node.base import NodeError
from rogatory_node.desk import acts
from rogatory_node.desk.door import page
from rogatory_node.desk.showing import advice, counting, items, next_act, numbers, places, reading, times
from rogatory_node.desk.showing.moves import Desk, pending
from rogatory_node.desk.showing.wording import role
from rogatory_node.look.pictures.questions import ActPage, Button, Step, Steps, WillRead
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, name
from rogatory_node.people import approvals

__all__ = ["ratify"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def ratify(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Show what was sent and by whom, and prepare its ratification."""
    desk = acts.desk_of(request, thread_id)
    entry = acts.entry_of(desk.view, statement_id)
    if not pending(desk, entry):
        raise NodeError("NODE-511")
    made = acts.prepared(desk, "ratified", entry.id)
    if made is not None:
        return redirect("desk:draft", made.pk)
    it = _page(desk, entry)
    if request.method != "POST":
        return acts.shown(request, desk, it)
    if request.POST.get("act") == "withdraw":
        return redirect("desk:withdraw", thread_id, statement_id)
    return acts.state(request, desk, "ratified", {"of": entry.id}, it)


def _page(desk: Desk, entry: Entry) -> ActPage:
    here = places.place(desk.view.authority)
    statement, subject = entry.statement, content_id(entry.statement)
    party = places.party(numbers.other_party(desk.view))
    by = times.near(statement.ratify_by, desk.now, here) if statement.ratify_by else ""
    lead = _(
        "One person sent it at {sent}. A second ratifies it by {by}; until then {party} sees it as pending."
    )
    sent = times.near(statement.issued_at, desk.now, here)
    fold = next((each for each in desk.view.thread.requests if each.id == entry.id), None)
    done = [
        Step(
            role(each.role),
            joined(name(each.officer.name), ", ", times.near(each.at, desk.now, here)),
            "done",
        )
        for each in approvals.given(statement.sender, subject)
    ]
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("Ratify what one person sent?"),
        lead=lead.format(sent=sent, by=by, party=party),
        facts=(
            Fact(_("Statement"), reading.summary(statement)[0]),
            *reading.facts(statement),
            Fact(_("Short digest"), code(counting.groups(subject, 3))),
        ),
        items=items.asked(fold) if fold else None,
        will_read=WillRead(
            _("What {party} will read").format(party=party),
            _("The statement is ratified by a second person."),
            _("Your name stays here; a salted commitment travels in its place."),
        ),
        buttons=(
            Button(_("Prepare the ratification"), "act", "ratify"),
            *((Button(_("Withdraw it instead"), "act", "withdraw", secondary=True),) if fold else ()),
        ),
        note=next_act.needs("ratified"),
        aside=Steps(
            _("Approvals"),
            _("{done} of {all}").format(done=len(done), all=len(done) + 1),
            (*done, Step(_("A second person"), _("by {time}").format(time=by), "now")),
        ),
        findings=advice.of_request(desk.view, fold, _("Before you sign")) if fold else None,
    )
