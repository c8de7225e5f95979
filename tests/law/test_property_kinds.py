"""Police cooperation, joint investigations, property, holds, removals: complete, empty, at the edges."""

from __future__ import annotations

import json

import pytest
from cases import Case, complete

from rogatory import law, statements
from rogatory.law import Outcome

# At least so many particulars of a complete request are found stated.
KINDS = {
    "police_cooperation": 19,
    "joint_investigation": 20,
    "property": 40,
    "hold_notice": 19,
    "removal": 15,
}
# Where the rule on contents leaves the conclusion to a person although nothing is absent.
LEFT_TO_A_PERSON = {
    "police_cooperation": set(),
    "joint_investigation": {"the_joint_body_rests_on_an_agreement", "the_host_s_sovereignty_is_respected"},
    "property": {
        "evidence_in_time_and_small_value_are_for_a_person",
        "a_provisional_measure_is_not_lifted_unheard",
    },
    "hold_notice": set(),
    "removal": {"protected_expression_is_for_a_person", "whom_the_content_harms_is_for_a_person"},
}
OWN = {
    *("art47", "art48", "art49", "art50", "art52"),
    *("practice_cooperation", "practice_property", "practice_hold", "practice_removal"),
}


def basis(**row):
    return Case("", {"agreed": True, **row}).basis()


def findings(kind, change=None, **row):
    page = complete(kind)
    if change:
        change(page["body"])
    return law.findings(page, basis(**row))


def own(found):
    names = {each.id for each in law.RULES if each.judge.__module__.rpartition(".")[2] in OWN}
    return [each for each in found if each.rule in names]


@pytest.mark.parametrize(("kind", "met"), KINDS.items())
def test_in_a_complete_request_nothing_is_not_met(kind, met):
    found = findings(kind)
    assert [each for each in found if each.outcome is Outcome.NOT_MET] == []
    assert sum(each.outcome is Outcome.MET for each in found) >= met
    left = {each.rule.partition("/")[2] for each in own(found) if each.outcome is Outcome.FOR_A_PERSON}
    assert left == LEFT_TO_A_PERSON[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_complete_request_is_one_that_the_wire_takes(kind):
    page = complete(kind)["body"]
    body = statements.RequestBody.model_validate_json(json.dumps(page))
    from_model, from_page = (law.findings(each, basis()) for each in (body, page))
    assert [each.outcome for each in from_model] == [each.outcome for each in from_page]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_request_lacks_all_that_is_asked_of_everybody_and_crashes_nothing(kind):
    found = law.findings({"kind": kind}, basis())
    assert sum(each.outcome is Outcome.NOT_MET for each in found) >= 6
    assert all(law.sentence(reason) for each in found for reason in each.reasons)


@pytest.mark.parametrize("kind", ["police_cooperation", "joint_investigation", "property"])
def test_a_serious_crime_alone_opens_none_of_them(kind):
    found = findings(kind, lambda body: body["offence"].pop("convention_articles"))
    gate = {each.rule: each.outcome for each in found if each.rule.endswith("this_form")}
    assert gate == {"hanoi_2024/the_gate_opens_this_form": Outcome.NOT_MET}


@pytest.mark.parametrize(("kind", "basis_of"), [("hold_notice", "hold"), ("removal", "removal")])
def test_without_a_treaty_basis_it_is_said_and_no_gate_or_instrument_is_claimed(kind, basis_of):
    for bare in (False, True):
        found = findings(kind, lambda body, bare=bare: bare and body[basis_of].pop("legal_basis"))
        said = {reason.code for each in found for reason in each.reasons}
        assert ("LAW-635" if bare else "LAW-634") in said
        assert not {"LAW-115", "LAW-120", "LAW-125"} & said


@pytest.mark.parametrize("speech", ["It is a lie", "It is lawful", "", None])
def test_no_text_makes_software_answer_whether_expression_is_protected(speech):
    found = findings("removal", lambda body: body["removal"].update(speech=speech))
    asked = [each for each in found if "hanoi_2024/art6.p2" in {reason.anchor for reason in each.reasons}]
    assert asked
    assert {each.outcome for each in asked} == {Outcome.FOR_A_PERSON}


def test_the_hours_of_a_hold_are_practice_and_the_length_of_the_law_is_not_guessed():
    found = findings("hold_notice", lambda body: body["hold"].update(until="2028-03-16T15:10:01Z"))
    (length,) = (each for each in found if each.rule.endswith("the_hold_has_an_end"))
    assert (length.outcome, length.asked_by) == (Outcome.FOR_A_PERSON, "practice")
    assert dict(length.reasons[0].fields)["hours"] == 72
    exact = findings("hold_notice", lambda body: body["hold"].update(until="2028-03-16T15:10:00Z"))
    assert {each.outcome for each in exact if each.rule == length.rule} == {Outcome.MET}


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_at_the_edge_of_the_calendar_crashes_no_hold(instant):
    for issued in (instant, "2028-03-13T15:10:00Z", None):
        page = complete("hold_notice") | {"issued_at": issued}
        page["body"]["hold"].update(until=instant, reported=instant)
        assert law.findings(page, basis())


def test_where_another_treaty_may_govern_what_article_50_says_stands_and_article_40_is_for_a_person():
    found = {each.rule.partition("/")[2]: each.outcome for each in findings("property", agreed=False)}
    # Art. 40(7) speaks of paras. 8-31 of art. 40; art. 50 is answered for itself.
    assert found["the_order_of_confiscation_is_final"] is Outcome.MET
    assert found["the_facts_are_summarised"] is Outcome.FOR_A_PERSON


def test_where_the_convention_binds_nobody_no_rule_on_property_concludes():
    found = own(findings("property", in_force=False))
    by_law = [each for each in found if each.asked_by == "law"]
    assert by_law
    assert {each.outcome for each in by_law} == {Outcome.FOR_A_PERSON}


@pytest.mark.parametrize(
    ("code", "kind", "path", "value"),
    [
        ("LAW-370", "police_cooperation", "cooperation.authorities", None),
        ("LAW-371", "police_cooperation", "cooperation.powers", "To search"),
        ("LAW-372", "joint_investigation", "cooperation.place", "deu"),
        ("LAW-373", "property", "property.order_final", "no"),
        ("LAW-374", "property", "items.2.identifier.bank_name", None),
        ("LAW-375", "hold_notice", "hold.legal_basis", None),
        ("LAW-375", "removal", "removal.legal_basis", None),
        ("LAW-376", "removal", "items.0.identifier.kind", "domain"),
        ("LAW-377", "removal", "removal.kept_first", None),
        ("LAW-379", "property", "property", {"facts_for_order": None}),
    ],
)
def test_what_would_cure_it_is_said_at_its_place(code, kind, path, value):
    page = complete(kind)
    *way, last = path.split(".")
    at = page["body"]
    for name in way:
        at = at[int(name) if name.isdigit() else name]
    at[last] = value
    cures = [cure for each in law.findings(page, basis()) for cure in each.cure if cure.code == code]
    assert cures
    # The place named is the member that was spoilt, one inside it, or one that holds it.
    spoilt = f"/body/{path.replace('.', '/')}"
    assert all(spoilt.startswith(cure.path) or cure.path.startswith(spoilt) for cure in cures)
    assert all(law.sentence(cure) and law.explain(cure) for cure in cures)
