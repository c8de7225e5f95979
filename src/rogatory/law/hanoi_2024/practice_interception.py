"""Practice: what collection of traffic data and interception of content need beyond arts. 45 and 46."""

from __future__ import annotations

from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, CONTENT_INTERCEPTION, INTERCEPTION, stated
from rogatory.law.hanoi_2024.practice_preservation import months_after
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

AVAILABLE_AT_HOME: Final = "hanoi_2024/prac.available_at_home"
COLLECTION_PERIOD: Final = "hanoi_2024/prac.collection_period"
LESS_INTRUSIVE: Final = "hanoi_2024/prac.less_intrusive"
DELIVERY: Final = "hanoi_2024/prac.delivery"


@rule(cites=AVAILABLE_AT_HOME, since=ADOPTED, kinds=INTERCEPTION)
def the_measure_exists_at_home(facts: Facts, basis: Basis) -> Judgement:
    """The request says that the asker's own law has the measure in a similar case; if not, a person looks.

    Nobody should obtain abroad what his own judge could not have given him.
    """
    answer, path = facts.word("interception/available_at_home"), facts.at("interception/available_at_home")
    if answer == "yes":
        return met(reason(AVAILABLE_AT_HOME, "LAW-101"))
    if answer in ("no", "unknown"):
        shown = reason(AVAILABLE_AT_HOME, "LAW-403", answer=answer, party=basis.requesting)
        return for_a_person(shown, cures=[cure("LAW-301", path)])
    return stated(AVAILABLE_AT_HOME, present=False, path=path)


@rule(cites=COLLECTION_PERIOD, since=ADOPTED, kinds=INTERCEPTION)
def the_period_lies_ahead_and_is_short(facts: Facts, basis: Basis) -> Judgement | None:
    """The period begins on the day of the request or later, and one longer than a term is for a person."""
    starts, ends = facts.instant("interception/starts"), facts.instant("interception/ends")
    gone = [
        item for item in facts.items if item.period and item.period.end and item.period.end.date() < basis.on
    ]
    if gone:
        return not_met(
            [reason(COLLECTION_PERIOD, "LAW-407", item=item.number) for item in gone],
            [cure("LAW-338", facts.at("kind"))],
        )
    if starts is not None and starts.date() < basis.on:
        shown = reason(COLLECTION_PERIOD, "LAW-405", day=starts.date().isoformat())
        return not_met([shown], [cure("LAW-310", facts.at("interception/starts"))])
    if starts is None or ends is None:
        return None
    months = int(str(instruments.entry(COLLECTION_PERIOD).values["value"]))
    if ends.date() > months_after(starts.date(), months):
        return for_a_person(
            reason(COLLECTION_PERIOD, "LAW-406", months=months),
            cures=[cure("LAW-337", facts.at("interception/ends"))],
        )
    return met(reason(COLLECTION_PERIOD, "LAW-101"))


@rule(cites=COLLECTION_PERIOD, since=ADOPTED, kinds=CONTENT_INTERCEPTION)
def why_interception_lasts_so_long_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says why interception of content lasts so long; duration has its limits (art. 24(2))."""
    del basis
    path = facts.at("interception/period_reason")
    return stated(COLLECTION_PERIOD, present=facts.said("interception/period_reason"), path=path)


@rule(cites=LESS_INTRUSIVE, since=ADOPTED, kinds=INTERCEPTION)
def less_intrusive_means_are_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """The request says which milder means failed or would not do; whether that is so, a person judges.

    Those who talk to the person concerned are caught as well (art. 24(3)).
    """
    del basis
    if not facts.said("interception/less_intrusive"):
        return stated(LESS_INTRUSIVE, present=False, path=facts.at("interception/less_intrusive"))
    return for_a_person(reason("hanoi_2024/art24.p1", "LAW-408"), reason("hanoi_2024/art24.p3", "LAW-106"))


@rule(cites=DELIVERY, since=ADOPTED, kinds=INTERCEPTION)
def the_way_of_delivery_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether data are delivered as they pass or in batches."""
    del basis
    path = facts.at("interception/delivery")
    return stated(DELIVERY, present=facts.word("interception/delivery") in ("live", "batches"), path=path)
