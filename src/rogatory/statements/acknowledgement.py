"""``acknowledgement``: a person at the requested Party has opened the statement."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import About
from rogatory.statements.header import Statement
from rogatory.values import ShortText

__all__ = ["Acknowledgement", "AcknowledgementBody"]


class AcknowledgementBody(About):
    """Which statement was opened, and how to reach who opened it.

    A machine's receipt is no acknowledgement: it counts only when a person made it.
    """

    made_by: Literal["person"] = "person"
    role: ShortText
    reference: ShortText | None = None
    contact: ShortText | None = None


class Acknowledgement(Statement):
    """A person has opened it; nothing is accepted or executed yet."""

    NAME: ClassVar[str] = "acknowledgement"

    type: Literal["acknowledgement"] = "acknowledgement"
    body: AcknowledgementBody
