"""Which instrument governs between two Parties on a day, matter by matter.

Article 40(7): where a mutual assistance treaty binds the pair, it governs what paras. 8-31 of that article
would, unless the Parties agree otherwise. So there is no one answer for a pair: contents, language, grounds,
speciality, channel and costs are asked one by one, and articles 36 and 41-46 apart. ``UNKNOWN`` is an answer
and never slides into another instrument.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.law.finding import Reason
from rogatory.law.participation import Participation, pair

__all__ = ["Answer", "Basis", "Matter", "State", "basis"]

HANOI: Final = "hanoi_2024"


class Matter(StrEnum):
    """What can be governed by one instrument while another governs the rest."""

    CONTENTS = "contents"
    LANGUAGE = "language"
    GROUNDS = "grounds"
    SPECIALITY = "speciality"
    CHANNEL = "channel"
    COSTS = "costs"
    PERSONAL_DATA = "personal_data"
    NETWORK = "network"
    PRESERVATION = "preservation"
    PATH = "path"
    STORED_DATA = "stored_data"
    REALTIME_TRAFFIC = "realtime_traffic"
    INTERCEPTION = "interception"


# art40.p7: these six stand for paras. 8-31, which give way to another mutual assistance treaty.
YIELDING: Final = {
    Matter.CONTENTS: "art40.p15",
    Matter.LANGUAGE: "art40.p13",
    Matter.GROUNDS: "art40.p21",
    Matter.SPECIALITY: "art40.p19",
    Matter.CHANNEL: "art40.p12",
    Matter.COSTS: "art40.p30",
}
# Articles 36 and 41-46 are outside paras. 8-31 and are answered for themselves.
OWN: Final = {
    Matter.PERSONAL_DATA: "art36",
    Matter.NETWORK: "art41",
    Matter.PRESERVATION: "art42",
    Matter.PATH: "art43",
    Matter.STORED_DATA: "art44",
    Matter.REALTIME_TRAFFIC: "art45",
    Matter.INTERCEPTION: "art46",
}


class State(StrEnum):
    """How much is known of a matter."""

    STATED = "stated"  # the governing instrument says it, at the anchors given
    UNKNOWN = "unknown"  # ask a lawyer; nothing is filled in
    NONE = "none"  # no instrument at hand binds the pair in this matter


@dataclass(frozen=True, slots=True)
class Answer:
    """What governs one matter between two Parties on a day.

    Attributes:
        governing: The instrument; with ``UNKNOWN`` it may be named although what it says is not known.
        anchors: Where it says so; empty unless ``STATED``.
        assumed: Whether that rests on an assumption (a rehearsal).
        reasons: Why this one, and why others do not bind.
    """

    matter: Matter
    state: State
    governing: str | None
    anchors: tuple[str, ...]
    assumed: bool
    reasons: tuple[Reason, ...]

    def says(self, instrument: str) -> bool:
        """Tell whether this instrument governs the matter and what it says is known."""
        return self.state is State.STATED and self.governing == instrument


@dataclass(frozen=True, slots=True)
class Basis:
    """The answers for one ordered pair of Parties on one day.

    Attributes:
        reserved: Provisions of ``hanoi_2024`` that either Party reserved, by Party.
    """

    requesting: str
    requested: str
    on: date
    matters: Mapping[Matter, Answer]
    reserved: Mapping[str, frozenset[str]]

    def answer(self, matter: Matter) -> Answer:
        """Return the answer for one matter."""
        return self.matters[matter]


def basis(requesting: str, requested: str, on: date, participation: Participation) -> Basis:
    """Return what governs between two Parties on a day, matter by matter.

    It does not say that a request is lawful, and it knows no treaty that is not at hand.

    1. Does the Convention bind both on that day? If not, none of its articles governs.
    2. Articles 36 and 41-46 are then its own.
    3. For the six matters of art. 40(8)-(31): does another mutual assistance treaty bind the pair? It
       governs, and what is not known of it stays unknown.
    4. Where nobody looked for such a treaty, the answer is unknown too.

    Args:
        requesting: The code of the requesting Party, ISO 3166-1 alpha-3 in lower case.
        requested: The code of the requested Party.
        on: The day of the request.
        participation: Who is bound since when; an input, since this room knows no today.

    Raises:
        LawError: LAW-005 where both are the same Party.
    """
    if requesting == requested:
        raise LawError("LAW-005", party=requesting)
    bond = _convention(requesting, requested, on, participation)
    matters = {matter: _own(matter, anchor, bond) for matter, anchor in OWN.items()}
    other = _other_treaty(requesting, requested, on)
    both = pair(requesting, requested)
    agreed, looked = both in participation.agreed, both in participation.no_other_treaty
    for matter, anchor in YIELDING.items():
        if other is not None and not (agreed and bond.bound):
            matters[matter] = _of_treaty(matter, other)
        elif agreed or looked:
            matters[matter] = _own(matter, anchor, bond)
        else:
            reasons = (*bond.reasons, Reason(f"{HANOI}/art40.p7", "LAW-114"))
            matters[matter] = Answer(matter, State.UNKNOWN, None, (), assumed=False, reasons=reasons)
    reserved = {each: participation.reservations.get((HANOI, each), frozenset()) for each in sorted(both)}
    return Basis(requesting, requested, on, MappingProxyType(matters), MappingProxyType(reserved))


@dataclass(frozen=True, slots=True)
class _Bond:
    """Whether the Convention binds both Parties on a day, whether that is assumed, and why."""

    bound: bool
    assumed: bool
    reasons: tuple[Reason, ...]


def _convention(requesting: str, requested: str, on: date, participation: Participation) -> _Bond:
    bound, assumed, reasons = True, False, []
    for party in (requesting, requested):
        standing = participation.standing(HANOI, party)
        if standing.since is None or standing.since > on:
            bound = False
            reasons.append(Reason(f"{HANOI}/art65.p1", "LAW-110", (("party", party),)))
        elif standing.assumed:
            assumed = True
            fields = (("party", party), ("since", standing.since.isoformat()))
            reasons.append(Reason(f"{HANOI}/art65.p1", "LAW-111", fields))
    return _Bond(bound, assumed, tuple(reasons))


def _own(matter: Matter, anchor: str, bond: _Bond) -> Answer:
    if not bond.bound:
        return Answer(matter, State.NONE, None, (), assumed=False, reasons=bond.reasons)
    anchors = (f"{HANOI}/{anchor}",)
    return Answer(matter, State.STATED, HANOI, anchors, assumed=bond.assumed, reasons=bond.reasons)


def _other_treaty(requesting: str, requested: str, on: date) -> str | None:
    """Return the mutual assistance treaty between exactly these Parties that is in force on the day."""
    for key in instruments.instruments():
        facts = instruments.instrument(key).facts
        named, since = facts.get("named_parties"), facts.get("in_force")
        if not facts.get("mutual_assistance") or not isinstance(named, list) or not isinstance(since, str):
            continue
        if {requesting, requested} <= set(named) and date.fromisoformat(since) <= on:
            return key
    return None


def _of_treaty(matter: Matter, treaty: str) -> Answer:
    reasons = (Reason(f"{HANOI}/art40.p7", "LAW-112", (("instrument", treaty),)),)
    ref = f"{treaty}/matter.{matter.value}"
    row = instruments.entry(ref) if instruments.exists(ref) else None
    if row is None or row.confidence == "unknown":
        unread = (*reasons, Reason(f"{HANOI}/art40.p7", "LAW-113", (("instrument", treaty),)))
        return Answer(matter, State.UNKNOWN, treaty, (), assumed=False, reasons=unread)
    return Answer(matter, State.STATED, treaty, row.refs, assumed=False, reasons=reasons)
