"""``status``: the requested Party says how far execution has come."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import AboutItems
from rogatory.statements.header import Statement, Words
from rogatory.values import Day

__all__ = ["Status", "StatusBody"]


class StatusBody(AboutItems):
    """Words on items (none: all), and the day by which more is expected."""

    words: Words
    expected: Day | None = None


class Status(Statement):
    """It changes no state of an item; only a report does."""

    NAME: ClassVar[str] = "status"

    type: Literal["status"] = "status"
    body: StatusBody
