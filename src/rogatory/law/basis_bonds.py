"""Which instruments bind two Parties on a day, which do not, and of which nobody knows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from rogatory import instruments
from rogatory.instruments import Relation
from rogatory.law.finding import Reason
from rogatory.law.participation import Pair, Participation, Standing

__all__ = ["HANOI", "SURE", "Bond", "Hold", "bonds", "conventions", "treaty_between"]

HANOI: Final = "hanoi_2024"
# From the surest down; what nobody read comes last.
SURE: Final = ("verified", "inferred", "memory", "low", "unknown")


class Hold(StrEnum):
    """Whether an instrument binds both Parties."""

    BOUND = "bound"
    NOT_BOUND = "not_bound"
    UNKNOWN = "unknown"


class Bond(NamedTuple):
    """Whether one instrument binds both Parties on a day, and why, or why not.

    Attributes:
        since: The day from which both are bound; None unless ``BOUND``.
        assumed: Whether that rests on an assumption (a rehearsal).
        confidence: How sure that is.
        reasons: Why it does not bind, why that is not known, or what is assumed; else empty.
    """

    instrument: str
    hold: Hold
    since: date | None
    assumed: bool
    confidence: str
    reasons: tuple[Reason, ...]

    def at_most(self, confidence: str | None) -> str | None:
        """Return the weaker of two: what a provision says is no surer than that it binds."""
        if self.confidence == SURE[0] or confidence is None:
            return confidence
        return max(confidence, self.confidence, key=SURE.index)


@cache
def conventions() -> tuple[Relation, ...]:
    """Return the conventions that any State may join, in the order in which they are looked at."""
    return tuple(each for each in instruments.relations() if each.rank is not None)


@cache
def treaties() -> dict[Pair, tuple[Relation, ...]]:
    """Return the mutual assistance treaties between named Parties, by pair, the latest in force first."""
    found: dict[Pair, tuple[Relation, ...]] = {}
    # A civil treaty is no mutual assistance treaty in criminal matters and is never looked at.
    chosen = [each for each in instruments.relations() if each.named_parties and each.mutual_assistance]
    for each in sorted(chosen, key=lambda relation: relation.in_force or "", reverse=True):
        for one in each.named_parties:
            for other in each.named_parties - {one}:
                both = frozenset((one, other))
                if each not in found.get(both, ()):
                    found[both] = (*found.get(both, ()), each)
    return found


def bonds(requesting: str, requested: str, on: date, participation: Participation) -> dict[str, Bond]:
    """Return each convention's bond on a pair, then that of each treaty between exactly these Parties."""
    found = {each.key: _bond(each.key, requesting, requested, on, participation) for each in conventions()}
    for each in treaties().get(frozenset((requesting, requested)), ()):
        found[each.key] = named_bond(each.key, on)
    return found


def treaty_between(both: Pair, found: dict[str, Bond]) -> str | None:
    """Return the treaty that binds the pair, else one of which that is not known, else None."""
    for hold in (Hold.BOUND, Hold.UNKNOWN):
        for each in treaties().get(both, ()):
            if found[each.key].hold is hold:
                return each.key
    return None


def _bond(key: str, requesting: str, requested: str, on: date, participation: Participation) -> Bond:
    one, other = participation.standing(key, requesting), participation.standing(key, requested)
    if one.binds(on) and other.binds(on):
        return _binding(key, (requesting, one), (requested, other))
    hold, reasons = Hold.UNKNOWN, []
    for party, standing in ((requesting, one), (requested, other)):
        if standing.binds(on):
            continue
        if participation.knows(key, party):
            hold = Hold.NOT_BOUND
            reasons.append(_reason(key, party, "LAW-110" if key == HANOI else "LAW-116"))
        else:
            reasons.append(_reason(key, party, "LAW-117"))
    # One Party that is known not to be bound settles it, whatever is not known of the other.
    if hold is Hold.NOT_BOUND and len(reasons) > 1:
        reasons = [each for each in reasons if each.code != "LAW-117"]
    return Bond(key, hold, None, assumed=False, confidence="verified", reasons=tuple(reasons))


def _binding(key: str, *both: tuple[str, Standing]) -> Bond:
    reasons = [
        Reason(_joined_by(key), "LAW-111" if key == HANOI else "LAW-155", fields)
        for party, standing in both
        if standing.assumed and standing.since is not None
        for fields in [_fields(key, ("party", party), ("since", standing.since.isoformat()))]
    ]
    since = max(standing.since for _, standing in both if standing.since is not None)
    sure = max((standing.confidence for _, standing in both), key=SURE.index)
    return Bond(key, Hold.BOUND, since, bool(reasons), sure, tuple(reasons))


@cache
def _reason(key: str, party: str, code: str) -> Reason:
    return Reason(_joined_by(key), code, _fields(key, ("party", party)))


def _fields(key: str, *others: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    # The sentences on the Convention call it that; those on another instrument name it.
    return others if key == HANOI else (("instrument", key), *others)


@cache
def _joined_by(key: str) -> str:
    return instruments.relation(key).joining["first"].ref


@cache
def named_bond(key: str, on: date) -> Bond:
    """Return the bond of a treaty between named Parties, which its data state or do not."""
    relation, anchor = instruments.relation(key), f"{HANOI}/art40.p7"
    if relation.in_force is None:
        reasons = (Reason(anchor, "LAW-119", (("instrument", key),)),)
        return Bond(key, Hold.UNKNOWN, None, assumed=False, confidence="unknown", reasons=reasons)
    since = date.fromisoformat(relation.in_force)
    if since > on:
        reasons = (Reason(anchor, "LAW-129", (("instrument", key), ("since", relation.in_force))),)
        return Bond(key, Hold.NOT_BOUND, None, assumed=False, confidence=relation.confidence, reasons=reasons)
    return Bond(key, Hold.BOUND, since, assumed=False, confidence=relation.confidence, reasons=())
