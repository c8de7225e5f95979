"""The door: ``POST /peer/v1/statements`` and the receipts that were given there."""

from __future__ import annotations

import re
from typing import Final

from django.db import OperationalError
from django.http import HttpRequest as DjangoRequest
from django.http import HttpResponse as DjangoResponse
from django.views.decorators.csrf import csrf_exempt

from rogatory import envelopes
from rogatory.errors import RogatoryError
from rogatory.exchange import Caller, HttpRequest
from rogatory.exchange.client import RECEIPT_TYPE
from rogatory_node.base import NodeError, configuration
from rogatory_node.base.stops import stop_at
from rogatory_node.casework.services.receive import Received, receive
from rogatory_node.peers import http
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Way

__all__ = ["give_nothing", "give_receipt", "take_statement"]

CALLER_UNKNOWN: Final = Received(None)
ID: Final = re.compile("[0-9a-f]{64}")


@csrf_exempt
def take_statement(request: DjangoRequest) -> DjangoResponse:
    """Take a statement and answer with its receipt.

    A stranger gets one constant answer; a known peer a signed receipt or a signed problem.

    Source:
        spec/exchange.md, section 3.
    """
    if request.method != "POST":
        return http.stranger()
    message = http.as_signed(request)
    received = _judge(message)
    if received.caller is None:
        return http.stranger()
    answer = _answer(message, received)
    # The reply may be lost: what was stored stays, and the sender posts again.
    answer._resource_closers.append(lambda: stop_at("receive.reply:after"))  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own list of what to do once a response is sent
    return answer


def _judge(message: HttpRequest) -> Received:
    try:
        return receive(message)
    except OperationalError:
        # The database is busy or full: nothing was stored, and the sender will come again. Only a caller
        # whose signature held has reached it, so a signed problem says nothing to a stranger.
        return Received("-", error=NodeError("NODE-600"))
    except RogatoryError:
        # No register, no key of ours: this node cannot even tell who is calling.
        return CALLER_UNKNOWN


def _answer(message: HttpRequest, received: Received) -> DjangoResponse:
    authority = _addressee(message)
    if received.error is not None:
        return http.problem(message, received.error, authority=authority)
    assert received.receipt is not None
    status = 201 if received.first else 200
    try:
        return http.signed(message, status, RECEIPT_TYPE, received.receipt, authority=authority)
    except RogatoryError:
        # The statement is stored; without a transport key in force the answer waits for the next attempt.
        return http.stranger()


@http.known_peers("GET")
def give_receipt(
    request: DjangoRequest, message: HttpRequest, caller: Caller, statement_id: str
) -> DjangoResponse:
    """Answer with the receipt of a statement, to the authority that sent it.

    What is not here and what is not the caller's look the same.
    """
    del request
    if not ID.fullmatch(statement_id):
        # The database need not be asked; PostgreSQL refuses some texts with an error.
        raise NodeError("NODE-601")
    for authority in configuration.current().authority_ids:
        statement = stored.find(statement_id, authority=authority)
        receipt = stored.find_receipt(statement_id, authority=authority, way=Way.SENT)
        if statement and receipt and statement.sender == caller.key.key.authority:
            body = stored.envelope(receipt)
            return http.signed(message, 200, RECEIPT_TYPE, body, authority=authority)
    raise NodeError("NODE-601")


@csrf_exempt
def give_nothing(request: DjangoRequest, rest: str) -> DjangoResponse:
    """Answer any other address under the door as a stranger is answered everywhere."""
    del request, rest
    return http.stranger()


def _addressee(message: HttpRequest) -> str:
    """Return which of our authorities answers: the one addressed, if the clear header can be read."""
    ours = configuration.current().authority_ids
    try:
        named = envelopes.read_transfer(message.body).header.recipient
    except RogatoryError:
        return ours[0]
    return named if named in ours else ours[0]
