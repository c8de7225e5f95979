"""Kinds of request at home: what an execution rests on, who lets a result go, what follows what."""

from __future__ import annotations

import pytest

from rogatory import instruments
from rogatory.statements import KINDS, State
from rogatory.threads import ItemFold, RequestFold
from rogatory.values import Measure, read
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import executing, index
from rogatory_node.casework.services import domestic, draft, follow_up, freeze, ratify, send
from rogatory_node.records.models import SignedStatement
from support import world
from support.office import A05, OFAC, ORDER, body_of
from support.vector_pages import kinds

DATA_LESS = {State.CANNOT_IDENTIFY, State.VANISHED, State.ELSEWHERE, State.REFUSED, State.POSTPONED}


def small(kind):
    """Return the body of the small request of a kind."""
    return body_of(kinds.requests()[f"a request of the kind {kind}"])


@pytest.fixture
def asked_for(france):
    """Return what lets France ask A05 for something."""

    def ask(kind):
        body = kinds.requests()[f"a request of the kind {kind}"].body
        received = france(world.request(sender=OFAC, recipient=A05).model_copy(update={"body": body}))
        assert received.error is None
        return SignedStatement.objects.get(way="received")

    return ask


def report(duty, asked, state, **more):
    body = {"of": asked.statement_id, "items": [{"number": 1, "state": state, **more}]}
    return draft.begin(duty.officer, "report", draft.Aim(A05, OFAC, thread=asked.thread), body)


def order(duty, asked):
    domestic.record(
        duty.officer, A05, thread=asked.thread, request=asked.statement_id, order=domestic.Order(**ORDER)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_of_every_kind_is_frozen_under_a_rule_of_its_own(kind, duty):
    made = draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), small(kind))
    assert freeze.freeze(duty.officer, made).rule == f"request_{kind}"


def test_every_state_is_said_to_be_an_execution_or_not():
    assert set(State) == executing.EXECUTED | DATA_LESS | {State.RELEASED}


@pytest.mark.parametrize("state", sorted(executing.EXECUTED))
def test_no_execution_of_what_coerces_without_an_act_at_home(state, asked_for, duty):
    asked = asked_for("property")
    made = report(duty, asked, state)
    with pytest.raises(NodeError, match="NODE-507"):
        freeze.freeze(duty.officer, made)
    order(duty, asked)
    assert freeze.freeze(duty.officer, made).rule == "report"


def test_what_is_not_executed_rests_on_nothing(asked_for, duty):
    made = report(duty, asked_for("property"), "cannot_identify")
    assert freeze.freeze(duty.officer, made).state == "frozen"


@pytest.mark.parametrize("kind", ["provider_location", "advice"])
def test_what_the_point_of_contact_tells_needs_no_act_and_one_person(kind, asked_for, duty):
    told = {"original": "In Lyon.", "language": "en"}
    made = freeze.freeze(duty.officer, report(duty, asked_for(kind), "executed", result=told))
    assert made.rule == "report"
    duty.approve(made, Role.DUTY_OFFICER)
    assert send.send(duty.officer, made).way == "sent"


def test_what_was_found_at_home_is_told_by_two_one_of_them_a_lawyer(asked_for, duty, lawyer):
    asked = asked_for("police_cooperation")
    order(duty, asked)
    told = {"original": "He lives in the town that was named.", "language": "en"}
    made = freeze.freeze(duty.officer, report(duty, asked, "executed", result=told))
    assert made.rule == "report_result"
    duty.approve(made, Role.DUTY_OFFICER)
    with pytest.raises(NodeError, match="NODE-508"):
        send.send(duty.officer, made)
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    assert send.send(duty.officer, made).way == "sent"


def test_each_rule_that_needs_no_act_is_one_of_the_treaty():
    assert all(instruments.exists(each) for each in executing.NO_ACT_NEEDED.values())
    assert set(executing.NO_ACT_NEEDED) == KINDS["provider_location"].asks | KINDS["advice"].asks


def test_an_item_that_nobody_asked_for_rests_on_nothing(db):
    asking = kinds.requests()["a request of the kind advice"]
    fold = RequestFold("a" * 64, asking, {1: ItemFold(asking.body.items[0])})
    assert executing.without_act(A05, fold, [1]) == []
    assert executing.without_act(A05, fold, [1, 7]) == [7]


@pytest.fixture
def held(duty):
    """A hold notice that the duty officer sent alone."""
    return duty.send(draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), small("hold_notice")))


def test_a_hold_is_sent_by_one_and_ratified_by_another(held, duty, lawyer):
    sent = index.document_of(held)
    assert sent.ratify_by is not None
    aim = draft.Aim(A05, OFAC, thread=held.thread)
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "ratified", aim, {"of": held.statement_id}))
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    assert send.send(lawyer.officer, made).way == "sent"
    assert ratify.rule_of(sent) == "request_hold_notice"


def test_freezing_follows_a_hold_without_retyping(held, duty):
    made = follow_up.begin_follow_up(
        duty.officer, authority=A05, recipient=OFAC, thread=held.thread, request=held.statement_id
    )
    said = body_of(index.document_of(held))
    assert made.raw["kind"] == "property"
    assert made.raw["property"] == {"hold": held.statement_id, "value": said["hold"]["amount"]}
    assert "hold" not in made.raw
    [item] = made.raw["items"]
    assert item["category"] == Measure.FREEZING
    assert item["identifier"] == said["items"][0]["identifier"]
    assert freeze.freeze(duty.officer, made).rule == "request_property"


def test_a_hold_without_an_amount_is_followed_without_a_value(duty):
    body = small("hold_notice")
    del body["hold"]["amount"]
    sent = duty.send(draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), body))
    made = follow_up.begin_follow_up(
        duty.officer, authority=A05, recipient=OFAC, thread=sent.thread, request=sent.statement_id
    )
    assert made.raw["property"] == {"hold": sent.statement_id}


def test_stored_data_follows_a_preservation_alone(held, preservation, duty):
    way = {"authority": A05, "recipient": OFAC}
    with pytest.raises(NodeError, match="NODE-513"):
        follow_up.begin_stored_data(duty.officer, **way, thread=held.thread, request=held.statement_id)
    thread, request = preservation.thread, preservation.statement_id
    made = follow_up.begin_follow_up(duty.officer, **way, thread=thread, request=request)
    assert (made.raw["kind"], made.raw["preservation"]) == ("stored_data", request)


def test_nothing_follows_what_has_no_follow_up(duty):
    item = world.item(
        identifier=read("matter", "Access logs"), category=Measure.LEGAL_INFORMATION, period=None
    )
    body = body_of(world.request(item, body={"kind": "advice"}))
    sent = duty.send(draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), body))
    with pytest.raises(NodeError, match="NODE-513"):
        follow_up.begin_follow_up(
            duty.officer, authority=A05, recipient=OFAC, thread=sent.thread, request=sent.statement_id
        )


def test_an_execution_is_known_by_the_kind_that_was_asked(asked_for):
    asked = asked_for("advice")
    assert index.kind_of(asked.statement_id, authority=A05) == "advice"
    assert index.kind_of("f" * 64, authority=A05) is None
