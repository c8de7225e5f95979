"""``assurance``: the requesting Party promises something about its own request."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.values import ShortText

__all__ = ["Assurance", "AssuranceBody"]


class AssuranceBody(About):
    """What is promised, and on which provision it rests, if it rests on one."""

    promises: tuple[Words, ...] = Field(min_length=1, max_length=20)
    provision: ShortText | None = None


class Assurance(Statement):
    """Given unasked or on a query: reciprocity, speciality, treatment. It binds who gives it."""

    NAME: ClassVar[str] = "assurance"

    type: Literal["assurance"] = "assurance"
    body: AssuranceBody
