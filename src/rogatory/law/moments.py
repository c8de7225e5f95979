"""Moments: what a clock counts for, and the days and lengths that it counts with.

Instants are those that statements claim; a clock does not judge whether they are true. What the moments of a
request, of what was given and of the records at home are called is said in ``moments_asked``,
``moments_given`` and ``moments_home``; ``clocks.toml`` knows them by these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.finding import Reason

__all__ = ["Moments", "Subject", "first", "first_end", "last_end", "length", "plus"]

Moments = dict[str, datetime]

# The first and the last zone in which a day ends, east and west of the date line.
EASTERNMOST: Final = timedelta(hours=14)
WESTERNMOST: Final = timedelta(hours=-12)
LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock counts for, with its moments by name.

    Attributes:
        per: ``request``, ``item``, ``given``, ``terms``, ``order``, ``oral`` or ``contact``.
        request: The statement it counts for; empty where there is none yet.
        item: The number of an item.
        record: The reference of a record at home.
        notes: What to know, by the clock's kind.
    """

    per: str
    request: str
    item: int | None
    moments: Mapping[str, datetime]
    record: str | None = None
    notes: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


def first_end(day: date) -> datetime:
    """Return the instant at which a stated day is over for the first time anywhere on Earth, in UTC.

    A day is stated without a zone. What lapses with it may lapse then, so that is what a clock warns of.

    Source:
        spec/law.md 4.2.
    """
    return _over(day, EASTERNMOST)


def last_end(day: date) -> datetime:
    """Return the instant at which a stated day is over everywhere, in UTC: a duty lasts until then."""
    return _over(day, WESTERNMOST)


def _over(day: date, east: timedelta) -> datetime:
    if day >= date.max - timedelta(days=1):
        return LAST
    return datetime.combine(day, time.min, UTC) + timedelta(days=1) - east


def length(entry: str) -> timedelta:
    """Return the length that an index entry states, such as 60 days or 12 hours."""
    values = instruments.entry(entry).values
    return timedelta(**{str(values["unit"]): int(str(values["value"]))})


def plus(instant: datetime, span: timedelta) -> datetime:
    """Return the instant a span later, or the last one of the calendar."""
    return instant + span if instant < LAST - span else LAST


def first(moments: Moments, name: str, instants: Iterable[datetime]) -> None:
    """Keep the earliest of some instants, and of what is kept already, under a name."""
    known = [moments[name]] if name in moments else []
    if found := [*instants, *known]:
        moments[name] = min(found)
