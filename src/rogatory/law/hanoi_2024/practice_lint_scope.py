"""Predicted refusals: a request that asks for too much, or for what was asked before."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._say import ADOPTED
from rogatory.law.hanoi_2024.practice_lint_fitting import ALL
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

NARROW: Final = "hanoi_2024/prac.narrow"
CENSUS: Final = "hanoi_2024/prac.census"
PERIOD: Final = "hanoi_2024/prac.period"
ASKED_BEFORE: Final = "hanoi_2024/prac.asked_before"
# Kinds that ask for data of people, past or to come.
OF_DATA: Final = (
    "preservation",
    "stored_data",
    "realtime_traffic",
    "content_interception",
    "emergency_data",
    "welfare_emergency",
)
# Kinds in which another unit, or the same one, often asked before by another way.
OFTEN_ASKED: Final = ("preservation", "stored_data", "mutual_assistance", "property", "police_cooperation")
# What a provider keeps by time; a contract or a search is bounded by what it is.
KEPT_BY_TIME: Final = ("", "traffic_data", "content_data", "electronic_data")
A_YEAR: Final = timedelta(days=366)


@rule(cites=NARROW, since=ADOPTED, kinds=ALL)
def each_item_names_what_is_needed(facts: Facts, basis: Basis) -> Judgement | None:
    """No item asks for all data in so many words; what is needed is named, within a period."""
    del basis
    wide = [item for item in facts.items if item.everything]
    if not wide:
        return None
    cures = [cure("LAW-387", f"{item.path}/description") for item in wide]
    if not any(_unbounded(item) for item in wide):
        return for_a_person(*(reason(NARROW, "LAW-667", item=item.number) for item in wide), cures=cures)
    return not_met([reason(NARROW, "LAW-666", item=item.number) for item in wide], cures)


@rule(cites=CENSUS, since=ADOPTED, kinds=OF_DATA)
def many_people_at_once_are_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a request names very many identifiers, a person asks whether it is a census and not a case."""
    del basis
    most = int(str(instruments.entry(CENSUS).values["value"]))
    asked = sum(1 for item in facts.items if item.twin is None)
    return for_a_person(reason(CENSUS, "LAW-668", items=asked, most=most)) if asked > most else None


@rule(cites=PERIOD, since=ADOPTED, kinds=OF_DATA)
def the_period_begins_near_the_conduct(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a period begins more than a year before the conduct, a person asks why."""
    del basis
    begun = facts.conduct_start
    if begun is None:
        return None
    early = [
        item
        for item in facts.items
        if item.period and item.period.start and begun - item.period.start > A_YEAR
    ]
    if not early:
        return None
    return for_a_person(
        *(reason(PERIOD, "LAW-669", item=item.number) for item in early),
        cures=[cure("LAW-309", f"{item.path}/period") for item in early],
    )


@rule(cites=ASKED_BEFORE, since=ADOPTED, kinds=ALL)
def nothing_is_asked_twice(facts: Facts, basis: Basis) -> Judgement | None:
    """No two items ask for the same of the same provider about the same thing."""
    del basis
    twice = [(item, item.twin) for item in facts.items if item.twin is not None]
    if not twice:
        return None
    return not_met(
        [reason(ASKED_BEFORE, "LAW-670", item=item.number, other=other) for item, other in twice],
        [cure("LAW-388", item.path) for item, _ in twice],
    )


@rule(cites=ASKED_BEFORE, since=ADOPTED, kinds=OFTEN_ASKED)
def what_was_asked_before_is_told(facts: Facts, basis: Basis) -> Judgement:
    """The request tells what was asked before on the same things, through any channel."""
    del basis
    if facts.said("earlier_requests"):
        return met(reason(ASKED_BEFORE, "LAW-101"))
    path = facts.at("earlier_requests")
    return for_a_person(reason(ASKED_BEFORE, "LAW-671"), cures=[cure("LAW-301", path)])


def _unbounded(item: Item) -> bool:
    """Tell whether nothing bounds what is asked: no measure that is taken once, no contract, no period."""
    if item.category not in KEPT_BY_TIME:
        return False
    period = item.period
    return not (period and period.start and period.end and period.end - period.start <= A_YEAR)
