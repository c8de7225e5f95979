"""Recording the act at home that allows or orders what the other Party asked for."""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from pydantic import Field

from rogatory.threads import Side
from rogatory.values import Day, Digest, Frozen, ShortText, Text, party_of
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.base.events import Event
from rogatory_node.casework import index
from rogatory_node.casework.models import DomesticAct
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["Order", "record"]

RECORDERS = (Role.DUTY_OFFICER, Role.LEGAL_REVIEWER, Role.APPROVER, Role.CUSTODIAN)


class Order(Frozen):
    """A domestic act as an officer records it from paper; the act itself is a prosecutor's or judge's."""

    kind: Literal["order", "consent", "none_needed"]
    items: tuple[int, ...] = Field(min_length=1, max_length=200)
    issued_by: ShortText
    reference: ShortText
    legal_basis: Text  # for none_needed, the rule that says so
    issued_on: Day
    expires_on: Day | None = None
    secrecy_until: Day | None = None
    scope: Text | None = None
    document: Digest | None = None  # of the scan


def record(officer: Officer, authority: str, *, thread: str, request: str, order: Order) -> DomesticAct:
    """Record a domestic act for items of a request, and return it. It never crosses the border.

    An order that covers fewer items than were asked narrows what can be reported as done.

    Args:
        officer: Who records it.
        authority: The authority that executes.
        thread: The thread of the request.
        request: The request's id.
        order: What was ordered, by whom, for which items.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 no such thread, NODE-512 no such request or item,
            NODE-516 the other Party executes it.
    """
    people.require(officer, authority, *RECORDERS)
    index.check_shown(authority, thread)
    folded = index.fold_thread(thread, authority=authority)
    if folded.side_of(party_of(authority)) is not Side.REQUESTED:
        raise NodeError("NODE-516")
    asked = next((each for each in folded.requests if each.id == request), None)
    numbers = sorted(set(order.items))
    if asked is None or not set(numbers) <= set(asked.items):
        raise NodeError("NODE-512")
    with transaction.atomic():
        act = DomesticAct.objects.create(
            authority=authority,
            thread=thread,
            request=request,
            items=numbers,
            kind=order.kind,
            issued_by=order.issued_by,
            reference=order.reference,
            legal_basis=order.legal_basis,
            issued_on=order.issued_on,
            expires_on=order.expires_on,
            secrecy_until=order.secrecy_until,
            scope=order.scope or "",
            document=order.document or "",
            recorded_at=clock.now(),
            recorded_by=officer,
        )
        fields = {"act": str(act.pk), "officer": str(officer.pk), "request": request}
        log.append(Event("domestic:record:done", clock.now(), authority, fields), statement_id=request)
    return act
