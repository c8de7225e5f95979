"""Drafts: begun, changed, looked at by the rules, frozen, approved, sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from rogatory import law, wire
from rogatory_node.api.calls import MOST, REFUSALS, acting
from rogatory_node.api.shapes import (
    ApprovalIn,
    BegunOut,
    ChangeIn,
    DraftIn,
    DraftOut,
    FindingOut,
    SentOut,
    SeveralIn,
)
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import basis, selectors
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.casework.services.send import send
from rogatory_node.casework.services.several import Addressee, begin_several
from rogatory_node.people import approvals

__all__ = ["draft_out", "router"]

router = Router(tags=["drafts"])


@router.get("", response={200: list[DraftOut], **REFUSALS})
def list_drafts(request: HttpRequest) -> Any:
    """Return the drafts that are open or frozen."""
    found = list(selectors.drafts(acting(request))[:MOST])
    needs = selectors.missing(found)
    return [draft_out(each, needs[each.pk]) for each in found]


@router.post("", response={201: DraftOut, **REFUSALS})
def begin_draft(request: HttpRequest, given: DraftIn) -> Any:
    """Begin a draft; the body may be incomplete."""
    aim = drafting.Aim(
        authority=given.authority,
        recipient=given.recipient,
        case=given.case,
        thread=given.thread,
        language=given.language,
        instrument=given.instrument,
        title=given.title,
    )
    return Status(201, draft_out(drafting.begin(acting(request), given.act, aim, given.body)))


@router.post("/several", response={201: list[BegunOut], **REFUSALS})
def begin_drafts(request: HttpRequest, given: SeveralIn) -> Any:
    """Begin a request to each of several Parties from one fact set; none shows that there are others."""
    aim = drafting.Aim(
        authority=given.authority,
        recipient="",
        language=given.language,
        instrument=given.instrument,
        title=given.title,
    )
    addressees = [
        Addressee(each.recipient, each.items, each.language, each.instrument) for each in given.addressees
    ]
    begun = begin_several(acting(request), aim, given.body, addressees, together=given.together)
    return Status(
        201,
        [
            {"draft": draft_out(each.draft), "left_out": list(each.left_out), "tells": list(each.tells)}
            for each in begun
        ],
    )


@router.get("/{draft_id}", response={200: DraftOut, **REFUSALS})
def read_draft(request: HttpRequest, draft_id: UUID) -> Any:
    """Return a draft."""
    return draft_out(selectors.draft(acting(request), draft_id))


@router.put("/{draft_id}", response={200: DraftOut, **REFUSALS})
def change_draft(request: HttpRequest, draft_id: UUID, given: ChangeIn) -> Any:
    """Keep the body as it now stands, if nobody changed the draft since the version that was seen."""
    officer = acting(request)
    found = selectors.draft(officer, draft_id)
    return draft_out(drafting.change(officer, found, given.body, version=given.version))


@router.get("/{draft_id}/findings", response={200: list[FindingOut], **REFUSALS})
def read_findings(request: HttpRequest, draft_id: UUID) -> Any:
    """Return what the rules find in a draft as it stands."""
    found = basis.findings(selectors.draft(acting(request), draft_id))
    return [_finding(each) for each in found]


@router.post("/{draft_id}/freeze", response={200: DraftOut, **REFUSALS})
def freeze_draft(request: HttpRequest, draft_id: UUID) -> Any:
    """Fix the content, so that people can approve it."""
    officer = acting(request)
    return draft_out(freeze(officer, selectors.draft(officer, draft_id)))


@router.get("/{draft_id}/approval-options", response={200: dict[str, Any], **REFUSALS})
def read_approval_options(request: HttpRequest, draft_id: UUID, role: str) -> Any:
    """Return what the officer's passkey is asked to sign."""
    officer = acting(request)
    found = _frozen(selectors.draft(officer, draft_id))
    return approvals.options(officer, subject=found.content_id, role=_role(role))


@router.post("/{draft_id}/approvals", response={200: DraftOut, **REFUSALS})
def approve_draft(request: HttpRequest, draft_id: UUID, given: ApprovalIn) -> Any:
    """Record the officer's approval, made with their passkey."""
    officer = acting(request)
    found = _frozen(selectors.draft(officer, draft_id))
    approvals.approve(
        officer,
        authority=found.authority,
        act=found.rule,
        subject=found.content_id,
        role=_role(given.role),
        assertion=wire.canonical(given.assertion),
    )
    return draft_out(found)


@router.post("/{draft_id}/send", response={200: SentOut, **REFUSALS})
def send_draft(request: HttpRequest, draft_id: UUID) -> Any:
    """Sign and store the statement; it is delivered by itself."""
    officer = acting(request)
    row = send(officer, selectors.draft(officer, draft_id))
    return {"statement_id": row.statement_id, "thread": row.thread, "sent_at": row.stored_at}


@router.post("/{draft_id}/discard", response={200: DraftOut, **REFUSALS})
def discard_draft(request: HttpRequest, draft_id: UUID) -> Any:
    """Give a draft up."""
    officer = acting(request)
    found = selectors.draft(officer, draft_id)
    drafting.discard(officer, found)
    found.refresh_from_db()
    return draft_out(found)


def _frozen(found: Draft) -> Draft:
    if found.state != Draft.State.FROZEN:
        raise NodeError("NODE-503")
    return found


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as error:
        raise NodeError("NODE-700", role=name[:40]) from error


def draft_out(found: Draft, missing: list[list[str]] | None = None) -> dict[str, Any]:
    """Return a draft as the API shows it, with the approvals that it still needs."""
    names = ("id", "authority", "recipient", "act", "case", "thread", "state", "version")
    shown = {name: getattr(found, name) for name in (*names, "content_id", "rule", "statement_id")}
    needs = selectors.missing([found])[found.pk] if missing is None else missing
    return shown | {"body": found.raw, "missing": needs}


def _finding(found: law.Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "outcome": found.outcome.value,
        "anchor": found.cites,
        "sentence": law.sentence(found.reasons[0]) if found.reasons else "",
        "reasons": [f"{each.anchor}: {law.sentence(each)}" for each in found.reasons],
        "cures": [law.sentence(each) for each in found.cure],
    }
