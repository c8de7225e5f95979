"""Approval passkeys: enrolled by their holder, confirmed by somebody else, with tokens made for that."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from rogatory import wire
from rogatory_node.api.calls import REFUSALS, enrolling
from rogatory_node.api.shapes import Given
from rogatory_node.base import NodeError
from rogatory_node.people import credentials
from rogatory_node.people import selectors as people

__all__ = ["router"]

router = Router(tags=["credentials"])


class Enrolment(Given):
    """A passkey's answer to its creation, and what its holder calls it."""

    label: str
    response: dict[str, Any]


@router.post("/options", response={200: dict[str, Any], **REFUSALS})
def begin_enrolment(request: HttpRequest) -> Any:
    """Return what the officer's authenticator is asked to make."""
    return credentials.begin(enrolling(request))


@router.post("", response={201: dict[str, Any], **REFUSALS})
def complete_enrolment(request: HttpRequest, given: Enrolment) -> Any:
    """Enrol the passkey that was made; it counts once a second person has confirmed whose it is."""
    made = credentials.complete(enrolling(request), wire.canonical(given.response), label=given.label)
    return Status(201, {"id": made.pk})


@router.post("/{credential_id}/confirm", response={200: dict[str, Any], **REFUSALS})
def confirm_enrolment(request: HttpRequest, credential_id: int) -> Any:
    """Confirm whose a passkey is, as an operator who is not its holder."""
    officer = enrolling(request)
    found = people.credentials_to_confirm(officer).filter(pk=credential_id).first()
    if found is None:
        raise NodeError("NODE-702")
    credentials.confirm(officer, found)
    return {"id": found.pk}
