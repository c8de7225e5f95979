"""What may be read of casework: the acting officer comes first, and sees the authorities they serve.

A thread that does not exist and one that is not the officer's look the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from rogatory import law
from rogatory.law import Clock, DomesticOrder
from rogatory.threads import Side, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.casework import index
from rogatory_node.casework.models import CaseFile, DomesticAct, Draft, ThreadIndex
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import heads
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Due, SignedReceipt, SignedStatement

__all__ = [
    "READERS",
    "ThreadView",
    "asked_before",
    "custody_receipt",
    "draft",
    "drafts",
    "envelope",
    "receipt",
    "served",
    "statement",
    "thread",
    "threads",
    "view",
]

READERS = (
    Role.DUTY_OFFICER,
    Role.INVESTIGATOR,
    Role.LEGAL_REVIEWER,
    Role.APPROVER,
    Role.CUSTODIAN,
    Role.DATA_PROTECTION_OFFICER,
    Role.OVERSIGHT,
)


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as one authority of this node may look at it."""

    authority: str
    thread: Thread
    side: Side
    clocks: tuple[Clock, ...]
    stored: Mapping[str, SignedStatement]
    receipts: Mapping[str, SignedReceipt]
    waiting: Mapping[str, Due]
    domestic_acts: tuple[DomesticAct, ...]
    file: CaseFile | None


def served(officer: Officer) -> tuple[str, ...]:
    """Return the authorities whose cases the officer may read."""
    return tuple(each for each in people.authorities(officer) if people.holds(officer, each, *READERS))


def threads(officer: Officer) -> QuerySet[ThreadIndex]:
    """Return the threads that the officer may read, the newest first."""
    return ThreadIndex.objects.filter(authority__in=served(officer)).order_by("-last_at", "thread")


def thread(officer: Officer, thread_id: str) -> ThreadView:
    """Return a thread as the officer may look at it, through the first authority that has it.

    Raises:
        NodeError: NODE-500 it does not exist, or is not theirs.
    """
    row = threads(officer).filter(thread=thread_id).order_by("authority").first()
    if row is None:
        raise NodeError("NODE-500")
    return view(row.authority, thread_id)


def view(authority: str, thread_id: str) -> ThreadView:
    """Return a thread, its clocks and what proves it; the caller has checked who may look."""
    folded = index.fold_thread(thread_id, authority=authority)
    party = f"{party_of(authority)}/"
    rows = SignedStatement.objects.filter(authority__startswith=party, thread=thread_id)
    ids = [entry.id for entry in folded.entries]
    acts = tuple(
        DomesticAct.objects.filter(authority__startswith=party, thread=thread_id).order_by("recorded_at")
    )
    due = Due.objects.filter(authority__startswith=party, subject__in=ids).exclude(state=Due.State.DONE)
    return ThreadView(
        authority=authority,
        thread=folded,
        side=folded.side_of(party_of(authority)),
        clocks=law.clocks(folded, clock.now(), _orders(acts)),
        stored={row.statement_id: row for row in rows},
        receipts={row.of: row for row in SignedReceipt.objects.filter(of__in=ids)},
        waiting={row.subject: row for row in due},
        domestic_acts=acts,
        file=CaseFile.objects.filter(authority=authority, case=folded.case).first(),
    )


def drafts(officer: Officer) -> QuerySet[Draft]:
    """Return the drafts that are still open or frozen, of the authorities that the officer serves."""
    states = (Draft.State.OPEN, Draft.State.FROZEN)
    return Draft.objects.filter(authority__in=served(officer), state__in=states).order_by("-changed_at")


def draft(officer: Officer, draft_id: UUID | str) -> Draft:
    """Return a draft in any state.

    Raises:
        NodeError: NODE-514 it does not exist, or is not theirs.
    """
    try:
        identity = UUID(str(draft_id))
    except ValueError as error:
        raise NodeError("NODE-514") from error
    found = Draft.objects.filter(pk=identity, authority__in=served(officer)).first()
    if found is None:
        raise NodeError("NODE-514")
    return found


def statement(officer: Officer, statement_id: str) -> SignedStatement:
    """Return a statement of a thread that the officer may read, whichever authority of the Party has it.

    Raises:
        NodeError: NODE-515 it does not exist, or is not theirs.
    """
    rows = SignedStatement.objects.filter(statement_id=statement_id)
    mine = threads(officer)
    for row in rows:
        party = f"{party_of(row.authority)}/"
        if mine.filter(thread=row.thread, authority__startswith=party).exists():
            return row
    raise NodeError("NODE-515")


def envelope(officer: Officer, statement_id: str) -> bytes:
    """Return a statement's signed bytes.

    Raises:
        NodeError: NODE-515 it does not exist, or is not theirs.
    """
    return stored.envelope(statement(officer, statement_id))


def receipt(officer: Officer, statement_id: str) -> bytes:
    """Return the receipt that was given or is held for a statement.

    Raises:
        NodeError: NODE-515 there is none, or it is not theirs.
    """
    found = SignedReceipt.objects.filter(of=statement(officer, statement_id).statement_id).first()
    if found is None:
        raise NodeError("NODE-515")
    return stored.envelope(found)


def custody_receipt(officer: Officer, statement_id: str) -> bytes:
    """Return the custody receipt of the act that sent or received a statement; it verifies offline.

    Raises:
        NodeError: NODE-515 the statement does not exist, or is not theirs; NODE-207 no head covers it yet.
    """
    return heads.leaf_receipt(statement(officer, statement_id).log_index, reveal=True)


def asked_before(authority: str, identifiers: list[str]) -> QuerySet[ThreadIndex]:
    """Return threads of this Party that asked, or were asked, about one of these identifiers (art. 22).

    What is shown of another unit's case is only that it exists (PRACTICE section 1).
    """
    party = f"{party_of(authority)}/"
    rows = ThreadIndex.objects.filter(authority__startswith=party)
    wanted = set(identifiers)
    matching = [row.pk for row in rows if wanted.intersection(row.identifiers)]
    return ThreadIndex.objects.filter(pk__in=matching).order_by("-last_at")


def _orders(acts: tuple[DomesticAct, ...]) -> tuple[DomesticOrder, ...]:
    return tuple(
        DomesticOrder(
            reference=act.reference,
            request=act.request,
            items=tuple(act.items),
            ordered=datetime.combine(act.issued_on, time(), UTC),
            until=act.expires_on,
        )
        for act in acts
        if act.kind == DomesticAct.Kind.ORDER
    )
