"""Ask the other Party a question: an incomplete request is queried, never refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.threads import Entry, RequestFold
from rogatory_node.desk import acts
from rogatory_node.desk.door import lacking, page
from rogatory_node.desk.form import Reader, number_in
from rogatory_node.desk.showing import items, next_act, numbers, places, reading
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.reading_request import item_words
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.thread import Fact

__all__ = ["ask"]

WHOLE = "0"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for the question, and prepare it for the officer's passkey."""
    desk = acts.desk_of(request, thread_id)
    entry = acts.entry_of(desk.view, statement_id)
    made = acts.prepared(desk, "query", entry.id)
    if made is not None:
        return redirect("desk:draft", made.pk)
    reader = Reader(request)
    if request.method != "POST":
        return acts.shown(request, desk, _page(desk, entry, reader))
    question = reader.required("question", _("Your question"))
    it = _page(desk, entry, reader)
    if reader.problems:
        return acts.shown(request, desk, it, lacking(reader.problems))
    return acts.state(request, desk, "query", _body(entry, reader.text("item"), question), it)


def _body(entry: Entry, item: str, question: str) -> dict[str, Any]:
    asked: dict[str, Any] = {"number": 1, "words": acts.words(question)}
    if number := number_in(item):
        asked["item"] = number
    return {"of": entry.id, "questions": [asked]}


def _page(desk: Desk, entry: Entry, reader: Reader) -> ActPage:
    fold = next((each for each in desk.view.thread.requests if each.id == entry.id), None)
    party = places.party(numbers.other_party(desk.view))
    question = FollowUp(
        "question",
        _("Your question, as they will read it"),
        reader.text("question"),
        "long",
        hint=_("One question at a time is answered soonest."),
        problem=reader.problem_of("question"),
    )
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("What do you need to know?"),
        lead=_("A question is no refusal: the items stay open while {party} answers.").format(party=party),
        facts=(Fact(_("About"), reading.summary(entry.statement)[0]),),
        items=items.asked(fold) if fold else None,
        fields=(*_which(fold, reader.text("item")), question),
        buttons=(Button(_("Prepare the question")),),
        note=next_act.needs("query"),
    )


def _which(fold: RequestFold | None, chosen: str) -> tuple[FollowUp, ...]:
    if fold is None:
        return ()
    options = [Option(WHOLE, _("The whole request"))]
    options += [Option(str(number), item_words(each.item)) for number, each in fold.items.items()]
    return (
        FollowUp("item", _("Which item is it about?"), chosen or WHOLE, "radios", options=tuple(options)),
    )
