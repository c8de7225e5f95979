"""What conditions, information without request and hand-overs change: on which terms, and who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rogatory.statements import (
    ConditionsAccepted,
    ConditionsOffered,
    HandOver,
    SpontaneousInformation,
    Statement,
)
from rogatory.threads.facts import Facts
from rogatory.threads.model import TermsFold

__all__ = ["TERMS"]


def _offered(facts: Facts, name: str, statement: ConditionsOffered | SpontaneousInformation) -> None:
    facts.terms[name] = TermsFold(name, statement)


def _accepted(facts: Facts, name: str, statement: ConditionsAccepted) -> None:
    terms = facts.terms[statement.body.of]
    offered = {each.number for each in terms.statement.body.conditions}
    taken = {number: name for number in statement.body.accepted if number in offered}
    facts.terms[terms.id] = replace(terms, accepted=taken | dict(terms.accepted))


def _hand_over(facts: Facts, name: str, statement: HandOver) -> None:
    """Change nothing here: who acts is kept by the fold itself, which knows the side."""


TERMS: Final[dict[type[Statement], Callable[[Facts, str, Any], None]]] = {
    ConditionsAccepted: _accepted,
    ConditionsOffered: _offered,
    HandOver: _hand_over,
    SpontaneousInformation: _offered,
}
