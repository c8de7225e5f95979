"""Article 46: assistance in intercepting content. It has no list of its own, so art. 40(15) applies."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, CONTENT_INTERCEPTION, all_stated, no_items
from rogatory.law.hanoi_2024.art45 import (
    elsewhere,
    ends_too_soon,
    period_particulars,
    unnamed,
    unspecified,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART40_P15_F: Final = "hanoi_2024/art40.p15.f"
ART46_P1: Final = "hanoi_2024/art46.p1"


@rule(cites=ART46_P1, since=ADOPTED, kinds=CONTENT_INTERCEPTION, matter=Matter.INTERCEPTION)
def the_communications_to_intercept_are_specified(facts: Facts, basis: Basis) -> Judgement:
    """Each item specifies the communications for interception, not everybody's."""
    del basis
    faults = unspecified(facts, ART46_P1)
    if faults:
        return for_a_person(*(each for each, _ in faults), cures=[each for _, each in faults])
    if not facts.items:
        return no_items(facts, ART46_P1)
    if silent := unnamed(facts):
        return not_met(
            [reason(ART46_P1, "LAW-435", item=item.number) for item in silent],
            [cure("LAW-301", f"{item.path}/identifier") for item in silent],
        )
    return met(reason(ART46_P1, "LAW-434"))


@rule(cites=ART46_P1, since=ADOPTED, kinds=CONTENT_INTERCEPTION, matter=Matter.INTERCEPTION)
def interception_is_within_reach_of_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The requested Party can reach the communications; where the provider stands elsewhere, look again."""
    others = elsewhere(facts, basis)
    if others:
        return for_a_person(
            *(reason(ART46_P1, "LAW-431", item=item.number, party=item.provider_party) for item in others)
        )
    here = facts.items and all(item.provider_party for item in facts.items)
    return met(reason(ART46_P1, "LAW-132", party=basis.requested)) if here else None


@rule(cites=ART46_P1, since=ADOPTED, kinds=CONTENT_INTERCEPTION, matter=Matter.INTERCEPTION)
def what_treaties_and_laws_permit_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether treaties between the two, or the requested Party's law, permit interception is for a lawyer."""
    del facts
    return for_a_person(reason(ART46_P1, "LAW-429", party=basis.requested))


@rule(cites=ART40_P15_F, since=ADOPTED, kinds=CONTENT_INTERCEPTION, matter=Matter.CONTENTS)
def the_period_of_interception_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states from when to when interception runs, in that order.

    Why for so long is asked by art. 45(3)(f) of traffic data only; of content, practice asks it.
    """
    del basis
    if ends_too_soon(facts):
        path = facts.at("interception/ends")
        return not_met([reason(ART40_P15_F, "LAW-404")], [cure("LAW-337", path)])
    starts, ends, _ = period_particulars(facts)
    return all_stated(ART40_P15_F, (starts, ends))
