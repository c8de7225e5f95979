"""One fact set, several Parties: whom, what each would get, and whether it would name another of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rogatory.errors import RogatoryError
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework import selectors
from rogatory_node.casework.models import CaseFile, Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.several import MOST, Addressee, Foreseen, begin_several, foresee
from rogatory_node.desk.door import FINE, Shown, acting, lacking, page, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.new import authorities, authority_words
from rogatory_node.desk.showing import frames, places, questions, several_page
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import Problem
from rogatory_node.people.models import Officer

__all__ = ["begun", "several"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest, draft_id: UUID | None = None) -> HttpResponse:
    """Ask whom else, show what each would get, and begin a draft for each; from a draft or from nothing."""
    officer, reader = acting(request), Reader(request)
    source = _source(officer, draft_id) if draft_id else None
    mine = [source.authority] if source else authorities(officer)
    asked = several_page.read(source, mine, reader, sent=request.method == "POST")
    if request.method != "POST":
        return _show(request, asked)
    if asked.authority not in mine:
        raise NodeError("NODE-100", authority=asked.authority, roles="duty_officer")
    body = dict(source.raw) if source else questions.opening(reader)
    try:
        found = foresee(asked.authority, body, _addressees(asked), together=asked.together)
        if reader.text("act") != "begin":
            return _show(request, asked, found)
        if several_page.unread(asked, found):
            wanted = Problem(_("Read where another Party is still named, and tick that you have."), "read")
            return _show(request, asked, found, lacking([wanted]))
        made = _begin(officer, asked, body)
    except RogatoryError as error:
        return _show(request, asked, (), refused(error, "recipient"))
    return _told(made)


def _source(officer: Officer, draft_id: UUID) -> Draft:
    """Return the draft whose facts are shared.

    Raises:
        NodeError: NODE-514 it does not exist, is not theirs, is no request or was given up; NODE-100 they may
            read it and not draft.
    """
    found = selectors.draft(officer, draft_id)
    if found.act != "request" or found.state == Draft.State.DISCARDED:
        raise NodeError("NODE-514")
    if not officer.has_perm("people.draft", found.authority):
        raise NodeError("NODE-100", authority=found.authority, roles="duty_officer")
    return found


def _addressees(asked: several_page.Asked) -> list[Addressee]:
    known = places.reachable(party_of(asked.authority))
    if not asked.recipients or not set(asked.recipients) <= set(known):
        raise NodeError("NODE-753", field=_("Who is asked"))
    return [Addressee(each) for each in asked.recipients]


def _begin(officer: Officer, asked: several_page.Asked, body: dict[str, Any]) -> list[Draft]:
    source = asked.source
    aim = drafting.Aim(authority=asked.authority, recipient="", title=asked.title)
    if source is not None:
        held = CaseFile.objects.filter(authority=source.authority, case=source.case).first()
        aim = drafting.Aim(
            authority=source.authority,
            recipient="",
            language=source.language,
            instrument=source.instrument,
            title=held.title if held else "",
        )
    with transaction.atomic():
        made = begin_several(officer, aim, body, _addressees(asked), together=asked.together)
        if source is not None and asked.give_up:
            drafting.discard(officer, source)
    return [each.draft for each in made]


def _show(
    request: HttpRequest, asked: several_page.Asked, found: tuple[Foreseen, ...] = (), how: Shown = FINE
) -> HttpResponse:
    frame = frames.around(request, "desk:new", authority=asked.authority)
    it = several_page.page(asked, found, how.problems)
    return render(request, "look/pages/act.html", {"frame": frame, "page": it}, status=how.status)


def _told(made: list[Draft]) -> HttpResponse:
    query = QueryDict(mutable=True)
    query.setlist("draft", [str(each.pk) for each in made])
    return HttpResponseRedirect(f"{reverse('desk:begun')}?{query.urlencode()}")


@dataclass(frozen=True, slots=True)
class BegunPage:
    """Drafts that were begun together."""

    crumbs: tuple[Link, ...]
    title: str
    lead: str
    drafts: tuple[Link, ...]


@page
@require_safe
def begun(request: HttpRequest) -> HttpResponse:
    """Show the drafts that an address names, as far as they are the officer's, each with its page."""
    officer = acting(request)
    found = [selectors.draft(officer, each) for each in request.GET.getlist("draft")[:MOST]]
    it = BegunPage(
        crumbs=(Link(_("Board"), reverse("desk:board")),),
        title=_("A draft for each Party"),
        lead=_("Each is written on, approved and sent by itself. All of them stand on the board."),
        drafts=tuple(
            Link(authority_words(each.recipient), reverse("desk:draft", args=[each.pk])) for each in found
        ),
    )
    return render(request, "desk/begun.html", {"frame": frames.around(request, "desk:new"), "page": it})
