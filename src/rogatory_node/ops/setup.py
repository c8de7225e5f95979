"""Founding a node: its database, and the first leaf of its log, which says for ever what it is."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command
from django.db import transaction

from rogatory_node.base import clock, configuration
from rogatory_node.base.events import Event
from rogatory_node.records import log

__all__ = ["found", "migrate"]


def found(*, at: datetime | None) -> None:
    """Make the database and write the first leaf: the node's mode, Party and log.

    Args:
        at: The instant at which a simulation begins to play; None for the machine's time.

    Raises:
        NodeError: NODE-005 an instant was given for a node in production.
    """
    if at is not None:
        clock.set_to(at)
    migrate()
    settings = configuration.current()
    with transaction.atomic():
        if log.next_index() == 0:
            fields = {"mode": settings.mode, "party": settings.party, "origin": settings.log_origin}
            log.append(Event("node:found:done", clock.now(), "-", fields))


def migrate() -> None:
    """Bring the database to the shape of this version; nothing happens if it has it."""
    call_command("migrate", interactive=False, verbosity=0)
