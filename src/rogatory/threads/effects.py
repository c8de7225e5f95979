"""What each type of statement changes in a thread, once the fold has let it count.

An effect is called only for a statement whose side owns the fact (``owners``), in the order of the
thread. It reads and changes facts; it asks for no right and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rogatory.statements import (
    Acknowledgement,
    Answer,
    Decision,
    Delivery,
    Query,
    Ratified,
    Recall,
    Report,
    Request,
    Statement,
    Withdrawal,
)
from rogatory.threads.effects_keeping import KEEPING, extension_changes
from rogatory.threads.effects_terms import TERMS
from rogatory.threads.facts import Facts
from rogatory.threads.model import ItemFold, QueryFold, RequestFold

__all__ = ["EFFECTS"]


def _request(facts: Facts, name: str, statement: Request) -> None:
    items = {item.number: ItemFold(item) for item in statement.body.items}
    facts.requests[name] = RequestFold(name, statement, items)


def _acknowledgement(facts: Facts, name: str, statement: Acknowledgement) -> None:
    target = facts.entries[statement.body.of]
    if target.acknowledged_by is None:
        facts.change_entry(target.id, acknowledged_by=name)
    if isinstance(target.statement, Recall):
        facts.change_entry(target.statement.body.of, recall_acknowledged=True)
    request = facts.requests.get(target.id)
    if request is not None and request.acknowledgement is None:
        facts.change_request(target.id, acknowledgement=statement, acknowledgement_id=name)


def _query(facts: Facts, name: str, statement: Query) -> None:
    request = facts.requests.get(statement.body.of)
    if request is not None:
        facts.change_request(request.id, queries=(*request.queries, QueryFold(name, statement)))


def _answer(facts: Facts, name: str, statement: Answer) -> None:
    asked = facts.entries[statement.body.of].statement
    request = facts.requests.get(asked.body.of) if isinstance(asked, Query) else None
    if request is None:
        return
    queries = tuple(
        replace(each, answer_id=name, answer=statement)
        if each.id == statement.body.of and each.answer_id is None
        else each
        for each in request.queries
    )
    items = dict(request.items)
    for item in statement.body.corrected_items:
        # Only what was asked can be corrected; a new item needs a new request.
        if before := items.get(item.number):
            items[item.number] = replace(
                before,
                item=item,
                corrected_by=name,
                decided_before_correction=before.decision is not None,
                stated_before_correction=before.state is not None,
                paths_before_correction=bool(before.paths),
            )
            facts.after[name] |= {name}
    facts.change_request(request.id, queries=queries, items=items)


def _decision(facts: Facts, name: str, statement: Decision) -> None:
    request = facts.requests[statement.body.of]
    items = dict(request.items)
    for decided in statement.body.items:
        if before := items.get(decided.number):
            unseen = facts.unseen_correction(name, before)
            items[decided.number] = replace(
                before, decision=decided, decided_by=name, decided_before_correction=unseen
            )
    facts.change_request(request.id, items=items, decisions=(*request.decisions, (name, statement)))


def _report(facts: Facts, name: str, statement: Report) -> None:
    request = facts.requests[statement.body.of]
    items = dict(request.items)
    for stated in statement.body.items:
        if before := items.get(stated.number):
            unseen = facts.unseen_correction(name, before)
            items[stated.number] = replace(
                before,
                state=stated,
                stated_by=name,
                stated_before_correction=unseen,
                **extension_changes(facts, name, before, stated),
            )
    facts.change_request(request.id, items=items)


def _delivery(facts: Facts, name: str, statement: Delivery) -> None:
    request = facts.requests[statement.body.of]
    items = dict(request.items)
    for number in statement.body.items:
        if before := items.get(number):
            items[number] = replace(before, delivered_by=(*before.delivered_by, name))
    facts.change_request(request.id, items=items, deliveries=(*request.deliveries, (name, statement)))


def _ratified(facts: Facts, name: str, statement: Ratified) -> None:
    _mark_once(facts, statement.body.of, "ratified_by", name)


def _recall(facts: Facts, name: str, statement: Recall) -> None:
    _mark_once(facts, statement.body.of, "recalled_by", name)


def _mark_once(facts: Facts, target: str, member: str, name: str) -> None:
    """Write who ratified or recalled a statement; the first one stays."""
    if getattr(facts.entries[target], member) is None:
        facts.change_entry(target, **{member: name})
        if target in facts.requests:
            facts.change_request(target, **{member: name})


def _withdrawal(facts: Facts, name: str, statement: Withdrawal) -> None:
    def withdraw(item: ItemFold) -> ItemFold:
        return item if item.withdrawn_by else replace(item, withdrawn_by=name)

    facts.change_items(statement.body.of, statement.body.items, withdraw)


EFFECTS: Final[dict[type[Statement], Callable[[Facts, str, Any], None]]] = {
    Request: _request,
    Acknowledgement: _acknowledgement,
    Query: _query,
    Answer: _answer,
    Decision: _decision,
    Report: _report,
    Delivery: _delivery,
    Ratified: _ratified,
    Recall: _recall,
    Withdrawal: _withdrawal,
    **KEEPING,
    **TERMS,
}
