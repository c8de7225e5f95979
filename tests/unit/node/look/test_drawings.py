"""Drawings: what is pending is never solid, time mirrors, nothing is styled inline, words are escaped."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from rogatory_node.look.pictures import custody, draw_axis, draw_clock, draw_legend, draw_timeline
from rogatory_node.look.pictures.axis import ThreeZones
from rogatory_node.look.pictures.clock import Clock, ClockBar, Mark
from rogatory_node.look.pictures.timeline import Timeline, TimelineEvent, TimelineSpan, enlarged, heaps
from rogatory_node.look.pictures.when import Place

NOW = datetime(2028, 3, 13, 20, 12, tzinfo=UTC)
HERE = Place("Greenwich", UTC)
SCALE = ThreeZones(NOW)


def _day(days):
    return NOW + timedelta(days=days)


def _clock(*bars, marks=()):
    return draw_clock.clock(Clock("Kept to June.", bars, tuple(marks)), SCALE)


def test_a_clock_is_named_by_its_sentence():
    root = ET.fromstring(_clock())
    assert root.get("role") == "img"
    assert root.findtext("title") == "Kept to June."


def test_what_is_pending_is_hatched_and_never_solid():
    drawn = _clock(ClockBar("pending", NOW, _day(3)))
    assert "url(#rg-hatch)" in drawn
    assert "d-kept" not in drawn


def test_a_bar_without_a_stated_end_has_no_end_mark():
    assert "s-kept" not in _clock(ClockBar("kept", NOW, None))
    assert "s-kept" in _clock(ClockBar("kept", NOW, _day(3)))


def test_no_treaty_basis_ends_in_red():
    assert "s-lapse" in _clock(ClockBar("no_basis", NOW, _day(3)))


def test_only_warnings_inside_the_bar_are_gaps():
    drawn = _clock(ClockBar("kept", NOW, _day(4), (_day(2), _day(9))))
    assert drawn.count("s-paper") == 1


def test_what_is_due_now_stands_beside_the_heavy_line():
    drawn = _clock(marks=[Mark("ours")])
    assert 'x="11.40%"' in drawn


def test_a_loss_that_no_bar_carries_has_a_broken_line_through_its_lane():
    mark = Mark("lost", _day(2))
    assert "stroke-dasharray" in _clock(marks=[mark])
    assert "stroke-dasharray" not in _clock(ClockBar("kept", NOW, _day(9)), marks=[mark])


def test_time_flows_as_one_reads():
    clock = Clock("x", (), (Mark("lost", _day(14), "lost"),))
    assert 'x="72.00%"' in draw_clock.clock(clock, SCALE)
    mirrored = draw_clock.clock(clock, SCALE, rtl=True)
    assert 'x="28.00%"' in mirrored
    assert 'x="-14" y="0" text-anchor="end"' in mirrored


def test_words_are_escaped():
    drawn = draw_clock.clock(Clock("<b>&", (), (Mark("ours", None, "<script>"),)), SCALE)
    assert "<script>" not in drawn
    assert ET.fromstring(drawn).findtext("title") == "<b>&"


def test_the_axis_heads_each_zone_by_its_end():
    words = "".join(ET.fromstring(draw_axis.axis(SCALE, HERE)).itertext())
    assert "12 hours" in words
    assert "27 March" in words
    assert "12 June" in words


@pytest.mark.parametrize("kind", draw_legend.GLYPHS)
def test_each_shape_of_the_legend_is_drawn(kind):
    assert len(ET.fromstring(draw_legend.glyph(kind))) > 0


def _thread(*events, spans=()):
    return Timeline(
        start=_day(-1),
        end=_day(90),
        now=_day(20),
        here=HERE,
        above="Viet Nam",
        below="France",
        summary="All of it.",
        events=tuple(events),
        spans=tuple(spans),
    )


def _event(number, minutes, side="above", kind="said"):
    return TimelineEvent(number, NOW + timedelta(minutes=minutes), side, kind, f"statement {number}")


def test_six_statements_on_one_spot_still_stand_one_by_one():
    thread = _thread(*(_event(n, n) for n in range(1, 7)))
    assert [heap.label for heap in heaps(thread)] == ["1", "2", "3", "4", "5", "6"]
    assert enlarged(thread) == []


def test_a_crowded_night_becomes_one_pill_and_is_drawn_again_enlarged():
    night = [_event(n, 20 * n) for n in range(1, 8)]
    later = [_event(8, 60 * 44), _event(9, 60 * 45)]
    thread = _thread(*night, *later)
    assert [heap.label for heap in heaps(thread)] == ["1–7", "8", "9"]  # noqa: RUF001 - a range
    (again,) = enlarged(thread)
    assert [event.number for event in again.events] == [1, 2, 3, 4, 5, 6, 7]
    assert again.end - again.start < timedelta(hours=4)


def test_no_statement_is_lost_in_heaps():
    thread = _thread(*(_event(n, n * n * 7) for n in range(1, 60)))
    numbers = [event.number for heap in heaps(thread) for event in heap.events]
    assert numbers == list(range(1, 60))


def test_a_recalled_statement_keeps_its_place_with_a_broken_ring():
    drawn = draw_timeline.timeline(_thread(_event(6, 5, "below", "recalled")))
    assert 'stroke-dasharray="4 3"' in drawn
    assert "6. statement 6" in drawn


def test_the_timeline_is_well_formed_both_ways():
    spans = (
        TimelineSpan("kept", NOW, _day(80), "Items 1 to 3", (_day(40),), _day(60)),
        TimelineSpan("pending", _day(2), _day(89), "not confirmed", ends=False),
        TimelineSpan("waiting", NOW, _day(10), "first loss"),
    )
    for rtl in (False, True):
        root = ET.fromstring(draw_timeline.timeline(_thread(_event(1, 5), spans=spans), rtl=rtl))
        assert root.findtext("title") == "All of it."


def test_words_with_no_room_in_a_narrow_drawing_stand_under_it():
    long = "a very long label that no telephone could ever show on one line of a drawing"
    thread = _thread(spans=(TimelineSpan("kept", NOW, _day(80), long),))
    assert draw_timeline.under(thread) == [(long, "t-kept rg-near")]
    assert "rg-far" in draw_timeline.timeline(thread)


def test_custody_arrows_point_from_who_did_to_who_received():
    did, got = custody.CustodyHand("sent"), custody.CustodyHand("came", mark="received")
    step, back = custody.CustodyStep(did, got, "sent"), custody.CustodyStep(got, did, "sent")
    right, left = "M-9 -6L0 0l-9 6", "M9 -6L0 0l9 6"
    assert right in custody.rails(step, first=True, last=False)
    assert left in custody.rails(back, first=True, last=False)
    assert left in custody.rails(step, first=True, last=False, rtl=True)


def test_a_witnessed_step_has_no_arrow():
    hand = custody.CustodyHand("same heads", mark="received")
    drawn = custody.rails(custody.CustodyStep(hand, hand, "witnessed"), first=False, last=True)
    assert "M-9 -6" not in drawn
    assert "M0 -9l9 9" in drawn


@pytest.mark.parametrize(
    ("total", "each", "count"),
    [(5, 1, 5), (500, 1, 500), (501, 2, 251), (48112, 100, 482), (200000, 500, 400)],
)
def test_a_shelf_has_at_most_five_hundred_squares(total, each, count):
    shelf = custody.Shelf(total, frozenset({0}), "", "")
    assert (shelf.each, shelf.count) == (each, count)


def test_every_square_is_drawn_once_dark_or_shut():
    shelf = custody.Shelf(482, frozenset({7, 8, 300}), "", "three leave")
    drawn = custody.squares(shelf, 96)
    assert drawn.count("h9v9") == 479
    assert drawn.count("h11v11") == 3


def test_no_drawing_is_styled_inline():
    bars = (ClockBar("kept", NOW, _day(3), label="17 March"), ClockBar("pending", _day(3)))
    for drawn in (_clock(*bars), draw_axis.axis(SCALE, HERE), draw_timeline.timeline(_thread(_event(1, 1)))):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", drawn)
