"""Article 45: assistance in collecting traffic data as they pass. What a request specifies."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts, Item
from rogatory.law.finding import Cure, Reason
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    REALTIME_TRAFFIC,
    all_stated,
    data_and_link,
    each_item,
    no_items,
    stated,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART45_P1: Final = "hanoi_2024/art45.p1"
ART45_P2: Final = "hanoi_2024/art45.p2"
ART45_P3_A: Final = "hanoi_2024/art45.p3.a"
ART45_P3_B: Final = "hanoi_2024/art45.p3.b"
ART45_P3_C: Final = "hanoi_2024/art45.p3.c"
ART45_P3_D: Final = "hanoi_2024/art45.p3.d"
ART45_P3_E: Final = "hanoi_2024/art45.p3.e"
ART45_P3_F: Final = "hanoi_2024/art45.p3.f"
# What these name is a person, a case, a file or an account of money: nothing passes there.
NO_COMMUNICATION: Final = ("person", "matter", "iban", "bank_account", "wallet_address", "file_hash")
# Whoever visits a site is caught with the one who is sought.
OF_MANY: Final = ("domain", "url")


def unspecified(facts: Facts, anchor: str) -> list[tuple[Reason, Cure]]:
    """Return the items that name something else than a communication, or the communications of many."""
    faults = []
    for item in facts.items:
        path = f"{item.path}/identifier"
        if item.identifier_kind in NO_COMMUNICATION:
            faults.append((reason(anchor, "LAW-400", item=item.number), cure("LAW-330", path)))
        elif item.shared_address or item.identifier_kind in OF_MANY:
            faults.append((reason(anchor, "LAW-401", item=item.number), cure("LAW-330", path)))
    return faults


def unnamed(facts: Facts) -> list[Item]:
    """Return the items that name nothing at all."""
    return [item for item in facts.items if not item.identifier]


def elsewhere(facts: Facts, basis: Basis) -> list[Item]:
    """Return the items whose provider is said to be another Party's."""
    return [item for item in facts.items if item.provider_party not in ("", basis.requested)]


def period_particulars(facts: Facts) -> tuple[tuple[bool, str], ...]:
    """Return the two ends of the collection and its reason: whether each is there, and where it belongs."""
    starts, ends = (facts.instant(f"interception/{name}") is not None for name in ("starts", "ends"))
    return (
        (starts, facts.at("interception/starts")),
        (ends, facts.at("interception/ends")),
        (facts.said("interception/period_reason"), facts.at("interception/period_reason")),
    )


def ends_too_soon(facts: Facts) -> bool:
    """Tell whether the collection would end before it begins, or at once."""
    starts, ends = facts.instant("interception/starts"), facts.instant("interception/ends")
    return starts is not None and ends is not None and ends <= starts


@rule(cites=ART45_P1, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_communications_are_specified(facts: Facts, basis: Basis) -> Judgement:
    """Each item specifies the communications whose traffic data are collected, not everybody's."""
    del basis
    faults = unspecified(facts, ART45_P1)
    if faults:
        return for_a_person(*(each for each, _ in faults), cures=[each for _, each in faults])
    if not facts.items:
        return no_items(facts, ART45_P1)
    if silent := unnamed(facts):
        return not_met(
            [reason(ART45_P1, "LAW-435", item=item.number) for item in silent],
            [cure("LAW-301", f"{item.path}/identifier") for item in silent],
        )
    return met(reason(ART45_P1, "LAW-434"))


@rule(cites=ART45_P1, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_traffic_is_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The communications pass in the requested Party; where the provider stands elsewhere, look again."""
    others = elsewhere(facts, basis)
    if others:
        return for_a_person(
            *(reason(ART45_P1, "LAW-431", item=item.number, party=item.provider_party) for item in others)
        )
    here = facts.items and all(item.provider_party for item in facts.items)
    return met(reason(ART45_P1, "LAW-132", party=basis.requested)) if here else None


@rule(cites=ART45_P2, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def a_similar_domestic_case_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the requested Party's law has the measure in a similar domestic case is for its lawyer."""
    del facts
    return for_a_person(reason(ART45_P2, "LAW-402", party=basis.requested))


@rule(cites=ART45_P3_A, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_authority_that_seeks_collection_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the requesting authority."""
    del basis
    return stated(ART45_P3_A, present=bool(facts.sender), path="/from")


@rule(cites=ART45_P3_B, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_main_facts_and_the_nature_of_the_case_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request summarises the main facts and says what the investigation is about, as conduct."""
    del basis
    particulars = ((facts.facts, facts.at("facts")), (facts.conduct, facts.at("offence/conduct")))
    return all_stated(ART45_P3_B, particulars)


@rule(cites=ART45_P3_C, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_traffic_data_and_their_link_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item names the data to be collected and says how they are linked to the offence."""
    del basis
    return data_and_link(facts, ART45_P3_C)


@rule(cites=ART45_P3_D, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_user_or_the_system_is_indicated(facts: Facts, basis: Basis) -> Judgement:
    """The request gives what is available on the owner or user of the data, or on where the system is."""
    del basis
    if not facts.items:
        return no_items(facts, ART45_P3_D)
    located = facts.said("interception/system_location")
    silent = [item for item in facts.items if not (located or item.provider or item.provider_party)]
    if not silent:
        return met(reason(ART45_P3_D, "LAW-101"))
    # Only what is available is owed; whether more is known is for a person.
    return for_a_person(
        *(reason(ART45_P3_D, "LAW-103", item=item.number) for item in silent),
        cures=[cure("LAW-301", facts.at("interception/system_location"))],
    )


@rule(cites=ART45_P3_E, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_need_for_collection_is_justified(facts: Facts, basis: Basis) -> Judgement:
    """Each item says why its data are needed; whether they truly are, is for a person."""
    del basis
    return each_item(facts, ART45_P3_E, lambda item: item.necessity, "necessity")


@rule(cites=ART45_P3_F, since=ADOPTED, kinds=REALTIME_TRAFFIC, matter=Matter.REALTIME_TRAFFIC)
def the_period_of_collection_is_stated_and_justified(facts: Facts, basis: Basis) -> Judgement:
    """The request states from when to when data are collected, in that order, and why for so long."""
    del basis
    if ends_too_soon(facts):
        path = facts.at("interception/ends")
        return not_met([reason(ART45_P3_F, "LAW-404")], [cure("LAW-337", path)])
    return all_stated(ART45_P3_F, period_particulars(facts))
