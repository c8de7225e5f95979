"""An approval is a role held, a role asked for, a passkey confirmed; what travels names nobody."""

import json

import pytest

from rogatory import statements
from rogatory.keys import Purpose
from rogatory_node.base import NodeError, Role
from rogatory_node.people import approvals, ceremony, credentials, officers
from rogatory_node.people.models import Approval, ApprovalCredential
from rogatory_node.people.policy import Standing
from rogatory_node.records.models import Leaf
from support import world
from support.passkey import Passkey

pytestmark = pytest.mark.django_db
A05, ACT = "vnm/a05", "request_preservation"


def test_a_role_that_is_not_held_cannot_approve(duty, subject) -> None:
    with pytest.raises(NodeError, match="NODE-100"):
        duty.approve(subject, Role.LEGAL_REVIEWER)
    with pytest.raises(NodeError, match="NODE-100"):
        duty.approve(subject, Role.DUTY_OFFICER, authority="vnm/spp")


def test_a_role_that_ended_cannot_approve(duty, subject) -> None:
    officers.relieve(None, duty.officer, A05, Role.DUTY_OFFICER)
    with pytest.raises(NodeError, match="NODE-100"):
        duty.approve(subject, Role.DUTY_OFFICER)


def test_a_role_that_the_act_does_not_need_cannot_approve(hire, subject) -> None:
    with pytest.raises(NodeError, match="NODE-105"):
        hire("auditor", Role.AUDITOR).approve(subject, Role.AUDITOR)


def test_an_unconfirmed_revoked_or_foreign_passkey_cannot_approve(duty, lawyer, subject) -> None:
    duty.passkey, lawyer.passkey = lawyer.passkey, duty.passkey
    with pytest.raises(NodeError, match="NODE-106"):
        duty.approve(subject, Role.DUTY_OFFICER)
    duty.passkey, lawyer.passkey = lawyer.passkey, duty.passkey
    ApprovalCredential.objects.update(confirmed_at=None)
    with pytest.raises(NodeError, match="NODE-106"):
        duty.approve(subject, Role.DUTY_OFFICER)
    ApprovalCredential.objects.update(confirmed_at=world.NOON, revoked_at=world.NOON)
    with pytest.raises(NodeError, match="NODE-106"):
        duty.approve(subject, Role.DUTY_OFFICER)


def test_approving_twice_is_approving_once(duty, subject) -> None:
    first = duty.approve(subject, Role.DUTY_OFFICER)
    leaves = Leaf.objects.count()
    assert duty.approve(subject, Role.DUTY_OFFICER).pk == first.pk
    assert (Approval.objects.count(), Leaf.objects.count()) == (1, leaves)


def test_the_statement_carries_a_role_and_a_commitment_and_no_name(duty, lawyer, statement, subject) -> None:
    duty.approve(subject, Role.DUTY_OFFICER)
    lawyer.approve(subject, Role.LEGAL_REVIEWER)
    carried = statement.model_copy(update={"approvals": approvals.carried(A05, subject)})
    envelope = statements.sign(carried, world.signing(world.ASKING, Purpose.STATEMENT))
    opened = statements.open_document(envelope, world.ring(), world.NOON)
    assert [each.role for each in opened.statement.approvals] == ["duty_officer", "legal_reviewer"]
    for hidden in (b"Binh", b"binh", str(duty.officer.pk).encode()):
        assert hidden not in opened.payload


def test_a_court_can_be_shown_who_stood_behind_a_commitment(duty, lawyer, subject) -> None:
    duty.approve(subject, Role.DUTY_OFFICER)
    ((salt, record),) = approvals.openings(lawyer.officer, authority=A05, subject=subject)
    (carried,) = approvals.carried(A05, subject)
    assert ceremony.commitment(salt, record) == carried.commitment
    shown = json.loads(record)
    assert (shown["name"], shown["role"], shown["subject"]) == ("Binh", "duty_officer", subject)
    assert Leaf.objects.filter(tag="approval:produce:done").count() == 1


def test_a_duty_officer_cannot_produce_openings(duty, subject) -> None:
    with pytest.raises(NodeError, match="NODE-100"):
        approvals.openings(duty.officer, authority=A05, subject=subject)


def test_one_person_sends_at_night_and_another_ratifies(duty, lawyer, subject) -> None:
    def judged(*subjects):
        return approvals.judgement(A05, ACT, subjects, first_at=world.NOON).standing

    assert judged(subject) is Standing.MISSING
    duty.approve(subject, Role.DUTY_OFFICER)
    assert judged(subject) is Standing.TO_BE_RATIFIED
    lawyer.approve("b" * 64, Role.LEGAL_REVIEWER, act="ratified")
    assert judged(subject) is Standing.TO_BE_RATIFIED
    assert judged(subject, "b" * 64) is Standing.COMPLETE


def test_every_approval_leaves_a_leaf_without_a_name(duty, subject) -> None:
    duty.approve(subject, Role.DUTY_OFFICER)
    leaf = Leaf.objects.get(tag="approval:give:done")
    event = json.loads(bytes(leaf.event))
    assert event["fields"] == {
        "act": ACT,
        "commitment": Approval.objects.get().commitment,
        "role": "duty_officer",
        "subject": subject,
    }


def test_nobody_confirms_their_own_passkey(operator) -> None:
    key = Passkey("http://approve.localhost:8000")
    made = credentials.complete(operator, key.create(credentials.begin(operator)), label="mine")
    with pytest.raises(NodeError, match="NODE-104"):
        credentials.confirm(operator, made)


def test_only_an_operator_of_a_shared_authority_confirms(hire, duty, operator) -> None:
    stranger = hire("mai", Role.INVESTIGATOR, authority="vnm/spp")
    theirs = ApprovalCredential.objects.get(officer=stranger.officer)
    for actor in (operator, duty.officer):
        with pytest.raises(NodeError, match="NODE-100"):
            credentials.confirm(actor, theirs)
    with pytest.raises(NodeError, match="NODE-100"):
        credentials.revoke(operator, theirs)
    credentials.revoke(stranger.officer, theirs)
    assert theirs.revoked_at is not None


def test_a_revoked_passkey_never_comes_back(duty, operator) -> None:
    mine = ApprovalCredential.objects.get(officer=duty.officer)
    credentials.revoke(duty.officer, mine)
    with pytest.raises(NodeError, match="NODE-125"):
        credentials.confirm(operator, mine)
    assert credentials.usable(duty.officer) == []


def test_an_enrolment_is_open_once_and_for_ten_minutes(operator, monkeypatch) -> None:
    from datetime import timedelta

    from rogatory_node.base import clock

    officer = officers.enlist("new", "New")
    key = Passkey("http://approve.localhost:8000")
    with pytest.raises(NodeError, match="NODE-123"):
        credentials.complete(officer, b"{}", label="key")
    answer = key.create(credentials.begin(officer))
    later = clock.machine() + timedelta(minutes=11)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "machine", lambda: later)
        with pytest.raises(NodeError, match="NODE-123"):
            credentials.complete(officer, answer, label="key")
    credentials.complete(officer, answer, label="key")
    with pytest.raises(NodeError, match="NODE-123"):
        credentials.complete(officer, answer, label="key")


def test_a_passkey_is_enrolled_for_one_person(operator, monkeypatch) -> None:
    first, second = officers.enlist("one", "One"), officers.enlist("two", "Two")
    key = Passkey("http://approve.localhost:8000")
    credentials.complete(first, key.create(credentials.begin(first)), label="key")
    taken = key.credential_id
    rival = Passkey("http://approve.localhost:8000")
    from rogatory_node.people import webauthn

    made = webauthn.read_enrolment(rival.create(credentials.begin(second)))
    twin = type(made)(
        webauthn.base64url(taken), made.client, made.authenticator, made.public_key, made.algorithm
    )
    monkeypatch.setattr(webauthn, "read_enrolment", lambda _: twin)
    with pytest.raises(NodeError, match="NODE-124"):
        credentials.complete(second, b"", label="key")
