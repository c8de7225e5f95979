"""``returned_or_destroyed``: what was received is no longer held."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.values import Day, ShortText

__all__ = ["ReturnedOrDestroyed", "ReturnedOrDestroyedBody"]


class ReturnedOrDestroyedBody(About):
    """Which statement of the other side gave it, what became of it, when and how."""

    outcome: Literal["returned", "destroyed"]
    on: Day
    method: ShortText | None = None
    kept: Words | None = None  # what stays, such as a court's file, and why


class ReturnedOrDestroyed(Statement):
    """A statement of the Party that held it; copies elsewhere are not vouched for."""

    NAME: ClassVar[str] = "returned_or_destroyed"

    type: Literal["returned_or_destroyed"] = "returned_or_destroyed"
    body: ReturnedOrDestroyedBody
