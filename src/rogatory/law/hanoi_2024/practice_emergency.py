"""Practice: what hinders a false emergency. With an offence (art. 41(3)(e)) or without one (domestic law).

A person decides whether the danger is real, and who acts: where the person in danger is on the requested
Party's territory, its police act and only the outcome is told.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, EMERGENCIES, WELFARE_EMERGENCY, all_stated, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

DANGER: Final = "hanoi_2024/prac.danger"
KNOWN_SINCE: Final = "hanoi_2024/prac.known_since"
LEAST_DATA: Final = "hanoi_2024/prac.least_data"
PERSON_IN: Final = "hanoi_2024/prac.person_in"
HIDING: Final = "hanoi_2024/prac.hiding"
REVIEW: Final = "hanoi_2024/prac.emergency_review"
EMERGENCY_USE: Final = "hanoi_2024/prac.emergency_use"
WELFARE: Final = "hanoi_2024/prac.welfare"
WELFARE_LAW: Final = "hanoi_2024/prac.welfare_law"


def hours(anchor: str) -> timedelta:
    """Return the length of a practice that is counted in hours."""
    return timedelta(hours=int(str(instruments.entry(anchor).values["value"])))


def made_at(facts: Facts, basis: Basis) -> datetime:
    """Return when the request was made; of a draft, the end of the day that is asked about."""
    return facts.issued or datetime.combine(basis.on, time.max, tzinfo=UTC)


@rule(cites=DANGER, since=ADOPTED, kinds=EMERGENCIES)
def the_danger_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the danger, whether life or safety is threatened, and why it is imminent.

    That these are stated is all that is said here; whether they are true is asked elsewhere, of a person.
    """
    del basis
    threatened = facts.word("emergency/threatened") in ("life", "safety")
    return all_stated(
        DANGER,
        (
            (facts.said("emergency/danger"), facts.at("emergency/danger")),
            (threatened, facts.at("emergency/threatened")),
            (facts.said("emergency/imminent"), facts.at("emergency/imminent")),
        ),
    )


@rule(cites=DANGER, since=ADOPTED, kinds=EMERGENCIES)
def an_emergency_is_sent_as_one(facts: Facts, basis: Basis) -> Judgement:
    """A request that speaks of an emergency is sent as one; a routine one belies itself."""
    del basis
    if facts.urgency == "emergency":
        return met(reason(DANGER, "LAW-436"))
    return not_met([reason(DANGER, "LAW-414")], [cure("LAW-332", facts.at("urgency"))])


@rule(cites=KNOWN_SINCE, since=ADOPTED, kinds=EMERGENCIES)
def the_danger_is_newly_known(facts: Facts, basis: Basis) -> Judgement:
    """The request says since when the danger is known; one long known could have been asked for in order."""
    known, path = facts.instant("emergency/known_since"), facts.at("emergency/known_since")
    if known is None:
        return stated(KNOWN_SINCE, present=False, path=path)
    made = made_at(facts, basis)
    if known > made:
        return not_met([reason(KNOWN_SINCE, "LAW-415")], [cure("LAW-333", path)])
    if made - known > hours(KNOWN_SINCE):
        return for_a_person(reason(KNOWN_SINCE, "LAW-416", hours=(made - known) // timedelta(hours=1)))
    return met(reason(KNOWN_SINCE, "LAW-101"))


@rule(cites=LEAST_DATA, since=ADOPTED, kinds=EMERGENCIES)
def the_least_data_are_asked_for(facts: Facts, basis: Basis) -> Judgement:
    """The request says why no less would do; where it asks for content all the same, a person looks."""
    del basis
    if not facts.said("emergency/least_data"):
        return stated(LEAST_DATA, present=False, path=facts.at("emergency/least_data"))
    content = [item for item in facts.items if item.category in ("content_data", "electronic_data")]
    if content:
        return for_a_person(
            *(reason(LEAST_DATA, "LAW-417", item=item.number) for item in content),
            cures=[cure("LAW-336", f"{item.path}/category") for item in content],
        )
    return met(reason(LEAST_DATA, "LAW-101"))


@rule(cites=PERSON_IN, since=ADOPTED, kinds=EMERGENCIES)
def whose_police_act_is_asked(facts: Facts, basis: Basis) -> Judgement:
    """The request says where the person in danger is; unless that is the asker's own territory, look.

    On the requested Party's territory its police act and only the outcome is told.
    """
    where, path = facts.word("emergency/person_in"), facts.at("emergency/person_in")
    if where == basis.requested:
        return for_a_person(reason(PERSON_IN, "LAW-419", party=basis.requested))
    if where == basis.requesting:
        return met(reason(PERSON_IN, "LAW-101"))
    code = "LAW-420" if len(where) == 3 else "LAW-418"
    return for_a_person(reason(PERSON_IN, code, party=basis.requested), cures=[cure("LAW-301", path)])


@rule(cites=HIDING, since=ADOPTED, kinds=EMERGENCIES)
def whether_the_person_hides_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the person in danger hides from those who ask is for a person, always."""
    del facts, basis
    return for_a_person(reason(HIDING, "LAW-423"))


@rule(cites=REVIEW, since=ADOPTED, kinds=EMERGENCIES)
def an_independent_review_follows(facts: Facts, basis: Basis) -> Judgement:
    """The request names the day of an independent review, within forty-eight hours of being made."""
    planned, path = facts.day("emergency/review_by"), facts.at("emergency/review_by")
    if planned is None:
        return stated(REVIEW, present=False, path=path)
    if planned < basis.on:
        return not_met([reason(REVIEW, "LAW-422", day=planned.isoformat())], [cure("LAW-310", path)])
    if planned > last_day_of_review(facts, basis):
        length = hours(REVIEW) // timedelta(hours=1)
        return not_met(
            [reason(REVIEW, "LAW-421", day=planned.isoformat(), hours=length)], [cure("LAW-335", path)]
        )
    return met(reason(REVIEW, "LAW-101"))


def last_day_of_review(facts: Facts, basis: Basis) -> date:
    """Return the last day on which the review is in time."""
    made = facts.issued.date() if facts.issued else basis.on
    # A day is stated, not an hour: the day on which the last hour falls still counts.
    return made + min(hours(REVIEW), date.max - made)


@rule(cites=EMERGENCY_USE, since=ADOPTED, kinds=EMERGENCIES)
def the_use_is_to_avert(facts: Facts, basis: Basis) -> Judgement:
    """The request states the use; what is given to avert a danger is not evidence before it is asked for."""
    del basis
    use = facts.word("use")
    if use == "evidence":
        return for_a_person(reason(EMERGENCY_USE, "LAW-424"), cures=[cure("LAW-339", facts.at("use"))])
    return stated(EMERGENCY_USE, present=use in ("intelligence", "lead"), path=facts.at("use"))


@rule(cites=WELFARE, since=ADOPTED, kinds=WELFARE_EMERGENCY)
def there_is_no_treaty_basis(facts: Facts, basis: Basis) -> Judgement:
    """Without an offence the Convention gives no basis: domestic law alone decides, and a person reads it."""
    del facts
    return for_a_person(reason(WELFARE, "LAW-425", party=basis.requested))


@rule(cites=WELFARE_LAW, since=ADOPTED, kinds=WELFARE_EMERGENCY)
def the_domestic_law_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the domestic law on which it relies."""
    del basis
    path = facts.at("emergency/legal_basis")
    return stated(WELFARE_LAW, present=facts.said("emergency/legal_basis"), path=path)


@rule(cites=WELFARE, since=ADOPTED, kinds=WELFARE_EMERGENCY)
def an_offence_would_open_the_network(facts: Facts, basis: Basis) -> Judgement | None:
    """No offence is asked for; where one is stated all the same, a person asks which kind is meant."""
    del basis
    if not (facts.conduct or facts.articles or facts.provisions):
        return None
    shown = reason("hanoi_2024/art41.p3.e", "LAW-426")
    return for_a_person(shown, cures=[cure("LAW-334", facts.at("kind"))])


@rule(cites="hanoi_2024/art2.p1.o", since=ADOPTED, kinds=WELFARE_EMERGENCY)
def whether_the_danger_is_real_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the danger is real, and no more is asked for than needed, is for a person, always."""
    del facts, basis
    return for_a_person(
        reason("hanoi_2024/art2.p1.o", "LAW-412"),
        reason("hanoi_2024/art24.p1", "LAW-412"),
    )
