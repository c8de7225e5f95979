"""``spontaneous_information``: a Party tells what nobody asked for (art. 40(4) and (5))."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import Condition
from rogatory.statements.delivery import UseConditions
from rogatory.statements.header import Statement, Words
from rogatory.statements.request import Offence, Secrecy
from rogatory.values import Digest, Frozen, Identifier, ShortText

__all__ = ["Obtained", "SpontaneousInformation", "SpontaneousInformationBody"]


class Obtained(Frozen):
    """How the information was come by, and by whose authority (PRACTICE section 4)."""

    how: Words
    authority: ShortText
    reference: ShortText | None = None


class SpontaneousInformationBody(Frozen):
    """What is told, where it comes from, and the use that is permitted.

    ``conditions`` are numbered restrictions that the receiving Party accepts one by one; ``secrecy`` is
    the confidentiality asked for, always with an end.
    """

    information: Words
    obtained: Obtained
    use: UseConditions
    offence: Offence | None = None
    identifiers: tuple[Identifier, ...] = Field(default=(), max_length=200)
    sources: tuple[Digest, ...] = Field(default=(), max_length=50)
    conditions: tuple[Condition, ...] = Field(default=(), max_length=50)
    secrecy: Secrecy | None = None

    @model_validator(mode="after")
    def _check_conditions(self) -> Self:
        acts.check_numbers(each.number for each in self.conditions)
        return self


class SpontaneousInformation(Statement):
    """It opens a thread or follows in one; it asks for nothing."""

    NAME: ClassVar[str] = "spontaneous_information"

    type: Literal["spontaneous_information"] = "spontaneous_information"
    body: SpontaneousInformationBody
