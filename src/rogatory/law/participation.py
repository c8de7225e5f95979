"""Who is bound by what, since when: an input of the law room, never its own knowledge of today.

What sources told (``as_found``) is in the instruments' data. A node hands in what its register of treaty
actions says; a rehearsal hands in what it assumes, and every answer built on that says "assumed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, reduce

from rogatory import instruments
from rogatory.instruments import Communication, Relation
from rogatory.law.participation_in_force import Deposit, entry_into_force

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
        until: The first day on which it is bound no longer; None where it denounced nothing.
        confidence: How sure the day is: ``verified``, ``inferred``, ``memory`` or ``low``.
    """

    since: date | None = None
    assumed: bool = False
    signed: bool = False
    until: date | None = None
    confidence: str = "verified"

    def binds(self, on: date) -> bool:
        """Tell whether the Party is bound on a day."""
        return self.since is not None and self.since <= on and (self.until is None or on < self.until)


NOT_BOUND = Standing()


@dataclass(frozen=True, slots=True)
class Participation:
    """Everything ``basis`` needs to know about the Parties.

    Attributes:
        standings: By instrument and Party code.
        reservations: The provisions that a Party reserved, by instrument and Party code.
        agreed: Pairs that agreed under art. 40(7) to use paras. 8-31 beside their own treaty.
        no_other_treaty: Pairs of which somebody looked and found no other mutual assistance treaty; a
            pair that is not here is one of which nothing is known.
        partial: Instruments whose Parties are known in part only: of a Party that has no standing there,
            nothing is known.
        communications: Reservations, declarations and notifications, by instrument and Party code.
    """

    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    reservations: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    agreed: frozenset[Pair] = frozenset()
    no_other_treaty: frozenset[Pair] = frozenset()
    partial: frozenset[str] = frozenset()
    communications: Mapping[tuple[str, str], tuple[Communication, ...]] = field(default_factory=dict)

    def standing(self, instrument: str, party: str) -> Standing:
        """Return a Party's standing; one of which nothing is known is not bound (see ``knows``)."""
        return self.standings.get((instrument, party), NOT_BOUND)

    def knows(self, instrument: str, party: str) -> bool:
        """Tell whether it is known how a Party stands to an instrument, bound or not."""
        return (instrument, party) in self.standings or instrument not in self.partial


@cache
def as_found(instrument: str | None = None) -> Participation:
    """Return what sources told of the Parties of an instrument, or of all at hand.

    A deposit of which no source gave the day binds nobody here: nothing is inferred. A day on which a Party
    is bound is the one a source states, else it is counted from its deposit.

    Raises:
        InstrumentError: INST-002 for an unknown instrument.
    """
    keys = [each.key for each in instruments.relations()] if instrument is None else [instrument]
    return reduce(_joined, (_found(instruments.relation(key)) for key in keys), Participation())


def _joined(one: Participation, other: Participation) -> Participation:
    return replace(
        one,
        standings={**one.standings, **other.standings},
        reservations={**one.reservations, **other.reservations},
        partial=one.partial | other.partial,
        communications={**one.communications, **other.communications},
    )


def _found(relation: Relation) -> Participation:
    communications: dict[tuple[str, str], tuple[Communication, ...]] = {}
    reservations: dict[tuple[str, str], frozenset[str]] = {}
    for each in relation.communications:
        place = relation.key, each.party
        communications[place] = (*communications.get(place, ()), each)
        if each.kind == "reservation":
            reservations[place] = reservations.get(place, frozenset()) | frozenset(each.provisions)
    return Participation(
        standings=_standings(relation),
        reservations=reservations,
        partial=frozenset([relation.key] if relation.partial else ()),
        communications=communications,
    )


def _standings(relation: Relation) -> dict[tuple[str, str], Standing]:
    deposits = [
        Deposit(party, day, reio=facts["type"] == "reio", denounced=_day(facts, "denounced"))
        for party, facts in relation.parties.items()
        if (day := _day(facts, "deposit")) is not None
    ]
    force = entry_into_force(relation.key, deposits) if "first" in relation.joining else None
    since, until = (force.since, force.until) if force else ({}, {})
    return {
        (relation.key, party): Standing(
            since=_day(facts, "in_force") or since.get(party),
            signed=bool(facts["signed"]),
            until=until.get(party),
            confidence=str(facts["confidence"]),
        )
        for party, facts in relation.parties.items()
    }


def _day(facts: Mapping[str, object], name: str) -> date | None:
    told = facts.get(name)
    return date.fromisoformat(told) if isinstance(told, str) else None


def assume_in_force(
    participation: Participation, parties: Iterable[str], since: date, instrument: str = "hanoi_2024"
) -> Participation:
    """Return the same with some Parties assumed to be bound from a day, for a rehearsal or a study."""
    assumed = {
        (instrument, party): replace(participation.standing(instrument, party), since=since, assumed=True)
        for party in parties
    }
    return replace(participation, standings={**participation.standings, **assumed})
