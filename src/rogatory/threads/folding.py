"""The fold: from the set of a thread's statements to what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from rogatory.errors import ThreadError
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
from rogatory.threads.model import Entry, ItemFold, Node, QueryFold, RequestFold, Side, Standing, Thread
from rogatory.threads.order import equivocations, in_order, parents
from rogatory.threads.owners import owns

__all__ = ["fold"]


def fold(nodes: Iterable[Node]) -> Thread:
    """Return the thread that a set of statements makes.

    The result depends on the set alone: no clock, no arrival order, no digest decides anything.
    It does not judge law, and it does not ask whether a statement should have been admitted.

    Args:
        nodes: Admitted and void statements of one thread, its opening statement among them.

    Raises:
        ThreadError: THREAD-001 no opening statement or several; THREAD-002 two threads mixed.

    Source:
        spec/threads.md; PROTOCOL section 2, Fold, and rules 9 and 11.
    """
    by_id = {node.id: node for node in nodes}
    root = _root(by_id)
    opening = by_id[root].statement
    forked = equivocations(by_id.values())
    twice = {name for place in forked for name in place}
    ordered, waiting = in_order(by_id, root, opening.sending_party)
    folding = _Folding(opening, by_id.values())
    for name in ordered:
        node = by_id[name]
        if node.void:
            folding.void(node)
        elif name in twice or parents(node.statement) & folding.unfounded:
            standing = Standing.EQUIVOCATION if name in twice else Standing.WAITING
            folding.unfounded.add(name)
            folding.place(node, standing)
        else:
            folding.take(node)
    for name in waiting:
        node = by_id[name]
        folding.place(node, Standing.VOID if node.void else Standing.WAITING)
    return folding.thread(root, forked)


def _root(by_id: dict[str, Node]) -> str:
    opening = [node.id for node in by_id.values() if node.statement.thread is None]
    if len(opening) != 1:
        raise ThreadError("THREAD-001", count=len(opening))
    first = by_id[opening[0]].statement
    pair = {first.sending_party, first.receiving_party}
    for node in by_id.values():
        statement = node.statement
        same_thread = statement.thread in (None, opening[0]) and statement.case == first.case
        if not same_thread or {statement.sending_party, statement.receiving_party} != pair:
            raise ThreadError("THREAD-002")
    return opening[0]


class _Folding:
    """The state of one fold in progress; it lives inside ``fold`` alone."""

    def __init__(self, opening: Statement, nodes: Iterable[Node]) -> None:
        self.opening = opening
        self.admitted_places = {
            (self.side(node.statement), node.statement.seq) for node in nodes if not node.void
        }
        self.entries: dict[str, Entry] = {}
        self.requests: dict[str, RequestFold] = {}
        self.heads: dict[Side, str] = {}
        self.authorities: dict[Side, str] = {
            Side.REQUESTING: opening.sender,
            Side.REQUESTED: opening.recipient,
        }
        self.unfounded: set[str] = set()

    def side(self, statement: Statement) -> Side:
        requesting = statement.sending_party == self.opening.sending_party
        return Side.REQUESTING if requesting else Side.REQUESTED

    def place(self, node: Node, standing: Standing) -> None:
        self.entries[node.id] = Entry(node.id, node.statement, self.side(node.statement), standing)

    def void(self, node: Node) -> None:
        """Keep a void statement's place; what was built on a place that another holds is unfounded."""
        self.place(node, Standing.VOID)
        side = self.side(node.statement)
        place = (side, node.statement.seq)
        if place in self.admitted_places:
            self.unfounded.add(node.id)
        else:
            self.heads[side] = node.id

    def take(self, node: Node) -> None:
        """Fold one statement whose parents are all folded."""
        statement, side = node.statement, self.side(node.statement)
        target = self.entries.get(getattr(statement.body, "of", ""))  # type: ignore[attr-defined]  # every type has a body
        counts = target is not None and target.standing is Standing.FOLDED
        known = target if counts else None
        allowed = owns(statement, side, known.statement if known else None, known.side if known else None)
        self.place(node, Standing.FOLDED if allowed else Standing.MISPLACED)
        self.heads[side] = node.id
        if not allowed:
            return
        self.authorities[side] = statement.sender
        EFFECTS[type(statement)](self, node.id, statement)

    def change_entry(self, name: str, **changes: str | bool | None) -> None:
        self.entries[name] = replace(self.entries[name], **changes)  # type: ignore[arg-type]  # checked by the dataclass

    def thread(self, root: str, forked: tuple[tuple[str, ...], ...]) -> Thread:
        return Thread(
            id=root,
            case=self.opening.case,
            requesting=self.opening.sending_party,
            requested=self.opening.receiving_party,
            entries=tuple(self.entries.values()),
            requests=tuple(self.requests.values()),
            heads=dict(self.heads),
            authorities=dict(self.authorities),
            equivocations=forked,
        )


def _request(state: _Folding, name: str, statement: Request) -> None:
    items = {item.number: ItemFold(item) for item in statement.body.items}
    state.requests[name] = RequestFold(name, statement, items)


def _acknowledgement(state: _Folding, name: str, statement: Acknowledgement) -> None:
    target = state.entries[statement.body.of]
    if target.acknowledged_by is None:
        state.change_entry(target.id, acknowledged_by=name)
    if isinstance(target.statement, Recall):
        state.change_entry(target.statement.body.of, recall_acknowledged=True)
    request = state.requests.get(target.id)
    if request is not None and request.acknowledgement is None:
        state.requests[target.id] = replace(request, acknowledgement=statement, acknowledgement_id=name)


def _query(state: _Folding, name: str, statement: Query) -> None:
    request = state.requests.get(statement.body.of)
    if request is not None:
        queries = (*request.queries, QueryFold(name, statement))
        state.requests[request.id] = replace(request, queries=queries)


def _answer(state: _Folding, name: str, statement: Answer) -> None:
    asked = state.entries[statement.body.of].statement
    request = state.requests.get(asked.body.of) if isinstance(asked, Query) else None
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
        if item.number in items:
            before = items[item.number]
            items[item.number] = replace(
                before, item=item, corrected_by=name, stated_before_correction=before.state is not None
            )
    state.requests[request.id] = replace(request, queries=queries, items=items)


def _decision(state: _Folding, name: str, statement: Decision) -> None:
    request = state.requests[statement.body.of]
    items = dict(request.items)
    for decided in statement.body.items:
        if decided.number in items:
            items[decided.number] = replace(items[decided.number], decision=decided, decided_by=name)
    decisions = (*request.decisions, (name, statement))
    state.requests[request.id] = replace(request, items=items, decisions=decisions)


def _report(state: _Folding, name: str, statement: Report) -> None:
    request = state.requests[statement.body.of]
    items = dict(request.items)
    for stated in statement.body.items:
        if stated.number in items:
            before = items[stated.number]
            # The correction counts as seen only if this report comes after it by its parents.
            unseen = before.corrected_by is not None and before.corrected_by not in _before(state, statement)
            items[stated.number] = replace(
                before, state=stated, stated_by=name, stated_before_correction=unseen
            )
    state.requests[request.id] = replace(request, items=items)


def _delivery(state: _Folding, name: str, statement: Delivery) -> None:
    request = state.requests[statement.body.of]
    items = dict(request.items)
    for number in statement.body.items:
        if number in items:
            before = items[number]
            items[number] = replace(before, delivered_by=(*before.delivered_by, name))
    deliveries = (*request.deliveries, (name, statement))
    state.requests[request.id] = replace(request, items=items, deliveries=deliveries)


def _ratified(state: _Folding, name: str, statement: Ratified) -> None:
    target = state.entries[statement.body.of]
    if target.ratified_by is None:
        state.change_entry(target.id, ratified_by=name)
        if target.id in state.requests:
            state.requests[target.id] = replace(state.requests[target.id], ratified_by=name)


def _recall(state: _Folding, name: str, statement: Recall) -> None:
    target = state.entries[statement.body.of]
    if target.recalled_by is None:
        state.change_entry(target.id, recalled_by=name)
        if target.id in state.requests:
            state.requests[target.id] = replace(state.requests[target.id], recalled_by=name)


def _withdrawal(state: _Folding, name: str, statement: Withdrawal) -> None:
    request = state.requests[statement.body.of]
    items = dict(request.items)
    for number in statement.body.items or tuple(items):
        if number in items and items[number].withdrawn_by is None:
            items[number] = replace(items[number], withdrawn_by=name)
    state.requests[request.id] = replace(request, items=items)


def _before(state: _Folding, statement: Statement) -> set[str]:
    """Return every statement that comes before this one by its parents."""
    found: set[str] = set()
    ahead = list(parents(statement))
    while ahead:
        name = ahead.pop()
        if name not in found and name in state.entries:
            found.add(name)
            ahead.extend(parents(state.entries[name].statement))
    return found


EFFECTS: Final[dict[type[Statement], Callable[[_Folding, str, Any], None]]] = {
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
}
