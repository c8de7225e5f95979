"""Report per item: how it stands, since when, until when. What was done rests on an act at home."""

from __future__ import annotations

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
from rogatory_node.desk.showing import report_page, states
from rogatory_node.desk.showing.moves import Desk, open_items

__all__ = ["report"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask how one item at a time stands; then show all of them for review."""
    desk = acts.desk_of(request, thread_id)
    fold = acts.request_of(desk.view, statement_id)
    made = acts.prepared(desk, "report", fold.id)
    if made is not None and made.state != Draft.State.OPEN:
        return redirect("desk:draft", made.pk)
    given = item_answers.answers(made)
    if request.method == "POST" and request.POST.get("act") == "prepare" and made is not None:
        return _prepare(request, desk, fold, made, given)
    number = _number(request, fold, given)
    if number is None:
        return _review(request, desk, fold, given)
    if request.method != "POST":
        return _item(request, desk, fold, number, given)
    return _keep(request, desk, fold, number, given)


def _number(request: HttpRequest, fold: RequestFold, given: Answers) -> int | None:
    wanted = request.GET.get("item", "")
    if (number := number_in(wanted)) in open_items(fold):
        return number
    if wanted == "all":
        return None
    return item_answers.next_open(states.due(fold), given, 0)


def _keep(request: HttpRequest, desk: Desk, fold: RequestFold, number: int, given: Answers) -> HttpResponse:
    reader = Reader(request)
    answer = states.typed(reader)
    states.check(fold, number, answer, reader)
    every = {**given, number: answer}
    if reader.problems:
        return _item(request, desk, fold, number, every, how=lacking(reader.problems))
    try:
        with transaction.atomic():
            made = item_answers.begin(desk, "report", fold)
            item_answers.keep(desk, made, number, answer, states.members(every))
    except RogatoryError as error:
        return _item(request, desk, fold, number, every, how=refused(error))
    here = reverse("desk:report", args=[desk.view.thread.id, fold.id])
    following = item_answers.next_open(states.due(fold), every, number)
    return redirect(f"{here}?item={'all' if following is None else following}")


def _prepare(
    request: HttpRequest, desk: Desk, fold: RequestFold, made: Draft, given: Answers
) -> HttpResponse:
    try:
        if not given:
            raise NodeError("NODE-752")
        with transaction.atomic():
            raw = {"of": fold.id, "items": states.members(given), TYPED: made.raw.get(TYPED, {})}
            kept = drafting.change(desk.officer, made, raw, version=made.version)
            fixed = freeze(desk.officer, kept)
    except RogatoryError as error:
        return _review(request, desk, fold, given, how=refused(error))
    return redirect("desk:draft", fixed.pk)


def _item(
    request: HttpRequest,
    desk: Desk,
    fold: RequestFold,
    number: int,
    given: Answers,
    *,
    how: Shown = FINE,
) -> HttpResponse:
    it = report_page.page(desk, fold, number, given, how.problems)
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
    return acts.shown(request, desk, report_page.review(desk, fold, given), how)
