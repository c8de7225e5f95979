"""Who is bound by what, since when: an input of the law room, never its own knowledge of today.

What sources told (``as_found``) is in the instruments' data. A node hands in what its register of treaty
actions says; a rehearsal hands in what it assumes, and every answer built on that says "assumed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rogatory import instruments

__all__ = ["Participation", "Standing", "as_found", "assume_in_force", "pair"]

Pair = frozenset[str]


def pair(one: str, other: str) -> Pair:
    """Return two Parties as an unordered pair."""
    return frozenset((one, other))


@dataclass(frozen=True, slots=True)
class Standing:
    """One Party's standing under one instrument.

    Attributes:
        since: The day it is bound from; None where it is not bound, or no source gave the day.
        assumed: Whether that day is assumed for a rehearsal and not a fact.
        signed: Whether it has signed.
    """

    since: date | None = None
    assumed: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """Everything ``basis`` needs to know about the Parties.

    Attributes:
        standings: By instrument and Party code.
        reservations: The provisions that a Party reserved, by instrument and Party code.
        agreed: Pairs that agreed under art. 40(7) to use paras. 8-31 beside their own treaty.
        no_other_treaty: Pairs of which somebody looked and found no other mutual assistance treaty; a
            pair that is not here is one of which nothing is known.
    """

    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    reservations: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    agreed: frozenset[Pair] = frozenset()
    no_other_treaty: frozenset[Pair] = frozenset()

    def standing(self, instrument: str, party: str) -> Standing:
        """Return a Party's standing; one of which nothing is known is not bound."""
        return self.standings.get((instrument, party), Standing())


@cache
def as_found(instrument: str = "hanoi_2024") -> Participation:
    """Return what sources told of the signatories of an instrument; no Party is bound without a day.

    A deposit of which no source gave the day binds nobody here: nothing is inferred.
    """
    standings, reservations = {}, {}
    for party in instruments.parties(instrument):
        standings[instrument, party.code] = Standing(signed=bool(party.signature))
        if party.reservations:
            reservations[instrument, party.code] = frozenset(party.reservations)
    return Participation(standings=standings, reservations=reservations)


def assume_in_force(
    participation: Participation, parties: Iterable[str], since: date, instrument: str = "hanoi_2024"
) -> Participation:
    """Return the same with some Parties assumed to be bound from a day, for a rehearsal or a study."""
    assumed = {
        (instrument, party): replace(participation.standing(instrument, party), since=since, assumed=True)
        for party in parties
    }
    return replace(participation, standings={**participation.standings, **assumed})
