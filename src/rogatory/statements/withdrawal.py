"""``withdrawal``: the requesting Party no longer asks."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words

__all__ = ["Withdrawal", "WithdrawalBody"]


class WithdrawalBody(About):
    """Which request is withdrawn, for which items (none: all)."""

    items: tuple[ItemNumber, ...] = Field(default=(), max_length=200)
    reason: Words | None = None

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        acts.check_numbers(self.items)
        return self


class Withdrawal(Statement):
    """The requesting Party withdraws a request or some of its items."""

    NAME: ClassVar[str] = "withdrawal"

    type: Literal["withdrawal"] = "withdrawal"
    body: WithdrawalBody
