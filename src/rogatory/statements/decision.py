"""``decision``: the requested Party says what it will do, item by item."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, Ground, ItemNumber
from rogatory.statements.header import Statement, Words
from rogatory.values import Frozen, ShortText

__all__ = ["Decision", "DecisionBody", "ItemDecision"]


class ItemDecision(Frozen):
    """What was decided on one item. A refusal or a postponement names its ground."""

    number: ItemNumber
    outcome: Literal["accepted", "refused", "postponed"]
    ground: Ground | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _check_ground(self) -> Self:
        acts.check_ground(refused=self.outcome == "refused", ground=self.ground)
        return self


class DecisionBody(About):
    """Decisions on a request, each on one of its items."""

    items: tuple[ItemDecision, ...] = Field(min_length=1, max_length=200)
    consulted: bool = False  # art40.p28: where consultation is owed, that it took place
    executing_authority: ShortText | None = None

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        acts.check_numbers(item.number for item in self.items)
        return self


class Decision(Statement):
    """Accepted is not executed: the report says what was done."""

    NAME: ClassVar[str] = "decision"

    type: Literal["decision"] = "decision"
    body: DecisionBody
