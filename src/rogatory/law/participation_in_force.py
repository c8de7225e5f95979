"""From deposits to days: when an instrument enters into force, for whom, and until when.

Counting differs, and the instruments' data say how (trap: the two are not the same day). The United Nations
count to the 30th or 90th day after a deposit; the Council of Europe counts to the first day of the month
after three months. Pure functions over data: what is derived here is never stored.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.instruments import Counting

__all__ = ["Deposit", "InForce", "ceases", "counted", "entry_into_force"]


@dataclass(frozen=True, slots=True)
class Deposit:
    """One instrument of ratification, acceptance, approval or accession, as the depositary received it.

    Attributes:
        party: ISO 3166-1 alpha-3 in lower case; ``eue`` for the European Union.
        on: The day of the deposit.
        reio: Whether it is an organisation's, which does not count beside its member States'.
        member_state: Whether it comes from a member State of the Council of Europe (Budapest art. 36(3)).
        accession: Whether it is an accession, where that is counted by another rule.
        denounced: The day on which the depositary received a denunciation, if any.
    """

    party: str
    on: date
    reio: bool = False
    member_state: bool = False
    accession: bool = False
    denounced: date | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """What follows from the deposits of one instrument.

    Attributes:
        general: The day on which the instrument enters into force; None where too few have deposited.
        counted: How many deposits count towards it.
        needed: How many it takes.
        since: By Party, the day it is bound from; empty while there is no general day.
        until: By Party that denounced, the first day on which it is bound no longer.
    """

    instrument: str
    general: date | None
    counted: int
    needed: int
    since: Mapping[str, date]
    until: Mapping[str, date]


def entry_into_force(instrument: str, deposits: Iterable[Deposit]) -> InForce:
    """Return when an instrument enters into force, and for whom, by its own rule of counting.

    It does not know whether a deposit was valid, and it stores nothing. Where the instrument's data state
    the general day (a treaty long in force), that day stands and the deposits may be a part only.

    1. Count the deposits in the order of their days, organisations left out where the rule says so.
    2. The day of the deposit that makes the number, counted on, is the general day.
    3. Each Party is bound from its own day by the rule for later Parties, never before the general day.

    Args:
        instrument: Its key, such as ``hanoi_2024``.
        deposits: One for each Party.

    Raises:
        LawError: LAW-008 where a Party deposits twice, LAW-009 where the instrument has no such rule.
        InstrumentError: INST-002 for an unknown instrument.
    """
    relation = instruments.relation(instrument)
    if "first" not in relation.joining:
        raise LawError("LAW-009", instrument=instrument)
    first, own = relation.joining["first"], relation.joining
    told: dict[str, Deposit] = {}
    for each in deposits:
        if told.setdefault(each.party, each) is not each:
            raise LawError("LAW-008", party=each.party, instrument=instrument)
    counting = [each for each in told.values() if first.reio_counted or not each.reio]
    general = date.fromisoformat(relation.in_force) if relation.in_force else _general(first, counting)
    since, until = {}, {}
    if general is not None:
        for party, each in told.items():
            rule = own.get("accession", own["later"]) if each.accession else own["later"]
            since[party] = max(general, counted(rule, each.on))
    for party, each in told.items():
        if each.denounced is not None:
            until[party] = ceases(instrument, each.denounced)
    return InForce(
        instrument=instrument,
        general=general,
        counted=len(counting),
        needed=first.instruments or 0,
        since=MappingProxyType(since),
        until=MappingProxyType(until),
    )


def _general(rule: Counting, deposits: Iterable[Deposit]) -> date | None:
    count = members = 0
    for each in sorted(deposits, key=lambda deposit: deposit.on):
        count, members = count + 1, members + each.member_state
        if count >= (rule.instruments or 0) and members >= rule.of_which_member_states:
            return counted(rule, each.on)
    return None


def ceases(instrument: str, received: date) -> date:
    """Return the day from which a denunciation received on a day has effect.

    Raises:
        LawError: LAW-009 where the instrument's data have no rule on it.
        InstrumentError: INST-002 for an unknown instrument.
    """
    rule = instruments.relation(instrument).joining.get("denunciation")
    if rule is None:
        raise LawError("LAW-009", instrument=instrument)
    return counted(rule, received)


def counted(rule: Counting, day: date) -> date:
    """Return the day that a rule of counting reaches from a day.

    ``exact_ordinal_day``: the nth day after it. ``first_day_of_month_after``: the first day of the month
    that follows the end of so many months. ``exact``: the same date so many months or years on; where that
    date does not exist, the last day of its month.
    """
    if rule.unit == "days":
        return day + timedelta(days=rule.value)
    months = rule.value * (12 if rule.unit == "years" else 1)
    reached = _months_on(day, months)
    return _months_on(reached.replace(day=1), 1) if rule.type == "first_day_of_month_after" else reached


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
