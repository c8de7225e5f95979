"""Any statement that has no page of its own yet, read member by member: nothing that it says is left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString
from pydantic import BaseModel

from rogatory.statements import Statement, Words
from rogatory.values import Moment
from rogatory_node.desk.showing.freetext import words
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name

__all__ = ["other_facts", "spelled"]


def other_facts(statement: Statement) -> tuple[Fact, ...]:
    """Return each member of a statement's body as a line; which statement it speaks of is shown elsewhere."""
    body: BaseModel = statement.body  # type: ignore[attr-defined]  # every type has a body
    return tuple(Fact(term, value) for member, term, value in _members(body) if member != "of")


def spelled(member: str) -> str:
    """Return the name of a member or of a type as words."""
    return member.replace("_", " ").capitalize()


def _members(model: BaseModel) -> Iterator[tuple[str, str, SafeString]]:
    for member in type(model).model_fields:
        value = getattr(model, member)
        if value is not None and value != ():
            yield member, spelled(member), _value(value)


def _value(value: object) -> SafeString:
    if isinstance(value, Words):
        return words(value)
    if isinstance(value, Moment):
        return name(value.verbatim)
    if isinstance(value, BaseModel):
        return _listed([joined(term, ": ", inner) for _, term, inner in _members(value)], "; ")
    if isinstance(value, tuple):
        return _listed([_value(each) for each in value], " \N{MIDDLE DOT} ")
    return name(str(value))


def _listed(parts: list[SafeString], between: str) -> SafeString:
    separated: list[str] = [piece for part in parts for piece in (between, part)]
    return joined(*separated[1:])
