"""Messages to the door: signed, encrypted, and whatever is wrong with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rogatory import envelopes, exchange, statements
from rogatory.exchange import TRANSFER_TYPE, HttpRequest
from rogatory.keys import Purpose
from rogatory.values import instant_text
from support.vector_pages import b64, document
from support.world import (
    ASKED,
    ASKING,
    NOON,
    PURPOSES,
    THIRD,
    counting_random,
    decryption,
    entry,
    pair,
    request,
    signing,
)

URL = "https://paris.example/peer/v1/statements"
ACCEPT = "rogatory.exchange.accept:"
HTTP = "rogatory.exchange.http_signature:"
PUBLIC = "rogatory.keys.public:"
RING = "rogatory.keys.ring:"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
STATEMENT, TRANSPORT, ENCRYPTION = Purpose.STATEMENT, Purpose.TRANSPORT, Purpose.ENCRYPTION
REHEARSALS = [pair(name, purpose, rehearsal=True) for name in (ASKING, ASKED) for purpose in PURPOSES[:3]]
REQUEST = request()
NONCE = "1" * 32
OTHER = "fra/moj"


def ring() -> list[Any]:
    """Return the ring of the door."""
    keys = [pair(name, purpose) for name in (ASKING, ASKED, THIRD) for purpose in PURPOSES[:3]]
    every = [*keys, *REHEARSALS, pair(ASKING, Purpose.SEAL), pair(OTHER, ENCRYPTION)]
    return [document(entry(each)) for each in every]


def dated(**purposes: dict[str, Any]) -> list[Any]:
    """Return the sender's keys with other dates: ``transport={...}`` or ``statement={...}``."""
    return [document(entry(pair(ASKING, Purpose(name)), **dates)) for name, dates in purposes.items()]


def private(key: Any) -> dict[str, Any]:
    """Return a decryption key as it stands in a vector."""
    return {"authority": key.public.authority, "seed": b64(key.seed), "rehearsal": key.public.rehearsal}


def given() -> dict[str, Any]:
    """Return what every case shares."""
    served = [decryption(ASKED), pair(ASKED, ENCRYPTION, rehearsal=True)]
    return {
        "ring": ring(),
        "decryption": [private(each) for each in served],
        "authorities": [ASKED],
        "relays": [],
        "now": instant_text(NOON),
        "memory": {"nonces": [], "receipts": {}, "place": None, "open": True},
    }


def transfer(envelope: bytes, *, sender: str = ASKING, key: Any = None, start: str = "a") -> bytes:
    """Return an envelope encrypted to a key, under a clear header that names the sender."""
    recipient = (key or decryption(ASKED)).public
    return envelopes.encrypt(envelope, sender=sender, recipient=recipient, random=counting_random(start))


def post(
    body: bytes,
    *,
    key: Any = None,
    now: Any = NOON,
    url: str = URL,
    kind: str = TRANSFER_TYPE,
    method: str = "POST",
) -> HttpRequest:
    """Return a signed message."""
    message = HttpRequest(method, url, {"content-type": kind}, body)
    exchange.sign_request(message, key or signing(ASKING, TRANSPORT), now, NONCE)
    return message


def written(message: HttpRequest, **door: Any) -> dict[str, Any]:
    """Return a message as it stands in a vector, with what differs about the door."""
    parts = {
        "method": message.method,
        "url": message.url,
        "headers": message.headers,
        "body": b64(message.body),
    }
    return {"message": parts, **door}


def issued(statement: Any = REQUEST, key: Any = None) -> bytes:
    """Return a signed envelope."""
    return statements.sign(statement, key or signing(statement.sender))


def posted(statement: Any = REQUEST, key: Any = None, **door: Any) -> dict[str, Any]:
    return written(post(transfer(issued(statement, key))), **door)


def memory(**changes: Any) -> dict[str, Any]:
    return {"memory": given()["memory"] | changes}
