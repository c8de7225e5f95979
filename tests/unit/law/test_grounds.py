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


def test_consultation_is_owed_before_article_40_21():
    found = law.grounds("preservation", basis())
    assert found.ground("hanoi_2024/art40.p21.b").consultation is Consultation.OWED
    assert found.postponement == "hanoi_2024/art40.p27"


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
    grounds = law.grounds("preservation", law.basis("vnm", "fra", DAY, law.as_found()))
    assert (grounds.state, grounds.open) == (State.NONE, ())


def test_a_kind_without_data_has_no_list():
    with pytest.raises(LawError, match="LAW-002"):
        law.grounds("extradition", basis())
