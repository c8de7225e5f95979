"""Interception, the network and emergencies: what complete requests show, and what only a person answers."""

from __future__ import annotations

import copy
import json
from datetime import date

import pytest
from cases import Case, complete

from rogatory import law, statements
from rogatory.law import Outcome

# At least so many particulars of a complete request are found stated.
KINDS = {
    "realtime_traffic": 28,
    "content_interception": 28,
    "provider_location": 9,
    "advice": 6,
    "emergency_data": 15,
    "welfare_emergency": 10,
}
REAL = {"hanoi_2024/art2.p1.o", "hanoi_2024/art41.p3.e"}


def basis():
    return Case("", {"agreed": True}).basis()


def findings(kind, spoil=None):
    page = complete(kind)
    if spoil:
        spoil(page["body"])
    return law.findings(page, basis())


@pytest.mark.parametrize(("kind", "met"), KINDS.items())
def test_in_a_complete_request_nothing_is_not_met(kind, met):
    found = findings(kind)
    assert [each for each in found if each.outcome is Outcome.NOT_MET] == []
    assert sum(each.outcome is Outcome.MET for each in found) >= met


@pytest.mark.parametrize("kind", KINDS)
def test_the_complete_request_is_one_that_the_wire_takes(kind):
    page = complete(kind)["body"]
    body = statements.RequestBody.model_validate_json(json.dumps(page))
    from_model, from_page = (law.findings(each, basis()) for each in (body, page))
    assert [each.outcome for each in from_model] == [each.outcome for each in from_page]


@pytest.mark.parametrize("kind", ["emergency_data", "welfare_emergency"])
def test_whether_an_emergency_is_real_is_asked_of_a_person_and_never_met(kind):
    for member in (None, *complete(kind)["body"]["emergency"]):
        found = findings(kind, lambda body, member=member: body["emergency"].pop(member, None))
        asked = [
            each
            for each in found
            if {each.cites, *(reason.anchor for reason in each.reasons)} & {*REAL, "hanoi_2024/prac.hiding"}
        ]
        assert {each.outcome for each in asked} == {Outcome.FOR_A_PERSON}
        assert any(each.cites in REAL for each in asked)


def test_a_welfare_emergency_is_never_asked_for_an_offence_or_a_gate():
    def bare(body):
        kept = {name: body[name] for name in ("kind", "items")}
        body.clear()
        body.update(kept)

    for found in (findings("welfare_emergency"), findings("welfare_emergency", bare)):
        anchors = {anchor for each in found for anchor in (each.cites, *(one.anchor for one in each.reasons))}
        assert not any(each.startswith(("hanoi_2024/art35", "hanoi_2024/art2.p1.h")) for each in anchors)
        cures = [cure.path for each in found for cure in each.cure]
        assert not any("offence" in path for path in cures)


def test_a_welfare_emergency_says_that_the_convention_gives_no_basis_whatever_binds():
    page = complete("welfare_emergency")
    for participation in (
        law.as_found(),
        law.assume_in_force(law.as_found(), ("vnm", "fra"), date(2028, 1, 1)),
    ):
        told = law.findings(page, law.basis("vnm", "fra", date(2028, 3, 14), participation))
        said = [each for each in told if each.rule == "hanoi_2024/there_is_no_treaty_basis"]
        assert [each.outcome for each in said] == [Outcome.FOR_A_PERSON]


def test_a_request_of_the_network_without_a_gate_is_told_so():
    found = findings("emergency_data", lambda body: body.pop("offence"))
    codes = {reason.code for each in found for reason in each.reasons}
    assert {"LAW-124", "LAW-413"} <= codes


def test_where_the_person_is_said_to_be_is_never_repeated():
    secret = "the_house_by_the_river"
    found = findings("emergency_data", lambda body: body["emergency"].update(person_in=secret))
    assert secret not in repr(found)
    assert "LAW-418" in {reason.code for each in found for reason in each.reasons}


@pytest.mark.parametrize("kind", ["realtime_traffic", "content_interception"])
def test_necessity_and_milder_means_are_weighed_by_a_person(kind):
    found = {each.rule.partition("/")[2]: each for each in findings(kind)}
    for name in ("proportionality_is_for_a_person", "less_intrusive_means_are_for_a_person"):
        assert found[name].outcome is Outcome.FOR_A_PERSON
        assert any(reason.anchor == "hanoi_2024/art24.p1" for reason in found[name].reasons)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("realtime_traffic", "the_period_of_collection_is_stated_and_justified"),
        ("content_interception", "the_period_of_interception_is_stated"),
    ],
)
def test_each_end_of_an_interception_and_its_reason_is_asked_for_by_name(kind, rule):
    why = "why_interception_lasts_so_long_is_stated" if kind == "content_interception" else rule
    for member, asks in (("starts", rule), ("ends", rule), ("period_reason", why)):
        found = findings(kind, lambda body, member=member: body["interception"].pop(member))
        (asked,) = (each for each in found if each.rule.endswith(f"/{asks}"))
        assert asked.outcome is Outcome.NOT_MET
        assert [cure.path for cure in asked.cure] == [f"/body/interception/{member}"]


def test_a_review_can_be_planned_at_the_end_of_the_calendar():
    page = copy.deepcopy(complete("emergency_data"))
    page["issued_at"] = "9999-12-31T23:00:00Z"
    page["body"]["emergency"]["review_by"] = "9999-12-31"
    assert law.findings(page, basis())
