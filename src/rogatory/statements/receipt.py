"""``receipt``: the receiving node stored a statement, and how it judged it, once and for ever."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import StatementError
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

    @model_validator(mode="after")
    def _check_reason(self) -> Self:
        check_reason(self)
        return self


def check_reason(body: ReceiptBody) -> None:
    """Refuse a void without its reason, and a reason for what was admitted."""
    if (body.reason is not None) is not (body.outcome == "void"):
        raise StatementError("STMT-009")


class Receipt(Document):
    """Proof of arrival. It has no place in the thread and is itself never receipted (rule 10)."""

    NAME: ClassVar[str] = "receipt"

    type: Literal["receipt"] = "receipt"
    body: ReceiptBody
