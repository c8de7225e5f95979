"""What each matter's answer follows from: which instruments hold, and what each of them says.

An outline depends on the situation alone (what binds, whether somebody looked for another treaty, whether
the Parties agreed), not on who the Parties are; so it is worked out once for each situation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from rogatory import instruments
from rogatory.instruments import Ruling
from rogatory.law.basis_bonds import HANOI, Hold
from rogatory.law.basis_matters import Matter, State
from rogatory.law.finding import Reason

__all__ = ["Outline", "Situation", "plan"]

TEMPLATE: Final = "reciprocity"
# A mutual assistance treaty is not taken to speak of these unless its data say so.
NO_ASSISTANCE: Final = frozenset(
    {
        Matter.EXTRADITION,
        Matter.TRANSFER_OF_PERSONS,
        Matter.TRANSFER_OF_PROCEEDINGS,
        Matter.POLICE,
        Matter.JOINT_INVESTIGATION,
    }
)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that an answer depends on, save who the Parties are.

    Attributes:
        holds: Of each instrument that could bind the pair, in their order, whether it does.
        treaty: The mutual assistance treaty between the pair, bound or not known to be; None without one.
        agreed: Whether they agreed to use art. 40(8)-(31) beside their own treaty.
        looked: Whether somebody looked and found no other such treaty.
        under: The instrument on which the request says it rests.
    """

    holds: tuple[tuple[str, Hold], ...]
    treaty: str | None
    agreed: bool
    looked: bool
    under: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """An answer before it knows the Parties.

    Attributes:
        because_of: Instruments whose bonds' reasons belong to the answer.
        reasons: What else belongs to it.
    """

    state: State
    governing: str | None = None
    anchors: tuple[str, ...] = ()
    because_of: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    beside: tuple[str, ...] = ()
    confidence: str | None = None


@lru_cache(maxsize=4096)
def plan(situation: Situation) -> Mapping[Matter, Outline]:
    """Return the outline of every matter's answer in a situation.

    Raises:
        InstrumentError: INST-002 where the situation names an instrument that is not at hand.
    """
    if situation.under is not None:
        instruments.relation(situation.under)
    return MappingProxyType(
        {matter: _beside(situation, matter, _outline(situation, matter)) for matter in Matter}
    )


def _outline(situation: Situation, matter: Matter) -> Outline:
    """Return one matter's outline: a treaty of the pair's own first, where the Convention yields to it."""
    yields = _ruling(HANOI, matter)
    if yields is None or not yields.yields:
        if _hold(situation, HANOI) is not Hold.BOUND and situation.under in {None, situation.treaty}:
            # Beside the Convention itself, what the two agreed with one another comes before what many did.
            own = _left_to_treaty(situation, matter)
            if own is not None and own.state is State.STATED:
                return own
        return _of_conventions(situation, matter) or _left_to_treaty(situation, matter) or _nothing(situation)
    if situation.treaty is not None and not (situation.agreed and _hold(situation, HANOI) is Hold.BOUND):
        found = _of_own_treaty(situation, matter)
        if found is not None:
            return found
    return _of_conventions(situation, matter) or _not_looked(situation) or _nothing(situation)


def _of_conventions(situation: Situation, matter: Matter) -> Outline | None:
    """Return what the first convention that holds and speaks of the matter says; None where none does."""
    passed: tuple[str, ...] = ()
    for key, hold in _ordered(situation):
        ruling = _ruling(key, matter)
        if ruling is None:
            continue
        passed = (*passed, key)
        if hold is Hold.UNKNOWN:
            return Outline(State.UNKNOWN, because_of=passed)
        if hold is Hold.BOUND:
            if ruling.yields and not situation.looked and not (situation.agreed and key == HANOI):
                return Outline(State.UNKNOWN, because_of=passed, reasons=(_nobody_looked(key),))
            return replace(_says(key, matter, ruling), because_of=passed)
    return None


def _of_own_treaty(situation: Situation, matter: Matter) -> Outline | None:
    """Return what the treaty between the pair says; None where there is none, or it is no treaty on that."""
    treaty = situation.treaty
    if treaty is None or (matter in NO_ASSISTANCE and _ruling(treaty, matter) is None):
        return None
    if _hold(situation, treaty) is Hold.UNKNOWN:
        return Outline(State.UNKNOWN, because_of=(treaty,))
    anchor = Reason(f"{HANOI}/art40.p7", "LAW-112", (("instrument", treaty),))
    ruling = _ruling(treaty, matter) or Ruling((), yields=False, confidence="unknown")
    found = _says(treaty, matter, ruling)
    return replace(found, reasons=(anchor, *found.reasons))


def _left_to_treaty(situation: Situation, matter: Matter) -> Outline | None:
    """Return the same where no convention that speaks of the matter binds the pair; say that none does."""
    found = _of_own_treaty(situation, matter)
    if found is None:
        return None
    speaking = tuple(key for key, _ in _ordered(situation) if _ruling(key, matter) is not None)
    return replace(found, because_of=(*speaking, *found.because_of))


def _says(key: str, matter: Matter, ruling: Ruling) -> Outline:
    named = (("instrument", key),)
    if ruling.confidence == "unknown":
        # What is not known of the governing instrument is not filled in from another.
        reasons = (Reason(f"{HANOI}/art40.p7", "LAW-113", named),)
        return Outline(State.UNKNOWN, key, reasons=reasons, confidence="unknown")
    if not ruling.refs:
        reasons = (Reason(f"{key}/matter.{matter}", "LAW-118", named),)
        return Outline(State.SILENT, key, reasons=reasons, confidence=ruling.confidence)
    return Outline(State.STATED, key, ruling.refs, confidence=ruling.confidence)


def _not_looked(situation: Situation) -> Outline | None:
    if situation.looked:
        return None
    keys = tuple(key for key, _ in situation.holds)
    return Outline(State.UNKNOWN, because_of=keys[:1], reasons=(_nobody_looked(HANOI),))


def _nothing(situation: Situation) -> Outline:
    holds = tuple(key for key, hold in situation.holds if hold is not Hold.BOUND)
    return Outline(State.NONE, because_of=holds)


@cache
def _nobody_looked(key: str) -> Reason:
    fallback = instruments.relation(key).fallback
    assert fallback is not None, key
    return Reason(fallback, "LAW-114")


def _beside(situation: Situation, matter: Matter, outline: Outline) -> Outline:
    """Add what the other instruments that bind the pair say; a template only where nothing binds it."""
    if outline.state is State.NONE:
        row = f"{TEMPLATE}/matter.{matter}"
        return replace(outline, beside=(row,) if instruments.exists(row) else ())
    found = [ref for key in _others(situation, outline, matter) for ref in _refs(key, matter)]
    return replace(outline, beside=tuple(found))


def _others(situation: Situation, outline: Outline, matter: Matter) -> Iterator[str]:
    for key, hold in situation.holds:
        ruling = _ruling(key, matter)
        if hold is not Hold.BOUND or key == outline.governing or ruling is None:
            continue
        # A rule that gives way, and has given way or may have to, is no rule beside.
        if not ruling.yields or situation.looked or key == situation.treaty:
            yield key


def _refs(key: str, matter: Matter) -> tuple[str, ...]:
    ruling = _ruling(key, matter)
    return ruling.refs if ruling is not None and ruling.confidence != "unknown" else ()


def _ruling(key: str, matter: Matter) -> Ruling | None:
    return instruments.relation(key).matters.get(matter.value)


def _hold(situation: Situation, key: str) -> Hold:
    return dict(situation.holds)[key]


def _ordered(situation: Situation) -> list[tuple[str, Hold]]:
    """Return the conventions as they are looked at: one that the request names, and that holds, first."""
    chosen = [each for each in situation.holds if instruments.relation(each[0]).rank is not None]
    return sorted(chosen, key=lambda each: not (each[0] == situation.under and each[1] is Hold.BOUND))
