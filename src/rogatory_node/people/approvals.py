"""Services: a person approves a statement with a passkey, in a role, by the Party's policy.

The statement carries for each approver a role and a salted commitment; the assertion, the name and the salt
stay in this room. What is approved, the *subject*, is the statement's content id (``statements.content_id``):
its own id cannot be known before its approvals and its place are in it (docs/adr/0009).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from rogatory import statements
from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.base.events import Event, Field
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import ceremony, credentials, policy, selectors, webauthn
from rogatory_node.people.models import Approval, ApprovalCredential, Officer
from rogatory_node.records import log

__all__ = ["approve", "carried", "given", "judgement", "openings", "options"]

SALT_SIZE = 32


def options(officer: Officer, *, subject: str, role: Role) -> dict[str, Any]:
    """Return what a browser needs to ask the officer's passkey for this approval.

    Source:
        WebAuthn Level 3, PublicKeyCredentialRequestOptionsJSON.
    """
    usable = credentials.usable(officer)
    return {
        "challenge": webauthn.base64url(ceremony.challenge(subject, role, str(officer.pk))),
        "rpId": configuration.current().approval_host,
        "allowCredentials": [{"type": "public-key", "id": each.credential_id} for each in usable],
        "userVerification": "required",
        "timeout": 120_000,
    }


def approve(
    officer: Officer, *, authority: str, act: str, subject: str, role: Role, assertion: bytes
) -> Approval:
    """Record that the officer approves the statement in the role, once every check holds.

    1. the officer holds the role for the authority; 2. the policy asks for the role in this act; 3. the
    passkey is the officer's, confirmed, not revoked; 4. the ceremony; 5. the counter is stored, and the
    approval and its leaf are written, in one transaction. A second approval of one person changes nothing and
    returns the first.

    Args:
        officer: Who approves.
        authority: For which authority.
        act: The act, as in the policy.
        subject: The statement's content id.
        role: In which role.
        assertion: AuthenticationResponseJSON.

    Raises:
        NodeError: NODE-100 the role is not held; NODE-105 the act does not need the role; NODE-106 the
            passkey cannot approve; NODE-110 to NODE-121 the ceremony.

    Source:
        PROTOCOL section 2, Approval.
    """
    # Step 1.
    selectors.require(officer, authority, role)
    # Step 2.
    _check_asked(act, role)
    answer = webauthn.read_assertion(assertion)
    asked = _asked(officer, subject, role)
    with transaction.atomic():
        # Step 3.
        credential = _credential(officer, answer.credential_id)
        before = Approval.objects.filter(authority=authority, subject=subject, officer=officer).first()
        if before is not None:
            return before
        # Step 4.
        counter = ceremony.verify_assertion(answer, asked, _known(credential))
        # Step 5.
        ApprovalCredential.objects.filter(pk=credential.pk).update(sign_count=counter)
        return _store(officer, credential, asked, answer, authority=authority, act=act)


def given(authority: str, subject: str) -> tuple[Approval, ...]:
    """Return the approvals of a statement, in the order in which they were given."""
    rows = Approval.objects.filter(authority=authority, subject=subject).select_related("officer")
    return tuple(rows.order_by("at", "pk"))


def judgement(
    authority: str, act: str, subjects: tuple[str, ...], *, first_at: datetime | None
) -> policy.Judgement:
    """Return what the Party's policy says of the approvals given.

    Args:
        authority: For which authority.
        act: The act, as in the policy.
        subjects: Content ids of the statement, and of any that ratified it: their approvals count together.
        first_at: When it left with one approval, or would leave now; None if it may not leave so.

    Raises:
        NodeError: NODE-009 there is no such act.
    """
    found = [
        policy.Given(str(each.officer_id), Role(each.role))
        for subject in subjects
        for each in given(authority, subject)
    ]
    return policy.judge(configuration.current().rule(act), found, first_at=first_at)


def carried(authority: str, subject: str) -> tuple[statements.Approval, ...]:
    """Return what the statement carries: a role and a commitment for each approver, and no name."""
    found = given(authority, subject)
    return tuple(statements.Approval(role=each.role, commitment=each.commitment) for each in found)


def openings(actor: Officer, *, authority: str, subject: str) -> list[tuple[bytes, bytes]]:
    """Return salt and record of each approval, to be produced to a court; the act leaves a leaf.

    Raises:
        NodeError: NODE-100 the actor is neither legal reviewer nor oversight of the authority.
    """
    selectors.require(actor, authority, Role.LEGAL_REVIEWER, Role.OVERSIGHT)
    found = [(bytes(each.salt), bytes(each.record)) for each in given(authority, subject)]
    with transaction.atomic():
        fields: dict[str, Field] = {"subject": subject, "officer": str(actor.pk), "count": len(found)}
        log.append(Event("approval:produce:done", clock.now(), authority, fields))
    return found


def _check_asked(act: str, role: Role) -> None:
    rule = configuration.current().rule(act)
    if role not in rule.alone and not any(role in need for need in rule.needs):
        raise NodeError("NODE-105", act=act, role=role)


def _asked(officer: Officer, subject: str, role: Role) -> ceremony.Asked:
    current = configuration.current()
    return ceremony.Asked(
        subject=subject,
        role=role,
        person=str(officer.pk),
        origin=current.approval_origin,
        rp_id=current.approval_host,
    )


def _credential(officer: Officer, credential_id: str) -> ApprovalCredential:
    rows = ApprovalCredential.objects.select_for_update().filter(
        officer=officer, credential_id=credential_id, revoked_at=None
    )
    found = rows.exclude(confirmed_at=None).first()
    if found is None:
        raise NodeError("NODE-106")
    return found


def _known(credential: ApprovalCredential) -> ceremony.Known:
    return ceremony.Known(
        credential_id=credential.credential_id,
        public_key=bytes(credential.public_key),
        rp_id=credential.rp_id,
        sign_count=credential.sign_count,
        backup_eligible=credential.backup_eligible,
    )


def _store(
    officer: Officer,
    credential: ApprovalCredential,
    asked: ceremony.Asked,
    answer: webauthn.Assertion,
    *,
    authority: str,
    act: str,
) -> Approval:
    at, salt = clock.now(), random_bytes(SALT_SIZE)
    record = ceremony.record(asked, _known(credential), answer, name=officer.name, at=at)
    committed = ceremony.commitment(salt, record)
    stored = Approval.objects.create(
        authority=authority,
        subject=asked.subject,
        act=act,
        officer=officer,
        role=asked.role,
        credential=credential,
        at=at,
        record=record,
        salt=salt,
        commitment=committed,
    )
    fields = {"subject": asked.subject, "act": act, "role": asked.role, "commitment": committed}
    log.append(Event("approval:give:done", at, authority, fields))
    return stored
