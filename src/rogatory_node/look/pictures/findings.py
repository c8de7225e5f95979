"""What a rule says, for the officer alone: internal advice that never travels and is never a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .frame import Link

__all__ = ["FindingCard", "Findings"]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding.

    Args:
        outcome: ``met``, ``not_met`` or ``person`` (for a person to answer, never for the software).
        cite: The article, with the page that explains it.
        reason: Why.
        cure: What would cure it; empty when there is nothing to do.
    """

    outcome: Literal["met", "not_met", "person"]
    cite: Link
    reason: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings in their box with the broken violet edge.

    Args:
        flag: ``Stays here. Never sent, not in the bundle``.
        title: Heading; empty for the slim box beside a field.
        cards: The findings; what is not met first.
        note: A last sentence.
        level: Heading level, 2 or 3.
    """

    flag: str
    cards: tuple[FindingCard, ...]
    title: str = ""
    note: str = ""
    level: int = 2
