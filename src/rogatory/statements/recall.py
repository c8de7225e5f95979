"""``recall``: the sender was wrong; use stops until a person has acknowledged it."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words

__all__ = ["Recall", "RecallBody"]


class RecallBody(About):
    """Which own statement is recalled, for which items (none: all), and why."""

    items: tuple[ItemNumber, ...] = Field(default=(), max_length=200)
    reason: Words

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        acts.check_numbers(self.items)
        return self


class Recall(Statement):
    """Tops both desks, freezes use, and has to be acknowledged by a person."""

    NAME: ClassVar[str] = "recall"

    type: Literal["recall"] = "recall"
    body: RecallBody
