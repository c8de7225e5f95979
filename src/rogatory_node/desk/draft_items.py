"""Items and periods: one item at a time, with what was read in the pasted lines."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rogatory.errors import RogatoryError
from rogatory.law import Finding
from rogatory_node.casework import basis
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.door import FINE, Shown, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import frames, item_form, questions
from rogatory_node.look.pictures.frame import Frame
from rogatory_node.people.models import Officer

__all__ = ["as_lines", "keep", "show"]


def as_lines(found: Draft) -> str:
    """Return the identifiers of a draft as lines, for one that was begun without pasting."""
    seen = [each.get("identifier") for each in items_of(found.raw)]
    texts = [str(each.get("verbatim", "")) for each in seen if isinstance(each, dict)]
    return "\n".join(dict.fromkeys(texts))


def items_of(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a body that are items at all."""
    found = raw.get("items", [])
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def show(
    request: HttpRequest, found: Draft, frame: Frame, findings: tuple[Finding, ...], how: Shown = FINE
) -> HttpResponse:
    """Show the form of one item; ``?item=2`` says which."""
    items = items_of(found.raw)
    at = _place(request, items)
    it = item_form.page(found, items, at, findings, how.problems)
    return render(
        request, "desk/item.html", {"frame": frame, "page": it, "has": bool(items)}, status=how.status
    )


def keep(request: HttpRequest, officer: Officer, found: Draft) -> HttpResponse:
    """Keep one item as typed; or take it out, or ask for another category on its identifier."""
    raw = deepcopy(found.raw)
    items = items_of(raw)
    at, act = _place(request, items), request.POST.get("act", "")
    if items:
        item_form.write(items[at], Reader(request), str(raw.get("kind", "")))
        if act == "copy":
            items.insert(at + 1, item_form.copied(items[at]))
        elif act == "remove":
            del items[at]
        for number, each in enumerate(items, 1):
            each["number"] = number
        raw["items"] = items
    here = reverse("desk:draft", args=[found.pk])
    try:
        seen = request.GET.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else found.version
        drafting.change(officer, found, raw, version=version)
    except RogatoryError as error:
        found.raw = raw
        frame = frames.around(request, "desk:new", authority=found.authority, other=found.recipient)
        return show(request, found, frame, basis.findings(found), refused(error))
    after = at if act == "remove" else at + 1
    if after < len(items):
        return redirect(f"{here}?question=items&item={after + 1}")
    return redirect(f"{here}?question={_after(str(raw.get('kind', '')))}")


def _after(kind: str) -> str:
    keys = [each.key for each in questions.order(kind)]
    return keys[keys.index("items") + 1]


def _place(request: HttpRequest, items: list[dict[str, Any]]) -> int:
    asked = request.GET.get("item", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
    return max(0, min(number, len(items)) - 1)
