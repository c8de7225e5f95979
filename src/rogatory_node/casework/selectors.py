"""What may be read of casework: the acting officer comes first, and sees the authorities they serve.

A thread that does not exist and one that is not the officer's look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from rogatory import law
from rogatory.exchange.retry import TELL_AFTER
from rogatory.law import Clock, DomesticOrder
from rogatory.threads import Side, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.casework import index
from rogatory_node.casework.models import CaseFile, DomesticAct, Draft, IdentifierIndex, ThreadIndex
from rogatory_node.casework.services import deliver
from rogatory_node.people import policy
from rogatory_node.people.models import Appointment, Approval, Officer
from rogatory_node.records import heads
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Due, SignedReceipt, SignedStatement, Way
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Package
from rogatory_node.vault.services.holding import LEFT

__all__ = [
    "READERS",
    "ThreadView",
    "asked_before",
    "custody_receipt",
    "draft",
    "drafts",
    "envelope",
    "missing",
    "receipt",
    "served",
    "statement",
    "thread",
    "threads",
    "troubles",
    "view",
]

Row = TypeVar("Row", bound=Model)

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
MOST: Final = 200

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
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that does not go on by itself, or not for a while: a person has to know.

    Attributes:
        kind: ``delivery_refused``, ``delivery_void``, ``delivery_waiting``, ``package_failed`` or
            ``package_left``: it is to be destroyed, and could not be removed.
        authority: Whose it is.
        thread: Where it belongs.
        subject: The statement, or the package's id here.
        code: What the other side said, or what failed.
        since: Since when.
    """

    kind: str
    authority: str
    thread: str
    subject: str
    code: str
    since: datetime


def served(officer: Officer) -> tuple[str, ...]:
    """Return the authorities whose cases the officer may read, sorted."""
    held = Appointment.objects.filter(
        officer=officer, officer__is_active=True, until=None, role__in=[str(each) for each in READERS]
    )
    return tuple(sorted(set(held.values_list("authority", flat=True))))


def threads(officer: Officer) -> QuerySet[ThreadIndex]:
    """Return the threads that the officer may read, the newest first."""
    return ThreadIndex.objects.filter(authority__in=served(officer)).order_by("-last_at", "thread")


def thread(officer: Officer, thread_id: str) -> ThreadView:
    """Return a thread as the officer may look at it.

    If several of the officer's authorities see it, it is looked at as the one that acts in it now; if none of
    them does, as the first by name. ``seen_by`` names them all.

    Raises:
        NodeError: NODE-500 it does not exist, or is not theirs.
    """
    rows = threads(officer).filter(thread=checked(thread_id, "NODE-500"))
    seen_by = tuple(sorted(rows.values_list("authority", flat=True)))
    if not seen_by:
        raise NodeError("NODE-500")
    found = view(seen_by[0], thread_id)
    acting = found.thread.authorities[found.side]
    if acting in seen_by:
        found = replace(found, authority=acting, file=_file(acting, found.thread.case))
    return replace(found, seen_by=seen_by)


def view(authority: str, thread_id: str) -> ThreadView:
    """Return a thread, its clocks and what proves it; the caller has checked who may look."""
    folded = index.fold_thread(thread_id, authority=authority)
    party = f"{party_of(authority)}/"
    rows = SignedStatement.objects.filter(authority__startswith=party, thread=thread_id)
    acts = tuple(
        DomesticAct.objects.filter(authority__startswith=party, thread=thread_id).order_by("recorded_at")
    )
    ids = rows.values("statement_id")
    due = Due.objects.filter(authority__startswith=party, subject__in=ids).exclude(state=Due.State.DONE)
    receipts = SignedReceipt.objects.filter(authority__startswith=party, of__in=ids)
    return ThreadView(
        authority=authority,
        thread=folded,
        side=folded.side_of(party_of(authority)),
        clocks=law.clocks(folded, clock.now(), _orders(acts)),
        stored={row.statement_id: row for row in rows},
        receipts={row.of: row for row in receipts},
        waiting={row.subject: row for row in due},
        domestic_acts=acts,
        file=_file(authority, folded.case),
        seen_by=(authority,),
    )


def _file(authority: str, case: str) -> CaseFile | None:
    return CaseFile.objects.filter(authority=authority, case=case).first()


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


def missing(found: Iterable[Draft]) -> dict[UUID, list[list[str]]]:
    """Return, for each draft, the roles of which one is still needed, a list for each approver; in one query.

    It is empty for a draft that is not frozen, and for one that could leave complete.
    """
    frozen = [each for each in found if each.state == Draft.State.FROZEN]
    given: dict[tuple[str, str], list[policy.Given]] = {}
    for row in Approval.objects.filter(subject__in=[each.content_id for each in frozen]).order_by("pk"):
        held = given.setdefault((row.authority, row.subject), [])
        held.append(policy.Given(str(row.officer_id), Role(row.role)))
    needs: dict[UUID, list[list[str]]] = {each.pk: [] for each in found}
    for each in frozen:
        rule = configuration.current().rule(each.rule)
        judged = policy.judge(rule, given.get((each.authority, each.content_id), []), first_at=None)
        needs[each.pk] = [[str(role) for role in need] for need in judged.missing]
    return needs


def envelope(officer: Officer, statement_id: str) -> bytes:
    """Return the signed bytes of a statement that the officer may read.

    Raises:
        NodeError: NODE-515 it does not exist, or is not theirs.
    """
    return stored.envelope(statement(officer, statement_id))


def receipt(officer: Officer, statement_id: str) -> bytes:
    """Return the receipt that was given or is held for a statement.

    Raises:
        NodeError: NODE-515 there is none, or it is not theirs.
    """
    row = statement(officer, statement_id)
    # We hold receipts for what we sent, and gave one for what we received.
    way = Way.RECEIVED if row.way == Way.SENT else Way.SENT
    found = stored.find_receipt(statement_id, authority=row.authority, way=way)
    if found is None:
        raise NodeError("NODE-515")
    return stored.envelope(found)


def statement(officer: Officer, statement_id: str) -> SignedStatement:
    """Return a statement's row: of an authority that the officer serves, or in a thread that it sees.

    Raises:
        NodeError: NODE-515 it does not exist, or is not theirs.
    """
    own = served(officer)
    shown = ThreadIndex.objects.filter(authority__in=own).values("thread")
    theirs = Q(authority__in=own) | Q(thread__in=shown)
    rows = SignedStatement.objects.filter(theirs, statement_id=checked(statement_id, "NODE-515"))
    found = rows.order_by("authority").first()
    if found is None:
        raise NodeError("NODE-515")
    return found


def custody_receipt(officer: Officer, statement_id: str) -> bytes:
    """Return the custody receipt of the act that sent or received a statement; it verifies offline.

    Raises:
        NodeError: NODE-515 the statement does not exist, or is not theirs; NODE-207 no head covers it yet.
    """
    return heads.leaf_receipt(statement(officer, statement_id).log_index, reveal=True)


def checked(name: str, code: str) -> str:
    """Return a digest as it came; anything else names nothing, and no database is asked about it.

    Raises:
        NodeError: The code.
    """
    if not DIGEST.fullmatch(name):
        raise NodeError(code)
    return name


def asked_before(authority: str, identifiers: Iterable[str]) -> QuerySet[ThreadIndex]:
    """Return threads of this Party that asked, or were asked, about one of these identifiers (art. 22).

    What is shown of another unit's case is only that it exists (PRACTICE section 1).

    Args:
        authority: For whom it is asked.
        identifiers: As normalised, at most 200; the rest is left out.
    """
    party = f"{party_of(authority)}/"
    digests = [index.digest_of(each) for each in islice(identifiers, MOST)]
    seen = IdentifierIndex.objects.filter(digest__in=digests, authority=OuterRef("authority"))
    rows = ThreadIndex.objects.filter(Exists(seen.filter(thread=OuterRef("thread"))))
    return rows.filter(authority__startswith=party).order_by("-last_at", "thread")


def delivered_to(authority: str, package_name: str) -> Package | None:
    """Return the package of ours that may now be given to another Party's authority; None for anybody else.

    Its delivery was sent to that authority, and was neither refused nor found void nor recalled.
    """
    found = vault.for_peer(package_name, authority) if DIGEST.fullmatch(package_name) else None
    return found if found is not None and deliver.stands(found) else None


def troubles(officer: Officer) -> tuple[Trouble, ...]:
    """Return what a person has to know of, the newest first, at most 200 of each kind.

    Statements that the other side refused or found void, or has not receipted for five minutes; packages that
    could not be sealed, fetched or opened.
    """
    own = served(officer)
    late = clock.now() - TELL_AFTER
    due = Due.objects.filter(authority__in=own, topic=deliver.DELIVER)
    waiting = due.filter(state=Due.State.DUE, attempts__gt=0, made_at__lte=late)
    void = SignedReceipt.objects.filter(authority__in=own, way=Way.RECEIVED, outcome="void")
    found = [
        *(
            _of_due("delivery_refused", row)
            for row in _newest(due.filter(state=Due.State.GIVEN_UP), "closed_at")
        ),
        *(_of_due("delivery_waiting", row) for row in _newest(waiting, "made_at")),
        *(
            Trouble("delivery_void", row.authority, "", row.of, row.reason, row.stored_at)
            for row in _newest(void, "stored_at")
        ),
        *(
            Trouble(
                _package_trouble(row), row.authority, row.thread, str(row.pk), row.failure, row.recorded_at
            )
            for row in _newest(vault.failed(officer), "recorded_at")
        ),
    ]
    subjects = {each.subject for each in found if not each.thread}
    rows = SignedStatement.objects.filter(authority__in=own, statement_id__in=subjects)
    thread_of = dict(rows.values_list("statement_id", "thread"))
    placed = [
        each if each.thread else replace(each, thread=thread_of.get(each.subject, "")) for each in found
    ]
    return tuple(sorted(placed, key=lambda each: each.since, reverse=True))


def _package_trouble(row: Package) -> str:
    return "package_left" if row.failure == LEFT else "package_failed"


def _newest(rows: QuerySet[Row], by: str) -> QuerySet[Row]:
    return rows.order_by(f"-{by}", "pk")[:MOST]


def _of_due(kind: str, row: Due) -> Trouble:
    return Trouble(kind, row.authority, "", row.subject, row.last_code, row.closed_at or row.made_at)


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
