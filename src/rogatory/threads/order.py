"""The order of a thread: by parents, then requesting Party first, then number.

No clock, no arrival and no digest takes part (PROTOCOL rule 11).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from rogatory.statements import Statement
from rogatory.threads.model import Node

__all__ = ["equivocations", "in_order", "parents"]


def parents(statement: Statement) -> frozenset[str]:
    """Return the statements that this one names as before it."""
    return frozenset((*((statement.prev,) if statement.prev else ()), *statement.seen))


def equivocations(nodes: Iterable[Node]) -> tuple[tuple[str, ...], ...]:
    """Return each set of admitted statements that claim one place: one Party, one number.

    Two of them are portable proof that their sender told two stories (PROTOCOL section 2, Fold).
    """
    places: dict[tuple[str, int], list[str]] = defaultdict(list)
    for node in nodes:
        if not node.void:
            places[node.statement.sending_party, node.statement.seq].append(node.id)
    return tuple(sorted(tuple(sorted(ids)) for ids in places.values() if len(ids) > 1))


def in_order(nodes: Mapping[str, Node], root: str, requesting: str) -> tuple[list[str], list[str]]:
    """Return the ids in thread order, then those that wait for a parent.

    Args:
        nodes: All nodes by id.
        root: The statement that opens the thread.
        requesting: The Party that opened it.

    Returns:
        Ids whose parents are all there, in order; and the rest, by Party and number.
    """
    below: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, int] = {}
    for node in nodes.values():
        before = parents(node.statement)
        missing[node.id] = len(before)
        for parent in before:
            below[parent].append(node.id)

    def rank(name: str) -> tuple[bool, int, str]:
        statement = nodes[name].statement
        # The id comes last only to make the heap total: two nodes of one Party and one number are
        # an equivocation, and neither is folded.
        return statement.sending_party != requesting, statement.seq, name

    ready = [rank(name) for name in _roots(nodes, missing, root)]
    heapq.heapify(ready)
    ordered: list[str] = []
    while ready:
        name = heapq.heappop(ready)[2]
        ordered.append(name)
        for child in below[name]:
            missing[child] -= 1
            if missing[child] == 0:
                heapq.heappush(ready, rank(child))
    waiting = sorted(rank(name) for name in nodes.keys() - set(ordered))
    return ordered, [name for *_, name in waiting]


def _roots(nodes: Mapping[str, Node], missing: Mapping[str, int], root: str) -> Collection[str]:
    # The other side's first statement may name no parent when it had seen nothing; it still
    # belongs after the statement that opened the thread.
    return [name for name in nodes if missing[name] == 0] if root in nodes else []
