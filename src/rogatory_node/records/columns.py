"""The only mapping from signed bytes to columns.

Whoever writes a row of ``SignedStatement`` or ``SignedReceipt`` takes its derived columns from here, and
``reindex`` takes them from here again: there is no second way from a payload to a row.
"""

from __future__ import annotations

from typing import Any, Final

from rogatory import envelopes, statements
from rogatory_node.base import NodeError

__all__ = ["RECEIPT_COLUMNS", "STATEMENT_COLUMNS", "receipt_columns", "statement_columns"]

STATEMENT_COLUMNS: Final = (
    "statement_id",
    "media_type",
    "type",
    "case",
    "thread",
    "sender",
    "recipient",
    "seq",
    "prev",
    "seen",
    "about",
    "issued_at",
    "language",
    "instrument",
    "rehearsal",
)
RECEIPT_COLUMNS: Final = (
    "receipt_id",
    "of",
    "outcome",
    "reason",
    "received",
    "register_snapshot",
    "signer_log_index",
    "sender",
)


def statement_columns(envelope: bytes) -> dict[str, Any]:
    """Return the derived columns of a statement.

    It checks no signature: the bytes were admitted, or are our own.

    Args:
        envelope: A DSSE envelope.

    Raises:
        WireError: The bytes are not an envelope of a known document.
        StatementError: The document is not a statement.
        NodeError: NODE-200 it is a receipt.
    """
    identity, media_type, document = _read(envelope)
    if not isinstance(document, statements.Statement):
        raise NodeError("NODE-200", found=document.NAME)
    return {
        "statement_id": identity,
        "media_type": media_type,
        "type": document.NAME,
        "case": document.case,
        # A thread bears the id of its first statement, which cannot name itself.
        "thread": document.thread or identity,
        "sender": document.sender,
        "recipient": document.recipient,
        "seq": document.seq,
        "prev": document.prev or "",
        "seen": list(document.seen),
        "about": getattr(getattr(document, "body", None), "of", None) or "",
        "issued_at": document.issued_at,
        "language": document.language,
        "instrument": document.instrument,
        "rehearsal": document.rehearsal,
    }


def receipt_columns(envelope: bytes) -> dict[str, Any]:
    """Return the derived columns of a receipt; see :func:`statement_columns`.

    Raises:
        NodeError: NODE-201 it is not a receipt.
    """
    identity, _, document = _read(envelope)
    if not isinstance(document, statements.Receipt):
        raise NodeError("NODE-201", found=document.NAME)
    body = document.body
    return {
        "receipt_id": identity,
        "of": body.of,
        "outcome": body.outcome,
        "reason": body.reason or "",
        "received": body.received,
        "register_snapshot": body.register_snapshot,
        "signer_log_index": body.log_index,
        "sender": document.sender,
    }


def _read(envelope: bytes) -> tuple[str, str, statements.Document]:
    outer = envelopes.read(envelope)
    identity = envelopes.identity(outer.payloadType, outer.payload)
    return identity, outer.payloadType, statements.read_payload(outer.payloadType, outer.payload)
