"""Article 41: the network at all hours. Locating a provider, advice, and data to avert an emergency.

The text lists no contents. It opens the network to specific investigations (para. 1), as far as the requested
Party's law and practice let the contact act (para. 3). Through whom it goes is asked with all channels.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    EMERGENCY_DATA,
    NETWORK,
    PROVIDER_LOCATION,
    no_items,
)
from rogatory.law.hanoi_2024.art35 import gates
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART2_P1_O: Final = "hanoi_2024/art2.p1.o"
ART41_P1: Final = "hanoi_2024/art41.p1"
ART41_P3: Final = "hanoi_2024/art41.p3"
ART41_P3_B: Final = "hanoi_2024/art41.p3.b"
ART41_P3_E: Final = "hanoi_2024/art41.p3.e"


@rule(cites=ART41_P1, since=ADOPTED, kinds=NETWORK, matter=Matter.NETWORK)
def the_investigation_is_a_specific_one(facts: Facts, basis: Basis) -> Judgement:
    """The request belongs to a specific case, and names it by its reference or by who conducts it."""
    del basis
    named = facts.unit or facts.said("case_unit/reference") or facts.said("reference")
    if named:
        return met(reason(ART41_P1, "LAW-432"))
    return not_met([reason(ART41_P1, "LAW-433")], [cure("LAW-301", facts.at("case_unit"))])


@rule(cites=ART41_P1, since=ADOPTED, kinds=EMERGENCY_DATA, matter=Matter.NETWORK)
def without_an_offence_it_is_another_kind(facts: Facts, basis: Basis) -> Judgement | None:
    """Where no offence is stated at all, a person asks whether this is a welfare emergency instead."""
    del basis
    if facts.conduct or facts.provisions or gates(facts):
        return None
    return for_a_person(reason(ART41_P1, "LAW-413"), cures=[cure("LAW-331", facts.at("kind"))])


@rule(cites=ART41_P3, since=ADOPTED, kinds=NETWORK, matter=Matter.NETWORK)
def who_acts_is_for_the_requested_law(facts: Facts, basis: Basis) -> Judgement:
    """Whether the contact may act itself, or passes the request on, is for the requested Party's law."""
    del facts
    return for_a_person(reason(ART41_P3, "LAW-410", party=basis.requested))


@rule(cites=ART41_P3_B, since=ADOPTED, kinds=PROVIDER_LOCATION, matter=Matter.NETWORK)
def each_item_names_what_is_to_be_located(facts: Facts, basis: Basis) -> Judgement:
    """Each item gives the address, number or name whose provider is to be located."""
    del basis
    if not facts.items:
        return no_items(facts, ART41_P3_B)
    silent = [item for item in facts.items if not item.identifier]
    if silent:
        return not_met(
            [reason(ART41_P3_B, "LAW-437", item=item.number) for item in silent],
            [cure("LAW-301", f"{item.path}/identifier") for item in silent],
        )
    return met(reason(ART41_P3_B, "LAW-438"))


@rule(cites=ART41_P3_E, since=ADOPTED, kinds=EMERGENCY_DATA, matter=Matter.EMERGENCY)
def averting_an_emergency_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether there is an emergency, and whether these data would avert it, is for a person, always."""
    del facts, basis
    return for_a_person(reason(ART41_P3_E, "LAW-411"), reason(ART2_P1_O, "LAW-106"))
