"""Members that several types share: which statement is meant, and how an item stands."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import StatementError
from rogatory.statements.header import Words
from rogatory.values import Day, Frozen, Instant, PartyCode, ShortText, StatementId

__all__ = [
    "About",
    "AboutItems",
    "Condition",
    "Ground",
    "ItemNumber",
    "ItemState",
    "State",
    "check_ground",
    "check_numbers",
]

ItemNumber = Annotated[int, Field(ge=1, le=999)]


class About(Frozen):
    """A body that speaks of one earlier statement of the thread."""

    of: StatementId


def check_numbers(numbers: Iterable[int]) -> None:
    """Refuse a body that speaks twice of one number: two readers could hear two things."""
    listed = list(numbers)
    if len(set(listed)) != len(listed):
        raise StatementError("STMT-005")


class AboutItems(About):
    """A body that speaks of items of one earlier statement; of all of them if it names none."""

    items: tuple[ItemNumber, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        check_numbers(self.items)
        return self


class Condition(Frozen):
    """One numbered condition, and the provision on which it rests, if one is named."""

    number: Annotated[int, Field(ge=1, le=99)]
    words: Words
    provision: ShortText | None = None


class State(StrEnum):
    """How one item stands, as the requested Party states it (PROTOCOL section 2)."""

    EXECUTED = "executed"  # what asks for no data: served, heard, surrendered, frozen, answered
    EXECUTED_IN_PART = "executed_in_part"
    MEASURES_TAKEN = "measures_taken"  # whether data exist stays undisclosed
    PRESERVED = "preserved"
    PRESERVED_IN_PART = "preserved_in_part"
    CANNOT_IDENTIFY = "cannot_identify"
    VANISHED = "vanished"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"
    POSTPONED = "postponed"
    DISCLOSED = "disclosed"
    RELEASED = "released"


class Ground(Frozen):
    """A ground of refusal or postponement: the provision, and as much of a reason as is given.

    For art. 40(22) and 37(15) the number alone may be sent (PRACTICE section 2).
    """

    provision: ShortText
    reason: Words | None = None


class ItemState(Frozen):
    """What the requested Party says of one item."""

    number: ItemNumber
    state: State
    effected: Instant | None = None  # art42: preservation runs from the day it is effected
    until: Day | None = None  # the date the requested Party states
    missing: Words | None = None
    elsewhere_party: PartyCode | None = None
    elsewhere_provider: ShortText | None = None
    ground: Ground | None = None
    result: Words | None = None  # what was done or found; data travel sealed
    next_step: Words | None = None
    provider_reference: ShortText | None = None
    certainty: Literal["stated", "provisional"] = "stated"

    @model_validator(mode="after")
    def _check_ground(self) -> Self:
        check_ground(refused=self.state is State.REFUSED, ground=self.ground)
        return self


def check_ground(*, refused: bool, ground: Ground | None) -> None:
    """Refuse a refusal that names no ground (PRACTICE section 2: the grounds are a closed list)."""
    if refused and ground is None:
        raise StatementError("STMT-006")
