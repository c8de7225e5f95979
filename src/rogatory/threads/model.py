"""What a thread is, once its statements are folded. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rogatory.statements import (
    Acknowledgement,
    Answer,
    Assurance,
    ConditionsOffered,
    Costs,
    Decision,
    Delivery,
    Item,
    ItemDecision,
    ItemState,
    Query,
    Request,
    SpontaneousInformation,
    Statement,
    Status,
)

__all__ = ["Entry", "ItemFold", "Node", "QueryFold", "RequestFold", "Side", "Standing", "TermsFold", "Thread"]


class Side(StrEnum):
    """Which of the two Parties of a thread."""

    REQUESTING = "requesting"
    REQUESTED = "requested"


class Standing(StrEnum):
    """What a statement counts for in the fold."""

    FOLDED = "folded"
    VOID = "void"  # judged void at the door: it keeps its place and changes nothing
    WAITING = "waiting"  # a parent is missing; it will fold when that comes
    EQUIVOCATION = "equivocation"  # one of two statements with one place; proof is portable
    MISPLACED = "misplaced"  # its side does not own the fact it states


@dataclass(frozen=True, slots=True)
class Node:
    """One statement as it enters the fold: its id, its content, and the judgement at the door."""

    id: str
    statement: Statement
    void: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement in the order of the thread, with its standing."""

    id: str
    statement: Statement
    side: Side
    standing: Standing
    recalled_by: str | None = None
    recall_acknowledged: bool = False
    acknowledged_by: str | None = None
    ratified_by: str | None = None
    # Consents, onward transfers, notices and returns that speak of what this statement gave, in order.
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemFold:
    """How one item stands: what is asked (requesting side), what is stated (requested side)."""

    item: Item
    corrected_by: str | None = None
    withdrawn_by: str | None = None
    decision: ItemDecision | None = None
    decided_by: str | None = None
    state: ItemState | None = None
    stated_by: str | None = None
    # What is asked was corrected since, or unseen: the decision or state speaks of the item as it was.
    decided_before_correction: bool = False
    stated_before_correction: bool = False
    delivered_by: tuple[str, ...] = ()
    # Of a preservation: the last extension asked, the day that stood before it, the report that granted it.
    extension_asked_by: str | None = None
    extension_from: date | None = None
    extension_granted_by: str | None = None
    not_needed_by: str | None = None
    paths: tuple[str, ...] = ()
    paths_before_correction: bool = False


@dataclass(frozen=True, slots=True)
class QueryFold:
    """A query and its answer, if one came."""

    id: str
    query: Query
    answer_id: str | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class TermsFold:
    """Conditions that one side stated, and by which statement the other accepted each number."""

    id: str
    statement: ConditionsOffered | SpontaneousInformation
    accepted: Mapping[int, str] = field(default_factory=dict)

    @property
    def open(self) -> tuple[int, ...]:
        """The numbers that nobody has accepted; they do not bind."""
        numbers = (each.number for each in self.statement.body.conditions)
        return tuple(number for number in numbers if number not in self.accepted)


@dataclass(frozen=True, slots=True)
class RequestFold:
    """One request of the thread and everything stated about it."""

    id: str
    request: Request
    items: Mapping[int, ItemFold]
    acknowledgement: Acknowledgement | None = None
    acknowledgement_id: str | None = None
    decisions: tuple[tuple[str, Decision], ...] = ()
    queries: tuple[QueryFold, ...] = ()
    deliveries: tuple[tuple[str, Delivery], ...] = ()
    assurances: tuple[tuple[str, Assurance], ...] = ()
    costs: tuple[tuple[str, Costs], ...] = ()
    status: tuple[tuple[str, Status], ...] = ()
    ratified_by: str | None = None
    recalled_by: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The statements of one case between two Parties, folded. The same on both sides."""

    id: str
    case: str
    requesting: str
    requested: str
    entries: tuple[Entry, ...]
    requests: tuple[RequestFold, ...]
    terms: tuple[TermsFold, ...] = ()
    heads: Mapping[Side, str] = field(default_factory=dict)
    authorities: Mapping[Side, str] = field(default_factory=dict)
    equivocations: tuple[tuple[str, ...], ...] = ()

    def party(self, side: Side) -> str:
        """Return the Party on a side."""
        return self.requesting if side is Side.REQUESTING else self.requested

    def side_of(self, party: str) -> Side:
        """Return the side of a Party of this thread."""
        return Side.REQUESTING if party == self.requesting else Side.REQUESTED
