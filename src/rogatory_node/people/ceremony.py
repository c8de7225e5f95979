"""The passkey ceremony of an approval: what is challenged, and every check of the answer.

PROTOCOL section 2. Pure: it is handed what the browser sent and what the node knows. Each check is a
function of its own, reached through this module, so that a test can take one away and show that what it
stops would pass. An approval proves two gestures at that node, no more.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rogatory import wire
from rogatory.values import base64_text, instant_text
from rogatory_node.base import NodeError
from rogatory_node.people import webauthn
from rogatory_node.people.webauthn import Assertion, ClientData

__all__ = [
    "Asked",
    "Known",
    "challenge",
    "commitment",
    "record",
    "verify_assertion",
    "verify_enrolment",
]

CHALLENGE_LABEL: Final = b"rogatory/approval-challenge/v1\x00"
COMMITMENT_LABEL: Final = b"rogatory/approval-commitment/v1\x00"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is asked to approve, where, and as whom.

    Attributes:
        subject: The content id of the statement, 64 hex characters.
        role: In which role.
        person: The officer's id, which says nothing about them.
        origin: The approval origin.
        rp_id: Its host.
    """

    subject: str
    role: str
    person: str
    origin: str
    rp_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the node knows of a credential."""

    credential_id: str
    public_key: bytes
    rp_id: str
    sign_count: int
    backup_eligible: bool


def challenge(subject: str, role: str, person: str) -> bytes:
    """Return the challenge: SHA-256(label ‖ content id ‖ role ‖ 0x00 ‖ person).

    It holds no random part: the same gesture under the same statement is the same approval, and a repeated
    answer can approve nothing else.

    Args:
        subject: 64 hex characters, hashed as 32 bytes.
        role: A role, without a zero byte.
        person: The officer's id.

    Source:
        PROTOCOL section 2, Approval; docs/adr/0009.
    """
    named = role.encode() + b"\x00" + person.encode()
    return hashlib.sha256(CHALLENGE_LABEL + bytes.fromhex(subject) + named).digest()


def commitment(salt: bytes, assertion_record: bytes) -> str:
    """Return what the statement carries: SHA-256(label ‖ salt ‖ record) in hexadecimal."""
    return hashlib.sha256(COMMITMENT_LABEL + salt + assertion_record).hexdigest()


def record(asked: Asked, known: Known, answer: Assertion, *, name: str, at: datetime) -> bytes:
    """Return the canonical assertion record: all that a court needs to check the gesture, and who made it."""
    return wire.canonical(
        {
            "at": instant_text(at),
            "authenticator_data": base64_text(bytes(answer.authenticator)),
            "client_data": base64_text(answer.client.raw),
            "credential": known.credential_id,
            "name": name,
            "origin": asked.origin,
            "person": asked.person,
            "public_key": known.public_key.decode(),
            "role": asked.role,
            "rp_id": asked.rp_id,
            "signature": base64_text(answer.signature),
            "subject": asked.subject,
            "type": "approval_record",
            "version": 1,
        }
    )


def verify_assertion(answer: Assertion, asked: Asked, known: Known) -> int:
    """Return the passkey's new counter, once every check of the answer holds.

    1. the credential, 2. type, 3. challenge, 4. origin, 5. not framed, 6. relying party, 7. user present,
    8. user verified, 9. backup eligibility as enrolled, 10. signature, 11. counter.

    Args:
        answer: As read.
        asked: What the person was asked.
        known: The credential that the node knows under the id that the caller looked up.

    Raises:
        NodeError: NODE-111 to NODE-121, one for each check.

    Source:
        PROTOCOL section 2; WebAuthn Level 3 section 7.2.
    """
    check_credential(answer, asked, known)  # 1
    check_type(answer.client, "webauthn.get")  # 2
    check_challenge(answer.client, challenge(asked.subject, asked.role, asked.person))  # 3
    check_origin(answer.client, asked.origin)  # 4
    check_not_framed(answer.client)  # 5
    check_relying_party(answer.authenticator.rp_id_hash, asked.rp_id)  # 6
    check_present(present=answer.authenticator.is_user_present())  # 7
    check_verified(verified=answer.authenticator.is_user_verified())  # 8
    check_backup(answer, known)  # 9
    check_signature(answer, known)  # 10
    check_counter(answer.authenticator.counter, known.sign_count)  # 11
    return answer.authenticator.counter


def verify_enrolment(made: webauthn.Enrolment, *, asked: bytes, origin: str, rp_id: str) -> None:
    """Return only if a new passkey answers the challenge, for this origin, with a person present.

    1. type, 2. challenge, 3. origin, 4. not framed, 5. relying party, 6. user present, 7. user verified,
    8. algorithm. No attestation is asked for: a second person confirms whose passkey it is.

    Raises:
        NodeError: NODE-112 to NODE-118, NODE-122 the algorithm.

    Source:
        PROTOCOL section 2; WebAuthn Level 3 section 7.1.
    """
    check_type(made.client, "webauthn.create")  # 1
    check_challenge(made.client, asked)  # 2
    check_origin(made.client, origin)  # 3
    check_not_framed(made.client)  # 4
    check_relying_party(made.authenticator.rp_id_hash, rp_id)  # 5
    check_present(present=made.authenticator.is_user_present())  # 6
    check_verified(verified=made.authenticator.is_user_verified())  # 7
    check_algorithm(made.algorithm)  # 8


def check_credential(answer: Assertion, asked: Asked, known: Known) -> None:
    """Refuse another credential than the known one, and one that was enrolled for another host."""
    if answer.credential_id != known.credential_id or known.rp_id != asked.rp_id:
        raise NodeError("NODE-111")


def check_type(client: ClientData, expected: str) -> None:
    """Refuse the answer of another ceremony."""
    if client.type != expected:
        raise NodeError("NODE-112", expected=expected)


def check_challenge(client: ClientData, expected: bytes) -> None:
    """Refuse a gesture that was made under another statement, in another role, or by another person."""
    if not hmac.compare_digest(client.challenge, expected):
        raise NodeError("NODE-113")


def check_origin(client: ClientData, expected: str) -> None:
    """Refuse a gesture that was made on another page than the approval page."""
    if client.origin != expected:
        raise NodeError("NODE-114", expected=expected)


def check_not_framed(client: ClientData) -> None:
    """Refuse a gesture inside somebody else's page."""
    if client.cross_origin:
        raise NodeError("NODE-115")


def check_relying_party(found: bytes, rp_id: str) -> None:
    """Refuse a passkey of another host: a passkey that signs in cannot approve."""
    if not hmac.compare_digest(found, hashlib.sha256(rp_id.encode()).digest()):
        raise NodeError("NODE-116", expected=rp_id)


def check_present(*, present: bool) -> None:
    """Refuse an answer without a touch."""
    if not present:
        raise NodeError("NODE-117")


def check_verified(*, verified: bool) -> None:
    """Refuse an answer without PIN or biometric: a lost key must not approve."""
    if not verified:
        raise NodeError("NODE-118")


def check_backup(answer: Assertion, known: Known) -> None:
    """Refuse a passkey whose backup eligibility is not as enrolled, or that is backed up and may not be."""
    eligible = answer.authenticator.is_backup_eligible()
    if eligible is not known.backup_eligible or (answer.authenticator.is_backed_up() and not eligible):
        raise NodeError("NODE-119")


def check_signature(answer: Assertion, known: Known) -> None:
    """Refuse an answer that the credential's key did not sign."""
    signed = bytes(answer.authenticator) + hashlib.sha256(answer.client.raw).digest()
    try:
        webauthn.public_key(known.public_key).verify(signed, answer.signature)
    except Exception as error:  # the library below raises its own kinds
        raise NodeError("NODE-120") from error


def check_counter(counter: int, stored: int) -> None:
    """Refuse a counter that did not go up: a copy of the passkey is about. Zero both times is no counter."""
    if (counter or stored) and counter <= stored:
        raise NodeError("NODE-121")


def check_algorithm(algorithm: int) -> None:
    """Refuse a key of an algorithm that approvals do not use."""
    if algorithm not in webauthn.ALGORITHMS:
        raise NodeError("NODE-122")
