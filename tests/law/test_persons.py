"""Complete requests for extradition and transfers: nothing is absent, and what people decide stays theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from cases import complete

from rogatory import instruments, law, statements
from rogatory.instruments import Communication
from rogatory.law import Outcome

DAY = date(2028, 3, 14)
BOUND = law.assume_in_force(law.as_found(), ("vnm", "fra"), date(2028, 1, 1))
BASIS = law.basis("vnm", "fra", DAY, BOUND)
FOR_A_PERSON = {
    "extradition": {
        "punishability_in_both_parties_is_for_a_person",
        "the_basis_of_extradition_is_for_a_person",
        "the_conditions_of_the_requested_party_are_for_a_person",
        "provisional_arrest_has_its_urgency",
        "fair_treatment_is_for_a_person",
        "persecution_by_extradition_is_for_a_person",
    },
    "sentenced_transfer": {
        "the_transfer_rests_on_an_agreement",
        "consent_to_the_transfer_is_for_a_person",
    },
    "proceedings_transfer": {
        "the_administration_of_justice_is_for_a_person",
        "the_basis_and_the_offence_at_both_ends_are_for_a_person",
    },
}


def outcomes(kind, basis=BASIS):
    return {each.rule.partition("/")[2]: each for each in law.findings(complete(kind), basis)}


@pytest.mark.parametrize("kind", FOR_A_PERSON)
def test_a_complete_request_lacks_nothing_and_leaves_to_people_what_is_theirs(kind):
    found = outcomes(kind)
    assert [each for each in found.values() if each.outcome is Outcome.NOT_MET] == []
    left = {name for name, each in found.items() if each.outcome is Outcome.FOR_A_PERSON}
    assert left >= FOR_A_PERSON[kind]


@pytest.mark.parametrize("kind", FOR_A_PERSON)
def test_a_complete_request_is_one_that_the_wire_takes(kind):
    page = complete(kind)["body"]
    body = statements.RequestBody.model_validate_json(json.dumps(page))
    assert law.findings(body, BASIS) == law.findings(page, BASIS)


@pytest.mark.parametrize("kind", FOR_A_PERSON)
def test_a_serious_crime_alone_opens_neither_extradition_nor_a_transfer(kind):
    page = complete(kind)
    page["body"]["offence"]["convention_articles"] = []
    found = {each.rule.partition("/")[2]: each for each in law.findings(page, BASIS)}
    assert found["the_gate_opens_this_form"].outcome is Outcome.NOT_MET


def test_what_the_requested_party_notified_on_its_basis_is_shown_and_not_judged():
    told = Communication(
        "untoc/party.vnm.c2", "vnm", "notification", ("extradition",), ("hanoi_2024/art37.p6.a",)
    )
    participation = replace(BOUND, communications={("hanoi_2024", "vnm"): (told,)})
    basis = law.basis("fra", "vnm", DAY, participation)
    found = outcomes("extradition", basis)["the_basis_of_extradition_is_for_a_person"]
    assert [each.code for each in found.reasons] == ["LAW-569", "LAW-556"]
    assert found.outcome is Outcome.FOR_A_PERSON
    # The requesting Party's own notification says nothing on what the other needs.
    found = outcomes("extradition", law.basis("vnm", "fra", DAY, participation))
    reasons = found["the_basis_of_extradition_is_for_a_person"].reasons
    assert [each.code for each in reasons] == ["LAW-569", "LAW-557"]


@pytest.mark.parametrize("kind", FOR_A_PERSON)
def test_no_person_is_named_in_a_finding(kind):
    page = complete(kind)
    item = page["body"]["items"][0]["identifier"]
    for each in law.findings(page, BASIS):
        assert item["verbatim"] not in repr(each)
        assert item.get("document", item["verbatim"]) not in repr(each)


def test_dual_criminality_consent_custody_and_justice_are_never_automated():
    assert {
        "hanoi_2024/art37.p1.punishable",
        "hanoi_2024/art37.p10",
        "hanoi_2024/art37.p14",
        "hanoi_2024/art37.p15",
        "hanoi_2024/art38.p1.consent",
        "hanoi_2024/art39.p1",
    } <= law.never_automated()


def test_a_paragraph_is_cited_as_a_lawyer_cites_it():
    assert law.cited_as("hanoi_2024/art37.p1.punishable") == "art. 37(1)"
    assert instruments.exists("fra_vnm_2016/ext.treaty")


@pytest.mark.parametrize(
    ("kind", "member", "value", "code", "path"),
    [
        (
            "extradition",
            ("items", 0, "identifier"),
            {"kind": "person", "verbatim": "Do Minh Khang"},
            "LAW-360",
            "/body/items/0/identifier",
        ),
        ("extradition", ("extradition", "in_absence"), "yes", None, None),
        ("sentenced_transfer", ("sentenced_transfer", "judgment_final"), "no", "LAW-362", None),
        ("proceedings_transfer", ("proceedings", "continues_at_home"), "yes", "LAW-363", None),
    ],
)
def test_a_gap_is_cured_at_its_place(kind, member, value, code, path):
    page = complete(kind)
    place = page["body"]
    for name in member[:-1]:
        place = place[name]
    place[member[-1]] = value
    cures = {cure.code: cure.path for each in law.findings(page, BASIS) for cure in each.cure}
    # A judgment in absence for which something is assured is looked at, and has nothing to be cured.
    if code is None:
        assert "LAW-361" not in cures
        return
    assert cures[code] == (path or f"/body/{'/'.join(member)}")
    assert law.sentence(law.Cure(code, cures[code])).endswith(f"{cures[code]}.")


def test_an_assurance_that_lacks_is_asked_for_at_its_place():
    page = complete("extradition")
    page["body"]["extradition"].update(in_absence="yes", assurances=None)
    found = {each.rule.partition("/")[2]: each for each in law.findings(page, BASIS)}
    assert found["judgment_in_absence_is_looked_at"].cure == (
        law.Cure("LAW-361", "/body/extradition/assurances"),
    )
