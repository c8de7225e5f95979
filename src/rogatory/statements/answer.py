"""``answer``: the asked Party answers a query, question by question."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.statements.request import Item
from rogatory.values import Digest, Frozen

__all__ = ["Answer", "AnswerBody", "Reply"]


class Reply(Frozen):
    """The answer to one question, with the digest of what supports it, if anything does."""

    question: Annotated[int, Field(ge=1, le=99)]
    words: Words
    source: Digest | None = None


class AnswerBody(About):
    """Replies, and the items that they correct; a corrected item replaces the one of its number."""

    replies: tuple[Reply, ...] = Field(min_length=1, max_length=50)
    corrected_items: tuple[Item, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _check_numbers(self) -> Self:
        acts.check_numbers(reply.question for reply in self.replies)
        acts.check_numbers(item.number for item in self.corrected_items)
        return self


class Answer(Statement):
    """The answer to a query of the other Party."""

    NAME: ClassVar[str] = "answer"

    type: Literal["answer"] = "answer"
    body: AnswerBody
