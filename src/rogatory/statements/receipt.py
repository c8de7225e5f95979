"""``receipt``: the receiving node stored a statement, and how it judged it, once and for ever."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rogatory.statements.header import Document
from rogatory.values import Digest, Frozen, Instant, ShortText, StatementId

__all__ = ["Receipt", "ReceiptBody"]


class ReceiptBody(Frozen):
    """Which statement was stored when, and admitted or void, against which register snapshot.

    Admission is judged once (PROTOCOL rule 9). A void statement keeps its place in the thread and
    changes nothing; ``reason`` is the code of the check that it failed.
    """

    of: StatementId
    outcome: Literal["admitted", "void"]
    reason: ShortText | None = None
    received: Instant
    register_snapshot: Digest
    log_index: Annotated[int, Field(ge=0)] | None = None


class Receipt(Document):
    """Proof of arrival. It has no place in the thread and is itself never receipted (rule 10)."""

    NAME: ClassVar[str] = "receipt"

    type: Literal["receipt"] = "receipt"
    body: ReceiptBody
