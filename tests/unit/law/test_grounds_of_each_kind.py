"""Grounds of refusal for every kind of request, and what goes with a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory import instruments, law, statements
from rogatory.law import Consultation, Participation, State, refusals

from .conftest import assumed

DAY = date(2028, 3, 14)
ART40 = (
    *("art40.p8", "art40.p21.a", "art40.p21.b", "art40.p21.c", "art40.p21.d"),
    "art40.p22",
)
DATA = (*ART40, "art36.p1.a")
OPEN = {
    "preservation": ("art40.p21.b", "art40.p21.c", "art40.p22"),
    "stored_data": DATA,
    "realtime_traffic": DATA,
    "content_interception": DATA,
    "mutual_assistance": DATA,
    "extradition": ("art37.p15", "art37.p8"),
    "sentenced_transfer": (),
    "proceedings_transfer": (),
    "police_cooperation": (),
    "joint_investigation": (),
    "property": (*DATA, "art50.p7"),
    "provider_location": (),
    "advice": (),
    "emergency_data": ("art36.p1.a",),
    "welfare_emergency": (),
    "hold_notice": (),
    "removal": (),
}
WITHOUT_A_TREATY = ("welfare_emergency", "hold_notice", "removal")


def basis(*, agreed=True):
    both = assumed("vnm", "fra")
    pairs = frozenset([law.pair("vnm", "fra")]) if agreed else frozenset()
    return law.basis("vnm", "fra", DAY, Participation(both.standings, agreed=pairs))


def neighbours(one, other):
    found = law.as_found()
    looked = Participation(
        found.standings, found.reservations, no_other_treaty=frozenset([law.pair(one, other)])
    )
    return law.basis(one, other, date(2026, 11, 21), looked)


def test_every_kind_that_can_be_sent_has_an_answer():
    assert set(OPEN) == set(statements.KINDS) == set(refusals.KINDS)


@pytest.mark.parametrize("kind", OPEN)
def test_the_grounds_under_the_convention(kind):
    found = law.grounds(kind, basis())
    assert tuple(each.provision.partition("/")[2] for each in found.open) == OPEN[kind]
    assert found.closed is (kind == "preservation")
    if kind in WITHOUT_A_TREATY:
        assert (found.state, found.governing) == (State.NONE, None)
    else:
        assert (found.state, found.governing) == (State.STATED, "hanoi_2024")


@pytest.mark.parametrize("kind", OPEN)
def test_nothing_slides_in_from_the_convention_where_the_treaty_of_2016_governs(kind):
    # Trap 1: what that treaty says on grounds is unknown, so art. 40(21) is not filled in.
    found = law.grounds(kind, basis(agreed=False))
    under_art40 = kind in {
        *("stored_data", "realtime_traffic", "content_interception"),
        *("mutual_assistance", "property"),
    }
    if under_art40:
        assert (found.state, found.governing, found.open) == (State.UNKNOWN, "fra_vnm_2016", ())
        assert (found.reasons, found.postponement, found.in_part) == (None, None, ())
    else:
        assert found.state in (State.STATED, State.NONE)


@pytest.mark.parametrize("kind", OPEN)
def test_consultation_is_owed_before_art_40_21_and_off_where_it_would_tell_a_persecutor(kind):
    for each in law.grounds(kind, basis()).open:
        of = each.provision.partition("/")[2]
        assert (each.consultation is Consultation.OWED) is of.startswith("art40.p21")
        assert (each.consultation is Consultation.OFF) is (of in {"art40.p22", "art37.p15"})
        assert each.only_a_person is (of in {"art40.p22", "art37.p15"})
        assert each.number_alone is each.only_a_person


@pytest.mark.parametrize("kind", OPEN)
def test_only_assistance_is_postponed_and_consultation_is_owed_before_it(kind):
    found = law.grounds(kind, basis())
    if OPEN[kind] and kind not in {"extradition", "emergency_data"}:
        assert found.postponement == "hanoi_2024/art40.p27"
        assert found.before_postponement is Consultation.OWED
        assert found.in_part == ("hanoi_2024/art40.p28",)
    else:
        assert (found.postponement, found.in_part) == (None, ())
        assert found.before_postponement is Consultation.NOT_PROVIDED


def test_reasons_are_owed_for_refusing_assistance_and_extradition():
    assert law.grounds("mutual_assistance", basis()).reasons == "hanoi_2024/art40.p25"
    assert law.grounds("extradition", basis()).reasons == "hanoi_2024/art37.p18"
    assert law.grounds("advice", basis()).reasons is None
    assert law.grounds("hold_notice", basis()).reasons is None


def test_what_is_tried_before_a_refusal_is_named():
    found = law.grounds("mutual_assistance", basis())
    # An incomplete request is queried before it is refused; data protection is met with conditions.
    assert found.ground("hanoi_2024/art40.p21.a").try_first == (
        "hanoi_2024/art40.p16",
        "hanoi_2024/art40.p28",
    )
    assert found.ground("hanoi_2024/art36.p1.a").try_first == ("hanoi_2024/art36.p1.b",)
    assert found.ground("hanoi_2024/art40.p22").try_first == ()


def test_bank_secrecy_and_fiscal_matters_are_no_ground_where_art_40_applies():
    both = {"hanoi_2024/art40.p23", "hanoi_2024/art40.p24"}
    for kind in ("mutual_assistance", "property", "realtime_traffic"):
        assert both <= set(law.grounds(kind, basis()).forbidden)
    assert law.grounds("extradition", basis()).forbidden == ("hanoi_2024/art37.p16",)


def test_under_budapest_consultation_is_considered_and_its_own_grounds_are_open():
    found = law.grounds("mutual_assistance", neighbours("arg", "jpn"))
    assert found.governing == "ets_185"
    assert {each.provision for each in found.open} == {
        *("ets_185/art25.p4", "ets_185/art27.p4.a", "ets_185/art27.p4.b")
    }
    assert found.before_postponement is Consultation.CONSIDERED
    assert found.reasons == "ets_185/art27.p7"


def test_under_untoc_property_has_its_own_article_and_the_grounds_of_assistance():
    found = law.grounds("property", neighbours("vnm", "zaf"))
    assert found.governing == "untoc"
    assert {each.provision for each in found.open} == {
        *("untoc/art18.p9", "untoc/art13.p7"),
        *(f"untoc/art18.p21.{letter}" for letter in "abcd"),
    }
    assert {"untoc/art12.p6", "untoc/art18.p8"} <= set(found.forbidden)
    assert found.before_postponement is Consultation.OWED


@pytest.mark.parametrize("kind", OPEN)
def test_every_reference_resolves(kind):
    found = law.grounds(kind, basis())
    refs = [*found.forbidden, *found.in_part, *(ref for each in found.open for ref in each.try_first)]
    refs += [each for each in (found.postponement, found.reasons) if each]
    assert all(instruments.exists(each) for each in refs)
