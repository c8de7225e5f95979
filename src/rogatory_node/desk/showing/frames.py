"""What surrounds each page: the simulation's banner, whose desk it is, three clocks, navigation, foot."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rogatory.values import party_of
from rogatory_node.base import clock, configuration
from rogatory_node.casework import selectors
from rogatory_node.desk.showing import places
from rogatory_node.look.pictures.frame import Frame, Link, Live, Masthead, NavItem, local_clocks
from rogatory_node.look.pictures.when import Place, clock_time, day
from rogatory_node.look.pictures.words import joined, name
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["around", "around_approval", "banner", "context", "live_words"]


def around(
    request: HttpRequest, current: str = "", *, authority: str = "", other: str = "", saved: str = ""
) -> Frame:
    """Return the frame of a page for the officer who is signed in.

    Args:
        request: The request; its user is an officer.
        current: The name of the page's entry in the navigation, such as ``desk:board``.
        authority: Whose page it is, when it belongs to one authority.
        other: The other side's authority, whose clock stands beside our own.
        saved: What to say at the end of the navigation instead of how fresh the page is.
    """
    officer = request.user
    assert isinstance(officer, Officer)
    served = selectors.served(officer) or people.authorities(officer)
    own = authority or next(iter(served), configuration.current().authority_ids[0])
    other = other or next(iter(places.reachable(party_of(own))), "")
    return Frame(
        masthead=_masthead(own, officer, places.place(other) if other else None),
        nav=_nav(current),
        live=Live(saved) if saved else _live(officer, own),
        simulation=banner(),
        look=_look(request),
        foot=_foot(request),
        sign_out=reverse("account_logout"),
        language_form=reverse("set_language"),
    )


def around_approval(request: HttpRequest, officer: Officer, authority: str) -> Frame:
    """Return the frame on the approval origin: no navigation, since nothing else is served there."""
    other = next(iter(places.reachable(party_of(authority))), "")
    home = f"{configuration.current().web.origin}/"
    head = _masthead(authority, officer, places.place(other) if other else None, home)
    return Frame(masthead=head, simulation=banner(), look=_look(request))


def context(request: HttpRequest) -> dict[str, Any]:
    """Give a page that brings no frame (sign in, errors) the one that fits; a context processor."""

    def fitting() -> Frame:
        officer = getattr(request, "user", None)
        on_desk = _host(request) == configuration.current().web.hostname
        if isinstance(officer, Officer) and on_desk:
            return around(request)
        own = configuration.current().authority_ids[0]
        now = clock.now()
        here = _distinct(places.own_place(), None)
        head = Masthead("/", places.party(party_of(own)), local_clocks(now, *here), now)
        forms = reverse("set_language") if on_desk else ""
        return Frame(masthead=head, simulation=banner(), look=_look(request), language_form=forms)

    return {"frame": SimpleLazyObject(fitting)}


def _host(request: HttpRequest) -> str:
    """Return the host that was asked; empty for one that is not ours, whose page says nothing of anybody."""
    try:
        return request.get_host().partition(":")[0]
    except DisallowedHost:
        return ""


def banner() -> str:
    """Return the simulation's sentence; empty on a real node."""
    current = configuration.current()
    if current.mode != "simulation":
        return ""
    month = day(clock.now(), places.own_place(), year=True).partition(" ")[2]
    if not current.simulation.assumed_parties:
        return _("Simulation, {month}. National law to be confirmed. † fictional.").format(month=month)
    parties = ", ".join(places.party(each) for each in current.simulation.assumed_parties)
    return _(
        "Simulation, {month}: the Convention assumed in force for {parties}; national law to be confirmed. "
        "† fictional."
    ).format(month=month, parties=parties)


def live_words(officer: Officer, own: str) -> str:
    """Return how fresh the page is: when the newest statement of the officer's threads was made.

    A register that has not been renewed in time goes before that: only the keys it knows are used.
    """
    if places.register_is_stale(clock.now()):
        return _("Register stale: known keys only. Deadlines still count.")
    newest = selectors.threads(officer).values_list("last_at", flat=True).first()
    if newest is None:
        return _("Live. Nothing heard yet")
    here = places.place(own)
    same_day = newest.astimezone(here.zone).date() == clock.now().astimezone(here.zone).date()
    when = clock_time(newest, here) if same_day else f"{day(newest, here)} {clock_time(newest, here)}"
    return _("Live. Last heard {when}").format(when=when)


def _live(officer: Officer, own: str) -> Live:
    stale = places.register_is_stale(clock.now())
    return Live(live_words(officer, own), stale=stale, poll=reverse("desk:live"))


def _masthead(own: str, officer: Officer, other: Place | None, home: str = "") -> Masthead:
    now = clock.now()
    who = joined(places.party(party_of(own)), ", ", name(places.authority(own)), " · ", name(officer.name))
    clocks = local_clocks(now, *_distinct(places.place(own), other))
    return Masthead(home or reverse("desk:board"), who, clocks, now)


def _distinct(own: Place, other: Place | None) -> tuple[Place] | tuple[Place, Place]:
    """Return the clocks that are worth their place: the same wall is not shown twice."""
    return (own,) if other is None or other == own else (own, other)


def _nav(current: str) -> tuple[NavItem, ...]:
    entries = (
        ("desk:board", _("Board")),
        ("desk:search", _("Search")),
        ("desk:threads", _("Threads")),
        ("desk:parties", _("Parties")),
        ("desk:new", _("New request")),
    )
    return tuple(NavItem(text, reverse(where), where == current) for where, text in entries)


def _look(request: HttpRequest) -> Literal["day", "night"]:
    return "night" if request.COOKIES.get("look") == "night" else "day"


def _foot(request: HttpRequest) -> tuple[Link, ...]:
    night = _look(request) == "night"
    other = _("Day colours") if night else _("Night colours")
    back = request.path if request.method == "GET" else "/"
    href = format_html("{}?back={}", reverse("desk:look", args=["day" if night else "night"]), back)
    return (
        Link(other, href),
        Link(_("Your passkeys"), reverse("desk:passkeys")),
        Link(_("Signing in"), reverse("mfa_index")),
    )
