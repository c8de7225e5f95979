"""Keeping: how long what was received may be used at all, at home too."""

from __future__ import annotations

from datetime import date

from rogatory.values import parse_day
from rogatory_node.base import NodeError, clock
from rogatory_node.vault.models import Package

__all__ = ["check_day", "check_in_time", "day_of"]


def day_of(held: Package) -> date | None:
    """Return the last day on which a package may be used; None if its conditions name none."""
    day = held.conditions.get("destroy_by")
    return parse_day(day) if day else None


def check_in_time(held: Package) -> None:
    """Refuse the use of a package that had to be destroyed by now.

    A law of one's own that demands keeping it is not known to the node: nothing is destroyed before people
    say so, and nothing is read, opened or given on until the side that gave it names another day.

    Raises:
        NodeError: NODE-532.

    Source:
        Convention, art. 40(19); spec/evidence.md 2.7.
    """
    check_day(day_of(held), clock.now().date())


def check_day(destroy_by: date | None, on: date) -> None:
    """Refuse the use of what had to be destroyed by then.

    Raises:
        NodeError: NODE-532.
    """
    if destroy_by is not None and on > destroy_by:
        raise NodeError("NODE-532", day=destroy_by.isoformat())
