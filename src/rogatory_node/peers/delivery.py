"""Delivery: what is due goes out, and only the peer's receipt or signed refusal ends it."""

from __future__ import annotations

import re
from typing import Final

from django.db import transaction

from rogatory import exchange
from rogatory.errors import RogatoryError
from rogatory.exchange import Outcome, client
from rogatory.exchange.transport import Patience
from rogatory.keys import Purpose
from rogatory.statements import Statement
from rogatory_node.base import clock, directory
from rogatory_node.base.events import Event, emit
from rogatory_node.base.randomness import random_bytes
from rogatory_node.base.stops import stop_at
from rogatory_node.casework import index
from rogatory_node.peers import http
from rogatory_node.records import log, outbox
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Due, SignedStatement, Way

__all__ = ["deliver"]

CODE: Final = re.compile(r"[A-Z]{3,12}-[0-9]{3}")
LONGEST = 60.0
"""Seconds that one attempt may take, from connecting to the last byte of the answer."""


def deliver(row: Due) -> None:
    """Try one delivery that the caller has leased, and write what came of it.

    1. encrypt afresh, 2. post, 3. check the receipt, 4. close the row under its fence, in the
    transaction that stores the receipt. Every failure makes the row due again.

    Source:
        spec/exchange.md, sections 5 and 6.
    """
    statement_row = stored.find(row.subject, authority=row.authority)
    if statement_row is None:
        outbox.give_up(row, "NODE-602", now=clock.now())
        return
    statement = index.document_of(statement_row)
    try:
        answer = _post(statement, stored.envelope(statement_row))
        stop_at("deliver.post:after")
        if answer.outcome is Outcome.RECEIPT and answer.receipt is not None:
            _close(row, statement_row, statement, answer.receipt)
            return
    except RogatoryError as error:
        # No key, no address, a stale register, or a receipt that does not hold: as if nobody answered.
        answer = client.Answer(Outcome.UNREACHABLE, code=error.code)
    _again(row, answer)


def _post(statement: Statement, envelope: bytes) -> client.Answer:
    now, ring = clock.now(), directory.ring()
    url = f"{http.door_of(statement.recipient)}/statements"
    transfer = exchange.encrypt_for(statement, envelope, ring, now, random_bytes)
    pair = http.pair_of(statement.sender, Purpose.TRANSPORT)
    with http.session_to(statement.recipient, Patience(LONGEST)) as session:
        wire = client.Wire(pair, ring, session, clock.now, random_bytes)
        stop_at("deliver.post:before")
        return client.post(transfer, url, statement.recipient, wire)


def _close(row: Due, kept: SignedStatement, statement: Statement, receipt: bytes) -> None:
    now = clock.now()
    exchange.check_receipt(receipt, kept.statement_id, statement, directory.ring(), now)
    with transaction.atomic():
        held = stored.store_receipt(Way.RECEIVED, receipt, authority=row.authority, now=now)
        fields = {"statement": kept.statement_id, "receipt": held.receipt_id, "outcome": held.outcome}
        log.append(
            Event("statement:deliver:receipted", now, row.authority, fields),
            statement_id=kept.statement_id,
        )
        index.project(kept)
        outbox.close(row, now=now)
        stop_at("deliver.commit:before")
    stop_at("deliver.commit:after")


def _again(row: Due, answer: client.Answer) -> None:
    now = clock.now()
    next_ = exchange.retry(answer.outcome, row.attempts + 1, row.made_at, now, jitter=random_bytes(1)[0])
    # What a peer calls its refusal is shown to people and written to the log: a code, or nothing of it.
    named = answer.code or ""
    code = named if CODE.fullmatch(named) else answer.outcome.value
    if next_.due is None:
        outbox.give_up(row, code, now=now)
    else:
        outbox.postpone(row, next_.due, code)
    if next_.tell:
        emit(Event("statement:deliver:waiting", now, row.authority, {"statement": row.subject, "code": code}))
