"""The arrival of a statement: bytes, receipt and leaf in one transaction (PROTOCOL section 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from rogatory_node.base.events import Event
from rogatory_node.base.stops import stop_at
from rogatory_node.records import log, statements
from rogatory_node.records.columns import statement_columns
from rogatory_node.records.models import SignedStatement
from rogatory_node.records.statements import Way

__all__ = ["Arrival", "arrive", "receipt_given"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The receipt that goes back, and whether this arrival was the first."""

    receipt: bytes
    first: bool


def receipt_given(statement_id: str, *, authority: str) -> bytes | None:
    """Return the receipt that the authority gave for a statement; None if it has not arrived."""
    kept = statements.find_receipt(statement_id, authority=authority, way=Way.SENT)
    return None if kept is None else statements.envelope(kept)


def arrive(
    envelope: bytes,
    *,
    authority: str,
    outcome: str,
    now: datetime,
    sign_receipt: Callable[[int], bytes],
    project: Callable[[SignedStatement], None],
) -> Arrival:
    """Keep a statement that was admitted or found void, and return the receipt for it.

    1. the receipt is signed, with the index of the leaf to come; 2. leaf, bytes and receipt are written;
    3. ``project`` updates what is derived from them; all in one transaction. The loser of a race, and
    every repeat, gets the receipt that is stored.

    Args:
        envelope: The statement's signed bytes, judged by ``exchange.accept``.
        authority: The receiving authority.
        outcome: ``admitted`` or ``void``, as in the receipt.
        now: The node's time.
        sign_receipt: Makes the signed receipt for a log index.
        project: Runs last in the same transaction; what it raises undoes everything.

    Raises:
        WireError, StatementError: The bytes are not a statement.

    Source:
        PROTOCOL rules 9 and 10, section 3.
    """
    statement_id: str = statement_columns(envelope)["statement_id"]
    try:
        with transaction.atomic():
            known = receipt_given(statement_id, authority=authority)
            if known is not None:
                return Arrival(known, first=False)
            # Step 1.
            receipt = sign_receipt(log.next_index())
            # Step 2.
            fields = {"statement": statement_id}
            event = Event(f"statement:receive:{outcome}", now, authority, fields)
            index = log.append(event, statement_id=statement_id)
            row = statements.store(Way.RECEIVED, envelope, authority=authority, now=now, log_index=index)
            statements.store_receipt(Way.SENT, receipt, authority=authority, now=now)
            # Step 3.
            project(row)
            stop_at("receive.commit:before")
    except IntegrityError:
        # Two arrivals at once on PostgreSQL: the other one won and its receipt is the receipt.
        winner = receipt_given(statement_id, authority=authority)
        if winner is None:
            raise
        return Arrival(winner, first=False)
    stop_at("receive.commit:after")
    return Arrival(receipt, first=True)
