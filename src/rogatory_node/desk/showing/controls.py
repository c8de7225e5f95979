"""From a model to its fields: the annotation says how a member is typed, the tables what it is called.

So a member that a statement gains is asked for and read without another line here; only its words are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from rogatory.statements import Condition, Offence, PathEntry, Words
from rogatory.values import Day, Identifier, Instant, PartyCode, Period
from rogatory_node.desk.showing.choices import choice
from rogatory_node.desk.showing.fields import DAY, INSTANT, LAID_OUT, YES_NO, Field, Kind, Text
from rogatory_node.desk.showing.labels import IDENTIFIER_LABELS, REQUEST_LABELS, Label
from rogatory_node.desk.showing.labels_acts import ACT_LABELS

__all__ = ["LABELS", "Control", "control", "fields_of", "label"]

LABELS: Final = {**REQUEST_LABELS, **ACT_LABELS}

SIMPLE: Final[tuple[tuple[Any, Kind], ...]] = (
    (Words, "words"),
    (Day, "day"),
    (Instant, "instant"),
    (PartyCode, "party"),
)
LISTED: Final[tuple[tuple[Any, Kind], ...]] = (
    (Words, "words_list"),
    (Condition, "conditions"),
    (PathEntry, "path"),
    (Identifier, "identifiers"),
)
PLAIN: Final[dict[Any, Kind]] = {bool: "yesno", int: "number"}
HINTS: Final[dict[Kind, Text]] = {"day": DAY, "instant": INSTANT}
SIZES: Final[dict[Kind, int]] = {"day": 10, "number": 4, "party": 3, "text": 30, "instant": 20, "numbers": 10}


@dataclass(frozen=True, slots=True)
class Control:
    """How a member is typed and read: the kind of its field, the values of a choice, the model inside."""

    kind: Kind
    values: tuple[str, ...] = ()
    model: type[BaseModel] | None = None


@cache
def control(owner: type, member: str) -> Control:
    """Return how a member of a model is typed, by its annotation."""
    return _control(get_type_hints(owner, include_extras=True)[member])


def _control(hint: Any) -> Control:
    hint = _bare(hint)
    simple = next((kind for known, kind in SIMPLE if hint == known), None)
    if simple is not None:
        return Control(simple)
    inner = _plain(hint)
    if get_origin(inner) is Literal:
        return Control("choice", tuple(map(str, get_args(inner))))
    if get_origin(inner) is tuple:
        return _listed(get_args(inner)[0])
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return Control("group", model=inner)
    return Control(PLAIN.get(inner, "text"))


def _listed(hint: Any) -> Control:
    for known, kind in LISTED:
        if hint == known:
            return Control(kind)
    return Control("numbers" if _plain(hint) is int else "list")


def _bare(hint: Any) -> Any:
    """Return what a member holds where it holds anything."""
    if get_origin(hint) in (Union, UnionType):
        held = [each for each in get_args(hint) if each is not NoneType]
        if len(held) == 1:
            return held[0]
    return hint


def _plain(hint: Any) -> Any:
    """Return an annotated type without what narrows it."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    return hint


def label(owner: type, member: str) -> Label:
    """Return what a member of a model is called, and its help line."""
    found = LABELS.get(owner, {}).get(member)
    return found if found is not None else IDENTIFIER_LABELS[member]


def fields_of(
    owner: type[BaseModel], path: str, *, leave_out: Iterable[str] = (), whole: bool = False
) -> tuple[Field, ...]:
    """Return the fields of a model, those of the models inside it after a heading of their own.

    Args:
        owner: The model.
        path: Where it stands in the body, with dots; empty for the body itself.
        leave_out: Members that are not asked for.
        whole: Whether the model has to be there, so that what it requires is required.
    """
    found: list[Field] = []
    for name in (each for each in owner.model_fields if each not in set(leave_out)):
        needed = whole and owner.model_fields[name].is_required()
        found += _field(owner, name, f"{path}.{name}" if path else name, needed=needed)
    return tuple(_without_last_rule(found))


def _without_last_rule(found: list[Field]) -> Iterator[Field]:
    """Yield the fields; a rule before another heading, or at the very end, parts nothing."""
    for each, after in zip(found, [*found[1:], None], strict=True):
        if each.kind != "end" or (after is not None and after.kind not in LAID_OUT):
            yield each


def _field(owner: type[BaseModel], member: str, path: str, *, needed: bool) -> tuple[Field, ...]:
    how, (words, hint) = control(owner, member), label(owner, member)
    if how.model is Period:
        return _period(path, words)
    if how.model is not None:
        # A penal provision has a text, a penalty and a day: a request asks for them, an act leaves them out.
        left = ("provisions",) if how.model is Offence else ()
        return (
            Field(path, words, "group", hint, required=needed),
            *fields_of(how.model, path, leave_out=left, whole=needed),
            Field(path, "", "end"),
        )
    options = (
        YES_NO if how.kind == "yesno" else tuple((each, choice(owner, member, each)) for each in how.values)
    )
    kind: Kind = "articles" if member == "convention_articles" else how.kind
    size = SIZES.get(kind, 20)
    return (Field(path, words, kind, hint or HINTS.get(kind, ""), options, size, required=needed),)


def _period(path: str, words: Text) -> tuple[Field, ...]:
    return (
        Field(path, words, "group"),
        Field(f"{path}.start", _("From"), "moment", INSTANT),
        Field(f"{path}.end", _("To"), "moment", INSTANT),
        Field(path, "", "end"),
    )
