"""``extension``: the requesting Party asks that a preservation go on."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import AboutItems
from rogatory.statements.header import Statement, Words
from rogatory.values import Day

__all__ = ["Extension", "ExtensionBody"]


class ExtensionBody(AboutItems):
    """Which preservation is to go on, for which items (none: all), until when, and why."""

    until: Day | None = None  # a wish; the date that counts is the one that a report states
    reason: Words | None = None
    follow_up_planned: Day | None = None


class Extension(Statement):
    """Asked is not granted: only a report with a later date grants it (PRACTICE section 2)."""

    NAME: ClassVar[str] = "extension"

    type: Literal["extension"] = "extension"
    body: ExtensionBody
