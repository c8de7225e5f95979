"""The door: from an HTTP request to an admitted statement, as a pure function.

The node applies the result; nothing here stores, sends or reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from rogatory import envelopes
from rogatory.envelopes.transfer import MAX_TRANSFER
from rogatory.errors import ExchangeError, RogatoryError
from rogatory.exchange import http_signature
from rogatory.exchange.http_message import HttpRequest
from rogatory.exchange.http_signature import Caller
from rogatory.keys import EncryptionPair, KeyRing
from rogatory.statements import Opened, Receipt, ReceiptBody, Statement, read_payload
from rogatory.statements.opening import as_statement, open_read

__all__ = ["Accept", "Door", "Memory", "Place", "Refuse", "Repeat", "accept", "receipt_for"]

TRANSFER_TYPE: Final = "application/vnd.rogatory.transfer.v1"


@dataclass(frozen=True, slots=True)
class Place:
    """What the receiving node knows of a statement's place in its thread."""

    thread_known: bool
    parties: frozenset[str] = frozenset()
    case: str = ""
    rehearsal: bool | None = None  # whether the thread is one
    holder: str | None = None  # the statement admitted at this (Party, seq), if any
    previous: str | None = None  # the statement admitted at seq - 1, if any


class Memory(Protocol):
    """What the door has to remember; the node keeps it in its database."""

    def nonce_is_new(self, key_id: str, nonce: str) -> bool:
        """Return whether this key has not used this HTTP nonce for ``http_signature.REMEMBER``."""

    def within_quota(self, authority: str) -> bool:
        """Return whether this authority may be listened to now."""

    def receipt(self, statement_id: str) -> bytes | None:
        """Return the stored receipt of a statement already admitted or void."""

    def place(self, statement: Statement) -> Place:
        """Return what is known of the place that a statement claims."""


@dataclass(frozen=True, slots=True)
class Door:
    """Everything the door needs to judge: keys, own authorities, relays, memory."""

    ring: KeyRing
    decryption: Mapping[str, EncryptionPair]  # by key id
    authorities: frozenset[str]  # served by this node
    memory: Memory
    relays: frozenset[str] = frozenset()  # authorities that may carry others' transfers


@dataclass(frozen=True, slots=True)
class Accept:
    """A new statement, to be stored and receipted; void when ``reason`` is set."""

    opened: Opened
    caller: Caller
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A statement already stored: the same receipt again (PROTOCOL rule 10)."""

    statement_id: str
    receipt: bytes
    caller: Caller


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nothing is stored. A stranger learns nothing; a known peer gets the error's code, signed."""

    error: RogatoryError
    caller: Caller | None = None


def accept(message: HttpRequest, door: Door, now: datetime) -> Accept | Repeat | Refuse:
    """Judge what came through the door, in the order that costs a stranger most and the node least.

    1. size, 2. known key, 3. outer signature and freshness, 4. replay, 5. quota; only then 6. what it
    is, whether it is for this node, decryption, 7. the same statement again, 8. strict reading and two
    signatures, 9. names agree, 10. rehearsals apart, 11. place.
    Step 7 comes before the signatures because they are judged once (PROTOCOL rules 9 and 10): a key
    revoked since then changes nothing about a statement that was admitted under it.
    A statement that fails only at step 11 is stored as void: it is signed, so it is part of the
    record. Storing, receipting and committing in one transaction are the node's and MUST be done.

    Args:
        message: Method, configured URL, headers and body of ``POST /peer/v1/statements``.
        door: Keys, authorities and memory of the receiving node.
        now: The receiving node's time, UTC.

    Source:
        spec/exchange.md, section 3; PROTOCOL rules 8 to 10.
    """
    caller: Caller | None = None
    try:
        # Step 1.
        check_size(message.body)
        # Steps 2 and 3.
        caller = http_signature.verify_request(message, door.ring, now)
        # Step 4.
        check_replay(door.memory, caller)
        # Step 5.
        check_quota(door.memory, caller)
        # Step 6.
        check_kind(message)
        transfer = envelopes.read_transfer(message.body)
        check_addressed(transfer.header, door)
        pair = door.decryption[transfer.header.key]
        envelope = envelopes.decrypt(transfer, pair)
        # Step 7.
        read = envelopes.read(envelope)
        name = envelopes.identity(read.payloadType, read.payload)
        receipt = door.memory.receipt(name)
        if receipt is not None:
            statement = as_statement(read_payload(read.payloadType, read.payload))
            check_names(transfer.header, statement, caller, door.relays)
            return Repeat(name, receipt, caller)
        # Step 8.
        opened = open_read(read, envelope, door.ring, now)
        statement = opened.statement
        # Step 9.
        check_names(transfer.header, statement, caller, door.relays)
        # Step 10.
        check_rehearsal(statement, pair, caller)
    except RogatoryError as error:
        return Refuse(error, caller)
    # Step 11.
    return Accept(opened, caller, judge_place(statement, door.memory.place(statement)))


def check_size(body: bytes) -> None:
    """Refuse a body larger than any transfer before hashing it."""
    if len(body) > MAX_TRANSFER:
        raise ExchangeError("EXCH-001", size=len(body), limit=MAX_TRANSFER)


def check_replay(memory: Memory, caller: Caller) -> None:
    """Refuse an HTTP message that was seen before; a retry is signed afresh."""
    if not memory.nonce_is_new(caller.key.key.key_id, caller.nonce):
        raise ExchangeError("EXCH-005")


def check_quota(memory: Memory, caller: Caller) -> None:
    """Refuse an authority that sends more than it may, before any decryption."""
    if not memory.within_quota(caller.key.key.authority):
        raise ExchangeError("EXCH-006")


def check_kind(message: HttpRequest) -> None:
    """Refuse anything but a posted transfer, by the method and content type that were signed."""
    if message.method != "POST" or message.headers.get("content-type") != TRANSFER_TYPE:
        raise ExchangeError("EXCH-009")


def check_addressed(header: envelopes.ClearHeader, door: Door) -> None:
    """Refuse a transfer to an authority or a key that is not this node's."""
    if header.recipient not in door.authorities or header.key not in door.decryption:
        raise ExchangeError("EXCH-007")
    if door.decryption[header.key].public.authority != header.recipient:
        raise ExchangeError("EXCH-007")


def check_names(
    header: envelopes.ClearHeader, statement: Statement, caller: Caller, relays: frozenset[str]
) -> None:
    """Refuse unless outer signer, clear header and payload name one sender and one recipient.

    A recipient who decrypts and encrypts again to a third Party fails here: the payload still
    names whom the sender meant (PROTOCOL section 3).
    """
    carrier = caller.key.key.authority
    if carrier != header.sender and carrier not in relays:
        raise ExchangeError("EXCH-008")
    if (header.sender, header.recipient) != (statement.sender, statement.recipient):
        raise ExchangeError("EXCH-008")


def check_rehearsal(statement: Statement, pair: EncryptionPair, caller: Caller) -> None:
    """Refuse a real statement that touched a rehearsal key, and a rehearsal under a real encryption key.

    That the signing key agrees was checked on opening. A real transport key may carry a rehearsal.
    """
    carried = caller.key.key.rehearsal and not statement.rehearsal
    if pair.public.rehearsal is not statement.rehearsal or carried:
        raise ExchangeError("EXCH-010")


def judge_place(statement: Statement, place: Place) -> str | None:
    """Return the code of the check that makes a statement void, or ``None`` if it is admitted."""
    for check in (check_thread, check_equivocation, check_previous):
        try:
            check(statement, place)
        except ExchangeError as error:
            return error.code
    return None


def check_thread(statement: Statement, place: Place) -> None:
    """Void a statement that joins a thread of other Parties or another case, or mixes in a rehearsal."""
    pair = {statement.sending_party, statement.receiving_party}
    mixed = place.rehearsal is not None and place.rehearsal is not statement.rehearsal
    if place.thread_known and (place.parties != pair or place.case != statement.case or mixed):
        raise ExchangeError("EXCH-011")


def check_equivocation(statement: Statement, place: Place) -> None:
    """Void the second statement at one place: with the first it proves equivocation."""
    if place.holder is not None:
        raise ExchangeError("EXCH-012", seq=statement.seq)


def check_previous(statement: Statement, place: Place) -> None:
    """Void a statement that names another predecessor than the one admitted before it."""
    if place.previous is not None and statement.prev != place.previous:
        raise ExchangeError("EXCH-013", seq=statement.seq)


def receipt_for(
    accepted: Accept,
    *,
    now: datetime,
    snapshot: str,
    random: Callable[[int], bytes],
    log_index: int | None = None,
) -> Receipt:
    """Return the receipt of a statement, to be signed before anything is stored.

    Source:
        spec/exchange.md, section 4; PROTOCOL rule 9.
    """
    statement = accepted.opened.statement
    return Receipt(
        case=statement.case,
        thread=statement.thread or accepted.opened.id,
        sender=statement.recipient,
        recipient=statement.sender,
        issued_at=now,
        language=statement.language,
        instrument=statement.instrument,
        nonce=random(32).hex(),
        rehearsal=statement.rehearsal,
        body=ReceiptBody(
            of=accepted.opened.id,
            outcome="void" if accepted.reason else "admitted",
            reason=accepted.reason,
            received=now,
            register_snapshot=snapshot,
            log_index=log_index,
        ),
    )
