"""Article 40: contents of a request for assistance (para. 15), and the clause on persecution (para. 22).

Paragraphs 8-31 give way to another mutual assistance treaty between the pair (para. 7). These rules then
still say what they see, as a guide, and leave the conclusion to a person.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, BOTH, STORED_DATA, all_stated, each_item, stated
from rogatory.law.rule import Judgement, for_a_person, met, reason, rule

ART40_P15_A: Final = "hanoi_2024/art40.p15.a"
ART40_P15_B: Final = "hanoi_2024/art40.p15.b"
ART40_P15_C: Final = "hanoi_2024/art40.p15.c"
ART40_P15_D: Final = "hanoi_2024/art40.p15.d"
ART40_P15_E: Final = "hanoi_2024/art40.p15.e"
ART40_P15_F: Final = "hanoi_2024/art40.p15.f"
ART40_P15_G: Final = "hanoi_2024/art40.p15.g"
ART40_P22: Final = "hanoi_2024/art40.p22"


@rule(cites=ART40_P15_A, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_requesting_authority_is_identified(facts: Facts, basis: Basis) -> Judgement:
    """The request identifies the requesting authority."""
    del basis
    return stated(ART40_P15_A, present=bool(facts.sender), path="/from")


@rule(cites=ART40_P15_B, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_subject_and_who_conducts_it_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the subject and nature of the case, and who conducts it, by name and function."""
    del basis
    particulars = ((facts.conduct, facts.at("offence/conduct")), (facts.unit, facts.at("case_unit/name")))
    return all_stated(ART40_P15_B, particulars)


@rule(cites=ART40_P15_C, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_facts_are_summarised(facts: Facts, basis: Basis) -> Judgement:
    """The request summarises the relevant facts."""
    del basis
    return stated(ART40_P15_C, present=facts.facts, path=facts.at("facts"))


@rule(cites=ART40_P15_D, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_assistance_is_described(facts: Facts, basis: Basis) -> Judgement:
    """The request describes the assistance item by item, by category of data."""
    del basis
    return each_item(facts, ART40_P15_D, lambda item: bool(item.category), "category")


@rule(cites=ART40_P15_E, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_items_or_accounts_are_identified(facts: Facts, basis: Basis) -> Judgement:
    """The request identifies, where it can, the persons, items or accounts concerned."""
    del basis
    return each_item(facts, ART40_P15_E, lambda item: item.identifier, "identifier")


@rule(cites=ART40_P15_F, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_period_is_stated_where_applicable(facts: Facts, basis: Basis) -> Judgement:
    """Each item states the period for which data are sought; what a subscriber is has no period."""
    del basis
    timeless = ("subscriber_information",)
    return each_item(
        facts, ART40_P15_F, lambda item: item.category in timeless or item.period is not None, "period"
    )


@rule(cites=ART40_P15_G, since=ADOPTED, kinds=STORED_DATA, matter=Matter.CONTENTS)
def the_purpose_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the purpose for which the evidence is sought."""
    del basis
    return stated(ART40_P15_G, present=facts.purpose, path=facts.at("purpose"))


@rule(cites=ART40_P22, since=ADOPTED, kinds=BOTH)
def persecution_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether anyone is sought for an opinion, origin, faith or the like is answered by a person, always.

    Consultation on this is off unless a lawyer turns it on: it can tell a persecutor who is protected.
    """
    del facts, basis
    return for_a_person(reason(ART40_P22, "LAW-150"))


@rule(cites="hanoi_2024/prac.victim", since=ADOPTED, kinds=BOTH)
def a_state_or_official_victim_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the victim is the State or an official, a person asks whether dissent is dressed as crime."""
    del basis
    if facts.victim not in ("state", "official"):
        return None
    return for_a_person(reason("hanoi_2024/art6.p2", "LAW-151", victim=facts.victim))


@rule(cites="hanoi_2024/prac.minor", since=ADOPTED, kinds=BOTH)
def a_minor_is_asked_about(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether the suspect is a minor; if so or unknown, a person looks at what follows."""
    del basis
    anchor = "hanoi_2024/prac.minor"
    if facts.minor == "no":
        return met(reason(anchor, "LAW-101"))
    if facts.minor in ("yes", "unknown"):
        return for_a_person(reason("hanoi_2024/art21.p7", "LAW-152", answer=facts.minor))
    return stated(anchor, present=False, path=facts.at("suspect_is_minor"))
