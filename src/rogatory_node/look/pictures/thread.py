"""The thread page: what is so, the next act, items, time to scale, receipts, findings, custody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .findings import Findings
from .frame import Link
from .shapes import StateBadge
from .timeline import Timeline

__all__ = [
    "CustodyLine",
    "Fact",
    "ItemRow",
    "ItemTable",
    "NextAct",
    "Rung",
    "Rungs",
    "StatementLog",
    "StatementRow",
    "ThreadPage",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what holds for it."""

    term: str
    value: str
    state: StateBadge | None = None


@dataclass(frozen=True, slots=True)
class NextAct:
    """The one next act of a page; it holds the page's only primary button.

    Args:
        whose: ``Next act: yours`` or ``Waits for France``.
        title: The act.
        text: Why, and what depends on it.
        act: The button; nothing when the act is theirs.
        note: Who must sign, by when.
        others: What else may be done, as plain links.
        ours: Whether the act is ours (filled triangle) or theirs (open).
    """

    whose: str
    title: str
    text: str = ""
    act: Link | None = None
    note: str = ""
    others: tuple[Link, ...] = ()
    ours: bool = True


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a request and its state, as last stated by the requested Party."""

    item: str
    category: str
    period: str
    state: StateBadge
    detail: str = ""
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The items of a request."""

    caption: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the log; ``side`` and ``kind`` as on the timeline."""

    number: int
    who: str
    when: str
    there: str
    words: str
    side: Literal["above", "below"]
    kind: Literal["said", "recall", "recalled"] = "said"
    href: str = ""


@dataclass(frozen=True, slots=True)
class StatementLog:
    """All statements, newest first, each with both clocks."""

    rows: tuple[StatementRow, ...]
    open: bool = True


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the receipts: reached, under way, or not stated."""

    word: str
    detail: str
    state: Literal["done", "pending", "open"]


@dataclass(frozen=True, slots=True)
class Rungs:
    """Did it arrive? Five rungs from submitted to executed, for one statement."""

    title: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """Can it be proved? A state, a sentence and the way to the proof."""

    state: StateBadge
    text: str
    proof: Link | None = None


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """The whole thread, in the order in which people ask."""

    crumbs: tuple[Link, ...]
    number: str
    title: str
    lead: str
    next: NextAct
    facts: tuple[Fact, ...]
    items: ItemTable
    timeline: Timeline
    log: StatementLog
    receipts: tuple[Rungs, ...] = ()
    findings: Findings | None = None
    custody: CustodyLine | None = None
