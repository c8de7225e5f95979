"""Issuing: from a frozen statement to signed and encrypted bytes, and the check of its receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rogatory import envelopes
from rogatory.errors import ExchangeError
from rogatory.keys import KeyRing, Purpose, SigningPair
from rogatory.statements import Opened, Receipt, Statement, open_document, payload_of, sign

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

    Approvals and findings are the caller's; nothing is stored or sent here.

    Raises:
        ExchangeError: EXCH-020 the key is not the sender's.
        KeysError: The signing key is not in force, or the recipient has no encryption key.

    Source:
        spec/exchange.md, section 1; PROTOCOL rules 1, 3, 7.
    """
    if pair.public.authority != statement.sender:
        raise ExchangeError("EXCH-020", sender=statement.sender)
    entry = ring.find(pair.key_id, Purpose.STATEMENT, now)
    if now > entry.sign_until:
        raise ExchangeError("EXCH-021", key=pair.key_id[:16])
    envelope = sign(statement, pair)
    return Issued(payload_of(statement)[0], envelope, encrypt_for(statement, envelope, ring, now, random))


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

    1. signatures, 2. it is a receipt, 3. of this statement, 4. between these authorities.

    Raises:
        ExchangeError: EXCH-022 it is no receipt of this statement.
        WireError, EnvelopeError, KeysError, StatementError: The signatures do not hold.

    Source:
        spec/exchange.md, section 4.
    """
    # Step 1.
    opened = open_document(envelope, ring, now)
    receipt = opened.document
    # Steps 2 and 3.
    if not isinstance(receipt, Receipt) or receipt.body.of != statement_id:
        raise ExchangeError("EXCH-022")
    # Step 4. The receiving Party may sign by another of its authorities only through the register;
    # here the addressed one signs.
    if (receipt.sender, receipt.recipient, receipt.case) != (
        statement.recipient,
        statement.sender,
        statement.case,
    ):
        raise ExchangeError("EXCH-022")
    return opened
