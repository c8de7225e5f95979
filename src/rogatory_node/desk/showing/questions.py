"""The questions of a request, as data: which field writes which member, and in which order they are asked.

A member that was left empty is absent, never an empty text: absent particulars are findings. What cannot be
read is kept as it was typed, and the page says so beside its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rogatory_node.desk.form import Reader
from rogatory_node.look import PSEUDO

__all__ = ["ORDER", "Field", "Question", "of", "opening", "question", "read", "value_of", "write"]

Kind = Literal["text", "words", "day", "number", "articles", "choice", "list"]
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question.

    Args:
        path: The member it writes, with dots: ``offence.conduct``.
        label: What is asked.
        kind: How it is read: one line, free text, a day, a number, articles, one of several, a list of lines.
        hint: What helps to answer.
        choices: Values and words of a choice.
        size: Width in characters.
        only: The kind of request that it is for; empty for both.
    """

    path: str
    label: Text
    kind: Kind = "text"
    hint: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    size: int = 20
    only: str = ""

    @property
    def name(self) -> str:
        """Return the name of the input."""
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a request: its fields, or nothing for those that read lines and items."""

    key: str
    title: Text
    short: Text
    fields: tuple[Field, ...] = ()
    members: tuple[str, ...] = ()


DAY = _("Year, month, day: 2028-06-11")
VICTIMS: tuple[tuple[str, Text], ...] = (
    ("person", _("a person")),
    ("organisation", _("an organisation")),
    ("state", _("the State")),
    ("official", _("an official")),
    ("none_identified", _("none identified")),
)
URGENCY: tuple[tuple[str, Text], ...] = (
    ("routine", _("Routine")),
    ("urgent", _("Urgent: data will be lost or changed soon")),
    ("emergency", _("Emergency: a person's life or safety is at risk")),
)
MINOR: tuple[tuple[str, Text], ...] = (("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")))

ORDER: tuple[Question, ...] = (
    Question(
        "offence",
        _("What happened, and who investigates it?"),
        _("Offence and facts"),
        (
            Field(
                "offence.conduct",
                _("The conduct"),
                "words",
                _("What was done, not what it is called. Their lawyer compares the conduct."),
            ),
            Field("offence.harm", _("The harm"), "words"),
            Field("offence.victim", _("The victim"), "choice", choices=VICTIMS),
            Field(
                "offence.convention_articles",
                _("Convention offence"),
                "articles",
                _("Numbers of articles 7 to 17, such as 13. Empty if it is none of them."),
                size=10,
            ),
            Field(
                "offence.provision.citation", _("Penal provision"), "text", _("As a lawyer cites it"), size=30
            ),
            Field("offence.provision.text", _("What it says"), "words"),
            Field(
                "offence.provision.maximum_penalty_months",
                _("Maximum penalty, in months"),
                "number",
                size=4,
            ),
            Field("offence.provision.enacted", _("Enacted on"), "day", DAY, size=10),
            Field("facts", _("The facts, briefly"), "words"),
            Field("case_unit.name", _("Unit that investigates"), "text", size=30),
            Field("case_unit.prosecutor", _("Prosecutor's office"), "text", size=30),
            Field("case_unit.reference", _("Their reference"), "text"),
        ),
        ("offence", "facts", "case_unit"),
    ),
    Question(
        "identifiers",
        _("Which identifiers and times do you have?"),
        _("Identifiers and times"),
    ),
    Question("items", _("Which data, of what period?"), _("Items and periods"), members=("items",)),
    Question(
        "haste",
        _("Why in haste?"),
        _("Why in haste"),
        (
            Field("urgency", _("How urgent is it?"), "choice", choices=URGENCY),
            Field("deadline", _("Deadline, if there is one"), "day", DAY, size=10),
            Field("deadline_reason", _("Its reason"), "words", _("A hearing, a detention, a day of loss.")),
            Field(
                "call_back",
                _("Number on which they can call you back"),
                "text",
                _("As the register states it."),
            ),
        ),
        ("urgency", "deadline", "deadline_reason", "call_back"),
    ),
    Question(
        "follows",
        _("What follows?"),
        _("What follows"),
        (
            Field("purpose", _("What you will ask for next, and why it is needed"), "words"),
            Field("follow_up_planned", _("By which day"), "day", DAY, size=10, only="preservation"),
            Field("domestic_authorisation.authority", _("Who authorised it at home"), only="stored_data"),
            Field("domestic_authorisation.reference", _("Reference"), only="stored_data"),
            Field("domestic_authorisation.date", _("Date"), "day", DAY, size=10, only="stored_data"),
            Field("form_of_evidence", _("The form that your court needs"), "words", only="stored_data"),
            Field(
                "privilege_filter",
                _("What must be withheld, such as letters of lawyers"),
                "words",
                only="stored_data",
            ),
            Field(
                "proceedings_of_use",
                _("Proceedings in which it will be used"),
                "list",
                _("One a line."),
                only="stored_data",
            ),
        ),
        (
            "purpose",
            "follow_up_planned",
            "domestic_authorisation",
            "form_of_evidence",
            "privilege_filter",
            "proceedings_of_use",
        ),
    ),
    Question(
        "secrecy",
        _("Must it be kept secret?"),
        _("Secrecy"),
        (
            Field(
                "secrecy.until",
                _("Secret until"),
                "day",
                _("At most 12 months. Year, month, day: 2028-09-13"),
                size=10,
            ),
            Field(
                "secrecy.reason",
                _("The reason"),
                "words",
                _("Secrecy always has an end and a reason; then the user is told."),
            ),
            Field("suspect_is_minor", _("Is the suspect a minor?"), "choice", choices=MINOR),
        ),
        ("secrecy", "suspect_is_minor"),
    ),
)


def question(key: str) -> Question | None:
    """Return a question by its key."""
    return next((each for each in ORDER if each.key == key), None)


def of(asked: Question, kind: str) -> tuple[Field, ...]:
    """Return the fields of a question for a kind of request."""
    return tuple(each for each in asked.fields if each.only in ("", kind))


def opening(reader: Reader) -> dict[str, Any]:
    """Return the body with which a request begins."""
    kind = reader.text("kind")
    body: dict[str, Any] = {"kind": kind if kind in ("preservation", "stored_data") else "preservation"}
    if reference := reader.text("reference"):
        body["reference"] = reference[:200]
    return body


def read(asked: Field, typed: str) -> Any:
    """Return the member that a typed text comes to; None where it is empty."""
    if not typed:
        return None
    return _READ[asked.kind](typed)


def _words(typed: str) -> dict[str, str]:
    language = get_language() or "en"
    return {"original": typed, "language": "en" if language == PSEUDO else language}


def _number(typed: str) -> int | str:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else typed


def _articles(typed: str) -> list[str]:
    numbers = [each for each in typed.replace(";", ",").replace(" ", ",").split(",") if each]
    return [
        each if "/" in each else f"hanoi_2024/art{int(each)}" if each.isdecimal() else each
        for each in numbers
    ]


_READ: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "words": _words,
    "day": str,
    "number": _number,
    "articles": _articles,
    "choice": str,
    "list": lambda typed: [line.strip() for line in typed.splitlines() if line.strip()],
}


def write(raw: dict[str, Any], path: str, value: Any) -> None:
    """Set a member of a body, or leave it out where there is none; a parent without members goes too.

    ``offence.provision`` is the first of the provisions: the desk asks for one.
    """
    *parents, last = path.split(".")
    place: dict[str, Any] = raw
    trail: list[tuple[dict[str, Any], str]] = []
    for each in parents:
        trail.append((place, each))
        place = _step(place, each)
    if value is None:
        place.pop(last, None)
    elif isinstance(value, dict) and isinstance(kept := place.get(last), dict) and "translations" in kept:
        # A translation that somebody added elsewhere stays with the text for which it was made.
        place[last] = kept if kept.get("original") == value.get("original") else value
    else:
        place[last] = value
    for above, name in reversed(trail):
        _prune(above, name)


def _step(place: dict[str, Any], name: str) -> dict[str, Any]:
    if name == "provision":
        rows = place.setdefault("provisions", [])
        if not isinstance(rows, list) or not rows:
            rows = place["provisions"] = [{}]
        found = rows[0]
    else:
        found = place.setdefault(name, {})
    if not isinstance(found, dict):
        found = place[name] = {}
    assert isinstance(found, dict)
    return found


def _prune(above: dict[str, Any], name: str) -> None:
    if name == "provision":
        above["provisions"] = [each for each in above.get("provisions", []) if each]
        name = "provisions"
    if not above.get(name):
        above.pop(name, None)


def value_of(raw: Mapping[str, Any], asked: Field) -> str:
    """Return what stands in the field: what was typed, from what it became."""
    place: Any = raw
    for each in asked.path.split("."):
        if each == "provision":
            rows = place.get("provisions", []) if isinstance(place, Mapping) else []
            place = rows[0] if isinstance(rows, list) and rows else {}
        else:
            place = place.get(each) if isinstance(place, Mapping) else None
    return _shown(asked, place)


def _shown(asked: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("original", ""))
    if asked.kind == "articles" and isinstance(value, list):
        return ", ".join(str(each).removeprefix("hanoi_2024/art") for each in value)
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value)
