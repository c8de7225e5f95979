"""The questions of a request that is still open: one at a time, saved as typed, gaps and all."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError
from rogatory_node.casework import basis
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.draft import TYPED
from rogatory_node.desk import draft_items
from rogatory_node.desk.door import FINE, Shown, acting, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import (
    draft_page,
    fields,
    frames,
    links,
    paste_page,
    pasted,
    places,
    provisions,
    questions,
    questions_page,
    times,
)
from rogatory_node.desk.showing.fields import Field
from rogatory_node.desk.showing.kind_words import words_of
from rogatory_node.look.pictures.frame import Frame
from rogatory_node.people.models import Officer

__all__ = ["ask"]

LINE_FIELDS = ("zone", "clock", "error", "port", "kind", "provider")


def ask(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    """Ask one question of an open request, or keep what was typed and go on to the next."""
    key = request.GET.get("question", "review")
    if not officer.has_perm("people.draft", found.authority):
        key = "review"
    asked = questions.question(_kind(found), key)
    if asked is None:
        return _review(request, officer, found)
    if request.method != "POST":
        return _show(request, found, key)
    if key == "items":
        return draft_items.keep(request, officer, found)
    raw = deepcopy(found.raw)
    (_paste if key == "identifiers" else _fields)(Reader(request), found, raw, key)
    try:
        kept = keep(request, officer, found, raw)
    except RogatoryError as error:
        found.raw = raw
        return _show(request, found, key, refused(error))
    act, here = request.POST.get("act", ""), reverse("desk:draft", args=[kept.pk])
    if act == provisions.ADD:
        return redirect(f"{here}?question={key}&more=1")
    stays = act == "read" or provisions.removed(act) is not None
    return redirect(f"{here}?question={key if stays else following(_kind(found), key)}")


def keep(request: HttpRequest, officer: Officer, found: Draft, raw: dict[str, Any]) -> Draft:
    """Keep a body, if nobody changed the draft since the page was opened.

    Raises:
        NodeError: NODE-503 no longer open, NODE-504 changed by somebody else.
    """
    seen = request.GET.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else found.version
    return drafting.change(officer, found, raw, version=version)


def following(kind: str, key: str) -> str:
    """Return the question after this one; the review comes last."""
    keys = [each.key for each in questions.order(kind)]
    at = keys.index(key) + 1
    return keys[at] if at < len(keys) else "review"


def _fields(reader: Reader, found: Draft, raw: dict[str, Any], key: str) -> None:
    asked = questions.question(_kind(found), key)
    assert asked is not None
    ours = questions.of(asked, _kind(found))
    if provisions.asks(ours):
        provisions.write(raw, ours, reader, provisions.removed(reader.text("act")))
    for each in ours:
        if each.kind not in fields.LAID_OUT and not each.path.startswith(provisions.ONE):
            fields.write(raw, each.path, fields.read(each, _typed_in(reader, each, found.raw)))


def _typed_in(reader: Reader, asked: Field, raw: dict[str, Any]) -> str:
    if asked.path in links.FITS:
        return links.typed(reader, asked.name, fields.value_of(raw, asked))
    return reader.text(asked.name)


def _paste(reader: Reader, found: Draft, raw: dict[str, Any], key: str) -> None:
    del key
    text = reader.text("paste")
    count = len(text.splitlines()) + 1
    given = {
        str(at): answers
        for at in range(1, min(count, pasted.MOST) + 1)
        if (answers := {each: said for each in LINE_FIELDS if (said := reader.text(f"l{at}-{each}"))})
    }
    typed = _typed(raw)
    # Answers belong to a line's words: when the words of its place have changed, they are asked again.
    before = [each.strip() for each in str(typed.get("paste", "")).splitlines() if each.strip()]
    now = [each.strip() for each in text.splitlines() if each.strip()]
    kept = {
        at: each
        for at, each in given.items()
        if int(at) <= len(now) and (int(at) > len(before) or before[int(at) - 1] == now[int(at) - 1])
    }
    lines = pasted.read(text, kept, places.place(found.authority), words_of(_kind(found)).paste)
    typed["read"] = pasted.merge(raw, lines, typed.get("read", []))
    raw[TYPED] = {**typed, "paste": text, "lines": kept}


def _kind(found: Draft) -> str:
    return str(found.raw.get("kind", ""))


def _typed(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what this page kept beside the body; what another system wrote there in another form is none."""
    kept = raw.get(TYPED)
    found = dict(kept) if isinstance(kept, dict) else {}
    forms = {"paste": str, "lines": dict, "read": list}
    found = {name: each for name, each in found.items() if isinstance(each, forms.get(name, object))}
    lines = found.get("lines", {})
    return found | {"lines": {at: each for at, each in lines.items() if isinstance(each, dict)}}


def _show(request: HttpRequest, found: Draft, key: str, how: Shown = FINE) -> HttpResponse:
    frame = _frame(request, found)
    findings = basis.findings(found)
    if key == "items":
        return draft_items.show(request, found, frame, findings, how)
    if key == "identifiers":
        typed = _typed(found.raw)
        text = typed.get("paste", "") or draft_items.as_lines(found)
        lines = pasted.read(
            text, typed.get("lines", {}), places.place(found.authority), words_of(_kind(found)).paste
        )
        it: object = paste_page.page(found, text, lines, findings, how.problems)
        return render(request, "look/pages/draft.html", {"frame": frame, "page": it}, status=how.status)
    asked = questions.question(_kind(found), key)
    if asked is None:
        raise NodeError("NODE-514")
    ours = [each.path for each in questions.of(asked, _kind(found))]
    offered = links.of_draft(acting(request), found, ours)
    more = "more" in request.GET
    it = questions_page.page(found, asked, findings, how.problems, more=more, offered=offered)
    return render(request, "desk/question.html", {"frame": frame, "page": it}, status=how.status)


def _review(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    it = draft_page.page(officer, found)
    shown = {
        "frame": _frame(request, found),
        "page": it,
        "steps": questions_page.steps(found, "review"),
    }
    return render(request, "desk/review.html", shown)


def _frame(request: HttpRequest, found: Draft) -> Frame:
    saved = times.saved(found.changed_at, places.place(found.authority))
    return frames.around(
        request,
        "desk:new",
        authority=found.authority,
        other=found.recipient,
        saved=_("Saved {time}").format(time=saved),
    )
