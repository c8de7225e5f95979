"""Where instants stand: three zones, a linear axis, and marks that climb."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory_node.look.pictures.axis import NARROWEST, TOUCHING, Linear, ThreeZones, climb, roomy
from rogatory_node.look.pictures.ticks import ticks
from rogatory_node.look.pictures.when import Place

NOW = datetime(2028, 3, 13, 20, 12, tzinfo=UTC)
AXIS = ThreeZones(NOW)


@pytest.mark.parametrize(
    ("after", "percent"),
    [
        (timedelta(hours=-36), 0.0),
        (timedelta(), 9.0),
        (timedelta(hours=6), 25.0),
        (timedelta(hours=12), 41.0),
        (timedelta(days=14), 72.0),
        (timedelta(weeks=13), 100.0),
    ],
)
def test_each_joint_of_the_board_stands_where_it_is_drawn(after, percent):
    assert AXIS.at(NOW + after) == pytest.approx(percent)


def test_the_drawn_board_s_own_marks_stand_where_they_were_drawn():
    da_nang = timezone(timedelta(hours=7))
    drawn = {
        datetime(2028, 3, 14, 6, 0, tzinfo=da_nang): 16.47,
        datetime(2028, 3, 15, 18, 0, tzinfo=da_nang): 43.56,
        datetime(2028, 3, 13, 22, 10, tzinfo=da_nang): 7.74,
        datetime(2028, 3, 18, 0, 0, tzinfo=da_nang): 48.73,
    }
    assert {at: round(AXIS.at(at), 2) for at in drawn} == drawn


@given(st.lists(st.timedeltas(timedelta(days=-10), timedelta(days=200)), min_size=2, max_size=2))
def test_later_never_stands_before_earlier(apart):
    early, late = sorted(apart)
    assert AXIS.at(NOW + early) <= AXIS.at(NOW + late)


@given(st.timedeltas(timedelta(days=-1000), timedelta(days=1000)))
def test_nothing_leaves_the_board(after):
    assert 0.0 <= AXIS.at(NOW + after) <= 100.0


def test_a_linear_axis_halves_where_time_halves():
    axis = Linear(NOW, NOW + timedelta(days=10), 0.0, 100.0)
    assert axis.at(NOW + timedelta(days=5)) == 50.0


def test_an_axis_without_length_is_refused():
    with pytest.raises(ValueError, match="ends after it starts"):
        Linear(NOW, NOW)


def test_lonely_marks_do_not_climb():
    assert climb([5.0, 30.0, 60.0]) == [0, 0, 0]


def test_marks_that_touch_climb_and_the_next_free_one_comes_down():
    assert climb([5.0, 6.0, 7.0, 40.0]) == [0, 1, 2, 0]


def test_a_pill_needs_more_room_than_a_ring():
    just_clear = TOUCHING / NARROWEST * 100
    assert climb([0.0, just_clear]) == [0, 0]
    assert climb([0.0, just_clear], [16, 0]) == [0, 1]


@given(st.lists(st.floats(0, 100), max_size=14))
def test_no_two_marks_on_one_level_touch(places):
    levels = climb(places)
    for n, one in enumerate(places):
        for m in range(n):
            if levels[n] == levels[m]:
                assert abs(one - places[m]) * NARROWEST / 100 >= TOUCHING - 1e-9


@pytest.mark.parametrize("at", [datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, 23, 59, tzinfo=UTC)])
def test_an_axis_has_room_as_far_as_the_calendar_goes(at):
    first, last = sorted((at, NOW))
    start, end = roomy(first, last, timedelta(days=200_000))
    assert datetime.min.replace(tzinfo=UTC) < start < first
    assert last < end < datetime.max.replace(tzinfo=UTC)
    east, west = Place("", timezone(timedelta(hours=14))), Place("", timezone(timedelta(hours=-14)))
    assert 0 < len(ticks(start, end, east)) <= 9
    assert 0 < len(ticks(start, end, west)) <= 9
