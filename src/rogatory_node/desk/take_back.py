"""Recall a statement that was wrong, or withdraw a request: two acts of one form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.statements import Request
from rogatory.threads import Entry
from rogatory_node.base import NodeError
from rogatory_node.desk import acts
from rogatory_node.desk.door import lacking, page
from rogatory_node.desk.form import Reader, numbers_in
from rogatory_node.desk.showing import items, next_act, numbers, places, reading
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp
from rogatory_node.look.pictures.thread import Fact

__all__ = ["recall", "withdraw"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Say that a statement of ours was wrong: its use stops until a person there acknowledges."""
    return _take_back(request, thread_id, statement_id, "recall")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Say that we no longer ask, for some items or for all."""
    return _take_back(request, thread_id, statement_id, "withdrawal")


def _take_back(request: HttpRequest, thread_id: str, statement_id: str, act: str) -> HttpResponse:
    desk = acts.desk_of(request, thread_id)
    entry = acts.entry_of(desk.view, statement_id)
    if entry.side is not desk.view.side or (act == "withdrawal" and not isinstance(entry.statement, Request)):
        raise NodeError("NODE-515")
    made = acts.prepared(desk, act, entry.id)
    if made is not None:
        return redirect("desk:draft", made.pk)
    reader = Reader(request)
    if request.method != "POST":
        return acts.shown(request, desk, _page(desk, entry, act, reader))
    body = _body(entry, act, reader)
    it = _page(desk, entry, act, reader)
    if reader.problems:
        return acts.shown(request, desk, it, lacking(reader.problems))
    return acts.state(request, desk, act, body, it)


def _body(entry: Entry, act: str, reader: Reader) -> dict[str, Any]:
    label = _("The reason, as they will read it")
    reason = reader.required("reason", label) if act == "recall" else reader.text("reason")
    body: dict[str, Any] = {"of": entry.id, "items": numbers_in(reader.text("items"))}
    return body | ({"reason": acts.words(reason)} if reason else {})


def _page(desk: Desk, entry: Entry, act: str, reader: Reader) -> ActPage:
    recalls = act == "recall"
    party = places.party(numbers.other_party(desk.view))
    lead = (
        _("It tops both desks, and {party} stops using what it names until a person there acknowledges it.")
        if recalls
        else _("{party} reads that you no longer ask; what it keeps for you may be released.")
    )
    fold = next((each for each in desk.view.thread.requests if each.id == entry.id), None)
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("Recall this statement?") if recalls else _("Withdraw this request?"),
        lead=lead.format(party=party),
        facts=(Fact(_("What"), reading.summary(entry.statement)[0]),),
        items=items.asked(fold) if fold else None,
        fields=(
            FollowUp(
                "items",
                _("Which items? Leave it empty for all"),
                reader.text("items"),
                hint=_("Such as 1 to 3, 5"),
            ),
            FollowUp(
                "reason",
                _("The reason, as they will read it"),
                reader.text("reason"),
                "long",
                problem=reader.problem_of("reason"),
            ),
        ),
        buttons=(Button(_("Prepare the recall") if recalls else _("Prepare the withdrawal")),),
        note=next_act.needs(act),
    )
