"""What rules on property ask again and again: which measures are wanted, and whether an order is meant."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from rogatory.law.facts import Facts

__all__ = [
    "CONFISCATION",
    "PROVISIONAL",
    "RETURN",
    "TRACING",
    "asks_for",
    "order_is_meant",
    "order_members",
]

TRACING: Final = ("tracing",)
PROVISIONAL: Final = ("freezing", "seizure")
CONFISCATION: Final = ("confiscation",)
RETURN: Final = ("return_of_property",)


def asks_for(facts: Facts, measures: Collection[str]) -> bool:
    """Tell whether an item asks for one of these measures."""
    return any(item.category in measures for item in facts.items)


def order_members(facts: Facts) -> list[tuple[bool, str]]:
    """Return what names an order whole: its authority, its reference and its date."""
    order = "property/order"
    return [
        (facts.said(f"{order}/authority"), facts.at(f"{order}/authority")),
        (facts.said(f"{order}/reference"), facts.at(f"{order}/reference")),
        (facts.day(f"{order}/date") is not None, facts.at(f"{order}/date")),
    ]


def order_is_meant(facts: Facts) -> bool:
    """Tell whether anything at all is said of an order."""
    return any(present for present, _ in order_members(facts))
