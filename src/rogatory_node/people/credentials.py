"""Services: a passkey for approvals is enrolled, confirmed by a second person, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import ceremony, selectors, webauthn
from rogatory_node.people.models import ApprovalCredential, EnrolmentChallenge, Officer
from rogatory_node.records import log

__all__ = ["begin", "complete", "confirm", "revoke", "usable"]

LIFE: Final = timedelta(minutes=10)


def begin(officer: Officer) -> dict[str, Any]:
    """Return what a browser needs to make a passkey for approvals, and remember the challenge.

    The page is on the approval origin, and the officer has signed in again just before.

    Source:
        WebAuthn Level 3, PublicKeyCredentialCreationOptionsJSON.
    """
    fresh = random_bytes(32)
    EnrolmentChallenge.objects.update_or_create(
        officer=officer, defaults={"challenge": fresh, "made_at": clock.machine()}
    )
    held = ApprovalCredential.objects.filter(officer=officer, revoked_at=None)
    return {
        "rp": {"id": configuration.current().approval_host, "name": "rogatory approvals"},
        "user": {
            "id": webauthn.base64url(officer.pk.bytes),
            "name": officer.username,
            "displayName": officer.name,
        },
        "challenge": webauthn.base64url(fresh),
        "pubKeyCredParams": [{"type": "public-key", "alg": each} for each in webauthn.ALGORITHMS],
        "excludeCredentials": [{"type": "public-key", "id": each.credential_id} for each in held],
        "authenticatorSelection": {"userVerification": "required", "residentKey": "preferred"},
        "attestation": "none",
        "timeout": int(LIFE.total_seconds() * 1000),
    }


def complete(officer: Officer, response: bytes, *, label: str) -> ApprovalCredential:
    """Keep the new passkey; it counts once :func:`confirm` was called by somebody else.

    Args:
        officer: Whose it is said to be.
        response: RegistrationResponseJSON.
        label: What the holder calls it.

    Raises:
        NodeError: NODE-110 to NODE-122 the ceremony; NODE-123 no challenge is open, or it is too old;
            NODE-124 the passkey is known already.
    """
    open_challenge = EnrolmentChallenge.objects.filter(officer=officer).first()
    if open_challenge is None or clock.machine() - open_challenge.made_at > LIFE:
        raise NodeError("NODE-123")
    current = configuration.current()
    made = webauthn.read_enrolment(response)
    ceremony.verify_enrolment(
        made,
        asked=bytes(open_challenge.challenge),
        origin=current.approval_origin,
        rp_id=current.approval_host,
    )
    try:
        with transaction.atomic():
            open_challenge.delete()
            return _store(officer, made, label)
    except IntegrityError as error:
        raise NodeError("NODE-124") from error


def confirm(actor: Officer, credential: ApprovalCredential) -> None:
    """Say, as a second person, that the passkey is its holder's; from now on it can approve.

    Raises:
        NodeError: NODE-104 the actor is the holder; NODE-100 the actor is no operator of an authority that
            the holder serves; NODE-125 the passkey was revoked.
    """
    _require_second(actor, credential.officer)
    if credential.revoked_at is not None:
        raise NodeError("NODE-125")
    with transaction.atomic():
        open_ones = ApprovalCredential.objects.filter(pk=credential.pk, confirmed_at=None, revoked_at=None)
        if open_ones.update(confirmed_at=clock.now(), confirmed_by=actor):
            _note("credential:confirm:done", credential, actor=str(actor.pk))
    credential.refresh_from_db()


def revoke(actor: Officer, credential: ApprovalCredential) -> None:
    """End a passkey, from now; approvals made with it stand. The holder may do so alone.

    Raises:
        NodeError: NODE-100 the actor is neither the holder nor an operator.
    """
    if actor.pk != credential.officer_id:
        _require_second(actor, credential.officer)
    with transaction.atomic():
        if ApprovalCredential.objects.filter(pk=credential.pk, revoked_at=None).update(
            revoked_at=clock.now()
        ):
            _note("credential:revoke:done", credential, actor=str(actor.pk))
    credential.refresh_from_db()


def usable(officer: Officer) -> list[ApprovalCredential]:
    """Return the officer's passkeys that can approve now: confirmed, not revoked, of this approval host."""
    rows = ApprovalCredential.objects.filter(
        officer=officer, revoked_at=None, rp_id=configuration.current().approval_host
    )
    return list(rows.exclude(confirmed_at=None).order_by("pk"))


def _store(officer: Officer, made: webauthn.Enrolment, label: str) -> ApprovalCredential:
    stored = ApprovalCredential.objects.create(
        officer=officer,
        credential_id=made.credential_id,
        public_key=made.public_key,
        algorithm=made.algorithm,
        rp_id=configuration.current().approval_host,
        sign_count=made.authenticator.counter,
        backup_eligible=made.authenticator.is_backup_eligible(),
        label=label,
        enrolled_at=clock.now(),
    )
    _note("credential:enrol:done", stored)
    return stored


def _require_second(actor: Officer, holder: Officer) -> None:
    if actor.pk == holder.pk:
        raise NodeError("NODE-104")
    served = selectors.authorities(holder)
    if not any(selectors.holds(actor, each, Role.OPERATOR) for each in served):
        raise NodeError("NODE-100", authority=", ".join(served) or "-", roles=Role.OPERATOR)


def _note(tag: str, credential: ApprovalCredential, **fields: str) -> None:
    fields = {"credential": str(credential.pk), "officer": str(credential.officer_id), **fields}
    log.append(Event(tag, clock.now(), "-", fields))
