"""Instants in words, ticks of an axis, and the masthead's three clocks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rogatory_node.look.pictures.frame import local_clocks
from rogatory_node.look.pictures.ticks import MOST, ticks
from rogatory_node.look.pictures.when import Place, clock_time, day, day_time, offset, short_day

DA_NANG = Place("Đà Nẵng", timezone(timedelta(hours=7)))
KATHMANDU = Place("Kathmandu", timezone(timedelta(hours=5, minutes=45)))
NEW_YORK = Place("New York", timezone(timedelta(hours=-4)))
AT = datetime(2028, 3, 13, 20, 12, tzinfo=UTC)


def test_an_instant_is_told_on_the_clock_of_the_place():
    assert clock_time(AT, DA_NANG) == "03:12"
    assert day(AT, DA_NANG) == "14 March"
    assert day(AT, DA_NANG, year=True) == "14 March 2028"
    assert short_day(AT, NEW_YORK) == "13 Mar"
    assert day_time(AT, NEW_YORK) == "13 March 16:12"


@pytest.mark.parametrize(("place", "told"), [(DA_NANG, "+07"), (KATHMANDU, "+05:45"), (NEW_YORK, "-04")])
def test_the_offset_is_always_told(place, told):
    assert offset(AT, place) == told


def test_the_masthead_shows_own_time_theirs_and_utc_in_that_order():
    clocks = local_clocks(AT, DA_NANG, NEW_YORK)
    assert [(clock.place, clock.offset, clock.time) for clock in clocks] == [
        ("Đà Nẵng", "+07", "03:12"),
        ("New York", "-04", "16:12"),
        ("UTC", "", "20:12"),
    ]
    assert [clock.minutes for clock in local_clocks(AT, KATHMANDU)] == [345, 0]


@pytest.mark.parametrize("hours", [0.5, 3, 7.5, 20, 50, 24 * 6, 24 * 30, 24 * 95, 24 * 400, 24 * 4000])
def test_an_axis_of_any_length_names_a_few_round_instants(hours):
    end = AT + timedelta(hours=hours)
    found = ticks(AT, end, DA_NANG)
    assert 1 <= len(found) <= MOST + 1
    assert all(AT <= at <= end and at.second == 0 for at, _ in found)
    assert [at for at, _ in found] == sorted({at for at, _ in found})


def test_a_midnight_on_an_axis_of_hours_bears_its_day():
    start = datetime(2028, 3, 13, 14, tzinfo=UTC)
    assert ("14 Mar") in [words for _, words in ticks(start, start + timedelta(hours=12), DA_NANG)]
