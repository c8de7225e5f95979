"""Fields of forms, as data: which field writes which member, and how what is typed is read.

A member that was left empty is absent, never an empty text. What cannot be read is kept as it was typed, and
the page says so beside its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.values import instant_text
from rogatory_node.look import PSEUDO

__all__ = [
    "DAY",
    "INSTANT",
    "LAID_OUT",
    "YES_NO",
    "Field",
    "Kind",
    "as_moment",
    "as_words",
    "pointer",
    "read",
    "value_of",
    "write",
]

Kind = Literal[
    "group",
    "end",
    "text",
    "words",
    "day",
    "instant",
    "moment",
    "number",
    "numbers",
    "articles",
    "choice",
    "yesno",
    "party",
    "list",
    "words_list",
    "conditions",
    "identifiers",
    "path",
]
Text = str | Promise

DAY = _("Year, month, day: 2028-06-11")
INSTANT = _("With its zone: 2028-03-14 02:05 +01")
YES_NO: tuple[tuple[str, Text], ...] = (("yes", _("yes")), ("no", _("no")))


LAID_OUT = ("group", "end")
"""Kinds that write nothing: the heading over the members of a part, and the rule under them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Args:
        path: The member it writes, with dots: ``offence.conduct``.
        label: What is asked.
        kind: How it is read: one line, free text, a day, a number, articles, one of several, a list of lines.
        hint: What helps to answer.
        choices: Values and words of a choice.
        size: Width in characters.
        only: The kinds of request that it is for; empty for all.
        but: The kinds that it is not for.
        required: Whether a statement cannot do without it; in a request nothing is.
    """

    path: str
    label: Text
    kind: Kind = "text"
    hint: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    size: int = 20
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    required: bool = False

    @property
    def name(self) -> str:
        """Return the name of the input."""
        return self.path.replace(".", "-")

    def fits(self, kind: str) -> bool:
        """Return whether it is asked for a kind of request."""
        return kind not in self.but and (not self.only or kind in self.only)


def read(asked: Field, typed: str) -> Any:
    """Return the member that a typed text comes to; None where it is empty."""
    if not typed or asked.kind in LAID_OUT:
        return None
    return _READ.get(asked.kind, str)(typed)


def as_words(typed: str) -> dict[str, str]:
    """Return free text as a statement carries it: the text, and the language that the officer works in."""
    language = get_language() or "en"
    return {"original": typed, "language": "en" if language == PSEUDO else language}


def as_moment(typed: str) -> dict[str, Any]:
    """Return a time as it was observed, with the instant that is read in it; none without its zone."""
    for order in ("ymd", "dmy"):
        try:
            found = values.read_moment(typed, order=order)
        except ValuesError:
            continue
        if found.normalised is not None:
            members: dict[str, Any] = found.model_dump(mode="json", exclude_none=True)
            return members
    return {"verbatim": typed}


def _instant(typed: str) -> str:
    for order in ("ymd", "dmy"):
        try:
            found = values.read_moment(typed, order=order).normalised
        except ValuesError:
            continue
        if found is not None:
            return instant_text(found)
    return typed


def _number(typed: str) -> int | str:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else typed


def _articles(typed: str) -> list[str]:
    numbers = [each for each in typed.replace(";", ",").replace(" ", ",").split(",") if each]
    return [
        each if "/" in each else f"hanoi_2024/art{int(each)}" if each.isdecimal() else each
        for each in numbers
    ]


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


_READ: dict[str, Callable[[str], Any]] = {
    "words": as_words,
    "instant": _instant,
    "moment": as_moment,
    "number": _number,
    "articles": _articles,
    "party": lambda typed: typed.lower(),
    "list": _lines,
    "words_list": lambda typed: [as_words(line) for line in _lines(typed)],
    "yesno": lambda typed: typed == "yes",
}


def write(raw: dict[str, Any], path: str, value: Any) -> None:
    """Set a member of a body, or leave it out where there is none; a parent without members goes too."""
    *parents, last = path.split(".")
    place: dict[str, Any] = raw
    trail: list[tuple[dict[str, Any], str]] = []
    for each in parents:
        trail.append((place, each))
        place = _step(place, each)
    if value is None:
        place.pop(last, None)
    elif isinstance(value, dict) and isinstance(kept := place.get(last), dict):
        place[last] = _kept(kept, value)
    else:
        place[last] = value
    for above, name in reversed(trail):
        _prune(above, name)


def _kept(kept: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return what was there while the text is the same: a translation, a zone that was stated elsewhere."""
    same = any(name in value and kept.get(name) == value[name] for name in ("original", "verbatim"))
    return kept if same else value


def _step(place: dict[str, Any], name: str) -> dict[str, Any]:
    found = place.setdefault(name, {})
    if not isinstance(found, dict):
        found = place[name] = {}
    assert isinstance(found, dict)
    return found


def _prune(above: dict[str, Any], name: str) -> None:
    if not above.get(name):
        above.pop(name, None)


def value_of(raw: Mapping[str, Any], asked: Field) -> str:
    """Return what stands in the field: what was typed, from what it became.

    ``offence.provision`` is the first of the provisions, ``offence.provision2`` the second.
    """
    place: Any = raw
    for each in asked.path.split("."):
        at = _provision(each)
        place = place.get(each if at is None else "provisions") if isinstance(place, Mapping) else None
        if at is not None:
            place = place[at] if isinstance(place, list) and at < len(place) else None
    return _shown(asked, place)


def pointer(asked: Field) -> str:
    """Return where the member stands that a field writes, as a JSON Pointer within the body."""
    steps = []
    for each in asked.path.split("."):
        at = _provision(each)
        steps += [each] if at is None else ["provisions", str(at)]
    return "/" + "/".join(steps)


def _provision(step: str) -> int | None:
    """Return the place of the provision that a step of a path names; None if it names something else."""
    number = step.removeprefix("provision")
    if number == step or not (number == "" or number.isdecimal()):
        return None
    return int(number or 1) - 1


def _shown(asked: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return str(value.get("original", value.get("verbatim", "")))
    if asked.kind == "articles" and isinstance(value, list):
        return ", ".join(str(each).removeprefix("hanoi_2024/art") for each in value)
    if isinstance(value, list):
        return "\n".join(
            str(each.get("original", "")) if isinstance(each, Mapping) else str(each) for each in value
        )
    return str(value)
