"""Threads: as folded, with clocks and receipts; the domestic act; the follow-up; the signed bytes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from rogatory import wire
from rogatory_node.api.calls import MOST, REFUSALS, acting
from rogatory_node.api.drafts import draft_out
from rogatory_node.api.shapes import (
    DraftOut,
    FollowUpIn,
    OrderIn,
    ShareIn,
    ThreadOut,
    ThreadRow,
    TitleIn,
)
from rogatory_node.casework import selectors
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.casework.services import domestic, follow_up
from rogatory_node.casework.services.entitle import entitle
from rogatory_node.casework.services.share import share

__all__ = ["router"]

router = Router(tags=["threads"])
CUSTODY_TYPE = "application/vnd.rogatory.custody-receipt.v1+json"
ENVELOPE_TYPE = "application/vnd.rogatory.envelope.v1+json"


@router.get("", response={200: list[ThreadRow], **REFUSALS})
def list_threads(request: HttpRequest) -> Any:
    """Return the threads that the officer may read, the newest first."""
    names = ThreadRow.model_fields
    return [{name: getattr(row, name) for name in names} for row in selectors.threads(acting(request))[:MOST]]


@router.get("/{thread_id}", response={200: ThreadOut, **REFUSALS})
def read_thread(request: HttpRequest, thread_id: str) -> Any:
    """Return a folded thread with its clocks."""
    return _out(selectors.thread(acting(request), thread_id))


@router.post("/{thread_id}/domestic-acts", response={201: dict[str, str], **REFUSALS})
def record_domestic_act(request: HttpRequest, thread_id: str, given: OrderIn) -> Any:
    """Record the act at home for items of a request; it never crosses the border."""
    officer = acting(request)
    selectors.thread(officer, thread_id)
    order = wire.decode(wire.canonical(given.order), domestic.Order)
    act = domestic.record(officer, given.authority, thread=thread_id, request=given.request, order=order)
    return Status(201, {"id": str(act.pk)})


@router.post("/{thread_id}/follow-up", response={201: DraftOut, **REFUSALS})
def begin_follow_up(request: HttpRequest, thread_id: str, given: FollowUpIn) -> Any:
    """Begin what follows a preservation (stored data) or a hold notice (freezing), without retyping."""
    officer = acting(request)
    made = follow_up.begin_follow_up(
        officer,
        authority=given.authority,
        recipient=given.recipient,
        thread=thread_id,
        request=given.request,
    )
    return Status(201, draft_out(made))


@router.post("/{thread_id}/share", response={204: None, **REFUSALS})
def share_thread(request: HttpRequest, thread_id: str, given: ShareIn) -> Any:
    """Let another authority of the same Party see the thread and act in it."""
    share(acting(request), given.authority, thread=thread_id, with_authority=given.with_authority)
    return Status(204, None)


@router.put("/{thread_id}/title", response={204: None, **REFUSALS})
def entitle_case(request: HttpRequest, thread_id: str, given: TitleIn) -> Any:
    """Give the thread's case the title by which the authority's own people know it."""
    entitle(acting(request), given.authority, thread=thread_id, title=given.title)
    return Status(204, None)


@router.get("/statements/{statement_id}", response={200: dict[str, Any], **REFUSALS})
def read_statement(request: HttpRequest, statement_id: str) -> Any:
    """Return a statement's signed envelope, byte for byte."""
    return HttpResponse(selectors.envelope(acting(request), statement_id), content_type=ENVELOPE_TYPE)


@router.get("/statements/{statement_id}/receipt", response={200: dict[str, Any], **REFUSALS})
def read_receipt(request: HttpRequest, statement_id: str) -> Any:
    """Return the signed receipt of a statement, byte for byte."""
    return HttpResponse(selectors.receipt(acting(request), statement_id), content_type=ENVELOPE_TYPE)


@router.get("/statements/{statement_id}/custody", response={200: dict[str, Any], **REFUSALS})
def read_custody_receipt(request: HttpRequest, statement_id: str) -> Any:
    """Return the custody receipt of a statement: event, inclusion proof and signed head."""
    body = selectors.custody_receipt(acting(request), statement_id)
    return HttpResponse(body, content_type=CUSTODY_TYPE)


def _out(view: ThreadView) -> dict[str, Any]:
    thread = view.thread
    return {
        "thread": thread.id,
        "case": thread.case,
        "number": view.file.number if view.file else "",
        "title": view.file.title if view.file else "",
        "authority": view.authority,
        "seen_by": list(view.seen_by),
        "side": view.side.value,
        "requesting": thread.requesting,
        "requested": thread.requested,
        "entries": [_entry(view, entry) for entry in thread.entries],
        "items": [_item(request.id, fold) for request in thread.requests for fold in request.items.values()],
        "clocks": [_clock(each) for each in view.clocks],
        "equivocations": [list(each) for each in thread.equivocations],
    }


def _entry(view: ThreadView, entry: Any) -> dict[str, Any]:
    receipt, due = view.receipts.get(entry.id), view.waiting.get(entry.id)
    statement = entry.statement
    return {
        "id": entry.id,
        "type": statement.NAME,
        "sender": statement.sender,
        "seq": statement.seq,
        "issued_at": statement.issued_at,
        "standing": entry.standing.value,
        "about": getattr(statement.body, "of", "") or "",
        "ratify_by": statement.ratify_by,
        "recalled_by": entry.recalled_by,
        "acknowledged_by": entry.acknowledged_by,
        "ratified_by": entry.ratified_by,
        "receipt": receipt.receipt_id if receipt else None,
        "receipt_outcome": receipt.outcome if receipt else None,
        "received": receipt.received if receipt else None,
        "waiting": (due.last_code or due.state) if due else None,
    }


def _item(request_id: str, fold: Any) -> dict[str, Any]:
    state = fold.state
    return {
        "request": request_id,
        "number": fold.item.number,
        "identifier": fold.item.identifier.verbatim,
        "category": fold.item.category.value,
        "withdrawn": fold.withdrawn_by is not None,
        "corrected": fold.corrected_by is not None,
        "decision": fold.decision.outcome if fold.decision else None,
        "state": state.state.value if state else None,
        "until": state.until.isoformat() if state and state.until else None,
        "result": state.result.original if state and state.result else None,
        "delivered_by": list(fold.delivered_by),
    }


def _clock(clock: Any) -> dict[str, Any]:
    names = ("kind", "cites", "request", "item", "started", "ends", "warned")
    return {name: getattr(clock, name) for name in names} | {
        "owner": clock.owner.value,
        "state": clock.state.value,
    }
