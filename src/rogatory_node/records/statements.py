"""Signed statements and receipts: stored once, given back byte for byte."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from rogatory_node.base import NodeError
from rogatory_node.records.columns import receipt_columns, statement_columns
from rogatory_node.records.models import SignedReceipt, SignedStatement, Way

__all__ = [
    "Way",
    "envelope",
    "find",
    "find_receipt",
    "in_case",
    "in_thread",
    "receipts_of_thread",
    "store",
    "store_receipt",
]


def store(way: Way, envelope: bytes, *, authority: str, now: datetime, log_index: int) -> SignedStatement:
    """Keep a statement's bytes with the columns derived from them; the caller's transaction holds it.

    Args:
        way: Whether the authority sent or received it.
        envelope: The signed bytes. They were verified, or are our own: nothing is verified here.
        authority: The authority of this node for which it is kept.
        now: The node's time.
        log_index: The custody leaf of the act.

    Raises:
        WireError, StatementError: The bytes are not a statement.
        NodeError: NODE-200 they are a receipt; NODE-205 the authority is not the one that the statement
            names.
        IntegrityError: It is stored already.
    """
    derived = statement_columns(envelope)
    if derived["sender" if way == Way.SENT else "recipient"] != authority:
        raise NodeError("NODE-205", authority=authority)
    return SignedStatement.objects.create(
        authority=authority, way=way, envelope=envelope, stored_at=now, log_index=log_index, **derived
    )


def store_receipt(way: Way, envelope: bytes, *, authority: str, now: datetime) -> SignedReceipt:
    """Keep a receipt's bytes: ``SENT`` is one that we gave, ``RECEIVED`` one that we hold.

    A receipt that is held already stays as it is and is returned: the same id has the same receipt for ever
    (PROTOCOL rule 10).

    Raises:
        WireError, StatementError: The bytes are not a receipt.
        NodeError: NODE-201 they are a statement.
    """
    derived = receipt_columns(envelope)
    kept, _ = SignedReceipt.objects.get_or_create(
        authority=authority,
        of=derived["of"],
        way=way,
        defaults={"envelope": envelope, "stored_at": now, **derived},
    )
    return kept


def find(statement_id: str, *, authority: str) -> SignedStatement | None:
    """Return the statement of this id that the authority sent or received."""
    return SignedStatement.objects.filter(authority=authority, statement_id=statement_id).first()


def find_receipt(statement_id: str, *, authority: str, way: Way) -> SignedReceipt | None:
    """Return the receipt of a statement that the authority gave (``SENT``) or holds (``RECEIVED``)."""
    return SignedReceipt.objects.filter(authority=authority, of=statement_id, way=way).first()


def in_thread(thread: str, *, authority: str) -> QuerySet[SignedStatement]:
    """Return the statements of a thread, in no order that means anything: the fold decides."""
    return SignedStatement.objects.filter(authority=authority, thread=thread)


def in_case(case: str, *, authority: str) -> QuerySet[SignedStatement]:
    """Return the statements of a case, over all its threads."""
    return SignedStatement.objects.filter(authority=authority, case=case)


def receipts_of_thread(thread: str, *, authority: str) -> QuerySet[SignedReceipt]:
    """Return the receipts, given and held, of a thread's statements."""
    ids = in_thread(thread, authority=authority).values("statement_id")
    return SignedReceipt.objects.filter(authority=authority, of__in=ids)


def envelope(row: SignedStatement | SignedReceipt) -> bytes:
    """Return the signed bytes of a row; PostgreSQL's driver hands them out as a view."""
    return bytes(row.envelope)
