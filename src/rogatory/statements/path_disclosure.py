"""``path_disclosure``: while it preserves traffic data, the requested Party tells where the path leads.

It is an act of the requested Party and never a kind of request (art. 43; PRACTICE section 2).
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import StatementError
from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words
from rogatory.values import Frozen, IpAddress, Moment, PartyCode, ShortText

__all__ = ["PathDisclosure", "PathDisclosureBody", "PathEntry"]


class PathEntry(Frozen):
    """One point of the path: an address with its port, and when the communication passed there."""

    address: IpAddress
    at: Moment
    provider: ShortText | None = None


class PathDisclosureBody(About):
    """As much traffic data as identifies the other Party's provider and the path, and no more."""

    item: ItemNumber
    provider_party: PartyCode
    provider: ShortText | None = None
    path: tuple[PathEntry, ...] = Field(min_length=1, max_length=50)
    note: Words | None = None


class PathDisclosure(Statement):
    """The path of one communication, found on executing a preservation of traffic data."""

    NAME: ClassVar[str] = "path_disclosure"

    type: Literal["path_disclosure"] = "path_disclosure"
    body: PathDisclosureBody

    @model_validator(mode="after")
    def _check_leads_abroad(self) -> Self:
        check_leads_abroad(self)
        return self


def check_leads_abroad(statement: PathDisclosure) -> None:
    """Refuse a path that ends at home: art. 43 is about a provider in another Party."""
    if statement.body.provider_party == statement.sending_party:
        raise StatementError("STMT-011", party=statement.sending_party)
