"""The eleven traps between neighbouring treaties, each by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rogatory import instruments, law
from rogatory.law import Hold, Matter, State

from .conftest import assumed
from .test_basis import DAY, TODAY, YIELDING, looked


def ruled(key, matter):
    return instruments.relation(key).matters[matter]


def grounds(key):
    return {each.id: each for each in instruments.index(key, "refusal_grounds")}


def test_trap_1_between_france_and_viet_nam_unknown_never_slides_to_paragraphs_8_to_31():
    for participation in (law.as_found(), assumed("fra", "vnm")):
        basis = law.basis("fra", "vnm", DAY, participation)
        answers = [basis.answer(matter) for matter in YIELDING]
        assert {each.governing for each in answers} == {"fra_vnm_2016"}
        assert {each.state for each in answers if each.matter is not Matter.CHANNEL} == {State.UNKNOWN}
        assert not any(ref.startswith("hanoi_2024/") for each in answers for ref in each.beside)
        channel = basis.answer(Matter.CHANNEL)
        assert (channel.state, channel.anchors) == (State.STATED, ("fra_vnm_2016/art2.p1",))


def test_trap_2_bank_secrecy_stands_outside_the_fallback_of_untoc_and_inside_that_of_the_convention():
    assert not ruled("untoc", Matter.BANK_SECRECY).yields
    assert ruled("hanoi_2024", Matter.BANK_SECRECY).yields
    # South Africa and Brazil: nobody looked for a treaty, and UNTOC art. 18(8) stands all the same.
    before = law.basis("bra", "zaf", TODAY, law.as_found()).answer(Matter.BANK_SECRECY)
    assert before.says("untoc")
    after = law.basis("bra", "zaf", DAY, assumed("bra", "zaf")).answer(Matter.BANK_SECRECY)
    assert (after.state, after.governing, after.beside) == (State.UNKNOWN, None, ("untoc/art18.p8",))
    # With a treaty of their own the two know no more, and UNTOC's rule still stands beside it.
    own = law.basis("fra", "vnm", DAY, assumed("fra", "vnm")).answer(Matter.BANK_SECRECY)
    assert (own.state, own.governing, own.beside) == (State.UNKNOWN, "fra_vnm_2016", ("untoc/art18.p8",))


@pytest.mark.parametrize("matter", [Matter.CONTENTS, Matter.LANGUAGE, Matter.COSTS, Matter.BANK_SECRECY])
def test_trap_3_budapest_is_silent_where_the_convention_is_not(matter):
    participation = looked(law.as_found(), ("fra", "deu"))
    answer = law.basis("fra", "deu", TODAY, participation).answer(matter)
    assert (answer.state, answer.governing, answer.anchors) == (State.SILENT, "ets_185", ())
    assert answer.reasons[-1].code == "LAW-118"
    assert ruled("hanoi_2024", matter).refs


def test_trap_3_budapest_has_speciality_only_as_a_condition_no_extension_and_no_secrecy_point():
    assert instruments.provision("ets_185/art28.p2").obligation == "optional"
    assert instruments.provision("hanoi_2024/art40.p19").obligation == "mandatory"
    assert instruments.entry("ets_185/tl.art29.extension").values["type"] == "absent"
    assert instruments.exists("hanoi_2024/art42.p9")
    assert not instruments.exists("ets_185/art29.p2.g")
    assert instruments.exists("hanoi_2024/art42.p3.g")
    assert "ets_185/req.preservation.confidentiality_no_notice" not in {
        each.ref for each in instruments.index("ets_185", "particulars")
    }


def test_trap_4_political_offence_is_budapests_persecution_the_conventions_and_untoc_has_neither():
    political = {name for name, each in grounds("ets_185").items() if "political offence" in each.text}
    assert political == {"ref.art27.p4.a", "ref.art29.p5.a"}
    assert "art. 29(5)" in instruments.text("ets_185/ref.art30.p2")
    assert grounds("hanoi_2024")["ref.art40.p22"].values["human_rights"]
    assert not any(each.values.get("human_rights") for each in grounds("ets_185").values())
    assert [name for name, each in grounds("untoc").items() if each.values.get("human_rights")] == [
        "ref.art16.p14"
    ]
    assert not any("political offence" in each.text for each in grounds("untoc").values())
    assert ruled("untoc", Matter.PERSECUTION).refs == ()
    assert ruled("ets_185", Matter.PERSECUTION).refs == ()
    assert "language" in instruments.text("hanoi_2024/art37.p15")
    assert "language" not in instruments.text("untoc/art16.p14")


def test_trap_5_each_convention_has_a_gate_of_its_own():
    assert instruments.entry("hanoi_2024/thr.serious_crime").values["value"] == 4
    assert "value" not in instruments.entry("ets_185/thr.evidence").values
    assert instruments.entry("untoc/thr.group").values["value"] == 3
    assert "transnational" in instruments.provision("untoc/art3.p1").words["note"]
    assert "reasonable grounds" in instruments.text("untoc/art18.p1")
    basis = law.basis("fra", "deu", DAY, assumed("fra", "deu"))
    assert basis.answer(Matter.GATE).anchors == ("hanoi_2024/art35.p1",)
    assert {ref.partition("/")[0] for ref in basis.answer(Matter.GATE).beside} == {"ets_185", "untoc"}


def test_trap_6_consultation_is_a_duty_in_untoc_and_only_considered_in_budapest():
    assert instruments.provision("untoc/art18.p26").obligation == "mandatory"
    assert instruments.provision("ets_185/art27.p6").obligation == "mandatory_qualified"
    owed = {each.values["consultation"] for name, each in grounds("untoc").items() if ".p21." in name}
    assert owed == {"owed"}
    assert grounds("untoc")["ref.art18.p9"].values["consultation"] == "not_provided"
    assert grounds("ets_185")["ref.art27.p4.b"].values["consultation"] == "considered"
    # Reasons are due for postponement too under Budapest, for refusal alone under UNTOC.
    assert "postponement" in instruments.text("ets_185/matter.reasons")
    assert "not for postponement" in instruments.text("untoc/proc.reasons")


def test_trap_7_the_council_of_europe_and_the_united_nations_count_to_different_days():
    deposit = date(2006, 1, 10)
    europe = instruments.relation("ets_185").joining["later"]
    nations = instruments.relation("untoc").joining["later"]
    assert law.participation_in_force.counted(europe, deposit) == date(2006, 5, 1)
    assert law.participation_in_force.counted(nations, deposit) == date(2006, 2, 9)


def test_trap_7_sixty_days_are_a_floor_and_ninety_a_ceiling():
    floor, ceiling = instruments.entry("ets_185/tl.art29.min"), instruments.entry("ets_185/tl.art16.max")
    assert (floor.values["value"], floor.values["type"]) == (60, "minimum")
    assert (ceiling.values["value"], ceiling.values["type"]) == (90, "maximum")


def test_trap_8_the_path_leads_to_another_state_in_budapest_and_another_party_in_the_convention():
    assert "another State" in instruments.text("ets_185/art30.p1")
    assert "another Party" in instruments.text("hanoi_2024/art43.p1")
    # Path disclosure is a duty of the requested Party and no kind of request.
    assert not instruments.exists("hanoi_2024/req.path_disclosure")
    # Access abroad without a request (Budapest 32) has no counterpart here.
    assert instruments.entry("hanoi_2024/xr.ets_185.art32").links["to"] == ("ets_185/art32",)
    linked = {to for each in instruments.index("hanoi_2024", "crosswalk") for to in each.links["to"]}
    assert not any(to.startswith("ets_185/art32") for to in linked)


@pytest.mark.parametrize(
    ("requested", "declaration", "channel"),
    [
        ("fra", "ets_185/party.fra.c4", "ets_185/chan.diplomatic"),
        ("jpn", "ets_185/party.jpn.c4", "ets_185/chan.central_authority"),
        ("usa", "ets_185/party.usa.c4", "ets_185/chan.central_authority"),
    ],
)
def test_trap_9_a_declaration_changes_the_channel(requested, declaration, channel):
    participation = looked(law.as_found(), ("arg", requested))
    answer = law.basis("arg", requested, TODAY, participation).answer(Matter.CHANNEL)
    assert answer.says("ets_185")
    assert declaration in answer.bearing
    assert instruments.entry(declaration).links["requested"] == (channel,)


def test_trap_9_france_sends_its_own_requests_through_its_ministry():
    assert instruments.entry("ets_185/party.fra.c4").links["requesting"] == (
        "ets_185/chan.central_authority",
    )
    participation = looked(law.as_found(), ("arg", "fra"))
    answer = law.basis("fra", "arg", TODAY, participation).answer(Matter.CHANNEL)
    assert "ets_185/party.fra.c4" in answer.bearing


def test_trap_10_sources_that_disagree_on_video_hearings_are_both_kept():
    (conflict,) = instruments.instrument("fra_vnm_2016").words["conflicts"]
    assert "art. 1(2)(c)" in conflict
    assert "no stipulation" in conflict


def test_trap_11_viet_nams_treaty_with_australia_governs_though_its_words_are_not_at_hand():
    basis = law.basis("vnm", "aus", DAY, assumed("vnm", "aus"))
    assert {basis.answer(each).governing for each in YIELDING} == {"aus_vnm_2014"}
    assert {basis.answer(each).state for each in YIELDING} == {State.UNKNOWN}
    day_before = law.basis("vnm", "aus", date(2017, 4, 4), law.as_found())
    assert day_before.bonds["aus_vnm_2014"].hold is Hold.NOT_BOUND
    assert law.basis("vnm", "aus", date(2017, 4, 5), law.as_found()).bonds["aus_vnm_2014"].hold is Hold.BOUND


@pytest.mark.parametrize(
    ("other", "treaty"), [("arg", "arg_vnm"), ("phl", "asean_mlat_2004"), ("gbr", "gbr_vnm")]
)
def test_trap_11_a_treaty_whose_day_nobody_knows_leaves_the_pair_unknown(other, treaty):
    # Even where somebody says there is no other treaty: this one is known to exist.
    participation = looked(assumed("vnm", other), ("vnm", other))
    basis = law.basis("vnm", other, DAY, participation)
    assert basis.bonds[treaty].hold is Hold.UNKNOWN
    for matter in YIELDING:
        answer = basis.answer(matter)
        assert (answer.state, answer.governing) == (State.UNKNOWN, None)
        assert [each.code for each in answer.reasons] == ["LAW-119"]


def test_trap_11_the_civil_treaty_of_1999_is_never_picked():
    facts = instruments.instrument("fra_vnm_1999").facts
    assert (facts["in_force"], facts["mutual_assistance"]) == ("2001-05-01", False)
    basis = law.basis("fra", "vnm", date(2010, 1, 1), law.as_found())
    assert "fra_vnm_1999" not in basis.bonds
    assert "fra_vnm_1999" not in {each.governing for each in basis.matters.values()}
    assert replace(basis, on=DAY).bonds == basis.bonds
