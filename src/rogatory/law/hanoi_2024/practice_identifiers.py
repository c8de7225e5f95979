"""Practice: times, ports and periods. What makes a good request point at the wrong customer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item
from rogatory.law.finding import Cure, Reason
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    BOTH,
    EMERGENCIES,
    HOLD,
    INTERCEPTION,
    MUTUAL_ASSISTANCE,
    POLICE,
    PROPERTY,
    PROVIDER_LOCATION,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

TIME_ZONE: Final = "hanoi_2024/prac.time_zone"
PORT: Final = "hanoi_2024/prac.port"
PERIOD: Final = "hanoi_2024/prac.period"
# What a subscriber is, and where somebody is now, has no period; all else a provider keeps by time.
TIMELESS: Final = ("subscriber_information", "locating_a_person")
POINT_IN_TIME: Final = timedelta(hours=1)
A_YEAR: Final = timedelta(days=366)


@rule(
    cites=TIME_ZONE,
    since=ADOPTED,
    kinds=(
        *BOTH,
        *INTERCEPTION,
        *PROVIDER_LOCATION,
        *EMERGENCIES,
        *MUTUAL_ASSISTANCE,
        *POLICE,
        *PROPERTY,
        *HOLD,
    ),
)
def every_time_has_its_zone(facts: Facts, basis: Basis) -> Judgement | None:
    """Each time says in which zone it was read, and a point in time also which clock showed it."""
    del basis
    timed = [(item, item.period) for item in facts.items if item.period is not None and not item.period.words]
    faults: list[tuple[Reason, Cure]] = []
    for item, period in timed:
        path = f"{item.path}/period"
        if period.unzoned:
            faults.append((reason(TIME_ZONE, "LAW-140", item=item.number), cure("LAW-305", path)))
        if period.unread:
            faults.append((reason(TIME_ZONE, "LAW-141", item=item.number), cure("LAW-306", path)))
    if faults:
        return not_met([each for each, _ in faults], [each for _, each in faults])
    clockless = [
        (reason(TIME_ZONE, "LAW-142", item=item.number), cure("LAW-307", f"{item.path}/period"))
        for item, period in timed
        if not period.clock and period.start and period.end and abs(period.end - period.start) < POINT_IN_TIME
    ]
    if clockless:
        return for_a_person(*(each for each, _ in clockless), cures=[each for _, each in clockless])
    return met(reason(TIME_ZONE, "LAW-101")) if timed else None


@rule(cites=PORT, since=ADOPTED, kinds=(*BOTH, *EMERGENCIES, *POLICE))
def a_shared_address_has_its_port(facts: Facts, basis: Basis) -> Judgement | None:
    """An IPv4 address, which carriers share among subscribers, comes with its source port."""
    del basis
    addresses = [item for item in facts.items if item.shared_address]
    # A destination port says that the address is a server's, and a server's address is its own.
    portless = [item for item in addresses if not (item.source_port or item.server_port)]
    if portless:
        return not_met(
            [reason(PORT, "LAW-143", item=item.number) for item in portless],
            [cure("LAW-308", f"{item.path}/identifier/source_port") for item in portless],
        )
    swapped = [item for item in addresses if item.client_port_as_server and not item.source_port]
    if swapped:
        return for_a_person(
            *(reason(PORT, "LAW-692", item=item.number) for item in swapped),
            cures=[cure("LAW-308", f"{item.path}/identifier/source_port") for item in swapped],
        )
    return met(reason(PORT, "LAW-101")) if addresses else None


@rule(cites=PERIOD, since=ADOPTED, kinds=(*BOTH, *EMERGENCIES))
def the_period_has_both_ends(facts: Facts, basis: Basis) -> Judgement | None:
    """Each item of data kept by time has a period with a beginning and an end; "all" is not a period."""
    timed = [item for item in facts.items if item.category not in TIMELESS]
    faults = [(item, code) for item in timed if (code := _fault(item))]
    if faults:
        return not_met(
            [reason(PERIOD, code, item=item.number) for item, code in faults],
            [cure("LAW-309", f"{item.path}/period") for item, _ in faults],
        )
    doubts = [(item, code) for item in timed if (code := _doubt(item, basis))]
    if doubts:
        return for_a_person(*(reason(PERIOD, code, item=item.number) for item, code in doubts))
    return met(reason(PERIOD, "LAW-101")) if timed else None


def _fault(item: Item) -> str | None:
    period = item.period
    if period is None:
        return "LAW-144"
    if period.words:
        return "LAW-145"
    if period.stated_ends < 2:
        return "LAW-146"
    if period.start and period.end and period.end < period.start:
        return "LAW-147"
    return None


def _doubt(item: Item, basis: Basis) -> str | None:
    period = item.period
    if period is None or not period.start or not period.end:
        return None
    if period.end.date() > basis.on:
        return "LAW-148"
    return "LAW-149" if period.end - period.start > A_YEAR else None
