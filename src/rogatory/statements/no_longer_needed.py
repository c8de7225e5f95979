"""``no_longer_needed``: the requesting Party lets go of what was preserved or asked."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import AboutItems
from rogatory.statements.header import Statement, Words

__all__ = ["NoLongerNeeded", "NoLongerNeededBody"]


class NoLongerNeededBody(AboutItems):
    """Which items of which own request (none: all), and why."""

    reason: Words | None = None


class NoLongerNeeded(Statement):
    """The request was right and has served; a withdrawal says that it is no longer made."""

    NAME: ClassVar[str] = "no_longer_needed"

    type: Literal["no_longer_needed"] = "no_longer_needed"
    body: NoLongerNeededBody
