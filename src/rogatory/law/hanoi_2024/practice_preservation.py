"""Practice: what a preservation request needs beyond the list of art. 42(3), and what both kinds need."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    BOTH,
    COOPERATION,
    EMERGENCIES,
    EXTRADITION,
    INQUIRY,
    INTERCEPTION,
    MUTUAL_ASSISTANCE,
    PERSONS,
    PRESERVATION,
    PROCEEDINGS_TRANSFER,
    PROVIDER_LOCATION,
    UNDER_ART40,
    WITHOUT_TREATY,
    all_stated,
    each_item,
    stated,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

EXTENSION: Final = "hanoi_2024/prac.extension"
CASE_UNIT: Final = "hanoi_2024/prac.case_unit"
PENAL_PROVISION: Final = "hanoi_2024/prac.penal_provision"
PROVIDER_SERVICE: Final = "hanoi_2024/prac.provider_service"
DATA_VANISH: Final = "hanoi_2024/prac.data_vanish"
ASKED_DIRECTLY: Final = "hanoi_2024/prac.asked_directly"
FOLLOW_UP: Final = "hanoi_2024/prac.follow_up"
SECRECY_END: Final = "hanoi_2024/prac.secrecy_end"
CALL_BACK: Final = "hanoi_2024/prac.call_back"


@rule(cites=EXTENSION, since=ADOPTED, kinds=PRESERVATION)
def new_or_extension_is_clear(facts: Facts, basis: Basis) -> Judgement:
    """The request is a new one, or names the preservation that it asks to extend, not only in words."""
    del basis
    if not facts.extends and (facts.preservation or facts.speaks_of_extension):
        return for_a_person(reason(EXTENSION, "LAW-688"), cures=[cure("LAW-301", facts.at("extends"))])
    return met(reason(EXTENSION, "LAW-160" if facts.extends else "LAW-161"))


@rule(
    cites=CASE_UNIT,
    since=ADOPTED,
    kinds=(
        *BOTH,
        *INTERCEPTION,
        *MUTUAL_ASSISTANCE,
        *EXTRADITION,
        *PROCEEDINGS_TRANSFER,
        *COOPERATION,
        *WITHOUT_TREATY,
    ),
)
def the_case_unit_and_the_prosecutor_are_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the unit and the prosecutor who conduct the case, apart from the sender.

    Where art. 40(15)(b) asks who conducts it, the rule on that point speaks of the unit, and not this one.
    """
    del basis
    prosecutor = (facts.prosecutor, facts.at("case_unit/prosecutor"))
    if facts.kind in UNDER_ART40:
        return all_stated(CASE_UNIT, (prosecutor,))
    return all_stated(CASE_UNIT, ((facts.unit, facts.at("case_unit/name")), prosecutor))


@rule(
    cites=PENAL_PROVISION,
    since=ADOPTED,
    kinds=(*BOTH, *INTERCEPTION, *MUTUAL_ASSISTANCE, *PERSONS, *COOPERATION),
)
def the_penal_provision_is_given_with_its_text(facts: Facts, basis: Basis) -> Judgement:
    """The request gives each penal provision with its text and its maximum penalty."""
    del basis
    if not facts.provisions:
        return stated(PENAL_PROVISION, present=False, path=facts.at("offence/provisions"))
    return all_stated(
        PENAL_PROVISION,
        [
            particular
            for each in facts.provisions
            for particular in (
                (each.citation, f"{each.path}/citation"),
                (each.text, f"{each.path}/text"),
                (each.maximum_months is not None, f"{each.path}/maximum_penalty_months"),
            )
        ],
    )


@rule(
    cites=PENAL_PROVISION,
    since=ADOPTED,
    kinds=(*BOTH, *INTERCEPTION, *MUTUAL_ASSISTANCE, *PERSONS, *COOPERATION, *WITHOUT_TREATY),
)
def the_provision_is_older_than_the_conduct(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a penal provision was enacted after the conduct began, a person looks at it."""
    del basis
    begun = facts.conduct_start
    if begun is None:
        return None
    later = [each for each in facts.provisions if each.enacted is not None and each.enacted > begun.date()]
    shown = [reason("hanoi_2024/art6.p1", "LAW-162", enacted=str(each.enacted)) for each in later]
    return for_a_person(*shown) if shown else None


@rule(cites=PROVIDER_SERVICE, since=ADOPTED, kinds=PRESERVATION)
def the_service_is_named(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a provider is named, so is the service of it that holds the data."""
    del basis
    if not any(item.provider for item in facts.items):
        return None
    return each_item(
        facts, PROVIDER_SERVICE, lambda item: item.service or not item.provider, "provider/service"
    )


@rule(cites=DATA_VANISH, since=ADOPTED, kinds=PRESERVATION)
def the_day_of_loss_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item states when the first of its data will be gone; a day already past is for a person."""
    gone = [item for item in facts.items if item.vanishes and item.vanishes.date() < basis.on]
    judged = each_item(facts, DATA_VANISH, lambda item: item.vanishes is not None, "vanishes")
    if gone and judged.outcome == "met":
        return for_a_person(*(reason(DATA_VANISH, "LAW-163", item=item.number) for item in gone))
    return judged


@rule(cites=ASKED_DIRECTLY, since=ADOPTED, kinds=(*PRESERVATION, *EMERGENCIES))
def asking_the_provider_directly_is_told(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a provider is named, the request says whether it was asked directly and what it answered."""
    del basis
    if not any(item.provider for item in facts.items):
        return None
    return each_item(
        facts,
        ASKED_DIRECTLY,
        lambda item: item.asked_directly or not item.provider,
        "provider/asked_directly",
    )


@rule(cites=FOLLOW_UP, since=ADOPTED, kinds=PRESERVATION)
def the_follow_up_is_planned_in_time(facts: Facts, basis: Basis) -> Judgement:
    """The request plans its follow-up for a day to come, before the floor of preservation has passed."""
    planned, path = facts.follow_up, facts.at("follow_up_planned")
    if planned is None:
        return stated(FOLLOW_UP, present=False, path=path)
    if planned < basis.on:
        return not_met([reason(FOLLOW_UP, "LAW-164", day=planned.isoformat())], [cure("LAW-310", path)])
    floor = int(str(instruments.entry("hanoi_2024/tl.art42.min").values["value"]))
    if planned - basis.on > timedelta(days=floor):
        return for_a_person(reason("hanoi_2024/art42.p8", "LAW-165", day=planned.isoformat(), days=floor))
    return met(reason(FOLLOW_UP, "LAW-101"))


@rule(
    cites=SECRECY_END,
    since=ADOPTED,
    kinds=(
        *BOTH,
        *INTERCEPTION,
        *MUTUAL_ASSISTANCE,
        *PROVIDER_LOCATION,
        *EMERGENCIES,
        *PERSONS,
        *COOPERATION,
        *WITHOUT_TREATY,
    ),
)
def secrecy_has_an_end_and_a_reason(facts: Facts, basis: Basis) -> Judgement | None:
    """Where secrecy is asked for, it has a reason and an end within twelve months; it can be renewed."""
    if not facts.secrecy:
        return None
    until = facts.secrecy_until
    if until is None or not facts.secrecy_reason:
        end = (until is not None, facts.at("secrecy/until"))
        return all_stated(SECRECY_END, (end, (facts.secrecy_reason, facts.at("secrecy/reason"))))
    months = int(str(instruments.entry(SECRECY_END).values["value"]))
    if until < basis.on or until > months_after(basis.on, months):
        code, sooner = ("LAW-166", "LAW-310") if until < basis.on else ("LAW-167", "LAW-311")
        shown = reason(SECRECY_END, code, day=until.isoformat(), months=months)
        return not_met([shown], [cure(sooner, facts.at("secrecy/until"))])
    return met(reason(SECRECY_END, "LAW-101"))


@rule(
    cites=CALL_BACK,
    since=ADOPTED,
    kinds=(
        *BOTH,
        *INTERCEPTION,
        *MUTUAL_ASSISTANCE,
        *INQUIRY,
        *EMERGENCIES,
        *PERSONS,
        *COOPERATION,
        *WITHOUT_TREATY,
    ),
)
def a_call_back_number_is_given(facts: Facts, basis: Basis) -> Judgement:
    """The request gives a number on which the sender can be called back, with its international prefix."""
    del basis
    if facts.call_back and not facts.call_back_abroad:
        return for_a_person(reason(CALL_BACK, "LAW-691"), cures=[cure("LAW-301", facts.at("call_back"))])
    return stated(CALL_BACK, present=facts.call_back, path=facts.at("call_back"))


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
