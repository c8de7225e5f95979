"""The node's custody log as it grows: a leaf for every act, written in the transaction of the act.

A leaf commits to an event with a salt, so that the event can be erased and the tree still holds
(PROTOCOL rule 14). There is one log a node. Its published form, tiles and signed heads, is in ``heads``.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from rogatory import custody
from rogatory_node.base import NodeError
from rogatory_node.base.events import Event, event_bytes
from rogatory_node.base.randomness import random_bytes
from rogatory_node.records.models import Leaf, LogState

__all__ = ["append", "erase", "next_index", "of_statement", "pad", "size"]

SALT_SIZE = 32
NOBODY = "-"


def append(event: Event, *, statement_id: str = "") -> int:
    """Add a leaf for the event and return its index, counted from 0.

    Args:
        event: What happened. It holds ids, no names and no content.
        statement_id: The statement whose parties may ask for a proof of this leaf.

    Raises:
        NodeError: NODE-202 there is no transaction: an act and its leaf stand or fall together.

    Source:
        PROTOCOL section 5; DESIGN section 7.
    """
    state = _locked()
    salt, data = random_bytes(SALT_SIZE), event_bytes(event)
    Leaf.objects.create(
        index=state.size,
        authority=event.authority,
        tag=event.tag,
        at=event.at,
        statement_id=statement_id,
        commitment=custody.commit(salt, data),
        salt=salt,
        event=data,
    )
    return _grown(state)


def pad(now: datetime) -> int:
    """Add a leaf that stands for nothing and return its index; nobody can tell it from an act.

    Raises:
        NodeError: NODE-202 there is no transaction.
    """
    state = _locked()
    filling = custody.padding(random_bytes)
    Leaf.objects.create(index=state.size, authority=NOBODY, at=now, commitment=filling)
    return _grown(state)


def next_index() -> int:
    """Return the index that the next leaf will have; until the transaction ends nobody else takes it.

    Raises:
        NodeError: NODE-202 there is no transaction.
    """
    return _locked().size


def size() -> int:
    """Return how many leaves there are; a signed head may have fewer."""
    return LogState.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def of_statement(statement_id: str, *, authority: str) -> tuple[int, ...]:
    """Return the indices of the leaves of a statement, in order."""
    rows = Leaf.objects.filter(statement_id=statement_id, authority=authority)
    return tuple(rows.order_by("index").values_list("index", flat=True))


def erase(index: int) -> None:
    """Forget the event and the salt of a leaf; its commitment stays, and nobody can tell what it was.

    It adds no leaf: whoever erases appends the act of erasing in the same transaction.
    """
    Leaf.objects.filter(index=index).update(salt=None, event=None, tag="", statement_id="")


def _locked() -> LogState:
    if not connection.in_atomic_block:
        raise NodeError("NODE-202")
    LogState.objects.get_or_create(pk=1)
    # On SQLite the transaction is IMMEDIATE and this is a plain read; on PostgreSQL the row is the lock.
    return LogState.objects.select_for_update().get(pk=1)


def _grown(state: LogState) -> int:
    index = state.size
    state.size += 1
    state.save(update_fields=["size"])
    return index
