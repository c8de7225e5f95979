"""A clock: bars and marks on the board's axis. Law says what they are; here they only have shapes.

Solid: preserved. Hatched: pending, not a fact. Grey with a red end: no treaty basis. Thin: time
that has passed waiting. Gaps in a bar are its warnings, the end bar is the date that was stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Clock", "ClockBar", "Mark"]


@dataclass(frozen=True, slots=True)
class ClockBar:
    """A stretch of time.

    Args:
        kind: What it is: ``kept``, ``pending``, ``no_basis`` or ``waited``.
        start: When it begins, aware.
        end: When it ends; nothing when no end was stated, and then the bar has no end mark.
        warnings: Instants at which the bar has a gap.
        label: A few words at its end, hidden where the drawing is narrow.
        urgent: Whether those words are ours to act on.
    """

    kind: Literal["kept", "pending", "no_basis", "waited"]
    start: datetime
    end: datetime | None = None
    warnings: tuple[datetime, ...] = ()
    label: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in time with a shape.

    Args:
        kind: ``ours`` (filled triangle), ``theirs`` (open triangle), ``floor`` (triangle below:
            the shortest time an instrument allows) or ``lost`` (a cross: data vanish).
        at: When; nothing means now.
        label: A few words, hidden where the drawing is narrow.
    """

    kind: Literal["ours", "theirs", "floor", "lost"]
    at: datetime | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One lane's clock.

    Args:
        title: The whole drawing in a sentence; read out, and shown on pointing.
        bars: Its stretches, in order.
        marks: Its points, most important first.
    """

    title: str
    bars: tuple[ClockBar, ...] = ()
    marks: tuple[Mark, ...] = ()
