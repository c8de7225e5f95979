"""The six answers to an item, and the members of the statements that they come to.

What is accepted, postponed or refused goes into a decision; a question into a query; what cannot be
identified or is held elsewhere into a report. Nothing here decides: it writes down what a person chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rogatory import law
from rogatory.errors import ValuesError
from rogatory.law import Grounds
from rogatory.threads import RequestFold
from rogatory.values import parse_day
from rogatory_node.base import NodeError
from rogatory_node.casework import basis
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing.times import day_of
from rogatory_node.look import PSEUDO

__all__ = [
    "ANSWERS",
    "POSTPONEMENT",
    "check",
    "consulted",
    "decision_item",
    "decision_items",
    "grounds",
    "questions",
    "state_item",
    "states",
]

ANSWERS = ("taken", "part", "ask", "postpone", "elsewhere", "refuse")
POSTPONEMENT = "hanoi_2024/art40.p27"
NEEDED = {"part": ("part",), "ask": ("question",), "postpone": ("reason",), "refuse": ("ground",)}

Answer = Mapping[str, str]
Answers = Mapping[int, Answer]


def grounds(view: ThreadView, fold: RequestFold) -> Grounds:
    """Return the grounds that are open for a request between the two Parties on its day."""
    day = fold.request.issued_at.date()
    between = basis.between(view.thread.requesting, view.thread.requested, day)
    return law.grounds(fold.request.body.kind, between)


def check(view: ThreadView, fold: RequestFold, answer: Answer, reader: Reader) -> None:
    """Note what an answer lacks: a choice, its reason, a ground that is on the list."""
    chosen = answer.get("decision", "")
    if chosen not in ANSWERS:
        reader.refuse(NodeError("NODE-752"), "decision")
        return
    labels = {
        "part": _("Which part"),
        "question": _("Your question"),
        "reason": _("Reason they will read"),
        "ground": _("The ground"),
    }
    for field in NEEDED.get(chosen, ()):
        reader.required(field, labels[field])
    if chosen == "postpone":
        reader.day("until", _("Look at it again on"))
    open_ = grounds(view, fold)
    if chosen == "postpone" and open_.postponement is None:
        # Nothing is filled in where no provision is known to allow it.
        reader.required("provision", _("The provision, as it will be cited"))
    off_list = chosen == "refuse" and answer.get("ground") and open_.ground(answer["ground"]) is None
    if off_list and (open_.closed or open_.open):
        reader.refuse(NodeError("NODE-756"), "ground")


def _words(text: str) -> dict[str, str]:
    language = get_language() or "en"
    return {"original": text, "language": "en" if language == PSEUDO else language}


def decision_items(view: ThreadView, fold: RequestFold, given: Answers) -> list[dict[str, Any]]:
    """Return the members of a decision for the items that one was made on."""
    postponement = grounds(view, fold).postponement or POSTPONEMENT
    found = (decision_item(number, given[number], postponement) for number in sorted(given))
    return [each for each in found if each is not None]


def decision_item(number: int, answer: Answer, postponement: str = POSTPONEMENT) -> dict[str, Any] | None:
    """Return the decision on one item; None where the answer is a question or a report."""
    chosen = answer.get("decision", "")
    if chosen == "taken":
        return {"number": number, "outcome": "accepted"}
    if chosen == "part":
        return {"number": number, "outcome": "accepted", "note": _words(answer["part"])}
    if chosen == "postpone":
        reason = answer["reason"]
        if answer.get("until"):
            again = _("To be looked at again on {day}.").format(day=_day(answer["until"]))
            reason = f"{again} {reason}"
        ground = {"provision": answer.get("provision") or postponement, "reason": _words(reason)}
        return {"number": number, "outcome": "postponed", "ground": ground}
    if chosen == "refuse":
        ground = {"provision": answer["ground"]}
        if answer.get("why"):
            ground["reason"] = _words(answer["why"])
        return {"number": number, "outcome": "refused", "ground": ground}
    return None


def _day(typed: str) -> str:
    try:
        return day_of(parse_day(typed))
    except ValuesError:
        return typed


def consulted(given: Answers) -> bool:
    """Return whether somebody said that the requesting Party was consulted before a postponement."""
    return any(
        each.get("consulted") == "yes" and each.get("decision") == "postpone" for each in given.values()
    )


def questions(given: Answers) -> list[dict[str, Any]]:
    """Return the members of a query for the items on which something is asked."""
    asked = [(number, each) for number, each in sorted(given.items()) if each.get("decision") == "ask"]
    return [
        {"number": at, "item": number, "words": _words(each["question"])}
        for at, (number, each) in enumerate(asked, 1)
    ]


def states(given: Answers) -> list[dict[str, Any]]:
    """Return the members of a report for the items that cannot be identified or are held elsewhere."""
    return [
        state_item(number, each)
        for number, each in sorted(given.items())
        if each.get("decision") == "elsewhere"
    ]


def state_item(number: int, answer: Answer) -> dict[str, Any]:
    """Return the state of one item that is not here."""
    where = answer.get("where", "")
    if not where:
        return {"number": number, "state": "cannot_identify"}
    return {"number": number, "state": "elsewhere", "elsewhere_provider": where}
