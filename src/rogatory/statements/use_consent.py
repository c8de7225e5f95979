"""``use_consent``: the Party that gave something answers whether it may be used otherwise."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.values import PartyCode, ShortText

__all__ = ["UseConsent", "UseConsentBody"]


class UseConsentBody(About):
    """Which own statement gave it, and the other use, or the Party to which it may go on (art. 40(19))."""

    outcome: Literal["granted", "refused"]
    use: Literal["intelligence", "lead", "evidence"] | None = None
    proceedings: tuple[ShortText, ...] = Field(default=(), max_length=20)
    onward_to: PartyCode | None = None
    words: Words | None = None


class UseConsent(Statement):
    """What it does not name stays as it was; it is asked for by a query."""

    NAME: ClassVar[str] = "use_consent"

    type: Literal["use_consent"] = "use_consent"
    body: UseConsentBody
