"""From deposits to days: who is bound, since when, by which rule of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rogatory import instruments, law
from rogatory.errors import InstrumentError, LawError
from rogatory.law import Deposit, ceases, entry_into_force
from rogatory.law.participation_in_force import counted

DAY = date(2027, 1, 4)


def states(number, first=DAY):
    """One deposit a day by so many States."""
    return [
        Deposit(f"x{chr(97 + place // 26)}{chr(97 + place % 26)}", first + timedelta(days=place))
        for place in range(number)
    ]


UNTOC = [
    ("afg", "2003-09-24", "2003-10-24"),
    ("alb", "2002-08-21", "2003-09-29"),
    ("blz", "2003-09-26", "2003-10-26"),
    ("chn", "2003-09-23", "2003-10-23"),
    ("arm", "2003-07-01", "2003-09-29"),
    ("bhr", "2004-06-07", "2004-07-07"),
    ("dnk", "2003-09-30", "2003-10-30"),
    ("brb", "2014-11-11", "2014-12-11"),
]


def test_the_eight_deposits_of_untoc_come_out_as_the_depositary_has_them():
    deposits = [Deposit(party, date.fromisoformat(day)) for party, day, _ in UNTOC]
    force = entry_into_force("untoc", deposits)
    assert {party: day.isoformat() for party, day in force.since.items()} == {
        party: since for party, _, since in UNTOC
    }


def test_thirty_nine_states_and_the_union_do_not_bring_the_convention_into_force():
    union = Deposit("eue", DAY, reio=True)
    force = entry_into_force("hanoi_2024", [*states(39), union])
    assert (force.general, force.counted, force.needed) == (None, 39, 40)
    assert force.since == {}


def test_the_fortieth_state_brings_it_into_force_on_the_ninetieth_day():
    union = Deposit("eue", DAY, reio=True)
    deposits = [*states(40), union]
    fortieth = max(each.on for each in deposits)
    force = entry_into_force("hanoi_2024", deposits)
    assert force.general == fortieth + timedelta(days=90)
    assert set(force.since.values()) == {force.general}
    assert set(force.since) == {each.party for each in deposits}


def test_the_order_in_which_deposits_are_told_changes_nothing():
    deposits = [*states(42), Deposit("eue", DAY, reio=True)]
    assert entry_into_force("hanoi_2024", deposits) == entry_into_force("hanoi_2024", reversed(deposits))


def test_a_later_state_is_bound_on_the_thirtieth_day_and_never_before_the_general_day():
    general = entry_into_force("hanoi_2024", states(40)).general
    soon, late = Deposit("zza", general - timedelta(days=80)), Deposit("zzb", general - timedelta(days=10))
    since = entry_into_force("hanoi_2024", [*states(40), soon, late]).since
    assert since["zza"] == general
    assert since["zzb"] == late.on + timedelta(days=30)


def test_one_more_deposit_on_the_same_day_as_the_fortieth_does_not_move_the_general_day():
    fortieth = states(40)[-1].on
    force = entry_into_force("hanoi_2024", [*states(40), Deposit("zza", fortieth)])
    assert force.general == fortieth + timedelta(days=90)


def test_budapest_counts_to_the_first_of_the_month_for_every_party_at_hand():
    told = instruments.relation("ets_185").parties
    dated = {code: row for code, row in told.items() if "deposit" in row}
    force = entry_into_force(
        "ets_185", [Deposit(code, date.fromisoformat(row["deposit"])) for code, row in dated.items()]
    )
    assert len(dated) == 22
    assert {code: day.isoformat() for code, day in force.since.items()} == {
        code: row["in_force"] for code, row in dated.items()
    }


def test_untoc_counts_to_the_thirtieth_day_for_every_party_at_hand():
    told = instruments.relation("untoc").parties
    force = entry_into_force(
        "untoc", [Deposit(code, date.fromisoformat(row["deposit"])) for code, row in told.items()]
    )
    assert len(told) == 25
    assert {code: day.isoformat() for code, day in force.since.items()} == {
        code: row["in_force"] for code, row in told.items()
    }


@pytest.mark.parametrize(
    ("day", "reached"),
    [
        ("2012-11-30", "2013-03-01"),  # the three months end on the last day of February
        ("2022-11-30", "2023-03-01"),
        ("2011-11-30", "2012-03-01"),  # of a leap year
        ("2006-06-30", "2006-10-01"),
        ("2006-09-29", "2007-01-01"),
        ("2007-01-31", "2007-05-01"),
        ("2007-04-01", "2007-08-01"),
        ("2007-12-31", "2008-04-01"),
    ],
)
def test_the_first_of_the_month_after_three_months_is_reached_from_any_day(day, reached):
    rule = instruments.relation("ets_185").joining["later"]
    assert counted(rule, date.fromisoformat(day)) == date.fromisoformat(reached)


def test_budapest_needs_five_consents_three_of_them_by_member_states(monkeypatch):
    rule = instruments.relation("ets_185").joining["first"]
    assert (rule.instruments, rule.of_which_member_states) == (5, 3)
    general = law.participation_in_force._general
    members = [Deposit(f"m{each}", date(2003, 1, each), member_state=each > 4) for each in range(1, 8)]
    assert general(rule, members[:6]) is None
    assert general(rule, members) == counted(rule, date(2003, 1, 7))


def test_a_denunciation_has_effect_by_each_instruments_own_rule():
    assert ceases("hanoi_2024", date(2030, 6, 1)) == date(2031, 6, 1)
    assert ceases("untoc", date(2028, 2, 29)) == date(2029, 2, 28)
    assert ceases("ets_185", date(2030, 6, 1)) == date(2030, 10, 1)
    left = [Deposit("xaa", DAY, denounced=date(2030, 6, 1)), *states(40)[1:]]
    assert entry_into_force("hanoi_2024", left).until == {"xaa": date(2031, 6, 1)}


def test_a_party_that_deposits_twice_is_refused():
    with pytest.raises(LawError, match="LAW-008"):
        entry_into_force("hanoi_2024", [Deposit("vnm", DAY), Deposit("vnm", DAY)])


@pytest.mark.parametrize("count", [lambda key: entry_into_force(key, []), lambda key: ceases(key, DAY)])
def test_an_instrument_whose_rule_is_not_at_hand_gives_no_day(count):
    with pytest.raises(LawError, match="LAW-009"):
        count("fra_vnm_2016")
    with pytest.raises(InstrumentError, match="INST-002"):
        count("hanoi_1954")


def test_what_sources_told_binds_nobody_to_the_convention_and_many_to_its_neighbours():
    found = law.as_found()
    bound = {key for key, standing in found.standings.items() if standing.since is not None}
    assert not any(key == "hanoi_2024" for key, _ in bound)
    assert len([key for key, _ in bound if key == "ets_185"]) == 22
    assert len([key for key, _ in bound if key == "untoc"]) == 25
    assert found.standing("ets_185", "fra").since == date(2006, 5, 1)
    assert found.standing("untoc", "cri").since == date(2003, 9, 29)


def test_who_is_not_on_a_partial_list_is_not_known_and_who_stands_outside_is():
    found = law.as_found()
    assert found.partial == {"ets_185", "untoc", "cets_224"}
    assert not found.knows("ets_185", "ita")
    assert found.knows("ets_185", "vnm")
    assert found.knows("hanoi_2024", "usa")
    assert not found.standing("ets_185", "vnm").binds(date(2026, 11, 21))


def test_what_was_found_can_be_asked_for_one_instrument():
    assert {key for key, _ in law.as_found("ets_185").standings} == {"ets_185"}
    with pytest.raises(InstrumentError, match="INST-002"):
        law.as_found("jakarta_1999")


def test_an_assumption_changes_only_the_parties_it_names_and_keeps_their_signature():
    found = law.as_found()
    one = law.assume_in_force(found, ["vnm"], date(2028, 1, 1))
    assert one.standing("hanoi_2024", "vnm").assumed
    assert one.standing("hanoi_2024", "vnm").signed
    assert one.standing("hanoi_2024", "fra") == found.standing("hanoi_2024", "fra")
    assert found.standing("hanoi_2024", "usa") == law.Standing()
    assert one.partial == found.partial


def test_an_assumption_on_another_instrument_names_it():
    study = law.assume_in_force(law.as_found(), ["vnm"], date(2028, 1, 1), "ets_185")
    answer = law.basis("fra", "vnm", date(2028, 3, 14), study).answer(law.Matter.PATH)
    assert answer.says("ets_185")
    assert answer.assumed
    assert [each.code for each in answer.reasons] == ["LAW-110", "LAW-110", "LAW-155"]
