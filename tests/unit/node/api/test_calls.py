"""What the calls do: the same as the desk, in the same order, for the same people."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rogatory_node.api import tokens
from rogatory_node.base import Role, clock
from rogatory_node.casework import selectors
from rogatory_node.people import officers
from rogatory_node.people.models import ApprovalCredential
from rogatory_node.records import heads, statements
from rogatory_node.records.models import SignedReceipt
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import sealing
from support import world
from support.office import A05, OFAC, ORDER, SPP, body_of
from support.passkey import Passkey
from support.sealed import take


def ok(response, status=200):
    assert response.status_code == status, response.content
    return json.loads(response.content) if response.content else None


def code(response):
    return json.loads(response.content)["code"]


def given(**changes):
    body = body_of(world.request(**changes))
    return {"authority": A05, "recipient": OFAC, "title": "Sàn Vàng", "body": body}


def approve(call, who, draft, role):
    options = ok(call(who, "GET", f"/drafts/{draft}/approval-options?role={role}"))
    assertion = json.loads(who.passkey.get(options))
    return call(who, "POST", f"/drafts/{draft}/approvals", {"role": role, "assertion": assertion})


def test_one_fact_set_makes_a_draft_for_each_party(call, duty, hire):
    given = {
        "authority": A05,
        "title": "Sàn Vàng",
        "addressees": [{"recipient": OFAC}, {"recipient": "xtp/cyber", "items": [1], "language": "fr"}],
        "body": body_of(world.request()) | {"reference": "VNM 2028-0147"},
    }
    french, third = ok(call(duty, "POST", "/drafts/several", given), 201)
    assert french["draft"]["case"] != third["draft"]["case"]
    assert (french["left_out"], french["tells"]) == (["reference"], [])
    assert third["draft"]["recipient"] == "xtp/cyber"
    assert {each["id"] for each in ok(call(duty, "GET", "/drafts"))} == {
        french["draft"]["id"],
        third["draft"]["id"],
    }
    twice = call(duty, "POST", "/drafts/several", given | {"addressees": [{"recipient": OFAC}] * 2})
    assert (twice.status_code, code(twice)) == (422, "NODE-522")
    stranger = hire("mai", Role.DUTY_OFFICER, authority=SPP)
    refused = call(stranger, "POST", "/drafts/several", given)
    assert (refused.status_code, code(refused)) == (403, "NODE-100")


def test_a_preservation_from_the_draft_to_the_signed_bytes(call, duty):
    made = ok(call(duty, "POST", "/drafts", given()), 201)
    path = f"/drafts/{made['id']}"
    assert made["missing"] == []
    found = ok(call(duty, "GET", f"{path}/findings"))
    assert {each["outcome"] for each in found} <= {"met", "not_met", "for_a_person"}
    changed = ok(call(duty, "PUT", path, {"version": 1, "body": made["body"]}))
    assert changed["version"] == 2
    again = call(duty, "PUT", path, {"version": 1, "body": made["body"]})
    assert (again.status_code, code(again)) == (409, "NODE-504")
    early = call(duty, "POST", f"{path}/approvals", {"role": "duty_officer", "assertion": {}})
    assert (early.status_code, code(early)) == (409, "NODE-503")
    frozen = ok(call(duty, "POST", f"{path}/freeze"))
    assert (frozen["state"], frozen["rule"]) == ("frozen", "request_preservation")
    assert frozen["missing"] == [
        ["duty_officer", "investigator", "approver", "legal_reviewer"],
        ["approver", "legal_reviewer"],
    ]
    assert ok(call(duty, "GET", "/drafts"))[0]["missing"] == frozen["missing"]
    missing = call(duty, "POST", f"{path}/send")
    assert (missing.status_code, code(missing)) == (409, "NODE-508")
    approved = ok(approve(call, duty, made["id"], "duty_officer"))
    assert approved["missing"] == [["approver", "legal_reviewer"]]
    sent = ok(call(duty, "POST", f"{path}/send"))
    assert ok(call(duty, "GET", "/drafts")) == []
    assert ok(call(duty, "GET", path))["state"] == "sent"
    [row] = ok(call(duty, "GET", "/threads"))
    assert (row["thread"], row["kind"]) == (sent["thread"], "preservation")
    seen = ok(call(duty, "GET", f"/threads/{sent['thread']}"))
    assert (seen["number"], seen["title"], seen["side"]) == ("VNM-FRA 2028-0001", "Sàn Vàng", "requesting")
    assert [entry["standing"] for entry in seen["entries"]] == ["folded"]
    assert seen["items"][0]["identifier"] == "203.0.113.57"
    envelope = call(duty, "GET", f"/threads/statements/{sent['statement_id']}")
    row = statements.find(sent["statement_id"], authority=A05)
    assert envelope.content == statements.envelope(row)
    receipt = call(duty, "GET", f"/threads/statements/{sent['statement_id']}/receipt")
    assert (receipt.status_code, code(receipt)) == (404, "NODE-515")
    custody = call(duty, "GET", f"/threads/statements/{sent['statement_id']}/custody")
    assert (custody.status_code, code(custody)) == (409, "NODE-207")
    heads.publish_own(now=clock.now())
    custody = ok(call(duty, "GET", f"/threads/statements/{sent['statement_id']}/custody"))
    assert custody["type"] == "custody_receipt"


def test_an_approval_needs_the_passkey_and_a_role_that_is_one(call, duty, lawyer):
    made = ok(call(duty, "POST", "/drafts", given()), 201)
    ok(call(duty, "POST", f"/drafts/{made['id']}/freeze"))
    unknown = call(duty, "GET", f"/drafts/{made['id']}/approval-options?role=emperor")
    assert (unknown.status_code, code(unknown)) == (422, "NODE-700")
    asked = ok(call(duty, "GET", f"/drafts/{made['id']}/approval-options?role=duty_officer"))
    stolen = json.loads(lawyer.passkey.get(asked))
    path = f"/drafts/{made['id']}/approvals"
    response = call(duty, "POST", path, {"role": "duty_officer", "assertion": stolen})
    assert (response.status_code, code(response)) == (403, "NODE-106")
    garbage = call(duty, "POST", path, {"role": "duty_officer", "assertion": {"id": "x"}})
    assert (garbage.status_code, code(garbage)) == (422, "NODE-110")


def test_a_draft_is_discarded(call, duty):
    made = ok(call(duty, "POST", "/drafts", given()), 201)
    assert ok(call(duty, "POST", f"/drafts/{made['id']}/discard"))["state"] == "discarded"
    response = call(duty, "POST", f"/drafts/{made['id']}/freeze")
    assert (response.status_code, code(response)) == (409, "NODE-503")


def test_a_received_request_is_ordered_for_shared_and_entitled(call, asked, duty, hire):
    path = f"/threads/{asked.thread}"
    order = {"authority": A05, "request": asked.statement_id, "order": ORDER | {"items": [1]}}
    assert ok(call(duty, "POST", f"{path}/domestic-acts", order), 201)["id"]
    wrong = call(duty, "POST", f"{path}/domestic-acts", order | {"order": {"kind": "wish"}})
    assert wrong.status_code == 422
    assert ok(call(duty, "POST", f"{path}/share", {"authority": A05, "with_authority": SPP}), 204) is None
    ok(call(duty, "PUT", f"{path}/title", {"authority": A05, "title": "Lyon"}), 204)
    seen = ok(call(duty, "GET", path))
    assert (seen["title"], seen["side"]) == ("Lyon", "requested")
    given = call(duty, "GET", f"/threads/statements/{asked.statement_id}/receipt")
    assert given.content == bytes(SignedReceipt.objects.get().envelope)
    prosecutor = hire("chau", Role.INVESTIGATOR, authority=SPP)
    assert ok(call(prosecutor, "GET", path))["seen_by"] == [SPP]


def test_a_follow_up_is_begun_from_a_preservation(call, preservation, duty):
    body = {"authority": A05, "recipient": OFAC, "request": preservation.statement_id}
    made = ok(call(duty, "POST", f"/threads/{preservation.thread}/follow-up", body), 201)
    assert made["body"]["preservation"] == preservation.statement_id


def test_evidence_is_sealed_shown_and_delivered(call, ready, custodian):
    body = {
        "authority": A05,
        "recipient": OFAC,
        "thread": ready.thread,
        "request": ready.statement_id,
        "intake": "case",
        "conditions": {"use": "evidence"},
    }
    made = ok(call(custodian, "POST", "/packages", body), 201)
    assert made["state"] == "sealing"
    path = f"/packages/{made['id']}"
    early = call(custodian, "POST", f"{path}/delivery", {"items": [1]})
    assert (early.status_code, code(early)) == (409, "NODE-454")
    sealing.seal(take("seal"))
    assert ok(call(custodian, "GET", path))["state"] == "sealed"
    draft = ok(call(custodian, "POST", f"{path}/delivery", {"items": [1], "certificate": "C 7"}), 201)
    assert draft["body"]["seal"] == Package.objects.get().seal
    opened = call(custodian, "POST", f"{path}/open")
    assert (opened.status_code, code(opened)) == (409, "NODE-452")
    assert len(ok(call(custodian, "GET", f"/packages?thread={ready.thread}"))) == 1
    assert ok(call(custodian, "GET", f"/packages?thread={'0' * 64}")) == []
    again = call(custodian, "POST", f"{path}/fetch")
    assert (again.status_code, code(again)) == (409, "NODE-458")
    nothing = call(custodian, "POST", "/packages", body | {"intake": "../a05"})
    assert (nothing.status_code, code(nothing)) == (422, "NODE-450")


def test_what_failed_is_listed(call, sealed, custodian, duty):
    Package.objects.update(failure="EVID-009", state=Package.State.FAILED)
    [trouble] = ok(call(duty, "GET", "/troubles"))
    assert (trouble["kind"], trouble["code"]) == ("package_failed", "EVID-009")


def test_me_says_who_i_am_and_what_time_it_is(call, duty):
    found = ok(call(duty, "GET", "/me"))
    assert found == {
        "id": str(duty.officer.pk),
        "name": "Binh",
        "roles": {A05: ["duty_officer"]},
        "now": "2028-03-13T18:32:00Z",
    }


def test_passkeys_are_enrolled_with_a_token_made_for_that_and_no_other(call, duty, hire):
    operator = hire("son", Role.OPERATOR)
    plain = tokens.make(operator.officer, "plain")
    for method, path, body in (
        ("POST", "/credentials/options", None),
        ("POST", "/credentials", {"label": "x", "response": {}}),
        ("POST", "/credentials/1/confirm", None),
    ):
        response = call(None, method, path, body, token=plain)
        assert (response.status_code, code(response)) == (403, "NODE-706")
    mine = tokens.make(duty.officer, "passkeys", passkeys=True)
    theirs = tokens.make(operator.officer, "passkeys", passkeys=True)
    options = ok(call(None, "POST", "/credentials/options", token=mine))
    key = Passkey(duty.passkey.origin)
    answer = {"label": "second", "response": json.loads(key.create(options))}
    made = ok(call(None, "POST", "/credentials", answer, token=mine), 201)
    own = call(None, "POST", f"/credentials/{made['id']}/confirm", token=mine)
    assert (own.status_code, code(own)) == (404, "NODE-702")
    ok(call(None, "POST", f"/credentials/{made['id']}/confirm", token=theirs))
    assert ApprovalCredential.objects.get(pk=made["id"]).confirmed_by == operator.officer
    again = call(None, "POST", f"/credentials/{made['id']}/confirm", token=theirs)
    assert (again.status_code, code(again)) == (404, "NODE-702")


def test_only_an_operator_sets_the_clock_and_only_forward(call, duty, hire):
    later = {"instant": "2028-03-14T00:00:00Z", "frozen": True}
    refused = call(duty, "POST", "/simulation/clock", later)
    assert (refused.status_code, code(refused)) == (403, "NODE-100")
    operator = hire("son", Role.OPERATOR)
    assert ok(call(operator, "POST", "/simulation/clock", later))["now"] == "2028-03-14T00:00:00Z"
    back = call(operator, "POST", "/simulation/clock", {"instant": "2028-03-13T00:00:00Z"})
    assert (back.status_code, code(back)) == (409, "NODE-006")
    wrong = call(operator, "POST", "/simulation/clock", {"instant": "tomorrow"})
    assert (wrong.status_code, code(wrong)) == (422, "VALUE-009")


def test_in_production_nobody_sets_the_clock(call, duty, hire, settings):
    operator = hire("son", Role.OPERATOR)
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"mode": "production"})
    before = clock.now()
    for who in (duty, operator):
        response = call(who, "POST", "/simulation/clock", {"instant": "2030-01-01T00:00:00Z"})
        assert (response.status_code, code(response)) in {(409, "NODE-005"), (401, "NODE-705")}
    assert clock.now() - before < timedelta(minutes=10)


@pytest.mark.parametrize("count", [1, 6])
def test_a_list_of_drafts_takes_the_same_few_queries_however_long(
    count, call, duty, django_assert_max_num_queries
):
    for _ in range(count):
        made = ok(call(duty, "POST", "/drafts", given()), 201)
        ok(call(duty, "POST", f"/drafts/{made['id']}/freeze"))
    with django_assert_max_num_queries(4):
        assert len(ok(call(duty, "GET", "/drafts"))) == count


def test_roles_end_for_the_api_at_once(call, duty, preservation):
    ok(call(duty, "GET", f"/threads/{preservation.thread}"))
    officers.relieve(None, duty.officer, A05, Role.DUTY_OFFICER)
    response = call(duty, "GET", f"/threads/{preservation.thread}")
    assert (response.status_code, code(response)) == (404, "NODE-500")
    assert selectors.served(duty.officer) == ()
