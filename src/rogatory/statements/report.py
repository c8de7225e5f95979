"""``report``: the requested Party says how each item stands."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, ItemState
from rogatory.statements.header import Statement, Words

__all__ = ["Report", "ReportBody"]


class ReportBody(About):
    """The state of items of a request, as of this statement; items not named keep theirs."""

    items: tuple[ItemState, ...] = Field(min_length=1, max_length=200)
    note: Words | None = None

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        acts.check_numbers(item.number for item in self.items)
        return self


class Report(Statement):
    """What was done, item by item. A later report speaks over an earlier one."""

    NAME: ClassVar[str] = "report"

    type: Literal["report"] = "report"
    body: ReportBody
