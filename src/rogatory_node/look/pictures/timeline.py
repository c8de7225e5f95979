"""A thread's timeline: who said what when, and what lapses; linear throughout.

Statements of one side stand above the rail, those of the other below. Where many stand so close
that they would be one heap, the heap becomes a pill ("1 to 7") and is drawn again, enlarged, on its
own linear scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from .axis import NARROWEST, TOUCHING, Linear, roomy
from .when import Place

__all__ = ["Heap", "Timeline", "TimelineEvent", "TimelineSpan", "enlarged", "heaps"]

ROOM = 6  # So many statements may climb on one spot before they become a heap.
POINT = 100  # A heap shorter than this share of the axis is drawn as one point.


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One statement on the rail.

    Args:
        number: Its number in the thread; the statement log bears the same.
        at: When its side says it was made, aware.
        side: ``above`` or ``below`` the rail.
        kind: ``said``, ``recall`` (a diamond) or ``recalled`` (a broken ring, in its place).
        words: What it is, in a few words; read out and shown on pointing.
    """

    number: int
    at: datetime
    side: Literal["above", "below"]
    kind: Literal["said", "recall", "recalled"] = "said"
    words: str = ""


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """A stretch under the rail.

    Args:
        kind: ``kept`` (solid), ``pending`` (hatched, not a fact) or ``waiting`` (a thin line to a loss).
        start: When it begins, aware.
        end: When it ends, aware; for ``waiting`` the day on which data vanish.
        label: What it is, with its date and who said so.
        warnings: Instants at which the bar has a gap.
        floor: The shortest time an instrument allows, as an open triangle.
        ends: Whether the end was stated; a stated end has an end bar.
    """

    kind: Literal["kept", "pending", "waiting"]
    start: datetime
    end: datetime
    label: str
    warnings: tuple[datetime, ...] = ()
    floor: datetime | None = None
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole thread, to scale.

    Args:
        start: Left end of the axis, aware.
        end: Right end, aware.
        now: The instant of the heavy line, aware.
        here: Whose clock the axis is read by.
        above: Name of the Party whose statements stand above.
        below: Name of the other.
        summary: The drawing in words; read out.
        events: The statements, in any order.
        spans: The stretches, first on top.
    """

    start: datetime
    end: datetime
    now: datetime
    here: Place
    above: str
    below: str
    summary: str
    events: tuple[TimelineEvent, ...] = ()
    spans: tuple[TimelineSpan, ...] = ()

    @property
    def last_number(self) -> int:
        """Return the number of the last statement."""
        return max((event.number for event in self.events), default=0)

    @property
    def scale(self) -> Linear:
        """Return the axis, with room for marks at both ends."""
        return Linear(self.start, self.end, 3.0, 98.0)


@dataclass(frozen=True, slots=True)
class Heap:
    """Statements that share one point of the rail; a single one is a heap of one."""

    events: tuple[TimelineEvent, ...]

    @property
    def at(self) -> datetime:
        """Return the instant midway between the first and the last."""
        return self.events[0].at + (self.events[-1].at - self.events[0].at) / 2

    @property
    def label(self) -> str:
        """Return ``7``, or for several the range from first to last."""
        first, last = self.events[0].number, self.events[-1].number
        return str(first) if len(self.events) == 1 else f"{first}–{last}"  # noqa: RUF001 - a range of numbers


def _gap(pair: tuple[TimelineEvent, TimelineEvent]) -> timedelta:
    return pair[1].at - pair[0].at


def _chains(events: list[TimelineEvent], scale: Linear) -> list[list[TimelineEvent]]:
    """Return the runs in which each mark touches the next in the narrowest drawing."""
    chains: list[list[TimelineEvent]] = []
    for event in events:
        near = chains and (scale.at(event.at) - scale.at(chains[-1][-1].at)) * NARROWEST / 100 < TOUCHING
        if near:
            chains[-1].append(event)
        else:
            chains.append([event])
    return chains


def _split(chain: list[TimelineEvent], point: timedelta) -> list[Heap]:
    if len(chain) <= ROOM:
        return [Heap((event,)) for event in chain]
    if chain[-1].at - chain[0].at <= point:
        return [Heap(tuple(chain))]
    gaps = [_gap(pair) for pair in pairwise(chain)]
    cut = gaps.index(max(gaps)) + 1
    return _split(chain[:cut], point) + _split(chain[cut:], point)


def heaps(it: Timeline) -> list[Heap]:
    """Return the statements as they stand on the rail, first to last, heaped where they must be."""
    events = sorted(it.events, key=lambda event: (event.at, event.number))
    point = (it.end - it.start) / POINT
    return [heap for chain in _chains(events, it.scale) for heap in _split(chain, point)]


def enlarged(it: Timeline) -> list[Timeline]:
    """Return one further timeline for each heap, on its own scale; empty when there is none."""
    return [_enlarge(it, heap) for heap in heaps(it) if len(heap.events) > 1]


def _enlarge(it: Timeline, heap: Heap) -> Timeline:
    first, last = heap.events[0].at, heap.events[-1].at
    room = max((last - first) / 20, timedelta(minutes=5))
    words = "; ".join(f"{event.number}. {event.words}" for event in heap.events)
    start, end = roomy(first, last, room)
    return Timeline(start, end, it.now, it.here, it.above, it.below, words, heap.events)
