"""Article 48: joint investigations. An agreement, two sides, and the host's sovereignty."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, JOINT
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART48_P1: Final = "hanoi_2024/art48.p1"
TEAM: Final = "hanoi_2024/prac.joint_team"
BOTH_SIDES: Final = 2
CODE: Final = 3


@rule(cites=ART48_P1, since=ADOPTED, kinds=JOINT, matter=Matter.JOINT_INVESTIGATION)
def the_joint_body_rests_on_an_agreement(facts: Facts, basis: Basis) -> Judgement:
    """A joint body rests on an agreement, standing or for the case; who may conclude it is for a person."""
    del facts, basis
    return for_a_person(reason(ART48_P1, "LAW-609"))


@rule(cites=TEAM, since=ADOPTED, kinds=JOINT)
def both_sides_are_in_the_joint_body(facts: Facts, basis: Basis) -> Judgement:
    """The request names two authorities of the joint body or more; whether each Party has one, a person sees.

    Art. 48 lists no contents: this is practice.
    """
    del basis
    count = facts.how_many("cooperation/authorities")
    if count >= BOTH_SIDES:
        return met(reason(TEAM, "LAW-727", count=count))
    cures = [cure("LAW-370", facts.at("cooperation/authorities"))]
    return not_met([reason(TEAM, "LAW-608", count=count), reason(ART48_P1, "LAW-106")], cures)


@rule(cites=ART48_P1, since=ADOPTED, kinds=JOINT, matter=Matter.JOINT_INVESTIGATION)
def the_host_s_sovereignty_is_respected(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the body acts abroad, the Party on whose territory it acts keeps its sovereignty in full."""
    place = facts.word("cooperation/place")
    if len(place) != CODE or not place.isalpha():
        return None
    if place == basis.requesting:
        return met(reason(ART48_P1, "LAW-101"))
    if place == basis.requested:
        return for_a_person(reason(ART48_P1, "LAW-610", party=place))
    cures = [cure("LAW-372", facts.at("cooperation/place"))]
    return not_met([reason(ART48_P1, "LAW-611", party=place)], cures)
