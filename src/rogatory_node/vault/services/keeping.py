"""Keeping: how long what was received may be used at all, at home too."""

from __future__ import annotations

from datetime import date
from typing import Final

from rogatory.values import parse_day
from rogatory_node.base import NodeError, clock
from rogatory_node.records.models import Due
from rogatory_node.vault.models import Package

__all__ = ["DESTROY", "check_day", "check_in_time", "check_usable", "day_of"]

DESTROY: Final = "destroy"
"""The topic of due rows for what people said is destroyed."""


def day_of(held: Package) -> date | None:
    """Return the last day on which a package may be used; None if its conditions name none."""
    day = held.conditions.get("destroy_by")
    return parse_day(day) if day else None


def check_usable(held: Package) -> None:
    """Refuse the use of what people said is destroyed, though files of it may still be here, or had to be.

    Raises:
        NodeError: NODE-531, NODE-532.
    """
    if Due.objects.filter(authority=held.authority, topic=DESTROY, subject=str(held.pk)).exists():
        raise NodeError("NODE-531")
    check_in_time(held)


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
