"""``conditions_offered``: the requested Party says on which conditions it would act."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import AboutItems, Condition
from rogatory.statements.header import Statement
from rogatory.values import Day

__all__ = ["ConditionsOffered", "ConditionsOfferedBody"]


class ConditionsOfferedBody(AboutItems):
    """Numbered conditions for items of a request (none: all), before what, and the day by which to answer."""

    conditions: tuple[Condition, ...] = Field(min_length=1, max_length=50)
    before: Literal["execution", "delivery"]
    answer_by: Day | None = None

    @model_validator(mode="after")
    def _check_conditions(self) -> Self:
        acts.check_numbers(each.number for each in self.conditions)
        return self


class ConditionsOffered(Statement):
    """An offer; it binds once it is accepted (arts. 36 and 40). It is neither decision nor refusal."""

    NAME: ClassVar[str] = "conditions_offered"

    type: Literal["conditions_offered"] = "conditions_offered"
    body: ConditionsOfferedBody
