"""The Party's policy decides what may leave, and what must follow."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.statements import KINDS
from rogatory_node.base import Role
from rogatory_node.base.policy import DEFAULT_POLICY, ActRule
from rogatory_node.people.policy import Given, Standing, judge
from support.world import NOON

DUTY, LAWYER, APPROVER = Role.DUTY_OFFICER, Role.LEGAL_REVIEWER, Role.APPROVER
NIGHT = DEFAULT_POLICY["request_preservation"]
TWO = DEFAULT_POLICY["decision"]


def test_two_people_complete_an_act_that_needs_two() -> None:
    both = [Given("binh", DUTY), Given("lan", LAWYER)]
    assert judge(TWO, both, first_at=None).standing is Standing.COMPLETE


def test_one_person_in_two_roles_is_one_person() -> None:
    alone = [Given("lan", DUTY), Given("lan", LAWYER)]
    found = judge(TWO, alone, first_at=NOON)
    assert found.standing is Standing.MISSING
    assert len(found.missing) == 1


def test_the_only_lawyer_is_not_spent_on_the_other_need() -> None:
    # Greedily, the lawyer would fill the first need, which the duty officer could fill.
    both = [Given("a-lan", LAWYER), Given("b-binh", DUTY)]
    assert judge(TWO, both, first_at=None).standing is Standing.COMPLETE
    assert judge(TWO, both[::-1], first_at=None).standing is Standing.COMPLETE


def test_one_duty_officer_may_send_a_preservation_to_be_ratified_within_twelve_hours() -> None:
    found = judge(NIGHT, [Given("binh", DUTY)], first_at=NOON)
    assert (found.standing, found.ratify_by) == (Standing.TO_BE_RATIFIED, NOON + timedelta(hours=12))
    assert found.missing == (NIGHT.needs[1],)


def test_a_second_person_ratifies() -> None:
    both = [Given("binh", DUTY), Given("lan", LAWYER)]
    assert judge(NIGHT, both, first_at=NOON).standing is Standing.COMPLETE


@pytest.mark.parametrize("first_at", [NOON, None])
def test_nobody_but_the_named_roles_sends_alone(first_at) -> None:
    found = judge(NIGHT, [Given("lan", LAWYER)], first_at=first_at)
    assert found.standing is Standing.MISSING


def test_nothing_leaves_without_an_approval() -> None:
    for act, rule in DEFAULT_POLICY.items():
        assert judge(rule, [], first_at=NOON).standing is Standing.MISSING, act


def test_what_discloses_or_decides_never_leaves_by_one_person_alone() -> None:
    two = ("decision", "delivery", "path_disclosure", "report_result", "request_stored_data")
    for act in (*two, "spontaneous_information"):
        every = [Given("one", role) for role in Role]
        assert judge(DEFAULT_POLICY[act], every, first_at=NOON).standing is Standing.MISSING, act


# What one person may ask at once; what one may send at night, to be ratified; all else needs a lawyer too.
ASKED_ALONE = {"provider_location", "advice"}
RATIFIED = {"preservation", "hold_notice", "emergency_data", "welfare_emergency"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_request_has_a_rule_and_what_coerces_needs_a_lawyer(kind) -> None:
    rule = DEFAULT_POLICY[f"request_{kind}"]
    alone = judge(rule, [Given("binh", DUTY)], first_at=NOON).standing
    second = judge(rule, [Given("binh", DUTY), Given("long", APPROVER)], first_at=NOON).standing
    both = judge(rule, [Given("binh", DUTY), Given("lan", LAWYER)], first_at=NOON).standing
    assert both is Standing.COMPLETE
    if kind in ASKED_ALONE:
        assert alone is Standing.COMPLETE
    elif kind in RATIFIED:
        assert (alone, second) == (Standing.TO_BE_RATIFIED, Standing.COMPLETE)
    else:
        assert (alone, second) == (Standing.MISSING, Standing.MISSING)


@given(
    st.lists(st.sets(st.sampled_from(list(Role)), min_size=1), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(list(Role))), max_size=8),
)
def test_as_many_needs_are_filled_as_any_assignment_of_people_can_fill(needs, people) -> None:
    from itertools import permutations

    rule = ActRule(needs=tuple(tuple(sorted(each)) for each in needs))
    found = judge(rule, [Given(*each) for each in people], first_at=None)
    held = {name: {role for other, role in people if other == name} for name, _ in people}
    seats = [*sorted(held), *("" for _ in needs)]
    best = max(
        sum(bool(held.get(name, set()) & need) for name, need in zip(order, needs, strict=False))
        for order in permutations(seats, len(needs))
    )
    assert len(needs) - len(found.missing) == best
