"""``conditions_accepted``: a Party binds itself to conditions, number by number."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words

__all__ = ["ConditionsAccepted", "ConditionsAcceptedBody"]


class ConditionsAcceptedBody(About):
    """The numbers accepted. What is not named is not accepted; silence accepts nothing."""

    accepted: tuple[Annotated[int, Field(ge=1, le=99)], ...] = Field(min_length=1, max_length=50)
    note: Words | None = None

    @model_validator(mode="after")
    def _check_numbers(self) -> Self:
        acts.check_numbers(self.accepted)
        return self


class ConditionsAccepted(Statement):
    """Conditions of an offer, or of information given without request, now bind who accepts them."""

    NAME: ClassVar[str] = "conditions_accepted"

    type: Literal["conditions_accepted"] = "conditions_accepted"
    body: ConditionsAcceptedBody
