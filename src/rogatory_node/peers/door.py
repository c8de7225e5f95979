"""The door: ``POST /peer/v1/statements`` and the receipts that were given there."""

from __future__ import annotations

from typing import Final

from django.db import OperationalError
from django.http import HttpRequest as DjangoRequest
from django.http import HttpResponse as DjangoResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from rogatory import envelopes, exchange
from rogatory.errors import RogatoryError
from rogatory.exchange import HttpRequest
from rogatory_node.base import NodeError, clock, configuration, directory
from rogatory_node.base.stops import stop_at
from rogatory_node.casework.services.receive import Received, receive
from rogatory_node.peers import http
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Way

__all__ = ["give_receipt", "take_statement"]

RECEIPT_TYPE: Final = "application/vnd.rogatory.receipt.v1+json"
STATUS: Final = {"EXCH-001": 413, "EXCH-005": 409, "EXCH-006": 429}


@csrf_exempt
@require_POST
def take_statement(request: DjangoRequest) -> DjangoResponse:
    """Take a statement and answer with its receipt.

    A stranger gets one constant answer; a known peer a signed receipt or a signed problem.

    Source:
        spec/exchange.md, section 3.
    """
    message = http.as_signed(request)
    try:
        received = receive(message)
    except OperationalError:
        # The database is busy or full: nothing was stored, and the sender will come again.
        return http.problem(message, NodeError("NODE-600"), 503, authority=_addressee(message))
    if received.caller is None:
        return http.stranger()
    answer = _answer(message, received)
    # The reply may be lost: what was stored stays, and the sender posts again.
    answer._resource_closers.append(lambda: stop_at("receive.reply:after"))  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own list of what to do once a response is sent
    return answer


def _answer(message: HttpRequest, received: Received) -> DjangoResponse:
    authority = _addressee(message)
    if received.error is not None:
        status = STATUS.get(received.error.code, 422)
        return http.problem(message, received.error, status, authority=authority)
    assert received.receipt is not None
    status = 201 if received.first else 200
    return http.signed(message, status, RECEIPT_TYPE, received.receipt, authority=authority)


@csrf_exempt
@require_GET
def give_receipt(request: DjangoRequest, statement_id: str) -> DjangoResponse:
    """Answer with the receipt of a statement, to the authority that sent it.

    What is not here and what is not the caller's look the same.
    """
    message = http.as_signed(request)
    try:
        caller = exchange.verify_request(message, directory.ring(), clock.now())
        http.check_caller(caller)
    except RogatoryError:
        return http.stranger()
    ours = configuration.current().authority_ids
    for authority in ours:
        statement = stored.find(statement_id, authority=authority)
        receipt = stored.find_receipt(statement_id, authority=authority, way=Way.SENT)
        if statement and receipt and statement.sender == caller.key.key.authority:
            body = stored.envelope(receipt)
            return http.signed(message, 200, RECEIPT_TYPE, body, authority=authority)
    return http.problem(message, NodeError("NODE-601"), 404, authority=ours[0])


def _addressee(message: HttpRequest) -> str:
    """Return which of our authorities answers: the one addressed, if the clear header can be read."""
    ours = configuration.current().authority_ids
    try:
        named = envelopes.read_transfer(message.body).header.recipient
    except RogatoryError:
        return ours[0]
    return named if named in ours else ours[0]
