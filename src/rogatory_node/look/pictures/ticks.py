"""Which instants a linear axis names: minutes, hours, days, weeks or months, by its length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, datetime, timedelta

from .when import Place, clock_time, short_day

__all__ = ["ticks"]

HOURS = (1 / 12, 1 / 4, 1 / 2, 1, 2, 3, 6, 12)
DAYS = (1, 2, 7, 14)
MOST = 7  # Ticks on one axis; more would touch.


def _every(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    at = start
    while at <= end:
        yield at
        at += step


def _months(start: datetime, end: datetime, step: int) -> Iterator[datetime]:
    at = start.replace(day=1)
    while at <= end:
        yield at
        year, month = divmod(at.month - 1 + step, 12)
        if at.year + year > MAXYEAR:
            return
        at = at.replace(year=at.year + year, month=month + 1)


def ticks(start: datetime, end: datetime, here: Place) -> list[tuple[datetime, str]]:
    """Return at most seven instants between two, with their words, on the clock of a place.

    Round instants only: full hours, midnights, Mondays, first days of months. A midnight on an
    axis of hours bears its day.
    """
    first, last = start.astimezone(here.zone), end.astimezone(here.zone)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    for hours in HOURS:
        if (last - first) / timedelta(hours=hours) <= MOST:
            found = [at for at in _every(midnight, last, timedelta(hours=hours)) if at >= first]
            return [
                (at, short_day(at, here) if at.hour == at.minute == 0 else clock_time(at, here))
                for at in found
            ]
    for days in DAYS:
        if (last - first) / timedelta(days=days) <= MOST:
            monday = midnight - timedelta(days=midnight.weekday() if days >= 7 else 0)
            found = [at for at in _every(monday, last, timedelta(days=days)) if at >= first]
            return [(at, short_day(at, here)) for at in found]
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000):
        if (last - first).days / 30 / step <= MOST:
            break
    return [(at, short_day(at, here)) for at in _months(midnight, last, step) if at >= first]
