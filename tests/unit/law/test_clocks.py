"""Clocks: from the day effected to the date stated, and what happens between."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rogatory import instruments, law, statements
from rogatory.errors import LawError
from rogatory.law import ClockState, DomesticOrder, moments_asked, moments_given, moments_home
from rogatory.values import DataCategory

from .conftest import ITEM, utc

UNTIL = date(2028, 6, 11)
# The eleventh of June is over first where clocks are fourteen hours ahead (spec/law.md 4.2).
OVER = utc(6, 11, 10)
# Ninety days before.
EFFECTED = utc(3, 13, 10)


def codes(clock):
    return [note.code for note in clock.notes]


def kept(desk, **state):
    """A preservation asked and effected on 13 March, kept to 11 June."""
    of = desk.ask(utc(3, 13, 8, 32))
    desk.report(of, utc(3, 14, 2), **({"effected": EFFECTED, "until": UNTIL} | state))
    return of


def test_preservation_runs_from_the_day_it_is_effected_to_the_end_of_the_date_stated(desk):
    kept(desk)
    clock = desk.clocks(utc(3, 20))["preservation"]
    assert (clock.started, clock.ends) == (EFFECTED, OVER)
    assert (clock.state, clock.warned, clock.cites) == (ClockState.RUNNING, None, "hanoi_2024/art42.p8")
    assert clock.next_warning == EFFECTED + timedelta(days=45)
    assert codes(clock) == []


def test_the_floor_is_shown_beside_the_date_stated(desk):
    # The demo's case: effected on 13 March, an order to 11 June, and the treaty floor on 12 May.
    kept(desk, effected=utc(3, 13, 19, 5))
    clock = desk.clocks(utc(3, 20))["preservation"]
    assert (clock.floor.date(), clock.ends) == (date(2028, 5, 12), OVER)
    assert desk.clocks(utc(3, 20))["follow_up"].floor is None


@pytest.mark.parametrize(
    ("days", "warned", "after"),
    [(44, None, 45), (45, "1/2", 67.5), (67.5, "3/4", 81), (81, "9/10", None), (89, "9/10", None)],
)
def test_warnings_are_fractions_of_the_span(desk, days, warned, after):
    kept(desk)
    clock = desk.clocks(EFFECTED + timedelta(days=days))["preservation"]
    assert clock.warned == warned
    assert clock.next_warning == (None if after is None else EFFECTED + timedelta(days=after))


def test_it_lapses_when_the_date_stated_is_over(desk):
    kept(desk)
    assert desk.clocks(OVER - timedelta(minutes=1))["preservation"].state is ClockState.RUNNING
    lapsed = desk.clocks(OVER)["preservation"]
    assert (lapsed.state, lapsed.warned, lapsed.next_warning) == (ClockState.LAPSED, None, None)


def test_without_a_date_the_floor_of_sixty_days_counts_and_is_said(desk):
    kept(desk, until=None)
    clock = desk.clocks(utc(3, 20))["preservation"]
    assert clock.ends == EFFECTED + timedelta(days=60)
    assert codes(clock) == ["LAW-202"]


def test_without_the_day_effected_the_report_counts_and_is_said(desk):
    kept(desk, effected=None)
    clock = desk.clocks(utc(3, 20))["preservation"]
    assert clock.started == utc(3, 14, 2)
    assert codes(clock) == ["LAW-201"]


def test_a_date_before_the_floor_is_counted_as_stated_and_said(desk):
    kept(desk, until=date(2028, 4, 1))
    clock = desk.clocks(utc(3, 20))["preservation"]
    assert clock.ends == utc(4, 1, 10)
    assert codes(clock) == ["LAW-203"]


def test_a_provisional_state_is_said(desk):
    kept(desk, certainty="provisional")
    assert codes(desk.clocks(utc(3, 20))["preservation"]) == ["LAW-204"]


def test_release_stops_it(desk):
    of = kept(desk)
    desk.report(of, utc(4, 1), state=statements.State.RELEASED)
    clock = desk.clocks(utc(4, 2))["preservation"]
    assert (clock.state, clock.stopped) == (ClockState.STOPPED, utc(4, 1))


def test_nothing_runs_for_an_item_of_which_nothing_is_reported(desk):
    desk.ask(utc(3, 13))
    assert not {"preservation", "follow_up", "follow_up_gap"} & set(desk.clocks(utc(3, 20)))


def test_a_recalled_report_counts_for_nothing(desk):
    of = desk.ask(utc(3, 13))
    wrong = desk.report(of, utc(3, 14), effected=utc(3, 14), until=UNTIL)
    desk.say(
        "Recall", "fra", utc(3, 15), {"of": wrong, "reason": {"original": "wrong item", "language": "en"}}
    )
    assert "preservation" not in desk.clocks(utc(3, 20))


def follow(desk, of, at=None, items=(ITEM,)):
    body = {"kind": "stored_data", "items": items, "preservation": of}
    return desk.say("Request", "vnm", at or utc(4, 3), body)


def test_the_follow_up_clock_waits_for_the_request_and_stops_with_it(desk):
    of = kept(desk)
    assert desk.clocks(utc(4, 1))["follow_up"].state is ClockState.RUNNING
    follow(desk, of)
    clock = desk.clocks(utc(4, 4))["follow_up"]
    assert (clock.state, clock.stopped) == (ClockState.STOPPED, utc(4, 3))


def test_preservation_still_lapses_while_the_follow_up_is_pending(desk):
    follow(desk, kept(desk))
    gap = desk.clocks(utc(5, 1))["follow_up_gap"]
    assert (gap.started, gap.ends, gap.state) == (utc(4, 3), OVER, ClockState.RUNNING)
    assert codes(gap) == ["LAW-207"]
    assert desk.clocks(OVER)["follow_up_gap"].state is ClockState.LAPSED
    assert desk.clocks(OVER)["preservation"].state is ClockState.LAPSED


def test_the_gap_closes_when_the_requested_party_says_that_it_goes_on_keeping(desk):
    of = kept(desk)
    follow(desk, of)
    desk.report(of, utc(4, 5), effected=utc(3, 14), until=date(2028, 9, 1))
    clocks = desk.clocks(utc(5, 1))
    assert (clocks["follow_up_gap"].state, clocks["follow_up_gap"].stopped) == (ClockState.STOPPED, utc(4, 5))
    assert clocks["preservation"].ends == utc(9, 1, 10)
    assert codes(clocks["follow_up_gap"]) == []


def test_the_gap_closes_with_the_decision(desk):
    later = follow(desk, kept(desk))
    desk.say("Decision", "fra", utc(5, 2), {"of": later, "items": ({"number": 1, "outcome": "accepted"},)})
    gap = desk.clocks(utc(6, 30))["follow_up_gap"]
    assert (gap.state, gap.stopped) == (ClockState.STOPPED, utc(5, 2))


def test_a_follow_up_after_the_lapse_comes_late(desk):
    follow(desk, kept(desk), at=utc(6, 20))
    assert desk.clocks(utc(6, 21))["follow_up"].state is ClockState.STOPPED_LATE


def test_a_follow_up_on_another_item_does_not_stop_the_clock(desk):
    follow(desk, kept(desk), items=(ITEM | {"category": DataCategory.CONTENT_DATA},))
    assert desk.clocks(utc(4, 4))["follow_up"].state is ClockState.RUNNING


def test_an_unanswered_extension_is_not_granted(desk):
    of = kept(desk)
    more = desk.ask(utc(5, 1), extends=of)
    clocks = desk.clocks(utc(5, 2))
    assert clocks["preservation"].ends == OVER
    assert clocks["extension"].state is ClockState.RUNNING
    assert codes(clocks["extension"]) == ["LAW-208"]
    desk.report(more, utc(5, 3), effected=utc(3, 14), until=date(2028, 9, 9))
    clocks = desk.clocks(utc(5, 4))
    assert clocks["preservation"].ends == utc(9, 9, 10)
    assert clocks["extension"].state is ClockState.STOPPED


def test_one_signature_is_ratified_within_twelve_hours(desk):
    of = desk.ask(utc(3, 13, 18, 32), approvals=1)
    clock = desk.clocks(utc(3, 13, 20))["ratification"]
    assert (clock.started, clock.ends) == (utc(3, 13, 18, 32), utc(3, 14, 6, 32))
    assert clock.owner == "requesting"
    assert desk.clocks(utc(3, 14, 6, 32))["ratification"].state is ClockState.LAPSED
    desk.say("Ratified", "vnm", utc(3, 14, 0, 55), {"of": of})
    clock = desk.clocks(utc(3, 14, 6, 32))["ratification"]
    assert (clock.state, clock.stopped) == (ClockState.STOPPED, utc(3, 14, 0, 55))


def test_two_signatures_need_no_ratification(desk):
    desk.ask(utc(3, 13, 18, 32))
    assert "ratification" not in desk.clocks(utc(3, 14))


def test_the_vanishing_of_data_stops_when_they_are_secured(desk):
    items = (ITEM | {"vanishes": utc(3, 24)},)
    of = desk.ask(utc(3, 14), items=items)
    clock = desk.clocks(utc(3, 20))["data_vanish"]
    assert (clock.started, clock.ends, clock.warned) == (utc(3, 14), utc(3, 24), "1/2")
    desk.report(of, utc(3, 21), effected=utc(3, 21), until=UNTIL)
    assert desk.clocks(utc(3, 25))["data_vanish"].state is ClockState.STOPPED


def test_secrecy_and_the_planned_follow_up_have_their_days(desk):
    words = {"original": "the suspect could delete", "language": "en"}
    desk.ask(
        utc(3, 14), secrecy={"until": date(2028, 9, 13), "reason": words}, follow_up_planned=date(2028, 4, 3)
    )
    clocks = desk.clocks(utc(3, 15))
    assert clocks["secrecy"].ends == utc(9, 14, 12)
    assert clocks["planned_follow_up"].ends == utc(4, 3, 10)


def test_a_withdrawn_request_stops_its_clocks(desk):
    of = kept(desk)
    desk.say("Withdrawal", "vnm", utc(4, 1), {"of": of})
    clocks = desk.clocks(utc(4, 2))
    assert {clocks["preservation"].state, clocks["follow_up"].state} == {ClockState.STOPPED}


def test_the_domestic_order_has_its_own_clock_and_only_where_it_is_handed_in(desk):
    of = kept(desk)
    assert "domestic_order" not in desk.clocks(utc(3, 20))
    order = DomesticOrder("2028/0312", of, (1,), utc(3, 13), until=UNTIL)
    clock = desk.clocks(utc(3, 20), (order,))["domestic_order"]
    assert (clock.ends, clock.record, clock.item, codes(clock)) == (OVER, "2028/0312", None, [])


def test_an_order_without_a_day_runs_to_the_ceiling_of_ninety_days(desk):
    order = DomesticOrder("2028/0312", kept(desk), (1,), utc(3, 1))
    clock = desk.clocks(utc(3, 20), (order,))["domestic_order"]
    assert clock.ends == utc(3, 1) + timedelta(days=90)
    # What was stated abroad, 11 June, lies after its end.
    assert codes(clock) == ["LAW-206"]


def test_an_order_longer_than_ninety_days_is_said(desk):
    order = DomesticOrder("2028/0312", kept(desk), (1,), utc(3, 1), until=date(2028, 8, 1), ended=utc(4, 1))
    clock = desk.clocks(utc(4, 2), (order,))["domestic_order"]
    assert codes(clock) == ["LAW-205"]
    assert clock.state is ClockState.STOPPED


def test_clocks_are_the_same_in_any_zone(desk):
    follow(desk, kept(desk))
    now = utc(5, 1)
    hanoi = now.astimezone(timezone(timedelta(hours=7)))
    assert law.clocks(desk.fold(), now) == law.clocks(desk.fold(), hanoi)


def test_an_instant_without_a_zone_is_refused(desk):
    desk.ask(utc(3, 13))
    with pytest.raises(LawError, match="LAW-006"):
        law.clocks(desk.fold(), utc(3, 14).replace(tzinfo=None))


def test_every_clock_cites_what_exists_and_names_known_moments(desk):
    source = "".join(inspect.getsource(each) for each in (moments_asked, moments_given, moments_home))
    for kind in law.clock_kinds():
        assert instruments.exists(kind.cites)
        assert kind.limit is None or instruments.entry(kind.limit).values["unit"] in {"days", "hours"}
        for name in (*kind.starts, *kind.ends, *kind.stops):
            assert name == "limit" or f'"{name}"' in source or f"{name}=" in source, name


def test_a_floor_and_a_ceiling_are_told_apart():
    # Trap: art. 42(8) is a floor of 60 days, the domestic order of art. 25(2) a ceiling of 90.
    floor, ceiling = (
        instruments.entry("hanoi_2024/tl.art42.min"),
        instruments.entry("hanoi_2024/tl.art25.max"),
    )
    assert (floor.values["type"], floor.values["value"]) == ("minimum", 60)
    assert (ceiling.values["type"], ceiling.values["value"]) == ("maximum", 90)


def test_a_far_day_that_a_peer_states_stops_no_clock(desk):
    far = datetime(9998, 12, 31, tzinfo=UTC)
    kept(desk, effected=far, until=None)
    found = desk.clocks(utc(3, 20))
    assert found["preservation"].ends == found["preservation"].floor == far + timedelta(days=60)
