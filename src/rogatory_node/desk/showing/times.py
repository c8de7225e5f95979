"""Instants on a page: own time first, the other side's and UTC beside it, always with the offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rogatory.values import Moment, zone_of
from rogatory_node.desk.showing.places import UTC_PLACE
from rogatory_node.look.pictures.when import Place, clock_time, day, day_time, offset
from rogatory_node.look.pictures.words import code, joined, name, number, small

__all__ = ["both", "day_of", "elsewhere", "full", "moment", "near", "own", "saved", "span", "spoken"]


def day_of(stated: date) -> str:
    """Return a stated day, which has no zone, in words: ``11 June 2028``."""
    return day(datetime.combine(stated, time(12), UTC), UTC_PLACE, year=True)


def own(instant: datetime, here: Place) -> str:
    """Return ``14 March 01:41`` on our own clock."""
    return day_time(instant, here)


def elsewhere(instant: datetime, here: Place, there: Place) -> SafeString:
    """Return the same instant on the other side's clock: ``Paris 13 March 19:41``."""
    same_day = instant.astimezone(there.zone).date() == instant.astimezone(here.zone).date()
    when = clock_time(instant, there) if same_day else day_time(instant, there)
    return joined(name(there.name), " ", number(when))


def both(instant: datetime, here: Place, there: Place) -> SafeString:
    """Return an instant with the other side's clock and UTC beside it, small."""
    beside = [elsewhere(instant, here, there)] if there != here else []
    if UTC_PLACE not in (here, there):
        beside.append(elsewhere(instant, here, UTC_PLACE))
    rest = joined(*(part for each in beside for part in (" · ", each)))
    return joined(full(instant, here), " ", small(rest)) if beside else full(instant, here)


def full(instant: datetime, here: Place) -> SafeString:
    """Return ``14 March 2028 01:41 (+07)``."""
    when = f"{day(instant, here, year=True)} {clock_time(instant, here)}"
    return joined(number(when), " ", number(f"({offset(instant, here)})"))


def moment(stated: Moment) -> SafeString:
    """Return a time as it was observed, verbatim, with the instant that was read in it."""
    if stated.normalised is None:
        return code(stated.verbatim)
    utc = stated.normalised.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        code(stated.verbatim) if stated.verbatim == utc else joined(code(stated.verbatim), " = ", code(utc))
    )


def near(instant: datetime, now: datetime, here: Place) -> str:
    """Return a time as people say it on its day, with the day on any other: ``02:41``, ``13 March 02:41``."""
    same_day = instant.astimezone(here.zone).date() == now.astimezone(here.zone).date()
    return clock_time(instant, here) if same_day else day_time(instant, here)


def saved(instant: datetime, here: Place) -> str:
    """Return a time to the second, as it stands after "Saved": ``01:12:08``."""
    return instant.astimezone(here.zone).strftime("%H:%M:%S")


def spoken(stated: Moment) -> str:
    """Return a time as people say it on the clock that was stated; as observed where no instant was read."""
    if stated.normalised is None or stated.zone is None:
        return code(stated.verbatim)
    zone = Place("", zone_of(stated.zone))
    local = stated.normalised.astimezone(zone.zone)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{day(stated.normalised, zone, year=True)} {clock} ({offset(stated.normalised, zone)})"


def span(start: Moment, end: Moment) -> str:
    """Return two times of one clock together: whole days as days, the zone once, the year once."""
    assert start.normalised is not None
    assert end.normalised is not None
    assert start.zone is not None
    zone = Place("", zone_of(start.zone))
    first, last = start.normalised.astimezone(zone.zone), end.normalised.astimezone(zone.zone)
    whole = first.hour == first.minute == first.second == 0 and (last.hour, last.minute) == (23, 59)
    same_year = first.year == last.year
    ends = [
        day(each, zone, year=not same_year or at == 1)
        + ("" if whole else f" {each:%H:%M:%S}" if each.second else f" {each:%H:%M}")
        for at, each in enumerate((first, last))
    ]
    if whole and first.date() == last.date():
        return f"{ends[1]} ({offset(start.normalised, zone)})"
    words = _("{start} to {end}").format(start=ends[0], end=ends[1])
    return f"{words} ({offset(start.normalised, zone)})"
