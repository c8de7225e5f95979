"""``onward_transfer``: what was received went on to somebody else."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.values import Day, PartyCode, ShortText, StatementId

__all__ = ["OnwardTransfer", "OnwardTransferBody"]


class OnwardTransferBody(About):
    """Which statement of the other side gave it, to whom it went, for what, and the consent it rests on."""

    to_party: PartyCode
    to: ShortText
    purpose: Words
    on: Day
    consent: StatementId | None = None


class OnwardTransfer(Statement):
    """Told so that a recall can follow it. Whether it was allowed is a question of law (art. 36)."""

    NAME: ClassVar[str] = "onward_transfer"

    type: Literal["onward_transfer"] = "onward_transfer"
    body: OnwardTransferBody
