"""Kinds of request as they are executed at the desk: decided, reported in their states, delivered."""

from __future__ import annotations

import json

import pytest

from rogatory import register as registers
from rogatory.statements import KINDS, RequestBody
from rogatory_node.base import Role, directory
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.desk.showing import places, states
from rogatory_node.desk.showing.kind_words import delivers
from rogatory_node.records.models import SignedStatement
from support import complete, world
from support.office import ORDER

from .conftest import A05, OFAC, approve_and_send, frozen, sent_by, words_of


@pytest.fixture
def received(france, desk, duty):
    """France asks for one kind, and somebody here acknowledges it."""

    def ask(kind: str) -> SignedStatement:
        made = world.request(sender=OFAC, recipient=A05)
        body = RequestBody.model_validate_json(json.dumps(complete.body(kind)))
        assert france(made.model_copy(update={"body": body})).error is None
        row = SignedStatement.objects.get(way="received", type="request")
        where = desk(duty).post(f"/threads/{row.thread}/acknowledge/{row.statement_id}", {})["Location"]
        sent_by(desk(duty), duty, where)
        return row

    return ask


def decided(client, row, duty, lawyer):
    """Accept every item by the pages, and send the decision."""
    at = f"/threads/{row.thread}/decide/{row.statement_id}"
    count = len(complete.body(kind_of(row))["items"])
    for number in range(1, count + 1):
        assert client.post(f"{at}?item={number}", {"decision": "taken"}).status_code == 302
    where = client.post(at, {"act": "prepare"})["Location"]
    made = Draft.objects.get(pk=where.rpartition("/")[2])
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    approve_and_send(duty, made)
    return count


def kind_of(row):
    return index.document_of(row).body.kind


def executed(client, row, count):
    """Report every item as executed, with a result in words; return the answer to fixing it."""
    at = f"/threads/{row.thread}/report/{row.statement_id}"
    typed = {"state": "executed", "executed-result": "Done as it was asked."}
    for number in range(1, count + 1):
        answer = client.post(f"{at}?item={number}", typed)
        assert answer.status_code == 302, words_of(answer)
    return client.post(f"{at}?item=all", {"act": "prepare"})


@pytest.mark.parametrize("kind", ["property", "extradition", "hold_notice"])
def test_what_asks_for_no_data_is_reported_as_executed_in_words(desk, duty, lawyer, received, kind):
    row = received(kind)
    client = desk(duty)
    count = decided(client, row, duty, lawyer)
    board = words_of(client.get("/"))
    assert "Record the order at home." in board
    refused = executed(client, row, count)
    assert "NODE-507" in words_of(refused)
    order = {**ORDER, "items": f"1 to {count}"}
    assert client.post(f"/threads/{row.thread}/order/{row.statement_id}", order).status_code == 302
    fixed = executed(client, row, count)
    assert fixed.status_code == 302
    made = Draft.objects.get(pk=fixed["Location"].rpartition("/")[2])
    assert {each["state"] for each in made.raw["items"]} == {"executed"}
    # What was found is disclosed by it: two people, one of them a lawyer.
    assert made.rule == "report_result"
    assert "Done as it was asked." in words_of(client.get(fixed["Location"]))


def test_an_answer_of_the_network_needs_no_act_at_home_and_no_package(desk, duty, lawyer, received):
    row = received("provider_location")
    client = desk(duty)
    count = decided(client, row, duty, lawyer)
    assert "Report what was done." in words_of(client.get("/"))
    fixed = executed(client, row, count)
    made = Draft.objects.get(pk=fixed["Location"].rpartition("/")[2])
    assert made.rule == "report"
    approve_and_send(duty, made)
    page = words_of(client.get(f"/threads/{row.thread}"))
    assert "Seal and deliver" not in page
    assert "Executed" in page
    assert "Done as it was asked." in page


def test_emergency_data_wait_for_their_package(desk, duty, lawyer, received):
    row = received("emergency_data")
    client = desk(duty)
    count = decided(client, row, duty, lawyer)
    order = {**ORDER, "items": f"1 to {count}"}
    assert client.post(f"/threads/{row.thread}/order/{row.statement_id}", order).status_code == 302
    items = [{"number": number, "state": "measures_taken"} for number in range(1, count + 1)]
    made = frozen(
        duty.officer,
        "report",
        _aim(row),
        {"of": row.statement_id, "items": items},
    )
    approve_and_send(duty, made)
    assert "Seal and deliver the data" in words_of(client.get(f"/threads/{row.thread}"))


def _aim(row):
    return draft.Aim(A05, OFAC, thread=row.thread)


@pytest.mark.parametrize("kind", KINDS)
def test_every_item_can_be_reported_in_states_that_have_a_form(kind):
    for category in KINDS[kind].asks:
        found = states.answers(kind, category.value)
        assert set(found) <= set(states.WITH)
        data = delivers(kind, category.value) or kind == "preservation"
        assert ("executed" in found) is (not data or kind in ("emergency_data", "welfare_emergency"))


def test_a_state_that_does_not_fit_is_refused(desk, duty, lawyer, received):
    row = received("extradition")
    client = desk(duty)
    decided(client, row, duty, lawyer)
    at = f"/threads/{row.thread}/report/{row.statement_id}?item=1"
    assert 'value="preserved"' not in words_of(client.get(at))
    refused = client.post(at, {"state": "preserved", "preserved-until": "2028-06-11"})
    assert refused.status_code == 422
    bare = client.post(at, {"state": "executed"})
    assert "NODE-753" in words_of(bare)


def test_a_hold_is_followed_by_freezing_without_retyping(desk, duty):
    body = complete.body("hold_notice")
    row = duty.send(draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), body))
    client = desk(duty)
    assert "Ask for freezing" in words_of(client.get(f"/threads/{row.thread}"))
    at = f"/threads/{row.thread}/follow-up/{row.statement_id}"
    assert "Ask to freeze what is held?" in words_of(client.get(at))
    began = client.post(at, {"authority": A05, "recipient": OFAC})
    made = Draft.objects.get(pk=began["Location"].rpartition("/")[2])
    assert made.raw["kind"] == "property"
    assert made.raw["property"]["hold"] == row.statement_id
    thread = words_of(client.get(f"/threads/{row.thread}"))
    assert "no treaty basis, domestic law or practice" in thread


def test_who_has_no_node_is_not_asked(monkeypatch):
    known = directory.snapshot()
    letter = known.authorities[OFAC].model_copy(update={"channel": registers.Channel.LETTER})
    assert places.reachable("vnm") == (OFAC,)
    monkeypatch.setitem(known.authorities, OFAC, letter)
    assert places.reachable("vnm") == ()
