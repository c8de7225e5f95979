"""``recall``: the sender was wrong; use stops until a person has acknowledged it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words

__all__ = ["Recall", "RecallBody"]


class RecallBody(About):
    """Which own statement is recalled, for which items (none: all), and why."""

    items: tuple[ItemNumber, ...] = Field(default=(), max_length=200)
    reason: Words


class Recall(Statement):
    """Tops both desks, freezes use, and has to be acknowledged by a person."""

    NAME: ClassVar[str] = "recall"

    type: Literal["recall"] = "recall"
    body: RecallBody
