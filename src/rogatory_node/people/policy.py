"""Judges approvals by the Party's policy: may the act leave, may it leave now and be ratified, or not yet.

The policy is the Party's own (PROTOCOL section 2). Its table is ``base.policy``, overridden by ``node.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rogatory_node.base import Role
from rogatory_node.base.policy import ActRule

__all__ = ["Given", "Judgement", "Standing", "judge"]


class Standing(StrEnum):
    """What the policy says of an act with the approvals that it has."""

    COMPLETE = "complete"
    TO_BE_RATIFIED = "to_be_ratified"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Given:
    """One approval, as the policy sees it: who, in which role."""

    officer: str
    role: Role


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may happen, and what is still needed.

    Attributes:
        standing: Whether the act may leave.
        missing: For each approver still needed, the roles of which one would do.
        ratify_by: When the missing approvals must be there, if the act may leave without them.
    """

    standing: Standing
    missing: tuple[tuple[Role, ...], ...] = ()
    ratify_by: datetime | None = None


def judge(rule: ActRule, given: Sequence[Given], *, first_at: datetime | None) -> Judgement:
    """Return what a rule says of the approvals given so far.

    1. each need is filled by one person, and no person fills two; 2. if needs are left, one person of an
    ``alone`` role may send, and the rest ratifies in time.

    Args:
        rule: The Party's rule for the act.
        given: The approvals; a person who appears twice counts once, in the role that helps.
        first_at: When the act left with one approval, or would leave now; None if it may not.

    Source:
        PROTOCOL section 2; PRACTICE section 1.
    """
    # Step 1.
    missing = _unfilled(rule.needs, given)
    if not missing:
        return Judgement(Standing.COMPLETE)
    # Step 2.
    if first_at is not None and any(each.role in rule.alone for each in given):
        return Judgement(Standing.TO_BE_RATIFIED, missing, first_at + rule.ratify_within)
    return Judgement(Standing.MISSING, missing)


def _unfilled(needs: tuple[tuple[Role, ...], ...], given: Iterable[Given]) -> tuple[tuple[Role, ...], ...]:
    """Return the needs that no assignment of distinct persons can fill, as few as possible.

    A maximum matching by augmenting paths: a greedy choice could spend the only lawyer on a need that the
    duty officer fills.
    """
    roles: dict[str, set[Role]] = {}
    for each in given:
        roles.setdefault(each.officer, set()).add(each.role)
    taken: dict[str, int] = {}

    def fill(need: int, tried: set[str]) -> bool:
        for officer in sorted(roles):
            if officer not in tried and roles[officer].intersection(needs[need]):
                tried.add(officer)
                if officer not in taken or fill(taken[officer], tried):
                    taken[officer] = need
                    return True
        return False

    return tuple(roles_needed for at, roles_needed in enumerate(needs) if not fill(at, set()))
