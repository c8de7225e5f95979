"""``query``: the requested Party asks what it needs to know before it can act."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words
from rogatory.values import Frozen, ShortText

__all__ = ["Query", "QueryBody", "Question"]


class Question(Frozen):
    """One numbered question, about one item or the whole request; ``phrase`` names a set phrase."""

    number: Annotated[int, Field(ge=1, le=99)]
    item: ItemNumber | None = None
    phrase: ShortText | None = None
    words: Words


class QueryBody(About):
    """The questions that one request leaves open."""

    questions: tuple[Question, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _check_numbers(self) -> Self:
        acts.check_numbers(question.number for question in self.questions)
        return self


class Query(Statement):
    """A question is no refusal: the items stay open while it waits."""

    NAME: ClassVar[str] = "query"

    type: Literal["query"] = "query"
    body: QueryBody
