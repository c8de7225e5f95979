"""Article 42: expedited preservation of stored electronic data. What a request specifies."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    PRESERVATION,
    all_stated,
    data_and_link,
    each_item,
    no_items,
    stated,
)
from rogatory.law.hanoi_2024.art35 import named_offences
from rogatory.law.rule import Judgement, cure, for_a_person, met, reason, rule

ART42_P1: Final = "hanoi_2024/art42.p1"
ART42_P3_A: Final = "hanoi_2024/art42.p3.a"
ART42_P3_B: Final = "hanoi_2024/art42.p3.b"
ART42_P3_C: Final = "hanoi_2024/art42.p3.c"
ART42_P3_D: Final = "hanoi_2024/art42.p3.d"
ART42_P3_E: Final = "hanoi_2024/art42.p3.e"
ART42_P3_F: Final = "hanoi_2024/art42.p3.f"
ART42_P3_G: Final = "hanoi_2024/art42.p3.g"
ART42_P4: Final = "hanoi_2024/art42.p4"
ART42_P5: Final = "hanoi_2024/art42.p5"


@rule(cites=ART42_P1, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_data_are_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The data are in the requested Party's territory; where the provider stands elsewhere, look again."""
    elsewhere = [item for item in facts.items if item.provider_party not in ("", basis.requested)]
    if elsewhere:
        return for_a_person(
            *(reason(ART42_P1, "LAW-131", item=item.number, party=item.provider_party) for item in elsewhere)
        )
    here = facts.items and all(item.provider_party for item in facts.items)
    return met(reason(ART42_P1, "LAW-132", party=basis.requested)) if here else None


@rule(cites=ART42_P3_A, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_authority_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the authority that seeks preservation."""
    del basis
    return stated(ART42_P3_A, present=bool(facts.sender), path="/from")


@rule(cites=ART42_P3_B, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_offence_and_the_facts_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the offence, as conduct, and gives a brief summary of the facts."""
    del basis
    particulars = ((facts.conduct, facts.at("offence/conduct")), (facts.facts, facts.at("facts")))
    return all_stated(ART42_P3_B, particulars)


@rule(cites=ART42_P3_C, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_data_and_their_link_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item names the data to be preserved and says how they are linked to the offence."""
    del basis
    return data_and_link(facts, ART42_P3_C)


@rule(cites=ART42_P3_D, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_custodian_or_location_is_indicated(facts: Facts, basis: Basis) -> Judgement:
    """Each item gives any available information on the custodian or the location of the system."""
    del basis
    if not facts.items:
        return no_items(facts, ART42_P3_D)
    silent = [item for item in facts.items if not (item.provider or item.provider_party)]
    if not silent:
        return met(reason(ART42_P3_D, "LAW-101"))
    # Only what is available is owed; whether more is known is for a person. The network can locate (p2).
    reasons = [reason(ART42_P3_D, "LAW-103", item=item.number) for item in silent]
    return for_a_person(
        *reasons,
        reason("hanoi_2024/art42.p2", "LAW-133"),
        cures=[cure("LAW-301", f"{item.path}/provider") for item in silent],
    )


@rule(cites=ART42_P3_E, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_necessity_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item says why preservation is necessary; whether it truly is, is for a person."""
    del basis
    return each_item(facts, ART42_P3_E, lambda item: item.necessity, "necessity")


@rule(cites=ART42_P3_F, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def the_intention_to_request_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the intention to submit a mutual assistance request for the data.

    A planned day states it. The text asks for no day, so without one a person reads whether the purpose does.
    """
    del basis
    path = facts.at("follow_up_planned")
    if facts.follow_up is None and facts.purpose:
        return for_a_person(reason(ART42_P3_F, "LAW-102"), cures=[cure("LAW-301", path)])
    return stated(ART42_P3_F, present=facts.follow_up is not None, path=path)


@rule(cites=ART42_P3_G, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def confidentiality_is_asked_for_as_appropriate(facts: Facts, basis: Basis) -> Judgement:
    """Where it is needed, the request asks for confidentiality and that the user is not notified."""
    del basis
    if facts.secrecy:
        return met(reason(ART42_P3_G, "LAW-101"))
    return for_a_person(reason(ART42_P3_G, "LAW-134"), cures=[cure("LAW-301", facts.at("secrecy"))])


@rule(cites=ART42_P4, since=ADOPTED, kinds=PRESERVATION, matter=Matter.PRESERVATION)
def dual_criminality_is_no_condition(facts: Facts, basis: Basis) -> Judgement:
    """Dual criminality is no condition of preservation, save under a reservation and for other offences."""
    if ART42_P5 not in basis.reserved[basis.requested] or named_offences(facts):
        return met(reason(ART42_P4, "LAW-135"))
    return for_a_person(reason(ART42_P5, "LAW-136", party=basis.requested))
