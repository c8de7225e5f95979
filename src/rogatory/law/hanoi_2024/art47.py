"""Article 47: law enforcement cooperation. Between whom it goes, on whom, and what it cannot open.

The article lists no contents and compels nobody. It is open for Convention offences only; that a serious
crime alone does not open it is said by the gate (``art35.py``).
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, POLICE, no_items
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART47_P1: Final = "hanoi_2024/art47.p1"
ART47_P1_A: Final = "hanoi_2024/art47.p1.a"
ART47_P1_B: Final = "hanoi_2024/art47.p1.b"
ART47_P2: Final = "hanoi_2024/art47.p2"
ART6_P2: Final = "hanoi_2024/art6.p2"


@rule(cites=ART47_P1_A, since=ADOPTED, kinds=POLICE, matter=Matter.POLICE)
def the_authorities_of_the_exchange_are_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the authorities between which the exchange goes; the article does not ask for it."""
    del basis
    if facts.how_many("cooperation/authorities"):
        return met(reason(ART47_P1_A, "LAW-101"))
    cures = [cure("LAW-370", facts.at("cooperation/authorities"))]
    return for_a_person(reason(ART47_P1_A, "LAW-600"), cures=cures)


@rule(cites=ART47_P1_B, since=ADOPTED, kinds=POLICE, matter=Matter.POLICE)
def the_persons_proceeds_and_means_are_named(facts: Facts, basis: Basis) -> Judgement:
    """Each item names the person, the proceeds or the means that the inquiry is about."""
    del basis
    if not facts.items:
        return no_items(facts, ART47_P1_B)
    nameless = [item for item in facts.items if not item.identifier]
    if not nameless:
        return met(reason(ART47_P1_B, "LAW-101"))
    return not_met(
        [reason(ART47_P1_B, "LAW-601", item=item.number) for item in nameless],
        [cure("LAW-301", f"{item.path}/identifier") for item in nameless],
    )


@rule(cites=ART47_P1, since=ADOPTED, kinds=POLICE, matter=Matter.POLICE)
def what_compels_goes_by_another_article(facts: Facts, basis: Basis) -> Judgement | None:
    """Police cooperation compels nobody; powers, and the records of an account, are asked for otherwise."""
    del basis
    powers = facts.said("cooperation/powers")
    traced = [item for item in facts.items if item.category == "tracing"]
    shown = [reason(ART47_P1, "LAW-603", item=item.number) for item in traced]
    if powers:
        cures = [cure("LAW-371", facts.at("cooperation/powers"))]
        return for_a_person(reason(ART47_P1, "LAW-602"), *shown, cures=cures)
    return for_a_person(*shown) if shown else None


@rule(cites=ART47_P1_B, since=ADOPTED, kinds=POLICE, matter=Matter.POLICE)
def locating_a_person_is_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Where someone is sought, a person asks who seeks and why: an exile is found in this way too."""
    del basis
    sought = [item for item in facts.items if item.category == "locating_a_person"]
    if not sought:
        return None
    return for_a_person(*(reason(ART6_P2, "LAW-604", item=item.number) for item in sought))


@rule(cites=ART47_P2, since=ADOPTED, kinds=POLICE, matter=Matter.POLICE)
def no_agreement_of_their_own_is_needed(facts: Facts, basis: Basis) -> Judgement:
    """Without an agreement on direct cooperation, the Convention itself may serve as its basis."""
    del facts, basis
    return met(reason(ART47_P2, "LAW-605"))
