"""Every check of the ceremony stops its own lie, and without the check the lie would pass."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory_node.base import NodeError, Role, configuration
from rogatory_node.people import approvals, ceremony, credentials, officers, webauthn
from rogatory_node.people.models import Approval, ApprovalCredential
from rogatory_node.people.webauthn import base64url
from support.passkey import FLAG, Passkey

pytestmark = pytest.mark.django_db
ROLE = Role.DUTY_OFFICER
OTHER_CHALLENGE = base64url(b"x" * 32)

LIES = [
    ("NODE-112", "check_type", {"type": "webauthn.create"}),
    ("NODE-113", "check_challenge", {"challenge": OTHER_CHALLENGE}),
    ("NODE-114", "check_origin", {"origin": "http://localhost:8000"}),
    ("NODE-115", "check_not_framed", {"crossOrigin": True}),
    ("NODE-116", "check_relying_party", {"rp_id": "localhost"}),
    ("NODE-117", "check_present", {"flags": FLAG.UV}),
    ("NODE-118", "check_verified", {"flags": FLAG.UP}),
    ("NODE-119", "check_backup", {"flags": FLAG.UP | FLAG.UV | FLAG.BE}),
    ("NODE-119", "check_backup", {"flags": FLAG.UP | FLAG.UV | FLAG.BS}),
    ("NODE-121", "check_counter", {"counter": 1}),
]
IDS = [f"{check}-{number}" for number, (_, check, _) in enumerate(LIES)]


@pytest.mark.parametrize("algorithm", [-7, -8])
def test_an_honest_passkey_approves(hire, subject, algorithm) -> None:
    key = Passkey(configuration.current().approval_origin, algorithm=algorithm)
    given_one = hire("binh", ROLE, passkey=key).approve(subject, ROLE)
    assert given_one.role == ROLE
    assert ApprovalCredential.objects.get().sign_count == 2


def test_a_passkey_without_a_counter_and_a_synced_one_approve(hire, subject) -> None:
    origin = configuration.current().approval_origin
    hire("one", ROLE, passkey=Passkey(origin, counts=False)).approve(subject, ROLE)
    hire("two", ROLE, passkey=Passkey(origin, synced=True)).approve(subject, ROLE)
    eligible = ApprovalCredential.objects.order_by("pk").values_list("backup_eligible", flat=True)
    assert list(eligible) == [False, True]


@pytest.mark.parametrize(("code", "check", "lies"), LIES, ids=IDS)
def test_a_lie_is_refused_by_its_check(duty, subject, code, check, lies) -> None:
    duty.passkey.lies = lies
    with pytest.raises(NodeError) as refused:
        duty.approve(subject, ROLE)
    assert refused.value.code == code
    assert not Approval.objects.exists()


@pytest.mark.parametrize(("code", "check", "lies"), LIES, ids=IDS)
def test_without_its_check_the_lie_would_pass(duty, subject, monkeypatch, code, check, lies) -> None:
    monkeypatch.setattr(ceremony, check, lambda *_, **__: None)
    duty.passkey.lies = lies
    assert duty.approve(subject, ROLE).subject == subject


def stolen(duty, lawyer, subject):
    """Let the lawyer's device answer with the duty officer's credential id."""
    lawyer.passkey.credential_id = duty.passkey.credential_id
    lawyer.passkey.counter = 9
    asked = approvals.options(duty.officer, subject=subject, role=ROLE)
    return {
        "authority": "vnm/a05",
        "act": "request_preservation",
        "subject": subject,
        "role": ROLE,
        "assertion": lawyer.passkey.get(asked),
    }


def test_another_devices_signature_is_refused(duty, lawyer, subject, monkeypatch) -> None:
    answer = stolen(duty, lawyer, subject)
    with pytest.raises(NodeError, match="NODE-120"):
        approvals.approve(duty.officer, **answer)
    monkeypatch.setattr(ceremony, "check_signature", lambda *_: None)
    assert approvals.approve(duty.officer, **answer)


def test_a_passkey_of_a_former_host_is_refused(duty, subject, monkeypatch) -> None:
    ApprovalCredential.objects.update(rp_id="approve.old.example")
    with pytest.raises(NodeError, match="NODE-111"):
        duty.approve(subject, ROLE)
    monkeypatch.setattr(ceremony, "check_credential", lambda *_: None)
    assert duty.approve(subject, ROLE)


def test_a_gesture_under_one_statement_approves_no_other(duty, subject) -> None:
    asked = approvals.options(duty.officer, subject="f" * 64, role=ROLE)
    with pytest.raises(NodeError, match="NODE-113"):
        approvals.approve(
            duty.officer,
            authority="vnm/a05",
            act="request_preservation",
            subject=subject,
            role=ROLE,
            assertion=duty.passkey.get(asked),
        )


def test_the_challenge_binds_statement_role_and_person(subject) -> None:
    people = [
        ceremony.challenge(*each)
        for each in [
            (subject, "approver", "p"),
            ("f" * 64, "approver", "p"),
            (subject, "auditor", "p"),
            (subject, "approver", "q"),
            (subject, "approve", "rp"),
        ]
    ]
    assert len(set(people)) == len(people)


@pytest.mark.parametrize(
    ("code", "lies"),
    [
        ("NODE-112", {"type": "webauthn.get"}),
        ("NODE-113", {"challenge": OTHER_CHALLENGE}),
        ("NODE-114", {"origin": "http://localhost:8000"}),
        ("NODE-115", {"crossOrigin": True}),
        ("NODE-116", {"rp_id": "localhost"}),
        ("NODE-117", {"flags": FLAG.UV}),
        ("NODE-118", {"flags": FLAG.UP}),
    ],
)
def test_a_lie_at_enrolment_is_refused(operator, code, lies) -> None:
    officer = officers.enlist("binh", "Binh")
    key = Passkey(configuration.current().approval_origin, lies=lies)
    with pytest.raises(NodeError, match=code):
        credentials.complete(officer, key.create(credentials.begin(officer)), label="key")
    assert not ApprovalCredential.objects.exists()


def test_a_key_of_another_algorithm_is_refused() -> None:
    with pytest.raises(NodeError, match="NODE-122"):
        ceremony.check_algorithm(-257)


def honest(key: Passkey) -> dict:
    key.create({"challenge": OTHER_CHALLENGE, "rp": {"id": "approve.localhost"}})
    return json.loads(key.get({"challenge": OTHER_CHALLENGE, "rpId": "approve.localhost"}))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "password"},
        {"id": "AAAA"},
        {"id": 7, "rawId": 7},
        {"response": None},
        {"response": {}},
    ],
)
def test_an_answer_of_another_form_is_refused(change) -> None:
    document = honest(Passkey("http://approve.localhost:8000")) | change
    with pytest.raises(NodeError, match="NODE-110"):
        webauthn.read_assertion(json.dumps(document).encode())


@pytest.mark.parametrize(
    "client",
    [b"", b"{}", b"[]", b'{"type":1,"challenge":"","origin":""}', b'{"type":"a","type":"b"}', b"\xff"],
)
def test_client_data_of_another_form_is_refused(client) -> None:
    document = honest(Passkey("http://approve.localhost:8000"))
    document["response"]["clientDataJSON"] = base64url(client)
    with pytest.raises(NodeError, match="NODE-110"):
        webauthn.read_assertion(json.dumps(document).encode())


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_hostile_bytes_raise_only_errors_of_this_house(data) -> None:
    identity = base64url(b"id")
    response = {name: base64url(data) for name in ("authenticatorData", "attestationObject", "signature")}
    response["clientDataJSON"] = base64url(b'{"type":"a","challenge":"","origin":"b"}')
    shell = {"id": identity, "rawId": identity, "type": "public-key", "response": response}
    for body in (data, json.dumps(shell).encode()):
        with pytest.raises(NodeError):
            webauthn.read_enrolment(body)
    with contextlib.suppress(NodeError):
        webauthn.read_assertion(json.dumps(shell).encode())
