"""Signed bytes of a small thread, and where they are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import statements
from rogatory.keys import Purpose
from rogatory.statements import Receipt, ReceiptBody, Statement
from rogatory_node.base.events import Event
from support import world


class Thread:
    """What passes between Viet Nam and France, as envelopes."""

    def __init__(self) -> None:
        self.request = world.request()
        self.request_id = statements.payload_of(self.request)[0]

    def envelope(self, document: Statement | Receipt | None = None) -> bytes:
        document = document or self.request
        return statements.sign(document, world.signing(document.sender, Purpose.STATEMENT))

    def second(self, **changes) -> Statement:
        members = {"seq": 2, "prev": self.request_id, "thread": self.request_id, "nonce": "d" * 64}
        return world.request(**(members | changes))

    def receipt(self, of: str | None = None, **changes) -> Receipt:
        body = {
            "of": of or self.request_id,
            "outcome": "admitted",
            "received": world.NOON,
            "register_snapshot": "0" * 64,
            "log_index": 0,
        }
        members = {"case": "c" * 64, "sender": world.ASKED, "recipient": world.ASKING}
        more = {"issued_at": world.NOON, "language": "en", "instrument": "hanoi_2024", "nonce": "e" * 64}
        return Receipt(thread=self.request_id, body=ReceiptBody(**(body | changes)), **members, **more)


@pytest.fixture(scope="session")
def thread() -> Thread:
    return Thread()


@pytest.fixture
def event():
    def make(tag: str = "statement:send:done", authority: str = "vnm/a05", **fields) -> Event:
        return Event(tag, world.NOON, authority, fields)

    return make


NOON = world.NOON
LATER = NOON + timedelta(seconds=90)
