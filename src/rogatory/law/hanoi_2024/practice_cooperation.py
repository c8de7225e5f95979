"""Practice: what police cooperation and joint investigations need, and what every measure needs."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    HOLD,
    JOINT,
    POLICE,
    PROPERTY,
    REMOVAL,
    all_stated,
    each_item,
    stated,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

AIM: Final = "hanoi_2024/prac.cooperation_aim"
CASE_FACTS: Final = "hanoi_2024/prac.case_facts"
MEASURE: Final = "hanoi_2024/prac.measure"
POLICE_USE: Final = "hanoi_2024/prac.police_use"
TEAM: Final = "hanoi_2024/prac.joint_team"
TEAM_LAW: Final = "hanoi_2024/prac.joint_law"
TEAM_END: Final = "hanoi_2024/prac.joint_end"
TEAM_COSTS: Final = "hanoi_2024/prac.joint_costs"
USES: Final = ("intelligence", "lead")


@rule(cites=AIM, since=ADOPTED, kinds=(*POLICE, *JOINT))
def the_aim_of_the_cooperation_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says what the cooperation is to achieve."""
    del basis
    return stated(AIM, present=facts.said("cooperation/aim"), path=facts.at("cooperation/aim"))


@rule(cites=CASE_FACTS, since=ADOPTED, kinds=(*POLICE, *JOINT, *HOLD, *REMOVAL))
def what_happened_is_told(facts: Facts, basis: Basis) -> Judgement:
    """The request tells what happened, as conduct and as facts, also where no provision lists contents."""
    del basis
    conduct = (facts.conduct, facts.at("offence/conduct"))
    return all_stated(CASE_FACTS, (conduct, (facts.facts, facts.at("facts"))))


@rule(cites=MEASURE, since=ADOPTED, kinds=(*POLICE, *PROPERTY, *HOLD, *REMOVAL))
def the_need_for_each_measure_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item says why that measure is necessary and nothing less would do; a person weighs it."""
    del basis
    return each_item(facts, MEASURE, lambda item: item.necessity, "necessity")


@rule(cites=POLICE_USE, since=ADOPTED, kinds=(*POLICE, *JOINT))
def the_use_of_police_material_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether it wants intelligence, a lead or evidence; evidence needs consent first."""
    del basis
    use = facts.word("use")
    if use in USES:
        return met(reason(POLICE_USE, "LAW-606", use=use))
    if use == "evidence":
        return for_a_person(reason(POLICE_USE, "LAW-607"), reason("hanoi_2024/art40.p19", "LAW-106"))
    return not_met([reason(POLICE_USE, "LAW-102")], [cure("LAW-301", facts.at("use"))])


@rule(cites=TEAM, since=ADOPTED, kinds=JOINT)
def the_leader_and_the_place_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says who leads the joint body and in which Party it acts."""
    del basis
    return all_stated(
        TEAM, [(facts.said(each), facts.at(each)) for each in ("cooperation/leader", "cooperation/place")]
    )


@rule(cites=TEAM_LAW, since=ADOPTED, kinds=JOINT)
def the_law_and_the_powers_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says which law applies to the joint body and which powers its members have."""
    del basis
    particulars = ("cooperation/law_applicable", "cooperation/powers")
    return all_stated(TEAM_LAW, [(facts.said(each), facts.at(each)) for each in particulars])


@rule(cites=TEAM_END, since=ADOPTED, kinds=JOINT)
def the_joint_body_has_an_end(facts: Facts, basis: Basis) -> Judgement:
    """The request says on which day the joint body ends, a day to come; it can be prolonged."""
    ends, path = facts.day("cooperation/ends"), facts.at("cooperation/ends")
    if ends is None:
        return stated(TEAM_END, present=False, path=path)
    if ends < basis.on:
        return not_met([reason(TEAM_END, "LAW-612", day=ends.isoformat())], [cure("LAW-310", path)])
    return met(reason(TEAM_END, "LAW-101"))


@rule(cites=TEAM_COSTS, since=ADOPTED, kinds=JOINT)
def the_costs_of_the_joint_body_are_settled(facts: Facts, basis: Basis) -> Judgement:
    """The request says who bears the costs of the joint body."""
    del basis
    return stated(TEAM_COSTS, present=facts.said("cooperation/costs"), path=facts.at("cooperation/costs"))
