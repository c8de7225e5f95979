"""Any model of a statement, read member by member in the words of its fields: nothing it says is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from pydantic import BaseModel

from rogatory.statements import Words
from rogatory.values import Moment, Period
from rogatory_node.desk.showing import counting, places, times
from rogatory_node.desk.showing.choices import choice
from rogatory_node.desk.showing.controls import control, label
from rogatory_node.desk.showing.freetext import cited, words
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, name

__all__ = ["as_facts", "inline"]

DIGESTS = 64
CITED = ("provision", "convention_articles")


def as_facts(model: BaseModel, *, leave_out: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Return each member of a model as a line, in the model's order; what is absent has none."""
    return tuple(Fact(term, value) for term, value in _members(model, leave_out))


def inline(model: BaseModel, *, leave_out: Iterable[str] = ()) -> SafeString:
    """Return the members of a model in one line, each after its name."""
    return _listed((_pair(*each) for each in _members(model, leave_out)), "; ")


def _members(model: BaseModel, leave_out: Iterable[str]) -> Iterator[tuple[str, SafeString]]:
    owner, left = type(model), {"kind", *leave_out}
    for member in (each for each in owner.model_fields if each not in left):
        value = getattr(model, member)
        if value is not None and value != ():
            term = str(label(owner, member)[0])
            yield term, _value(owner, member, value)


def _pair(term: str, value: SafeString) -> SafeString:
    return joined(term, value) if term.endswith("?") else joined(term, ": ", value)


def _value(owner: type[BaseModel], member: str, value: object) -> SafeString:
    if isinstance(value, bool):
        return name(_("yes") if value else _("no"))
    if isinstance(value, tuple):
        parts = [_value(owner, member, each) for each in value]
        return _listed(parts, " \N{MIDDLE DOT} ")
    if isinstance(value, str):
        return _text(owner, member, value)
    return _one(value)


def _text(owner: type[BaseModel], member: str, value: str) -> SafeString:
    how = control(owner, member)
    if how.kind == "choice":
        return joined(str(choice(owner, member, value)))
    if how.kind == "party":
        return joined(places.party(value))
    if member in CITED:
        return cited(value)
    if len(value) == DIGESTS and value.isalnum():
        return code(counting.groups(value))
    return name(value)


def _one(value: object) -> SafeString:
    """Return a value that needs no member to be read."""
    for kind, reader in _READ:
        if isinstance(value, kind):
            return reader(value)
    return name(str(value))


def _period(value: Period) -> SafeString:
    ends = [_moment(each) if each else _("not stated") for each in (value.start, value.end)]
    return joined(ends[0], " ", _("to"), " ", ends[1])


def _model(value: BaseModel) -> SafeString:
    verbatim = getattr(value, "verbatim", "")
    if not verbatim:
        return inline(value)
    more = inline(value, leave_out=("verbatim", "normalised"))
    read = [" = ", code(value.normalised)] if getattr(value, "normalised", verbatim) != verbatim else []  # type: ignore[attr-defined]  # asked in the same line
    return joined(code(verbatim), *read, *([" (", more, ")"] if more else []))


def _moment(value: Moment) -> SafeString:
    clock = [", ", name(value.clock_source)] if value.clock_source else []
    error = [f", ± {value.error_seconds} s"] if value.error_seconds is not None else []
    return joined(times.moment(value), *clock, *error)


# An instant is a day too, and each of these a model: the narrower comes first.
_READ: Final[tuple[tuple[type, Callable[[Any], SafeString]], ...]] = (
    (Words, words),
    (Moment, _moment),
    (Period, _period),
    (datetime, lambda at: code(at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))),
    (date, lambda day: joined(times.day_of(day))),
    (BaseModel, _model),
)


def _listed(parts: Iterable[SafeString], between: str) -> SafeString:
    separated: list[str] = [piece for part in parts for piece in (between, part)]
    return joined(*separated[1:])
