"""Answer the other Party's query, question by question; an item that was wrong is corrected with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.statements import Item, Query
from rogatory.threads import RequestFold
from rogatory_node.base import NodeError
from rogatory_node.desk import acts
from rogatory_node.desk.door import lacking, page
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import counting, next_act, numbers, places, reading
from rogatory_node.desk.showing.freetext import words
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.reading_request import item_words
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined

__all__ = ["answer"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for the answers, and prepare them for the officer's passkey."""
    desk = acts.desk_of(request, thread_id)
    query = acts.entry_of(desk.view, statement_id).statement
    if not isinstance(query, Query):
        raise NodeError("NODE-515")
    made = acts.prepared(desk, "answer", statement_id)
    if made is not None:
        return redirect("desk:draft", made.pk)
    fold = next((each for each in desk.view.thread.requests if each.id == query.body.of), None)
    reader = Reader(request)
    if request.method != "POST":
        return acts.shown(request, desk, _page(desk, query, fold, reader))
    body = {"of": statement_id, **_body(query, fold, reader)}
    it = _page(desk, query, fold, reader)
    if reader.problems:
        return acts.shown(request, desk, it, lacking(reader.problems))
    return acts.state(request, desk, "answer", body, it)


def _body(query: Query, fold: RequestFold | None, reader: Reader) -> dict[str, Any]:
    replies, corrected = [], []
    for each in query.body.questions:
        label = _("Answer {number}").format(number=each.number)
        said = reader.required(f"q{each.number}", label)
        reply: dict[str, Any] = {"question": each.number, "words": acts.words(said)}
        if source := reader.text(f"q{each.number}-source"):
            reply["source"] = source.lower()
        replies.append(reply)
        verbatim = reader.text(f"q{each.number}-identifier")
        if verbatim and fold is not None and each.item is not None and each.item in fold.items:
            corrected += _corrected(
                fold.items[each.item].item, verbatim, reader, f"q{each.number}-identifier"
            )
    return {"replies": replies, "corrected_items": corrected}


def _corrected(item: Item, verbatim: str, reader: Reader, field: str) -> list[dict[str, Any]]:
    """Return the item with another identifier of the same kind; everything else stays as it was asked."""
    found = item.model_dump(mode="json", by_alias=True, exclude_none=True)
    given = {
        name: value
        for name, value in found["identifier"].items()
        if name not in ("kind", "verbatim", "normalised")
    }
    try:
        read = values.read(item.identifier.kind, verbatim, **given)
    except ValuesError as error:
        reader.refuse(error, field)
        return []
    return [{**found, "identifier": read.model_dump(mode="json", exclude_none=True)}]


def _page(desk: Desk, query: Query, fold: RequestFold | None, reader: Reader) -> ActPage:
    party = places.party(numbers.other_party(desk.view))
    since = counting.since(query.issued_at, desk.now)
    rows = [Fact(each.term, each.value) for each in reading.facts(query)]
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("Answer their question?"),
        lead=_("{party} asked {time} ago, and its items wait for it.").format(party=party, time=since),
        facts=(*rows, *_items(query, fold)),
        fields=tuple(field for each in query.body.questions for field in _fields(each, fold, reader)),
        buttons=(Button(_("Prepare the answer")),),
        note=next_act.needs("answer"),
    )


def _items(query: Query, fold: RequestFold | None) -> list[Fact]:
    asked = sorted({each.item for each in query.body.questions if each.item})
    return [
        Fact(counting.items([number]), item_words(fold.items[number].item))
        for number in asked
        if fold is not None and number in fold.items
    ]


def _fields(question: Any, fold: RequestFold | None, reader: Reader) -> list[FollowUp]:
    stem = f"q{question.number}"
    label = _("Answer {number}").format(number=question.number)
    found = [
        FollowUp(
            stem,
            joined(label, ": ", words(question.words)),
            reader.text(stem),
            "long",
            problem=reader.problem_of(stem),
        ),
        FollowUp(
            f"{stem}-source",
            _("Digest of what supports it (optional)"),
            reader.text(f"{stem}-source"),
            hint=_("SHA-256 of a screenshot or a log, 64 letters and digits. The file stays here."),
            size=30,
        ),
    ]
    if fold is not None and question.item in fold.items:
        found.append(
            FollowUp(
                f"{stem}-identifier",
                _("The identifier of {item}, if it has to be corrected").format(
                    item=counting.items_within([question.item])
                ),
                reader.text(f"{stem}-identifier"),
                hint=_("Leave it empty if it stands. A correction replaces the item for both sides."),
                problem=reader.problem_of(f"{stem}-identifier"),
                size=30,
            )
        )
    return found
