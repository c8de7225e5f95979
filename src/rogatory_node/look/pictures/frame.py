"""What surrounds every page: simulation banner, masthead with three clocks, navigation, foot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .when import Place, clock_time, minutes_east, offset

__all__ = ["Frame", "Link", "Live", "LocalClock", "Masthead", "NavItem", "local_clocks"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class LocalClock:
    """One clock of the masthead; it never changes its place.

    Args:
        place: Whose wall it hangs on.
        offset: Distance from UTC as ``+07``; empty for UTC itself.
        time: ``03:12``.
        minutes: The same distance in minutes, for the script that moves the hands.
    """

    place: str
    offset: str
    time: str
    minutes: int


def local_clocks(now: datetime, own: Place, other: Place | None = None) -> tuple[LocalClock, ...]:
    """Return own clock, the other side's when there is one, and UTC; in that order, always."""
    places = (own,) if other is None else (own, other)
    shown = [LocalClock(p.name, offset(now, p), clock_time(now, p), minutes_east(now, p)) for p in places]
    return (*shown, LocalClock("UTC", "", clock_time(now, Place("UTC", UTC)), 0))


@dataclass(frozen=True, slots=True)
class Masthead:
    """The band with the mark: who sits here, and the clocks.

    Args:
        home: Address of the board.
        who: Authority and officer, and until when alone.
        clocks: From ``local_clocks``.
        now: The instant the clocks show, aware; the script counts on from it.
    """

    home: str
    who: str
    clocks: tuple[LocalClock, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """The right end of the navigation: how fresh the page is.

    Args:
        text: ``Live. Last heard 03:10`` or ``Saved 01:12:08``.
        stale: Whether the server itself knows that it is not live.
        stream: Address of server-sent events; each message replaces the text.
        poll: Address asked every thirty seconds instead, where no stream is served.
    """

    text: str
    stale: bool = False
    stream: str = ""
    poll: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a page; ``base.html`` reads it from the context as ``frame``.

    Args:
        masthead: The band with the clocks.
        nav: The navigation; empty before signing in.
        live: Its right end.
        simulation: The sentence of the banner; empty on a real node.
        look: ``day`` or ``night``, the officer's own choice; print is always day.
        foot: Links at the foot (who can see this, accessibility, the other look).
        sign_out: Address to which the foot's button posts; empty when nobody is signed in.
        language_form: Address of Django's ``set_language``; empty to offer no choice.
    """

    masthead: Masthead
    nav: tuple[NavItem, ...] = ()
    live: Live | None = None
    simulation: str = ""
    look: Literal["day", "night"] = "day"
    foot: tuple[Link, ...] = ()
    sign_out: str = ""
    language_form: str = ""
