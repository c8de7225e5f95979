"""``hand_over``: another authority of the same Party acts in this thread from now on."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from rogatory.errors import StatementError
from rogatory.statements.header import Statement, Words
from rogatory.values import AuthorityId, Frozen, ShortText, party_of

__all__ = ["HandOver", "HandOverBody"]


class HandOverBody(Frozen):
    """Who acts now, how to reach them, and why."""

    successor: AuthorityId
    reference: ShortText | None = None
    contact: ShortText | None = None
    reason: Words | None = None


class HandOver(Statement):
    """Told to the other Party, whose next statement goes to the successor (PRACTICE section 1).

    How a Party moves the file at home crosses no border and is no statement.
    """

    NAME: ClassVar[str] = "hand_over"

    type: Literal["hand_over"] = "hand_over"
    body: HandOverBody

    @model_validator(mode="after")
    def _check_successor(self) -> Self:
        check_successor(self)
        return self


def check_successor(statement: HandOver) -> None:
    """Refuse a hand-over to another Party's authority, or to the one that hands over."""
    successor = statement.body.successor
    if party_of(successor) != statement.sending_party or successor == statement.sender:
        raise StatementError("STMT-012", successor=successor)
