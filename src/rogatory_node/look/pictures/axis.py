"""Where an instant stands on an axis, in percent; pure, so that it is tested without a page.

Two axes: the board's, with three zones (12 hours, 14 days, 13 weeks), each linear, and a plain
linear one for the thread page. Percentages always grow with time. Mirroring for right-to-left
is the pen's work (``pen.py``): time flows as one reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["Axis", "Linear", "ThreeZones", "climb", "roomy"]

# Marks whose centres are closer than this many pixels in the narrowest drawing climb a level.
NARROWEST = 320
TOUCHING = 31
# Two days are left at both ends of the calendar, for the zones in which an axis is read.
FIRST: Final = datetime.min.replace(tzinfo=UTC) + timedelta(days=2)
LAST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


def _share(at: datetime, start: datetime, end: datetime) -> float:
    """Return how far ``at`` lies between two instants, 0 to 1, clamped at both ends."""
    return min(1.0, max(0.0, (at - start) / (end - start)))


def roomy(first: datetime, last: datetime, room: timedelta) -> tuple[datetime, datetime]:
    """Return the ends of an axis with room before its first instant and behind its last.

    A peer can state any instant; the room ends where the calendar does.
    """
    before, behind = max(first - FIRST, timedelta()), max(LAST - last, timedelta())
    return first - min(room, before), last + min(room, behind)


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear axis from ``start`` to ``end``, with room at both sides for marks.

    Args:
        start: First instant, aware.
        end: Last instant, aware, after ``start``.
        left: Percent at which ``start`` stands.
        right: Percent at which ``end`` stands.
    """

    start: datetime
    end: datetime
    left: float = 3.0
    right: float = 97.0

    def __post_init__(self) -> None:
        """Refuse an axis without length, on which nothing has a place."""
        if self.end <= self.start:
            raise ValueError("an axis ends after it starts")

    def at(self, instant: datetime) -> float:
        """Return the percent at which ``instant`` stands; outside the axis it stands at the end."""
        return self.left + (self.right - self.left) * _share(instant, self.start, self.end)


@dataclass(frozen=True, slots=True)
class ThreeZones:
    """The board's axis: the last 36 hours, then 12 hours, 14 days and 13 weeks from ``now``.

    Each zone is linear in itself; the joints are continuous, so order is never lost. Instants
    before or after the axis stand at its ends.

    Args:
        now: The instant of the heavy line, aware.
    """

    now: datetime
    past: timedelta = timedelta(hours=36)
    hours: timedelta = timedelta(hours=12)
    days: timedelta = timedelta(days=14)
    weeks: timedelta = timedelta(weeks=13)

    # Percent of each joint: now, end of the hours, end of the days. From the drawn pages.
    joints = (0.0, 9.0, 41.0, 72.0, 100.0)

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Return the instant of each joint, first to last."""
        now = self.now
        return (now - self.past, now, now + self.hours, now + self.days, now + self.weeks)

    def at(self, instant: datetime) -> float:
        """Return the percent at which ``instant`` stands."""
        instants = self.instants
        zone = next((n for n in range(3) if instant < instants[n + 1]), 3)
        left, right = self.joints[zone], self.joints[zone + 1]
        return left + (right - left) * _share(instant, instants[zone], instants[zone + 1])


Axis = Linear | ThreeZones


def climb(places: list[float], widths: list[int] | None = None) -> list[int]:
    """Return a level for each mark, so that no two on one level touch in the narrowest drawing.

    Levels start at 0, nearest the rail. Marks are placed in the order given, each on the lowest
    free level; so a lonely mark never climbs.

    Args:
        places: Percent of each mark, in the order of drawing.
        widths: Extra width of each mark in pixels (a pill is wider than a ring).
    """
    extra = widths or [0] * len(places)
    taken: list[list[tuple[float, int]]] = []
    levels = []
    for place, wide in zip(places, extra, strict=True):
        x = place * NARROWEST / 100

        def free(row: list[tuple[float, int]], x: float = x, wide: int = wide) -> bool:
            return all(abs(x - other) >= TOUCHING + (wide + also) / 2 for other, also in row)

        level = next((n for n, row in enumerate(taken) if free(row)), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((x, wide))
        levels.append(level)
    return levels
