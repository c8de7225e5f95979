"""Execution as data: which states of an item claim it, and which measures need no domestic act.

No statement of execution leaves without an act at home, or the rule that none is needed (PRACTICE section 1).
Where the Convention itself gives the task to the 24/7 point, that rule is its own and stands here; every
other rule is national law, and an officer records it as a domestic act of the kind ``none_needed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from rogatory.statements import State
from rogatory.threads import ItemFold, RequestFold
from rogatory.values import DataCategory, Measure
from rogatory_node.casework.models import DomesticAct

__all__ = ["EXECUTED", "NO_ACT_NEEDED", "without_act"]

EXECUTED: Final = frozenset(
    (
        State.EXECUTED,
        State.EXECUTED_IN_PART,
        State.MEASURES_TAKEN,
        State.PRESERVED,
        State.PRESERVED_IN_PART,
        State.DISCLOSED,
    )
)
"""States that claim that something was done at home; that nothing was found claims nothing."""

NO_ACT_NEEDED: Final[Mapping[DataCategory | Measure, str]] = MappingProxyType(
    {
        Measure.TECHNICAL_ADVICE: "hanoi_2024/art41.p3.a",
        Measure.LOCATING_A_PROVIDER: "hanoi_2024/art41.p3.b",
        Measure.LEGAL_INFORMATION: "hanoi_2024/art41.p3.c",
    }
)
"""What the 24/7 point does of its own: it asks nobody, orders nothing and touches nobody's data."""


def without_act(authority: str, asked: RequestFold, numbers: Iterable[int]) -> list[int]:
    """Return the items whose execution rests on nothing yet: no domestic act and no rule.

    Args:
        authority: The authority that executes.
        asked: The request, folded.
        numbers: The items that are said to be executed; one that the request does not have rests on nothing.
    """
    acts = DomesticAct.objects.filter(authority=authority, request=asked.id)
    covered = {number for act in acts for number in act.items}
    return sorted(number for number in set(numbers) - covered if not _needs_none(asked.items.get(number)))


def _needs_none(fold: ItemFold | None) -> bool:
    return fold is not None and fold.item.category in NO_ACT_NEEDED
