"""Predicted refusals: times that cannot be, clocks that are too unsure, days that nobody can keep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item, Period
from rogatory.law.hanoi_2024._say import ADOPTED, STORED_DATA
from rogatory.law.hanoi_2024.practice_lint_fitting import ALL
from rogatory.law.hanoi_2024.practice_lint_scope import OF_DATA
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

PAST: Final = "hanoi_2024/prac.past"
CALENDAR: Final = "hanoi_2024/prac.calendar"
CLOCK: Final = "hanoi_2024/prac.clock"
TIME_ZONE: Final = "hanoi_2024/prac.time_zone"
ADDRESS_TIME: Final = "hanoi_2024/prac.address_time"
DEADLINE: Final = "hanoi_2024/prac.deadline_time"
OUTLIVES: Final = "hanoi_2024/prac.outlives"
# What a request says has happened, wherever a kind states it.
HAPPENED: Final = (
    *("domestic_authorisation/date", "assistance/order/date", "extradition/order/date"),
    *("sentenced_transfer/order/date", "property/order/date", "emergency/known_since", "hold/reported"),
)
# Kinds that ask for what is stored; collection in real time has its own beginning and end.
STORED: Final = ("preservation", "stored_data", "emergency_data", "welfare_emergency", "police_cooperation")
# One second of a log, seen by a clock that is a little out, is still one event.
ONE_EVENT: Final = timedelta(seconds=60)


@rule(cites=CALENDAR, since=ADOPTED, kinds=ALL)
def each_day_is_one_that_the_calendar_has(facts: Facts, basis: Basis) -> Judgement | None:
    """Each day and hour that is stated exists: there is no 30 February and no hour twenty-five."""
    del basis
    if not facts.unreal:
        return None
    return not_met(
        [
            reason(CALENDAR, "LAW-725", member=path.removeprefix(facts.base).strip("/"))
            for path in facts.unreal
        ],
        [cure("LAW-306", path) for path in facts.unreal],
    )


@rule(cites=PAST, since=ADOPTED, kinds=ALL)
def what_has_happened_lies_in_the_past(facts: Facts, basis: Basis) -> Judgement | None:
    """Conduct, orders and the beginning of stored data lie before the day of the request."""
    today = max(basis.on, facts.issued.date()) if facts.issued else basis.on
    to_come = [
        item
        for item in facts.items
        if facts.kind in STORED and item.period and item.period.start and item.period.start.date() > today
    ]
    later = [member for member in HAPPENED if (day := _day(facts, member)) and day > today]
    if facts.conduct_start and facts.conduct_start.date() > today:
        later.append("offence/conduct_period")
    if not to_come and not later:
        return None
    return not_met(
        [
            *(reason(PAST, "LAW-672", item=item.number) for item in to_come),
            *(reason(PAST, "LAW-673", member=member) for member in later),
        ],
        [
            *(cure("LAW-309", f"{item.path}/period") for item in to_come),
            *(cure("LAW-306", facts.at(member)) for member in later),
        ],
    )


@rule(cites=ADDRESS_TIME, since=ADOPTED, kinds=OF_DATA)
def whose_an_address_was_has_its_time(facts: Facts, basis: Basis) -> Judgement | None:
    """Who had an address is asked for a time: an address passes from one customer to another within hours."""
    del basis
    held = [
        item
        for item in facts.items
        if item.identifier_kind == "ip_address"
        and item.category == "subscriber_information"
        and (item.client_port_as_server or not item.server_port)
    ]
    timeless = [item for item in held if item.period is None]
    if timeless:
        return not_met(
            [reason(ADDRESS_TIME, "LAW-693", item=item.number) for item in timeless],
            [cure("LAW-309", f"{item.path}/period") for item in timeless],
        )
    return met(reason(ADDRESS_TIME, "LAW-101")) if held else None


@rule(cites=CLOCK, since=ADOPTED, kinds=ALL)
def the_clock_is_surer_than_the_period(facts: Facts, basis: Basis) -> Judgement | None:
    """A period lasts longer than its clock may be out; otherwise it may miss the event and show another."""
    del basis
    sure = [item for item in facts.items if item.period is not None and item.period.error is not None]
    short = [item for item in sure if item.period is not None and _shorter_than_its_error(item.period)]
    if short:
        return not_met(
            [reason(CLOCK, "LAW-674", item=item.number) for item in short],
            [cure("LAW-309", f"{item.path}/period") for item in short],
        )
    return met(reason(CLOCK, "LAW-101")) if sure else None


@rule(cites=TIME_ZONE, since=ADOPTED, kinds=ALL)
def an_instant_shows_the_time_that_was_read(facts: Facts, basis: Basis) -> Judgement | None:
    """Where an instant does not show, in its zone, the hour that was read, a person looks at it."""
    del basis
    odd = [item for item in facts.items if item.period is not None and item.period.odd]
    if not odd:
        return None
    return for_a_person(
        *(reason(TIME_ZONE, "LAW-679", item=item.number) for item in odd),
        cures=[cure("LAW-306", f"{item.path}/period") for item in odd],
    )


@rule(cites=DEADLINE, since=ADOPTED, kinds=ALL)
def a_day_that_is_set_can_be_kept(facts: Facts, basis: Basis) -> Judgement | None:
    """A deadline lies ahead, and far enough that somebody can keep it; in haste, its ground is stated."""
    due = facts.day("deadline")
    if due is None:
        return None
    if due < basis.on:
        gone = reason(DEADLINE, "LAW-675", member="deadline", day=due.isoformat())
        return not_met([gone], [cure("LAW-310", facts.at("deadline"))])
    days = int(str(instruments.entry(DEADLINE).values["value"]))
    if facts.urgency in ("", "routine") and due - basis.on < timedelta(days=days):
        return for_a_person(reason(DEADLINE, "LAW-676", day=due.isoformat(), days=days))
    return met(reason(DEADLINE, "LAW-101"))


@rule(cites=OUTLIVES, since=ADOPTED, kinds=STORED_DATA)
def the_data_outlive_the_answer(facts: Facts, basis: Basis) -> Judgement | None:
    """Where data will be gone before the deadline, their preservation is named: the answer would be empty."""
    del basis
    if facts.preservation:
        return None
    due = facts.day("deadline")
    lost = [item for item in facts.items if _gone_before(item, due)]
    if not lost:
        return None
    return not_met(
        [reason(OUTLIVES, "LAW-677", item=item.number) for item in lost],
        [cure("LAW-301", facts.at("preservation"))],
    )


@rule(cites=OUTLIVES, since=ADOPTED, kinds=("hold_notice",))
def the_follow_up_comes_before_the_hold_ends(facts: Facts, basis: Basis) -> Judgement | None:
    """The request that follows a hold is planned for a day on which the money is still held."""
    del basis
    until, planned = _day(facts, "hold/until"), facts.day("hold/follow_up")
    if until is None or planned is None:
        return None
    if planned > until:
        shown = reason(OUTLIVES, "LAW-678", day=planned.isoformat(), until=until.isoformat())
        return not_met([shown], [cure("LAW-311", facts.at("hold/follow_up"))])
    return met(reason(OUTLIVES, "LAW-101"))


def _shorter_than_its_error(period: Period) -> bool:
    if period.start is None or period.end is None or period.error is None:
        return False
    lasts = abs(period.end - period.start)
    return period.error > (lasts or ONE_EVENT)


def _gone_before(item: Item, due: date | None) -> bool:
    return bool(item.vanishes and due and item.vanishes.date() < due)


def _day(facts: Facts, member: str) -> date | None:
    moment = facts.instant(member)
    return moment.date() if moment else facts.day(member)
