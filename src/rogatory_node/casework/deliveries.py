"""What a folded thread means for packages: which are to be fetched, and which were recalled.

It reads the fold and tells the vault; it fetches nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rogatory.statements import Delivery, OnwardTransfer, ReturnedOrDestroyed
from rogatory.threads import Entry, Standing, Thread
from rogatory_node.records import statements as stored
from rogatory_node.vault.services import arriving, destroying, onward

__all__ = ["follow", "mark_recalled", "note_use"]


def follow(thread: Thread, party: str) -> None:
    """Announce the packages of deliveries that count and are not announced yet; mark those recalled.

    Only a delivery that the fold took counts: nobody fetches on the word of a statement that is void, not its
    sender's to make, told twice in two ways, or still waiting for what came before it.

    Args:
        thread: The thread as it now folds.
        party: Our Party's prefix, such as ``vnm/``.
    """
    for entry, delivery in _deliveries(thread):
        if entry.standing is Standing.FOLDED and entry.recalled_by is None:
            row = stored.find(entry.id, authority=delivery.recipient)
            if row is not None and delivery.recipient.startswith(party):
                arriving.announce(row, delivery)
    mark_recalled(thread)


def mark_recalled(thread: Thread) -> None:
    """Make each package of the thread say which statement recalled its delivery, if one did."""
    for entry, _ in _deliveries(thread):
        arriving.mark_recalled(entry.id, entry.recalled_by or "")


def note_use(thread: Thread, arrived: str, *, now: datetime) -> None:
    """Note in the custody log what a statement that has just arrived, and counts, says became of ours.

    That it is no longer held there, or that it went on to somebody else.
    """
    for entry in thread.entries:
        if entry.id != arrived or entry.standing is not Standing.FOLDED:
            continue
        if isinstance(entry.statement, ReturnedOrDestroyed):
            destroying.told(entry.statement, entry.id, now=now)
        if isinstance(entry.statement, OnwardTransfer):
            onward.told(entry.statement, entry.id, now=now)


def _deliveries(thread: Thread) -> Iterator[tuple[Entry, Delivery]]:
    for entry in thread.entries:
        if isinstance(entry.statement, Delivery):
            yield entry, entry.statement
