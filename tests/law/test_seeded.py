"""The seeded set: every fault is found, sound requests raise few alarms, and it is as large as it says."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from bench.seeded import found, seeded

from rogatory import instruments, statements
from rogatory.law import Outcome

CASES = list(seeded())
BAD = [each for each in CASES if each.fault]
GOOD = [each for each in CASES if not each.fault]
# More than this share of sound requests that raise an alarm, and nobody reads the findings any more.
MOST_ALARMS = 0.05


def named(case):
    return f"{'independent ' * case.independent}{case.kind}: {case.case}"


@pytest.mark.parametrize("case", [each for each in BAD if not each.missed], ids=named)
def test_a_seeded_fault_is_found(case):
    assert found(case)


@pytest.mark.parametrize("case", [each for each in BAD if each.missed], ids=named)
def test_a_fault_that_is_called_missed_is_missed(case):
    assert not found(case)


@pytest.mark.parametrize("independent", [False, True])
def test_few_sound_requests_raise_an_alarm(independent):
    good = [each for each in GOOD if each.independent is independent]
    alarms = [named(each) for each in good if any(one.outcome is Outcome.NOT_MET for one in each.findings())]
    assert len(alarms) <= MOST_ALARMS * len(good), alarms


@pytest.mark.parametrize("independent", [False, True])
def test_the_set_is_as_large_as_it_says_and_knows_every_kind(independent):
    bad, good = ([each for each in page if each.independent is independent] for page in (BAD, GOOD))
    assert len(bad) >= 60
    assert len(good) >= 40
    assert {each.kind for each in bad} == {each.kind for each in good} == set(statements.KINDS)


def test_every_request_of_the_set_has_a_name_of_its_own():
    assert not [name for name, number in Counter(map(named, CASES)).items() if number > 1]


def test_a_fault_is_named_by_a_place_of_the_law():
    assert all(instruments.exists(each.fault) for each in BAD)


@pytest.mark.parametrize("case", [each for each in CASES if not each.draft], ids=named)
def test_what_is_no_draft_is_taken_by_the_wire(case):
    statements.RequestBody.model_validate_json(json.dumps(case.request["body"]))
