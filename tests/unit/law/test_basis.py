"""Which instrument governs: matter by matter, and unknown where nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory import law
from rogatory.errors import LawError
from rogatory.law import Matter, Participation, State

from .conftest import assumed

DAY = date(2028, 3, 14)
YIELDING = [Matter.CONTENTS, Matter.LANGUAGE, Matter.GROUNDS, Matter.SPECIALITY, Matter.CHANNEL, Matter.COSTS]
OWN = [each for each in Matter if each not in YIELDING]


def codes(answer):
    return [each.code for each in answer.reasons]


def test_france_and_viet_nam_have_a_treaty_whose_contents_nobody_knows():
    # Trap 1: unknown must not slide to art. 40(8)-(31).
    basis = law.basis("fra", "vnm", DAY, assumed("fra", "vnm"))
    for matter in YIELDING:
        answer = basis.answer(matter)
        assert answer.governing == "fra_vnm_2016"
        assert not answer.says("hanoi_2024")
    assert {basis.answer(each).state for each in YIELDING if each is not Matter.CHANNEL} == {State.UNKNOWN}
    channel = basis.answer(Matter.CHANNEL)
    assert (channel.state, channel.anchors) == (State.STATED, ("fra_vnm_2016/art2.p1",))


def test_articles_36_and_41_to_46_are_answered_for_themselves():
    basis = law.basis("fra", "vnm", DAY, assumed("fra", "vnm"))
    assert all(basis.answer(each).says("hanoi_2024") for each in OWN)
    assert basis.answer(Matter.PRESERVATION).anchors == ("hanoi_2024/art42",)
    assert basis.answer(Matter.PRESERVATION).assumed


def test_the_parties_may_agree_to_use_paragraphs_8_to_31():
    both = assumed("fra", "vnm")
    agreed = Participation(both.standings, both.reservations, agreed=frozenset([law.pair("vnm", "fra")]))
    assert all(law.basis("fra", "vnm", DAY, agreed).answer(each).says("hanoi_2024") for each in Matter)


def test_an_agreement_to_use_a_convention_that_does_not_bind_changes_nothing():
    agreed = Participation(agreed=frozenset([law.pair("vnm", "fra")]))
    basis = law.basis("fra", "vnm", DAY, agreed)
    assert basis.answer(Matter.CONTENTS).governing == "fra_vnm_2016"
    assert basis.answer(Matter.PRESERVATION).state is State.NONE


def test_before_the_treaty_of_2016_was_in_force_it_governs_nothing():
    basis = law.basis("fra", "vnm", date(2020, 4, 30), assumed("fra", "vnm", since=date(2020, 1, 1)))
    assert basis.answer(Matter.CONTENTS).governing is None
    again = law.basis("fra", "vnm", date(2020, 5, 1), assumed("fra", "vnm", since=date(2020, 1, 1)))
    assert again.answer(Matter.CONTENTS).governing == "fra_vnm_2016"


def test_a_pair_of_which_nobody_looked_is_unknown_and_not_the_conventions():
    # Trap 11: Viet Nam has further treaties, with Australia among others, that are not at hand.
    basis = law.basis("vnm", "aus", DAY, assumed("vnm", "aus"))
    assert {basis.answer(each).state for each in YIELDING} == {State.UNKNOWN}
    assert {basis.answer(each).governing for each in YIELDING} == {None}
    assert codes(basis.answer(Matter.CONTENTS))[-1] == "LAW-114"


def test_a_pair_without_another_treaty_uses_the_convention():
    both = assumed("vnm", "aus")
    looked = Participation(both.standings, no_other_treaty=frozenset([law.pair("aus", "vnm")]))
    assert all(law.basis("vnm", "aus", DAY, looked).answer(each).says("hanoi_2024") for each in Matter)


def test_the_convention_binds_nobody_yet():
    basis = law.basis("qat", "vnm", date(2026, 11, 21), law.as_found())
    assert {basis.answer(each).state for each in OWN} == {State.NONE}
    assert codes(basis.answer(Matter.PRESERVATION)) == ["LAW-110", "LAW-110"]


def test_a_party_bound_from_tomorrow_is_not_bound_today():
    one = assumed("vnm", "fra", since=date(2028, 3, 15))
    assert law.basis("vnm", "fra", DAY, one).answer(Matter.PRESERVATION).state is State.NONE
    assert law.basis("vnm", "fra", date(2028, 3, 15), one).answer(Matter.PRESERVATION).state is State.STATED


def test_one_party_alone_binds_no_pair():
    assert law.basis("vnm", "fra", DAY, assumed("vnm")).answer(Matter.PRESERVATION).state is State.NONE


def test_reservations_of_both_parties_come_with_it():
    basis = law.basis("vnm", "qat", DAY, assumed("vnm", "qat"))
    assert "hanoi_2024/art14" in basis.reserved["qat"]
    assert basis.reserved["vnm"] == frozenset()


def test_a_party_does_not_ask_itself():
    with pytest.raises(LawError, match="LAW-005"):
        law.basis("vnm", "vnm", DAY, law.as_found())


def test_an_assumption_changes_only_the_parties_it_names_and_keeps_their_signature():
    found, one = law.as_found(), assumed("vnm")
    assert one.standing("hanoi_2024", "vnm").assumed
    assert one.standing("hanoi_2024", "vnm").signed
    assert one.standing("hanoi_2024", "fra") == found.standing("hanoi_2024", "fra")
    assert found.standing("hanoi_2024", "usa") == law.Standing()
