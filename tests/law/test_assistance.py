"""Mutual assistance in every form: what a complete request shows, and what holds across kinds."""

from __future__ import annotations

import json

import pytest
from cases import Case, complete

from rogatory import law, statements
from rogatory.law import Outcome

FORMS = sorted(statements.KINDS["mutual_assistance"].asks)
# What a lawyer or an officer answers although nothing is absent.
LEFT_TO_A_PERSON = {
    *("dual_criminality_is_for_a_person", "persecution_is_for_a_person", "proportionality_is_for_a_person"),
    *("the_procedure_wished_is_for_a_person", "each_text_is_in_a_language_that_was_notified"),
}
OWN = ("art06", "art24", "art36", "art40", "art40_contents", "art40_forms", "art35")


def basis(**row):
    return Case("", {"agreed": True, **row}).basis()


def by_name(found):
    return {each.rule.partition("/")[2]: each for each in found}


def own(found):
    names = {each.id for each in law.RULES if each.judge.__module__.rpartition(".")[2] in OWN}
    return [each for each in found if each.rule in names]


def of_form(form, change=None):
    page = complete("mutual_assistance")
    page["body"]["items"] = [{**page["body"]["items"][1], "category": form}]
    if change:
        change(page["body"])
    return law.findings(page, basis())


def test_in_a_complete_request_nothing_is_not_met():
    found = law.findings(complete("mutual_assistance"), basis())
    assert [each for each in found if each.outcome is Outcome.NOT_MET] == []
    assert sum(each.outcome is Outcome.MET for each in found) >= 35
    left = {each.rule.partition("/")[2] for each in own(found) if each.outcome is Outcome.FOR_A_PERSON}
    assert left == LEFT_TO_A_PERSON


def test_the_complete_request_is_one_that_the_wire_takes():
    page = complete("mutual_assistance")["body"]
    body = statements.RequestBody.model_validate_json(json.dumps(page))
    from_model, from_page = (law.findings(each, basis()) for each in (body, page))
    assert [each.outcome for each in from_model] == [each.outcome for each in from_page]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_and_what_it_needs_is_asked_for_by_place(form):
    found = own(of_form(form, lambda body: body.pop("assistance")))
    needed = {
        "hearing_by_video": {"questions", "hearing_on", "hearing_authority", "rights_to_tell"},
        "taking_evidence": {"questions", "rights_to_tell"},
        "search_and_seizure": {"order"},
        "transfer_of_a_witness_in_custody": {"return_by"},
    }.get(form, set())
    absent = {cure.path for each in found if each.outcome is Outcome.NOT_MET for cure in each.cure}
    told = {path.removeprefix("/body/assistance/") for path in absent if "/assistance/" in path}
    assert told == needed


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("answer", ["given", "not_given", "unknown", None])
def test_no_statement_makes_a_consent_free(form, answer):
    found = by_name(of_form(form, lambda body: body["assistance"].update(consent_of_person=answer)))
    asked = found.get("free_consent_is_for_a_person")
    assert (asked is not None) is (form == "transfer_of_a_witness_in_custody")
    assert all(
        each.outcome is Outcome.FOR_A_PERSON for each in found.values() if each.cites.endswith("art40.p9.a")
    )


@pytest.mark.parametrize("kind", statements.KINDS)
def test_persecution_is_asked_of_a_person_for_every_kind_and_under_any_treaty(kind):
    for where in (basis(), basis(agreed=False), basis(in_force=False)):
        found = law.findings({"kind": kind}, where)
        asked = [each for each in found if each.cites in {"hanoi_2024/art40.p22", "hanoi_2024/art37.p15"}]
        assert [each.outcome for each in asked] == [Outcome.FOR_A_PERSON]


@pytest.mark.parametrize("kind", statements.KINDS)
def test_a_state_as_victim_is_looked_at_for_every_kind(kind):
    found = by_name(law.findings({"kind": kind, "offence": {"victim": "state"}}, basis()))
    assert found["a_state_or_official_victim_is_looked_at"].outcome is Outcome.FOR_A_PERSON


@pytest.mark.parametrize("rule", law.RULES, ids=[each.id for each in law.RULES])
def test_a_rule_on_paragraphs_8_to_31_concludes_only_where_art_40_7_lets_it(rule):
    article, _, rest = rule.cites.partition("/")[2].partition(".p")
    number = rest.partition(".")[0]
    if article != "art40" or not number.isdigit() or not 8 <= int(number) <= 31:
        return
    if rule.matter is None:
        # Without a matter it may not conclude at all.
        assert rule.cites in law.never_automated() or rule.cites == "hanoi_2024/art40.p9.b"
        return
    for kind in rule.kinds:
        found = rule.find(law.facts.facts(complete(kind)), basis(agreed=False))
        told = law.findings(complete(kind), basis(agreed=False))
        mine = [each for each in told if each.rule == rule.id]
        assert bool(mine) is (found is not None)
        assert all(each.outcome is Outcome.FOR_A_PERSON for each in mine)


def test_no_other_case_is_open_without_consent_and_secrecy_ends_in_notice():
    found = by_name(law.findings(complete("mutual_assistance"), basis()))
    assert found["use_is_bound_to_what_is_stated"].reasons[0].fields == (("proceedings", 1),)
    notice = found["confidentiality_is_required_where_needed"].reasons[1]
    assert (notice.anchor, notice.fields) == ("hanoi_2024/prac.notice", (("day", "2028-09-13"),))


def test_what_the_requested_party_notified_is_in_the_answer_on_language_alone():
    notified = basis(notified={"fra": ["fr", "en"], "vnm": ["vi"]})
    assert notified.answer(law.Matter.LANGUAGE).languages == {"fr", "en"}
    assert all(not each.languages for each in notified.matters.values() if each.matter != "language")


def test_a_machine_s_translation_alone_is_none():
    page = complete("mutual_assistance")
    words = page["body"]["facts"]
    words.update(language="vi", translations=[{"text": "x", "language": "en", "kind": "machine_unrevised"}])
    (found,) = (
        each
        for each in law.findings(page, basis(notified={"fra": ["en"]}))
        if each.rule.endswith("/each_text_is_in_a_language_that_was_notified")
    )
    assert found.outcome is Outcome.NOT_MET
    assert [(each.code, each.path) for each in found.cure] == [("LAW-342", "/body/facts")]


def test_safe_conduct_that_is_denied_can_be_granted_where_it_is_denied():
    page = complete("mutual_assistance")
    page["body"]["assistance"]["safe_conduct"] = False
    found = by_name(law.findings(page, basis()))["safe_conduct_is_told"]
    assert found.outcome is Outcome.FOR_A_PERSON
    assert [(each.code, each.path) for each in found.cure] == [("LAW-340", "/body/assistance/safe_conduct")]
