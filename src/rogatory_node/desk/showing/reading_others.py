"""Statements that need no reading of their own, member by member: nothing that one says is left out."""

from __future__ import annotations

from pydantic import BaseModel

from rogatory.statements import Statement
from rogatory_node.desk.showing.reading_members import as_facts
from rogatory_node.look.pictures.thread import Fact

__all__ = ["other_facts"]


def other_facts(statement: Statement) -> tuple[Fact, ...]:
    """Return each member of a statement's body as a line; which statement it speaks of is shown elsewhere."""
    body: BaseModel = statement.body  # type: ignore[attr-defined]  # every type has a body
    return as_facts(body, leave_out=("of",))
