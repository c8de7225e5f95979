"""Receiving: what the peer door hands in becomes a stored statement with its receipt, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Sum
from django.db.models.functions import Length

from rogatory import exchange, statements
from rogatory.errors import RogatoryError
from rogatory.exchange import Accept, Door, HttpRequest, Refuse, Repeat
from rogatory.keys import KeyRing, Purpose
from rogatory.statements import Statement
from rogatory.values import party_of
from rogatory_node.base import NodeError, clock, configuration, directory, home, keystore
from rogatory_node.base.events import Event, emit
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework import deliveries, files, index
from rogatory_node.records import inbox
from rogatory_node.records.memory import DoorMemory
from rogatory_node.records.models import SignedStatement

__all__ = ["LARGEST", "MOST", "Received", "has_room", "receive"]

MOST: Final = 2000
"""Statements of one Party that a thread takes; a case takes any number of threads."""
LARGEST: Final = 64 << 20
"""Bytes of one Party's statements that a thread takes."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the door answers: a receipt, new or repeated, or a refusal; and to whom."""

    caller: str | None
    receipt: bytes | None = None
    first: bool = False
    error: RogatoryError | None = None


def receive(message: HttpRequest) -> Received:
    """Judge a message at the door and, if it is a statement for us, store it with its receipt.

    The commit point is ``receive.commit``: statement, receipt, leaf and projection in one transaction.

    Source:
        spec/exchange.md, sections 3, 4 and 6.
    """
    ring = directory.ring()
    now = clock.now()
    judged = exchange.accept(message, _door(ring), now)
    if isinstance(judged, Refuse):
        caller = judged.caller.key.key.authority if judged.caller else None
        emit(Event("statement:receive:refused", now, caller or "-", {"code": judged.error.code}))
        return Received(caller, error=judged.error)
    caller = judged.caller.key.key.authority
    if isinstance(judged, Repeat):
        return Received(caller, receipt=judged.receipt)
    if not has_room(judged.opened.statement):
        return Received(caller, error=NodeError("NODE-606", most=MOST))
    try:
        arrival = _store(judged, ring)
    except RogatoryError as error:
        # Judged and not stored: a key of ours, or our register. What it was stays here.
        emit(Event("statement:receive:failed", now, caller, {"code": error.code}))
        return Received(caller, error=NodeError("NODE-604"))
    return Received(caller, receipt=arrival.receipt, first=arrival.first)


def has_room(statement: Statement) -> bool:
    """Return whether the sending Party may add to the thread: each arrival folds all of it anew.

    A Party that sends without end would otherwise make every later statement of the thread cost more.
    """
    party = f"{party_of(statement.recipient)}/"
    theirs = SignedStatement.objects.filter(
        authority__startswith=party,
        thread=statement.thread or "",
        sender__startswith=f"{statement.sending_party}/",
    )
    held = theirs.aggregate(count=Count("pk"), size=Sum(Length("envelope")))
    return held["count"] < MOST and (held["size"] or 0) < LARGEST


def _store(accepted: Accept, ring: KeyRing) -> inbox.Arrival:
    now = clock.now()
    authority = accepted.opened.statement.recipient
    rehearsal = accepted.opened.document.rehearsal
    pair = keystore.current(home.current(), ring, authority, Purpose.STATEMENT, now, rehearsal=rehearsal)

    def sign_receipt(log_index: int) -> bytes:
        receipt = exchange.receipt_for(
            accepted, now=now, snapshot=ring.snapshot, random=random_bytes, log_index=log_index
        )
        return statements.sign(receipt, pair)

    def project(row: SignedStatement) -> None:
        thread = index.project(row)
        if thread is not None:
            party = f"{party_of(authority)}/"
            files.keep_all(thread, index.taking_part(thread.id, party), now=now)
            deliveries.note_use(thread, row.statement_id, now=now)

    return inbox.arrive(
        accepted.opened.envelope,
        authority=authority,
        outcome="void" if accepted.reason else "admitted",
        now=now,
        sign_receipt=sign_receipt,
        project=project,
    )


def _door(ring: KeyRing) -> Door:
    settings = configuration.current()
    keys = {}
    for authority in settings.authority_ids:
        keys.update(keystore.decryption(home.current(), authority, Purpose.ENCRYPTION))
    return Door(
        ring=ring,
        decryption=keys,
        authorities=frozenset(settings.authority_ids),
        memory=DoorMemory(clock.now(), settings.peers.calls_per_minute),
    )
