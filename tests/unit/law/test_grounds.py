"""Grounds of refusal: closed for preservation, unknown where another treaty governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rogatory import law
from rogatory.errors import LawError
from rogatory.law import Consultation, Participation, State

from .conftest import assumed

DAY = date(2028, 3, 14)


def basis(**reserved):
    both = assumed("vnm", "fra")
    reservations = {("hanoi_2024", party): frozenset(refs) for party, refs in reserved.items()}
    return law.basis("vnm", "fra", DAY, replace(both, reservations=reservations))


def provisions(grounds):
    return [each.provision.partition("/")[2] for each in grounds.open]


def test_the_list_for_preservation_is_closed():
    grounds = law.grounds("preservation", basis())
    assert grounds.closed
    assert provisions(grounds) == ["art40.p21.b", "art40.p21.c", "art40.p22"]


def test_a_request_that_is_incomplete_is_no_ground_for_refusing_preservation():
    assert law.grounds("preservation", basis()).ground("hanoi_2024/art40.p21.a") is None


def test_dual_criminality_is_a_ground_only_for_a_party_that_reserved_it():
    assert (
        law.grounds("preservation", basis(vnm=["hanoi_2024/art42.p5"])).ground("hanoi_2024/art42.p5") is None
    )
    ground = law.grounds("preservation", basis(fra=["hanoi_2024/art42.p5"])).ground("hanoi_2024/art42.p5")
    assert ground.only_other_offences
    assert "hanoi_2024/art42.p4" in law.grounds("preservation", basis()).forbidden


def test_persecution_is_only_for_a_person_and_consultation_on_it_is_off():
    ground = law.grounds("preservation", basis()).ground("hanoi_2024/art40.p22")
    assert ground.only_a_person
    assert ground.consultation is Consultation.OFF


def agreed():
    """Return a basis on which the two agreed to use art. 40(8) to (31) (art. 40(7))."""
    both = assumed("vnm", "fra")
    return law.basis(
        "vnm", "fra", DAY, Participation(both.standings, agreed=frozenset([law.pair("vnm", "fra")]))
    )


def test_consultation_is_owed_before_article_40_21():
    found = law.grounds("preservation", agreed())
    assert found.ground("hanoi_2024/art40.p21.b").consultation is Consultation.OWED
    assert found.postponement == "hanoi_2024/art40.p27"
    assert found.before_postponement is Consultation.OWED
    assert (found.reasons, found.in_part) == ("hanoi_2024/art40.p25", ("hanoi_2024/art40.p28",))
    assert {"hanoi_2024/art40.p23", "hanoi_2024/art40.p24"} <= set(found.forbidden)


def test_beside_the_grounds_of_preservation_paragraphs_8_to_31_give_way_to_the_treaty_of_2016():
    # Art. 42(6) takes over 40(21)(b), (c) and 40(22); consultation, reasons, postponement it leaves to 40(7).
    found = law.grounds("preservation", basis())
    assert provisions(found) == ["art40.p21.b", "art40.p21.c", "art40.p22"]
    assert found.ground("hanoi_2024/art40.p21.b").consultation is Consultation.UNKNOWN
    assert found.ground("hanoi_2024/art40.p22").consultation is Consultation.OFF
    assert (found.postponement, found.reasons, found.in_part) == (None, None, ())
    assert found.before_postponement is Consultation.UNKNOWN
    assert found.forbidden == ("hanoi_2024/art42.p4",)


def test_for_stored_data_under_the_treaty_of_2016_the_grounds_are_unknown():
    grounds = law.grounds("stored_data", basis())
    assert (grounds.state, grounds.governing, grounds.open) == (State.UNKNOWN, "fra_vnm_2016", ())


def test_for_stored_data_under_the_convention_the_list_is_longer_and_bank_secrecy_is_forbidden():
    # Trap 2: art. 40(24), inside paras. 8-31, forbids refusal for bank secrecy.
    both = assumed("vnm", "fra")
    agreed = Participation(both.standings, agreed=frozenset([law.pair("vnm", "fra")]))
    grounds = law.grounds("stored_data", law.basis("vnm", "fra", DAY, agreed))
    assert provisions(grounds) == [
        *("art40.p8", "art40.p21.a", "art40.p21.b", "art40.p21.c", "art40.p21.d", "art40.p22", "art36.p1.a")
    ]
    assert not grounds.closed
    assert "hanoi_2024/art40.p24" in grounds.forbidden
    # Trap 4: no political offence as such anywhere in the Convention's list.
    assert not any("political offence" in law.refusals.instruments.text(each.ref) for each in grounds.open)


def test_a_convention_that_does_not_bind_gives_no_grounds():
    grounds = law.grounds("preservation", law.basis("vnm", "bra", DAY, law.as_found()))
    assert (grounds.state, grounds.open) == (State.NONE, ())


def test_under_budapest_the_grounds_are_budapests():
    # Trap 4: a political offence is a ground there, and persecution is none.
    today = law.basis("arg", "jpn", date(2026, 11, 21), law.as_found())
    grounds = law.grounds("preservation", today)
    assert (grounds.governing, grounds.closed) == ("ets_185", True)
    assert [each.provision for each in grounds.open] == [
        *("ets_185/art29.p4", "ets_185/art29.p5.a", "ets_185/art29.p5.b")
    ]
    assert [each.only_other_offences for each in grounds.open] == [True, False, False]
    assert grounds.forbidden == ("ets_185/art29.p3",)
    # Whether another treaty binds the two is not known, and art. 27(5) gives way to one (art. 27(1)).
    assert (grounds.postponement, grounds.before_postponement) == (None, Consultation.UNKNOWN)
    told = replace(law.as_found(), no_other_treaty=frozenset([law.pair("arg", "jpn")]))
    alone = law.grounds("preservation", law.basis("arg", "jpn", date(2026, 11, 21), told))
    assert (alone.postponement, alone.before_postponement) == ("ets_185/art27.p5", Consultation.CONSIDERED)
    # Argentina reserved too, from memory; the United States did not, as far as read.
    other = law.grounds("preservation", law.basis("jpn", "usa", date(2026, 11, 21), law.as_found()))
    assert [each.provision for each in other.open] == ["ets_185/art29.p5.a", "ets_185/art29.p5.b"]


def test_under_untoc_stored_data_are_mutual_assistance():
    both = law.as_found()
    looked = Participation(both.standings, no_other_treaty=frozenset([law.pair("vnm", "zaf")]))
    grounds = law.grounds("stored_data", law.basis("vnm", "zaf", date(2026, 11, 21), looked))
    assert (grounds.governing, grounds.closed) == ("untoc", False)
    assert {each.provision for each in grounds.open} == {
        "untoc/art18.p9",
        *(f"untoc/art18.p21.{letter}" for letter in "abcd"),
    }
    assert set(grounds.forbidden) == {"untoc/art18.p8", "untoc/art18.p22"}


def test_a_kind_without_data_has_no_list():
    with pytest.raises(LawError, match="LAW-002"):
        law.grounds("tea", basis())


def test_extradition_has_the_grounds_of_its_own_article():
    grounds = law.grounds("extradition", basis())
    assert provisions(grounds) == ["art37.p15", "art37.p8"]
    assert [each.consultation for each in grounds.open] == [Consultation.OFF, Consultation.AS_APPROPRIATE]
    assert grounds.ground("hanoi_2024/art37.p15").only_a_person
    assert grounds.forbidden == ("hanoi_2024/art37.p16",)
    # Art. 40(27) postpones assistance; extradition is none.
    assert (grounds.closed, grounds.postponement) == (False, None)


@pytest.mark.parametrize(
    ("pair", "governing", "open_"),
    [
        (("vnm", "zaf"), "untoc", {"untoc/art16.p14", "untoc/art16.p7"}),
        (("arg", "jpn"), "ets_185", {"ets_185/art24.p5"}),
    ],
)
def test_extradition_under_another_convention_has_the_grounds_of_that_one(pair, governing, open_):
    grounds = law.grounds("extradition", law.basis(*pair, date(2026, 11, 21), law.as_found()))
    assert (grounds.governing, {each.provision for each in grounds.open}) == (governing, open_)


@pytest.mark.parametrize("kind", ["sentenced_transfer", "proceedings_transfer"])
@pytest.mark.parametrize("pair", [("vnm", "fra"), ("vnm", "zaf")])
def test_nobody_is_obliged_to_take_over_a_sentence_or_a_case_so_no_ground_is_needed(kind, pair):
    where = basis() if pair == ("vnm", "fra") else law.basis(*pair, date(2026, 11, 21), law.as_found())
    grounds = law.grounds(kind, where)
    assert (grounds.open, grounds.closed, grounds.postponement) == ((), False, None)
