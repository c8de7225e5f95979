"""One form for many acts, from an extension to information: its fields come from the model of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory.threads import RULES
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.desk import acts
from rogatory_node.desk.door import FINE, Shown, acting, lacking, page, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.new import authorities
from rogatory_node.desk.showing import act_forms, act_page, frames, next_act, places
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.words import joined, name
from rogatory_node.people.models import Officer

__all__ = ["inform", "say"]

INFORM = "spontaneous_information"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, thread_id: str, act: str) -> HttpResponse:
    """Ask for what one act states, and prepare it for approval."""
    desk = acts.desk_of(request, thread_id)
    if act not in act_forms.offered(desk.view):
        raise NodeError("NODE-515")
    found = act_forms.targets(desk.view, act)
    reader = Reader(request)
    wanted = reader.text("of") or request.GET.get("of", "")
    about = next((each.id for each in found if each.id == wanted), found[0].id if found else "")
    made = acts.prepared(desk, act, about or None)
    if made is not None:
        return redirect("desk:draft", made.pk)
    if request.method != "POST":
        return acts.shown(request, desk, act_page.page(desk, act, reader, about))
    body: dict[str, Any] = act_page.body(act, reader)
    it = act_page.page(desk, act, reader, about)
    if reader.problems:
        return acts.shown(request, desk, it, lacking(reader.problems))
    if RULES[act].about is not None:
        body["of"] = about
    return acts.state(request, desk, act, body, it)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def inform(request: HttpRequest) -> HttpResponse:
    """Ask for what is told to a Party that asked for nothing; it opens a thread of its own."""
    officer, reader = acting(request), Reader(request)
    mine = authorities(officer)
    if request.method != "POST":
        return _inform(request, mine, reader)
    authority, recipient = reader.text("authority") or mine[0], reader.text("recipient")
    if authority not in mine:
        raise NodeError("NODE-100", authority=authority, roles="duty_officer")
    body = act_page.body(INFORM, reader)
    if recipient not in places.reachable(party_of(authority)):
        reader.refuse(NodeError("NODE-753", field=_("Who is told")), "recipient")
    if reader.problems:
        return _inform(request, mine, reader, lacking(reader.problems))
    try:
        aim = drafting.Aim(authority=authority, recipient=recipient, title=reader.text("title"))
        made = _frozen(officer, aim, body)
    except RogatoryError as error:
        return _inform(request, mine, reader, refused(error))
    return redirect("desk:draft", made.pk)


def _frozen(officer: Officer, aim: drafting.Aim, body: dict[str, Any]) -> Draft:
    with transaction.atomic():
        return freeze(officer, drafting.begin(officer, INFORM, aim, body))


def _inform(request: HttpRequest, mine: list[str], reader: Reader, how: Shown = FINE) -> HttpResponse:
    frame = frames.around(request, "desk:new", authority=mine[0])
    it = replace(_page(mine, reader), problems=how.problems)
    return render(request, "look/pages/act.html", {"frame": frame, "page": it}, status=how.status)


def _page(mine: list[str], reader: Reader) -> ActPage:
    form = act_forms.FORMS[INFORM]
    own = tuple(Option(each, name(places.authority(each))) for each in mine)
    others = tuple(
        Option(each, joined(places.party(party_of(each)), ", ", name(places.authority(each))))
        for each in places.reachable(party_of(mine[0]))
    )
    which = FollowUp(
        "authority", _("Who tells it"), reader.text("authority") or mine[0], "radios", options=own
    )
    return ActPage(
        crumbs=(Link(_("Board"), reverse("desk:board")),),
        title=str(form.title),
        lead=str(form.lead),
        fields=(
            *((which,) if len(mine) > 1 else ()),
            FollowUp(
                "recipient",
                _("Who is told"),
                reader.text("recipient"),
                "radios",
                options=others,
                problem=reader.problem_of("recipient"),
            ),
            *act_page.shown(mine[0], INFORM, reader),
        ),
        buttons=(Button(_("Prepare it")),),
        note=next_act.needs(INFORM),
    )
