"""A request from draft to the outbox, and what stands in its way."""

from __future__ import annotations

import pytest

from rogatory.errors import WireError
from rogatory.statements import content_id
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft, ThreadIndex
from rogatory_node.casework.services import draft, freeze, send
from rogatory_node.records.models import Due, Leaf, SignedStatement
from support import world
from support.office import A05, OFAC, body_of

AIM = draft.Aim(authority=A05, recipient=OFAC)


def test_one_person_sends_a_preservation_to_be_ratified(preservation):
    statement = index.document_of(preservation)
    assert statement.seq == 1
    assert statement.ratify_by is not None
    assert (statement.ratify_by - statement.issued_at).total_seconds() == 12 * 3600
    assert [each.role for each in statement.approvals] == ["duty_officer"]
    assert Due.objects.get(topic="deliver").subject == preservation.statement_id
    assert ThreadIndex.objects.get().kind == "preservation"


def test_what_is_sent_is_what_was_approved(preservation):
    made = Draft.objects.get()
    assert content_id(index.document_of(preservation)) == made.content_id
    assert made.statement_id == preservation.statement_id


def test_gaps_do_not_stop_a_draft(duty):
    body = {"kind": "preservation", "items": [], "facts": "23:47, all"}
    made = draft.begin(duty.officer, "request", AIM, body)
    assert made.raw == body


def test_a_malformed_body_is_refused_with_its_place_and_stays_a_draft(duty):
    made = draft.begin(duty.officer, "request", AIM, {"kind": "preservation", "items": []})
    with pytest.raises(WireError, match=r"WIRE-010 .*body\.items"):
        freeze.freeze(duty.officer, made)
    made.refresh_from_db()
    assert made.state == Draft.State.OPEN
    assert made.content_id == ""


def test_missing_approvals_leave_nothing_behind(duty):
    body = body_of(world.request(body={"kind": "stored_data"}))
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body))
    duty.approve(made, Role.DUTY_OFFICER)
    leaves = Leaf.objects.count()
    with pytest.raises(NodeError, match=r"NODE-508 .*legal_reviewer"):
        send.send(duty.officer, made)
    assert SignedStatement.objects.count() == 0
    assert Leaf.objects.count() == leaves
    assert Due.objects.count() == 0


def test_two_people_send_a_stored_data_request_complete(duty, lawyer):
    body = body_of(world.request(body={"kind": "stored_data"}))
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body))
    duty.approve(made, Role.DUTY_OFFICER)
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    statement = index.document_of(send.send(duty.officer, made))
    assert statement.ratify_by is None
    assert len(statement.approvals) == 2


def test_a_draft_is_sent_once(preservation, duty):
    with pytest.raises(NodeError, match="NODE-503"):
        send.send(duty.officer, Draft.objects.get())
    assert SignedStatement.objects.count() == 1


def test_a_frozen_draft_is_not_changed(duty):
    made = draft.begin(duty.officer, "request", AIM, body_of(world.request()))
    frozen = freeze.freeze(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-503"):
        draft.change(duty.officer, frozen, {}, version=frozen.version)


def test_two_officers_do_not_overwrite_each_other(duty, lawyer):
    made = draft.begin(duty.officer, "request", AIM, {"kind": "preservation"})
    draft.change(duty.officer, made, {"kind": "preservation", "urgency": "urgent"}, version=1)
    with pytest.raises(NodeError, match="NODE-504"):
        draft.change(lawyer.officer, made, {"kind": "stored_data"}, version=1)
    made.refresh_from_db()
    assert made.raw["urgency"] == "urgent"


def test_somebody_who_serves_another_authority_may_not_draft(hire):
    stranger = hire("mai", Role.INVESTIGATOR, authority="vnm/spp")
    with pytest.raises(NodeError, match="NODE-100"):
        draft.begin(stranger.officer, "request", AIM, {})


def test_a_second_person_ratifies_and_the_first_cannot(preservation, duty, lawyer, hire):
    aim = draft.Aim(authority=A05, recipient=OFAC, thread=preservation.thread)
    body = {"of": preservation.statement_id}
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "ratified", aim, body))
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    row = send.send(lawyer.officer, made)
    statement = index.document_of(row)
    assert (statement.seq, statement.prev) == (2, preservation.statement_id)
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert folded.requests[0].ratified_by == row.statement_id


def test_the_sender_in_a_second_role_does_not_ratify(preservation, duty):
    from rogatory_node.people import officers

    officers.appoint(None, duty.officer, A05, Role.APPROVER)
    aim = draft.Aim(authority=A05, recipient=OFAC, thread=preservation.thread)
    body = {"of": preservation.statement_id}
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "ratified", aim, body))
    duty.approve(made, Role.APPROVER)
    with pytest.raises(NodeError, match="NODE-510"):
        send.send(duty.officer, made)


def test_the_other_sides_facts_are_not_ours_to_state(preservation, duty):
    aim = draft.Aim(authority=A05, recipient=OFAC, thread=preservation.thread)
    body = {"of": preservation.statement_id, "items": [{"number": 1, "state": "preserved"}]}
    made = draft.begin(duty.officer, "report", aim, body)
    with pytest.raises(NodeError, match="NODE-506"):
        freeze.freeze(duty.officer, made)
