"""Every rule, with each outcome it can give, as a case that a jurist can read."""

from __future__ import annotations

import ast
import inspect
import json
from collections import defaultdict

import pytest
from cases import all_cases, complete, desk

from rogatory import instruments, law, statements
from rogatory.law import Outcome

CASES = list(all_cases())
# An authority that takes everything and reads English.
MINISTRY = desk({"nature": "ministry", "languages": ["en"]})
# Which helpers of a rule's body can end in which outcomes.
CAN = {
    "met": {"met"},
    "not_met": {"not_met"},
    "for_a_person": {"for_a_person"},
    "no_items": {"not_met"},
    "stated": {"met", "not_met"},
    "all_stated": {"met", "not_met"},
    "each_item": {"met", "not_met"},
}


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_a_case_comes_out_as_a_lawyer_says(case):
    found = case.finding()
    assert (str(found.outcome) if found else "none") == case.row["outcome"]
    assert (
        [reason.code for reason in found.reasons] == case.row["because"]
        if found
        else "because" not in case.row
    )
    assert (
        all(law.sentence(each) and law.explain(each) for each in (*found.reasons, *found.cure))
        if found
        else True
    )


def outcomes_of(rule):
    """Return the outcomes that the body of a rule can give, read from its source."""
    tree = ast.parse(inspect.getsource(rule.judge))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CAN:
            always_absent = any(
                each.arg == "present" and isinstance(each.value, ast.Constant) and not each.value.value
                for each in node.keywords
            )
            found |= {"not_met"} if always_absent else CAN[node.func.id]
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and node.value.value is None:
            found.add("none")
        if (
            isinstance(node, ast.IfExp)
            and isinstance(node.orelse, ast.Constant)
            and node.orelse.value is None
        ):
            found.add("none")
    return found


@pytest.mark.parametrize("rule", law.RULES, ids=[each.id for each in law.RULES])
def test_a_rule_has_a_case_of_each_outcome_it_can_give(rule):
    seen = defaultdict(set)
    for case in CASES:
        seen[f"hanoi_2024/{case.row['rule']}"].add(case.row["outcome"])
    assert outcomes_of(rule) - seen[rule.id] == set()


@pytest.mark.parametrize("rule", law.RULES, ids=[each.id for each in law.RULES])
def test_a_rule_cites_what_exists_and_says_what_it_asks(rule):
    assert instruments.exists(rule.cites)
    assert rule.sentence.endswith(".")


def agreed_basis():
    """France and Viet Nam, who agreed to use paragraphs 8 to 31."""
    return next(each for each in CASES if each.row.get("agreed")).basis()


@pytest.mark.parametrize(("kind", "met"), [("preservation", 20), ("stored_data", 18)])
def test_in_a_complete_request_nothing_is_not_met(kind, met):
    found = law.findings(complete(kind), agreed_basis(), recipient=MINISTRY)
    assert [each for each in found if each.outcome is Outcome.NOT_MET] == []
    assert sum(each.outcome is Outcome.MET for each in found) >= met
    assert {each.cites for each in found if each.outcome is Outcome.FOR_A_PERSON} <= {
        *law.never_automated(),
        "hanoi_2024/art35.p3",
        "hanoi_2024/prac.annex",
    }


@pytest.mark.parametrize("kind", ["preservation", "stored_data"])
def test_the_complete_request_is_one_that_the_wire_takes(kind):
    page = complete(kind)["body"]
    body = statements.RequestBody.model_validate_json(json.dumps(page))
    basis = CASES[0].basis()
    from_model = law.findings(body, basis)
    assert [each.outcome for each in from_model] == [each.outcome for each in law.findings(page, basis)]
    assert len(from_model) > 20


def test_every_anchor_of_every_reason_exists():
    for case in CASES:
        for found in law.findings(case.request(), case.basis()):
            assert all(instruments.exists(each.anchor) for each in found.reasons), found
            assert instruments.exists(found.cites)


def test_every_cure_points_into_the_request_or_at_a_member_it_lacks():
    for case in CASES:
        for found in law.findings(case.request(), case.basis()):
            assert all(each.path.startswith("/") for each in found.cure)
