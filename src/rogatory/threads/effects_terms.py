"""What terms, information without request, hand-overs and the use of what was given change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rogatory.statements import (
    Assurance,
    ConditionsAccepted,
    ConditionsOffered,
    Costs,
    ExculpatoryNotice,
    HandOver,
    OnwardTransfer,
    ReturnedOrDestroyed,
    SpontaneousInformation,
    Statement,
    Status,
    UseConsent,
)
from rogatory.threads.facts import Facts
from rogatory.threads.model import TermsFold

__all__ = ["TERMS"]

Use = UseConsent | OnwardTransfer | ExculpatoryNotice | ReturnedOrDestroyed


def _offered(facts: Facts, name: str, statement: ConditionsOffered | SpontaneousInformation) -> None:
    facts.terms[name] = TermsFold(name, statement)


def _accepted(facts: Facts, name: str, statement: ConditionsAccepted) -> None:
    terms = facts.terms[statement.body.of]
    offered = {each.number for each in terms.statement.body.conditions}
    taken = {number: name for number in statement.body.accepted if number in offered}
    facts.terms[terms.id] = replace(terms, accepted=taken | dict(terms.accepted))


def _hand_over(facts: Facts, name: str, statement: HandOver) -> None:
    """Change nothing here: who acts is kept by the fold itself, which knows the side."""


def _used(facts: Facts, name: str, statement: Use) -> None:
    given = facts.entries[statement.body.of]
    facts.change_entry(given.id, uses=(*given.uses, name))


def _assurance(facts: Facts, name: str, statement: Assurance) -> None:
    request = facts.requests[statement.body.of]
    facts.change_request(request.id, assurances=(*request.assurances, (name, statement)))


def _costs(facts: Facts, name: str, statement: Costs) -> None:
    request = facts.requests[statement.body.of]
    facts.change_request(request.id, costs=(*request.costs, (name, statement)))


def _status(facts: Facts, name: str, statement: Status) -> None:
    request = facts.requests[statement.body.of]
    facts.change_request(request.id, status=(*request.status, (name, statement)))


TERMS: Final[dict[type[Statement], Callable[[Facts, str, Any], None]]] = {
    ConditionsAccepted: _accepted,
    ConditionsOffered: _offered,
    HandOver: _hand_over,
    Assurance: _assurance,
    Costs: _costs,
    Status: _status,
    UseConsent: _used,
    OnwardTransfer: _used,
    ExculpatoryNotice: _used,
    ReturnedOrDestroyed: _used,
    SpontaneousInformation: _offered,
}
