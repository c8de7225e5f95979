"""Instants in words: twenty-four hours, months in words, always with the place or the offset.

The order of day, month and year is a translator's choice, kept under the context
``date format`` (Django's format letters); the pseudo-language leaves those alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils import dateformat
from django.utils.translation import pgettext

__all__ = ["Place", "clock_time", "day", "day_time", "offset", "short_day"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose clock people read: its name and its zone."""

    name: str
    zone: tzinfo


def clock_time(instant: datetime, place: Place) -> str:
    """Return ``03:12``, the time on the wall at a place."""
    return dateformat.format(instant.astimezone(place.zone), "H:i")


def short_day(instant: datetime, place: Place) -> str:
    """Return ``17 Mar``, for axes, where there is little room."""
    # Translators: day and short month, as on the axis of a drawing: "17 Mar".
    return dateformat.format(instant.astimezone(place.zone), pgettext("date format", "j M"))


def day(instant: datetime, place: Place, *, year: bool = False) -> str:
    """Return ``17 March``, or ``17 March 2028`` where the year is asked for."""
    # Translators: day, month and year: "17 March 2028".
    long = pgettext("date format", "j F Y")
    # Translators: day and month: "17 March".
    form = long if year else pgettext("date format", "j F")
    return dateformat.format(instant.astimezone(place.zone), form)


def day_time(instant: datetime, place: Place) -> str:
    """Return ``17 March 03:12``."""
    return f"{day(instant, place)} {clock_time(instant, place)}"


def offset(instant: datetime, place: Place) -> str:
    """Return ``+07`` or ``+05:30``: how far a place's clock stands from UTC at an instant."""
    minutes = minutes_east(instant, place)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{hours:02d}" + (f":{rest:02d}" if rest else "")


def minutes_east(instant: datetime, place: Place) -> int:
    """Return the same distance in minutes, positive east of Greenwich."""
    apart = instant.astimezone(place.zone).utcoffset()
    return int(apart.total_seconds() // 60) if apart else 0
