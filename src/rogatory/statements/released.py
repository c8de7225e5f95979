"""``released``: the requested Party no longer keeps what it preserved."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import AboutItems
from rogatory.statements.header import Statement, Words
from rogatory.values import Instant

__all__ = ["Released", "ReleasedBody"]


class ReleasedBody(AboutItems):
    """Which items are released (none: all), since when, and what led to it."""

    at: Instant | None = None
    cause: Literal["lapsed", "withdrawn", "no_longer_needed", "recalled", "order_ended", "other"]
    note: Words | None = None


class Released(Statement):
    """The provider was told that it need not keep the data; whether it still does is not said."""

    NAME: ClassVar[str] = "released"

    type: Literal["released"] = "released"
    body: ReleasedBody
