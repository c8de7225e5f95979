"""``ratified``: the approvals that a statement sent by one person still lacked."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import About
from rogatory.statements.header import Statement

__all__ = ["Ratified", "RatifiedBody"]


class RatifiedBody(About):
    """Which statement of the own side is ratified; the header carries the approvals."""


class Ratified(Statement):
    """A second person stands behind what one person sent at night (PRACTICE section 1)."""

    NAME: ClassVar[str] = "ratified"

    type: Literal["ratified"] = "ratified"
    body: RatifiedBody
