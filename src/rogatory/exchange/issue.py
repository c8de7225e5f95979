"""Issuing: from a frozen statement to signed and encrypted bytes, and the check of its receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rogatory import envelopes
from rogatory.errors import ExchangeError
from rogatory.keys import KeyRing, Purpose, SigningPair
from rogatory.statements import Document, Opened, Receipt, Statement, open_document, payload_of

__all__ = ["Issued", "check_receipt", "encrypt_for", "issue"]


@dataclass(frozen=True, slots=True)
class Issued:
    """A statement as it will be stored (envelope) and sent (transfer)."""

    id: str
    envelope: bytes
    transfer: bytes


def issue(
    statement: Statement, pair: SigningPair, ring: KeyRing, now: datetime, random: Callable[[int], bytes]
) -> Issued:
    """Return a statement signed by its sender and encrypted to its recipient's current key.

    1. the key is the sender's, 2. it is in force, 3. it may sign today, 4. it is for rehearsals if the
    statement is one. Approvals and findings are the caller's; nothing is stored or sent here.

    Raises:
        ExchangeError: EXCH-010 rehearsal, EXCH-020 the key is not the sender's, EXCH-021 it signs no more.
        KeysError: The signing key is not in force, or the recipient has no encryption key.
        WireError: WIRE-001 the statement is larger than a reader would take.

    Source:
        spec/exchange.md, section 1; PROTOCOL rules 1, 3, 7.
    """
    # Step 1.
    if pair.public.authority != statement.sender:
        raise ExchangeError("EXCH-020", sender=statement.sender)
    # Step 2.
    entry = ring.find(pair.key_id, Purpose.STATEMENT, now)
    # Step 3.
    if now > entry.sign_until:
        raise ExchangeError("EXCH-021", key=pair.key_id[:16])
    # Step 4.
    if pair.public.rehearsal is not statement.rehearsal:
        raise ExchangeError("EXCH-010")
    name, kind, payload = payload_of(statement)
    envelope = envelopes.sign(kind, payload, pair)
    return Issued(name, envelope, encrypt_for(statement, envelope, ring, now, random))


def encrypt_for(
    statement: Statement, envelope: bytes, ring: KeyRing, now: datetime, random: Callable[[int], bytes]
) -> bytes:
    """Return a fresh transfer of a signed statement: same statement, same id, new ciphertext."""
    recipient = ring.current(statement.recipient, Purpose.ENCRYPTION, now, rehearsal=statement.rehearsal)
    return envelopes.encrypt(envelope, sender=statement.sender, recipient=recipient.key, random=random)


def check_receipt(
    envelope: bytes, statement_id: str, statement: Statement, ring: KeyRing, now: datetime
) -> Opened:
    """Return the receipt of a statement, if the recipient signed it and it speaks of that statement.

    1. signatures, 2. it is a receipt of this statement, 3. between these authorities, in this case and
    thread. Only the addressed authority may sign it: another of the same Party did not receive anything.

    Args:
        envelope: What the peer answered.
        statement_id: The statement that was sent.
        statement: The same, as a document.
        ring: The keys of the sender's register snapshot.
        now: The instant as of which the key is judged, UTC. A receipt whose key is no longer believed has
            to be signed again by its authority: same payload, same id.

    Raises:
        ExchangeError: EXCH-022 it is no receipt of this statement.
        WireError, EnvelopeError, KeysError, StatementError: The signatures do not hold.

    Source:
        spec/exchange.md, section 4.
    """
    # Step 1.
    opened = open_document(envelope, ring, now)
    # Step 2.
    receipt = as_receipt(opened.document)
    check_speaks_of(receipt, statement_id)
    # Step 3.
    check_between(receipt, statement_id, statement)
    return opened


def as_receipt(document: Document) -> Receipt:
    """Return a document as a receipt."""
    if not isinstance(document, Receipt):
        raise ExchangeError("EXCH-022")
    return document


def check_speaks_of(receipt: Receipt, statement_id: str) -> None:
    """Refuse a receipt of another statement."""
    if receipt.body.of != statement_id:
        raise ExchangeError("EXCH-022")


def check_between(receipt: Receipt, statement_id: str, statement: Statement) -> None:
    """Refuse a receipt that goes between other authorities, or names another case or thread."""
    given = (receipt.sender, receipt.recipient, receipt.case, receipt.thread, receipt.rehearsal)
    thread = statement.thread or statement_id
    if given != (statement.recipient, statement.sender, statement.case, thread, statement.rehearsal):
        raise ExchangeError("EXCH-022")
