"""What the pages of acts share: one statement is made of a form, fixed, and handed to who must approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rogatory.errors import RogatoryError
from rogatory.threads import RequestFold
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.models import Draft
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.desk.door import FINE, Shown, acting, refused
from rogatory_node.desk.showing import frames, numbers
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.statement import entry_of
from rogatory_node.look import PSEUDO
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.questions import ActPage
from rogatory_node.people.models import Officer

__all__ = [
    "crumbs",
    "desk_of",
    "entry_of",
    "frame",
    "prepare",
    "prepared",
    "request_of",
    "shown",
    "state",
    "typed",
    "words",
]

LONGEST: Final = 20_000


def desk_of(request: HttpRequest, thread_id: str) -> Desk:
    """Return who looks at which thread, when.

    Raises:
        NodeError: NODE-500 it does not exist, or is not theirs; NODE-100 they may read it and not act.
    """
    officer = acting(request)
    desk = Desk(officer, selectors.thread(officer, thread_id), clock.now())
    if not desk.may_act:
        raise NodeError("NODE-100", authority=desk.view.authority, roles="duty_officer")
    return desk


def request_of(view: ThreadView, request_id: str) -> RequestFold:
    """Return a request of a thread.

    Raises:
        NodeError: NODE-515 the thread has none of that id.
    """
    for each in view.thread.requests:
        if each.id == request_id:
            return each
    raise NodeError("NODE-515")


def prepared(desk: Desk, act: str, about: str | None) -> Draft | None:
    """Return the draft of this act about this statement that is open or waits for approval already."""
    rows = selectors.drafts(desk.officer).filter(
        authority=desk.view.authority, thread=desk.view.thread.id, act=act
    )
    return next((each for each in rows if each.raw.get("of") == about), None)


def prepare(officer: Officer, act: str, view: ThreadView, body: Mapping[str, Any]) -> Draft:
    """Return the frozen draft of a statement in a thread; when it cannot be frozen, nothing stays behind.

    Raises:
        NodeError: NODE-100 not permitted, NODE-505 to 507 what stands in the way.
        WireError: A member is malformed.
    """
    opening = view.thread.entries[0].statement
    aim = drafting.Aim(
        authority=view.authority,
        recipient=numbers.counterpart(view),
        thread=view.thread.id,
        language=opening.language,
        instrument=opening.instrument,
    )
    with transaction.atomic():
        return freeze(officer, drafting.begin(officer, act, aim, body))


def state(request: HttpRequest, desk: Desk, act: str, body: Mapping[str, Any], page: ActPage) -> HttpResponse:
    """Prepare the statement and go on to its approval; a refusal shows the page again, as typed."""
    try:
        made = prepare(desk.officer, act, desk.view, body)
    except RogatoryError as error:
        return shown(request, desk, page, refused(error))
    return redirect("desk:draft", made.pk)


def shown(request: HttpRequest, desk: Desk, page: ActPage, how: Shown = FINE) -> HttpResponse:
    """Show the page of an act."""
    it = {"frame": frame(request, desk), "page": replace(page, problems=how.problems)}
    return render(request, "look/pages/act.html", it, status=how.status)


def frame(request: HttpRequest, desk: Desk) -> Frame:
    """Return the frame of a page that belongs to a thread."""
    view = desk.view
    return frames.around(request, "desk:threads", authority=view.authority, other=numbers.counterpart(view))


def crumbs(desk: Desk) -> tuple[Link, ...]:
    """Return the way back: the board, the thread."""
    view = desk.view
    return (
        Link(_("Board"), reverse("desk:board")),
        Link(numbers.number(view), reverse("desk:thread", args=[view.thread.id])),
    )


def typed(request: HttpRequest, name: str) -> str:
    """Return what was typed into a field, without the spaces around it; browsers end lines with CR LF."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()[:LONGEST]


def words(text: str) -> dict[str, str]:
    """Return free text as a statement carries it: the text, and the language that the officer works in."""
    language = get_language() or "en"
    return {"original": text, "language": "en" if language == PSEUDO else language}
