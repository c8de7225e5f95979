"""How an item stands, from what was typed to the members of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.statements import ItemState
from rogatory.threads import RequestFold
from rogatory.values import instant_text, read_moment
from rogatory_node.base import NodeError
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import wording
from rogatory_node.desk.showing.moves import open_items
from rogatory_node.look import PSEUDO

__all__ = ["DONE", "KEPT", "WITH", "answers", "check", "due", "member", "members", "model", "typed"]

KEPT = ("preserved", "preserved_in_part", "measures_taken")
GONE = ("vanished", "cannot_identify", "elsewhere")
DONE = ("executed", "executed_in_part")
# Which particulars go with which state; the first two are asked for, the rest may be left out.
WITH: dict[str, tuple[str, ...]] = {
    "executed": ("result", "effected", "until", "reference", "next_step"),
    "executed_in_part": ("result", "missing", "effected", "until", "reference", "next_step"),
    "preserved": ("effected", "until", "reference"),
    "preserved_in_part": ("effected", "until", "missing", "reference"),
    "measures_taken": ("effected", "until", "reference"),
    "vanished": ("missing",),
    "cannot_identify": ("next_step",),
    "elsewhere": ("party", "provider"),
    "released": ("next_step",),
}
# What is frozen or held can be let go again.
HOLDING = ("property", "hold_notice")
Answers = Mapping[int, Mapping[str, str]]


def answers(kind: str, category: str) -> tuple[str, ...]:
    """Return the states that an item can be reported in: data are kept and handed over, the rest is executed.

    Data that were asked for in an emergency can be told by a result, as where the police found the person.
    """
    if kind == "preservation":
        return (*KEPT, *GONE, "released")
    if not wording.is_data(category):
        held = ("measures_taken", "cannot_identify", "elsewhere", "released")
        return (*DONE, *(held if kind in HOLDING else ("cannot_identify", "elsewhere")))
    if kind in ("emergency_data", "welfare_emergency"):
        return (*DONE, *KEPT, *GONE)
    return (*KEPT, *GONE, "executed_in_part", "released")


def due(fold: RequestFold) -> list[int]:
    """Return the items that a report speaks of: those accepted, else all that are still asked for."""
    open_ = open_items(fold)
    accepted = [
        number
        for number in open_
        if (found := fold.items[number].decision) is not None and found.outcome == "accepted"
    ]
    return accepted or open_


def typed(reader: Reader) -> dict[str, str]:
    """Return the state that was chosen, with the fields that belong to it; those of others are left."""
    state = reader.text("state")
    fields = {field: reader.text(f"{state}-{field}") for field in WITH.get(state, ())}
    return {"state": state} | {field: text for field, text in fields.items() if text}


def check(fold: RequestFold, number: int, answer: Mapping[str, str], reader: Reader) -> None:
    """Note what an answer lacks: a state, since when, until when, what is missing."""
    state = answer["state"]
    category = fold.items[number].item.category
    if state not in answers(fold.request.body.kind, category):
        reader.refuse(NodeError("NODE-752"), "state")
        return
    if state in KEPT:
        # What is only kept has an end, of which the requesting Party has to know.
        reader.instant(f"{state}-effected", _("Since"), required=True)
        reader.day(f"{state}-until", _("Until"), required=True)
    elif state in DONE:
        if fold.request.body.kind not in HOLDING:
            # What is frozen or held says so by its dates; everything else is told in words.
            reader.required(f"{state}-result", _("What was done or found"))
        reader.instant(f"{state}-effected", _("Since"))
        reader.day(f"{state}-until", _("Until"))
    if state in ("preserved_in_part", "executed_in_part"):
        reader.required(f"{state}-missing", _("What is missing"))
    if state == "elsewhere" and not answer.get("party"):
        reader.required(f"{state}-provider", _("Who holds it"))


def member(number: int, answer: Mapping[str, str]) -> dict[str, Any]:
    """Return what a report says of one item."""
    used = WITH[answer["state"]]
    given = {field: answer[field] for field in used if answer.get(field)}
    found: dict[str, Any] = {"number": number, "state": answer["state"]}
    if "effected" in given:
        at = read_moment(given["effected"]).normalised
        found["effected"] = instant_text(at.replace(microsecond=0)) if at else given["effected"]
    plain = {"until": "until", "party": "elsewhere_party", "provider": "elsewhere_provider"}
    plain["reference"] = "provider_reference"
    found |= {name: given[field] for field, name in plain.items() if field in given}
    found |= {name: _words(given[name]) for name in ("missing", "result", "next_step") if name in given}
    return found


def members(given: Answers) -> list[dict[str, Any]]:
    """Return what a report says of every item that was answered."""
    return [member(number, given[number]) for number in sorted(given)]


def model(number: int, answer: Mapping[str, str]) -> ItemState | None:
    """Return the state as the statement will hold it; None where it is not yet whole."""
    try:
        return wire.decode(wire.canonical(member(number, answer)), ItemState)
    except (RogatoryError, KeyError):
        return None


def _words(text: str) -> dict[str, str]:
    language = get_language() or "en"
    return {"original": text, "language": "en" if language == PSEUDO else language}
