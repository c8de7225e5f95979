"""The order of a thread: by parents, then requesting Party first, then number.

No clock, no arrival and no digest takes part (PROTOCOL rule 11).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rogatory.statements import Statement
from rogatory.threads.model import Node

__all__ = ["equivocations", "in_order", "parents"]


def parents(statement: Statement) -> frozenset[str]:
    """Return the statements that this one names as before it."""
    return frozenset((*((statement.prev,) if statement.prev else ()), *statement.seen))


def equivocations(nodes: Iterable[Node]) -> tuple[tuple[str, ...], ...]:
    """Return each set of statements that claim one place: one Party, one number.

    Two of them are portable proof that their sender told two stories, whatever the door judged
    (PROTOCOL section 2, Fold).
    """
    places: dict[tuple[str, int], list[str]] = defaultdict(list)
    for node in nodes:
        places[node.statement.sending_party, node.statement.seq].append(node.id)
    return tuple(sorted(tuple(sorted(ids)) for ids in places.values() if len(ids) > 1))


def in_order(nodes: Mapping[str, Node], root: str) -> tuple[list[str], list[str]]:
    """Return the ids in thread order, then those that wait for a parent.

    Every statement but the opening one names a parent, so that the order begins with it.

    Args:
        nodes: All nodes by id.
        root: The statement that opens the thread.

    Returns:
        Ids whose parents are all there, in order; and the rest, by Party and number.
    """
    requesting = nodes[root].statement.sending_party
    below: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, int] = {}
    for node in nodes.values():
        before = parents(node.statement)
        missing[node.id] = len(before)
        for parent in before:
            below[parent].append(node.id)

    def rank(name: str) -> tuple[bool, int, bool, str]:
        node = nodes[name]
        # The id comes last only to make the order total: of two at one place at most one counts, and
        # a void one never comes before it.
        return node.statement.sending_party != requesting, node.statement.seq, node.void, name

    ready = [rank(name) for name, count in missing.items() if count == 0]
    heapq.heapify(ready)
    ordered: list[str] = []
    while ready:
        name = heapq.heappop(ready)[-1]
        ordered.append(name)
        for child in below[name]:
            missing[child] -= 1
            if missing[child] == 0:
                heapq.heappush(ready, rank(child))
    waiting = sorted(rank(name) for name in nodes.keys() - set(ordered))
    return ordered, [each[-1] for each in waiting]
