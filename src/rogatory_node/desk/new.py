"""A new request: who asks whom for what; everything else is asked on the draft's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory.statements import KINDS
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework import selectors
from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.door import acting, page, problem, status_of
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import frames, places, questions
from rogatory_node.desk.showing.kind_words import options
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.words import joined, name
from rogatory_node.people.models import Officer

__all__ = ["authorities", "authority_words", "new"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask to whom the request goes, and begin its draft."""
    officer, reader = acting(request), Reader(request)
    mine = authorities(officer)
    it = _page(mine, reader)
    frame = frames.around(request, "desk:new", authority=mine[0])
    if request.method != "POST":
        return render(request, "look/pages/act.html", {"frame": frame, "page": it})
    try:
        made = drafting.begin(officer, "request", _aim(mine, reader), questions.opening(reader))
    except RogatoryError as error:
        field = "recipient" if error.code == "NODE-753" else ""
        shown = {"frame": frame, "page": _page(mine, reader, problem(error, field).text)}
        return render(request, "look/pages/act.html", shown, status=status_of(error))
    return redirect(f"{reverse('desk:draft', args=[made.pk])}?question=offence")


def authorities(officer: Officer) -> list[str]:
    """Return the authorities for which an officer may draft.

    Raises:
        NodeError: NODE-100 there is none.
    """
    mine = [each for each in selectors.served(officer) if officer.has_perm("people.draft", each)]
    if not mine:
        raise NodeError("NODE-100", authority="-", roles="duty_officer")
    return mine


def _aim(mine: list[str], reader: Reader) -> drafting.Aim:
    authority = reader.text("authority") or mine[0]
    recipient = reader.text("recipient")
    if recipient not in places.reachable(party_of(authority)):
        raise NodeError("NODE-753", field=_("Who is asked"))
    return drafting.Aim(authority=authority, recipient=recipient, title=reader.text("title"))


def _page(mine: list[str], reader: Reader, wrong: str = "") -> ActPage:
    others = places.reachable(party_of(mine[0]))
    found = tuple(Option(each, authority_words(each)) for each in others)
    own = tuple(Option(each, name(places.authority(each))) for each in mine)
    which = FollowUp("authority", _("Who asks"), reader.text("authority") or mine[0], "radios", options=own)
    kind = reader.text("kind")
    return ActPage(
        crumbs=(Link(_("Board"), reverse("desk:board")),),
        title=_("Whom do you ask, and for what?"),
        lead=_(
            "How many people approve it, and whether one may send it alone tonight, depends on the kind; the "
            "draft says so, by your policy. All of it can be changed until it is fixed for approval."
        ),
        fields=(
            *((which,) if len(mine) > 1 else ()),
            FollowUp(
                "recipient",
                _("Who is asked"),
                reader.text("recipient"),
                "radios",
                options=found,
                problem=wrong,
            ),
            FollowUp(
                "kind",
                _("What you ask for"),
                kind if kind in KINDS else "preservation",
                "radios",
                options=tuple(options()),
            ),
            FollowUp(
                "title",
                _("What your own people call it (optional)"),
                reader.text("title"),
                hint=_("It stays here, and stands over the thread. No name of a suspect, no identifier."),
                size=30,
            ),
            FollowUp(
                "reference",
                _("Your number for it (optional)"),
                reader.text("reference"),
                hint=_("They will read it. The thread has a number of its own here."),
                size=20,
            ),
        ),
        buttons=(Button(_("Begin the request")),),
        elsewhere=(
            Link(_("Ask several Parties for the same"), reverse("desk:several")),
            Link(_("Give information that nobody asked for"), reverse("desk:inform")),
        ),
    )


def authority_words(each: str) -> str:
    """Return an authority with its Party before it."""
    return joined(places.party(party_of(each)), ", ", name(places.authority(each)))
