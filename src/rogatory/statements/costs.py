"""``costs``: the requested Party says what execution costs, and who is to bear it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rogatory.statements.acts import AboutItems
from rogatory.statements.header import Statement, Words

__all__ = ["Costs", "CostsBody"]


class CostsBody(AboutItems):
    """An amount as decimal text, its currency, and whether it is extraordinary, for items (none: all)."""

    nature: Literal["ordinary", "extraordinary"]
    standing: Literal["estimated", "incurred"]
    amount: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$")] | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    words: Words


class Costs(Statement):
    """A statement of cost; terms for extraordinary costs are offered and accepted as conditions."""

    NAME: ClassVar[str] = "costs"

    type: Literal["costs"] = "costs"
    body: CostsBody
