"""The board: emergencies, search, the shift note, and lanes grouped by whose move it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .axis import ThreeZones
from .clock import Clock
from .frame import Link
from .shapes import StateBadge
from .when import Place

__all__ = ["BoardPage", "Chip", "Emergency", "Lane", "LaneGroup", "SearchBox", "ShiftNote", "Way"]


@dataclass(frozen=True, slots=True)
class Way:
    """Which way a matter goes: an arrow and a word; ``home`` when a unit at home asks."""

    direction: Literal["in", "out", "home"]
    word: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One matter: what it is, its clock, its next act.

    Args:
        way: From whom or to whom.
        title: What it is; no content, no name of a suspect.
        href: Its page.
        detail: Number, and since when.
        clock: Its clock.
        next: The next act, or on whom it waits, in a sentence.
        act: The button, when the act is ours.
    """

    way: Way
    title: str
    href: str
    detail: str
    clock: Clock
    next: str
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """Lanes of one kind of move, soonest loss first.

    Args:
        title: Whose move it is.
        lanes: The matters.
        now: The instant of the heavy line, aware; the same in every group of a page.
        here: Whose clock the axis is read by.
        axis: Whether the axis stands over this group; over the first only.
        empty: What to say when there is none; without it an empty group is not drawn.
    """

    title: str
    lanes: tuple[Lane, ...]
    now: datetime
    here: Place
    axis: bool = False
    empty: str = ""

    @property
    def scale(self) -> ThreeZones:
        """Return the three-zone axis of this board."""
        return ThreeZones(self.now)


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody says that life is at risk: what is known, what one may do alone, one button."""

    since: str
    title: str
    told: str
    proof: StateBadge
    powers: str
    act: Link
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ShiftNote:
    """What the last shift left."""

    text: str
    by: str
    add: Link | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter of the board; it lives in the address."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The search field and the filters under it."""

    action: str
    label: str
    hint: str
    button: str
    value: str = ""
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The whole board.

    Args:
        lead: What is so, and what is next, in one sentence.
        groups: Lanes by whose move; the first bears the axis.
        here: Whose times all are, for the legend (name and offset).
    """

    lead: str
    groups: tuple[LaneGroup, ...]
    here: str
    emergencies: tuple[Emergency, ...] = ()
    search: SearchBox | None = None
    note: ShiftNote | None = None
