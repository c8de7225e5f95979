"""Decide per item: six answers, refusal last with its closed list, and exactly what they will read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory.threads import RequestFold
from rogatory_node.base import NodeError
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.draft import TYPED
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.desk import acts, item_answers
from rogatory_node.desk.door import FINE, Shown, lacking, page, refused
from rogatory_node.desk.form import Reader, number_in
from rogatory_node.desk.item_answers import Answers
from rogatory_node.desk.showing import decide_page, decisions
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.moves_asked import undecided

__all__ = ["decide"]

FIELDS = (
    "decision",
    "part",
    "until",
    "provision",
    "reason",
    "consulted",
    "question",
    "where",
    "ground",
    "why",
)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for the answer to one item at a time; then show all of them for review."""
    desk = acts.desk_of(request, thread_id)
    fold = acts.request_of(desk.view, statement_id)
    made = acts.prepared(desk, "decision", fold.id)
    if made is not None and made.state != Draft.State.OPEN:
        return redirect("desk:draft", made.pk)
    given = item_answers.answers(made)
    asked = [*undecided(fold)]
    if request.method == "POST" and request.POST.get("act") == "prepare" and made is not None:
        return _prepare(request, desk, fold, made, given)
    number = _number(request, asked, given)
    if number is None:
        return _review(request, desk, fold, given)
    if request.method != "POST":
        return _item(request, desk, fold, number, given)
    return _keep(request, desk, fold, number, given)


def _number(request: HttpRequest, asked: list[int], given: Answers) -> int | None:
    wanted = number_in(request.GET.get("item", ""))
    if wanted in asked:
        return wanted
    return item_answers.next_open(asked, given, 0)


def _keep(request: HttpRequest, desk: Desk, fold: RequestFold, number: int, given: Answers) -> HttpResponse:
    reader = Reader(request)
    answer = {field: text for field in FIELDS if (text := reader.text(field))}
    decisions.check(desk.view, fold, answer, reader)
    if reader.problems:
        return _item(request, desk, fold, number, {**given, number: answer}, how=lacking(reader.problems))
    try:
        with transaction.atomic():
            made = item_answers.begin(desk, "decision", fold)
            every = {**given, number: answer}
            item_answers.keep(desk, made, number, answer, decisions.decision_items(desk.view, fold, every))
    except RogatoryError as error:
        return _item(request, desk, fold, number, {**given, number: answer}, how=refused(error))
    here = reverse("desk:decide", args=[desk.view.thread.id, fold.id])
    if request.POST.get("act") == "preview":
        return redirect(f"{here}?item={number}")
    following = item_answers.next_open([*undecided(fold)], every, number)
    return redirect(here if following is None else f"{here}?item={following}")


def _prepare(
    request: HttpRequest, desk: Desk, fold: RequestFold, made: Draft, given: Answers
) -> HttpResponse:
    """Make the statements that the answers come to, all or none, and fix them for approval."""
    try:
        first = _statements(desk, fold, made, given)
    except RogatoryError as error:
        return _review(request, desk, fold, given, how=refused(error))
    return redirect("desk:draft", first.pk)


@transaction.atomic
def _statements(desk: Desk, fold: RequestFold, made: Draft, given: Answers) -> Draft:
    if not given:
        raise NodeError("NODE-752")
    found: list[Draft] = []
    items = decisions.decision_items(desk.view, fold, given)
    if items:
        body: dict[str, Any] = {"of": fold.id, "items": items, TYPED: made.raw.get(TYPED, {})}
        if decisions.consulted(given):
            body["consulted"] = True
        kept = drafting.change(desk.officer, made, body, version=made.version)
        found.append(freeze(desk.officer, kept))
    else:
        drafting.discard(desk.officer, made)
    if questions := decisions.questions(given):
        found.append(acts.prepare(desk.officer, "query", desk.view, {"of": fold.id, "questions": questions}))
    if states := decisions.states(given):
        found.append(acts.prepare(desk.officer, "report", desk.view, {"of": fold.id, "items": states}))
    return found[0]


def _item(
    request: HttpRequest,
    desk: Desk,
    fold: RequestFold,
    number: int,
    given: Answers,
    *,
    how: Shown = FINE,
) -> HttpResponse:
    it = decide_page.page(desk, fold, number, given, how.problems)
    shown = {"frame": acts.frame(request, desk), "page": it}
    return render(request, "look/pages/decide.html", shown, status=how.status)


def _review(
    request: HttpRequest,
    desk: Desk,
    fold: RequestFold,
    given: Answers,
    *,
    how: Shown = FINE,
) -> HttpResponse:
    return acts.shown(request, desk, decide_page.review(desk, fold, given), how)
