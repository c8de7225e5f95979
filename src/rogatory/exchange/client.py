"""The client: one signed POST to a peer's door, and what its answer means."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import httpx
from pydantic import ConfigDict

from rogatory import wire
from rogatory.errors import ExchangeError, RogatoryError
from rogatory.exchange import http_signature
from rogatory.exchange.accept import TRANSFER_TYPE
from rogatory.exchange.http_signature import HttpRequest, HttpResponse
from rogatory.exchange.retry import Outcome
from rogatory.keys import KeyRing, SigningPair
from rogatory.values import Frozen, ShortText

__all__ = ["PROBLEM_TYPE", "RECEIPT_TYPE", "Answer", "Problem", "Wire", "check_address", "post"]

RECEIPT_TYPE: Final = "application/vnd.rogatory.receipt.v1+json"
PROBLEM_TYPE: Final = "application/problem+json"
MAX_ANSWER: Final = 64 * 1024


class Problem(Frozen):
    """What is read of a problem document (RFC 9457): the code. Other members may be there."""

    model_config = ConfigDict(extra="ignore")

    status: int
    code: ShortText


@dataclass(frozen=True, slots=True)
class Wire:
    """What the client needs: its transport key, the ring, the transport, time and randomness."""

    pair: SigningPair
    ring: KeyRing
    http: httpx.Client
    now: Callable[[], datetime]
    random: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt brought: the receipt's envelope, or the peer's code, or nothing."""

    outcome: Outcome
    receipt: bytes | None = None
    code: str | None = None


def post(transfer: bytes, url: str, peer: str, wire_: Wire) -> Answer:
    """Send one transfer to a peer's door and say what the answer means.

    Redirects are not followed. An answer that the peer did not sign over this very request counts
    as no answer. The receipt inside is still to be checked (``check_receipt``).

    Args:
        transfer: The encrypted statement.
        url: The door's address from the register or configuration.
        peer: The authority expected to answer.
        wire_: Key, ring and transport.

    Source:
        spec/exchange.md, section 5.
    """
    request = HttpRequest("POST", url, {"content-type": TRANSFER_TYPE}, transfer)
    http_signature.sign_request(request, wire_.pair, wire_.now(), http_signature.new_nonce(wire_.random))
    try:
        with wire_.http.stream(
            "POST", url, headers=request.headers, content=transfer, follow_redirects=False
        ) as response:
            body = _read(response)
            headers = {name.lower(): value for name, value in response.headers.items()}
            answer = HttpResponse(request, response.status_code, headers, body)
            caller = http_signature.verify_response(answer, wire_.ring, wire_.now())
            check_peer(caller, peer)
    except (httpx.HTTPError, RogatoryError):
        return Answer(Outcome.UNREACHABLE)
    return _meaning(answer, body)


def check_peer(caller: http_signature.Caller, peer: str) -> None:
    """Refuse an answer signed by anybody but the expected authority."""
    if caller.key.key.authority != peer:
        raise ExchangeError("EXCH-023", peer=peer)


def _read(response: httpx.Response) -> bytes:
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_ANSWER:
            raise ExchangeError("EXCH-024", limit=MAX_ANSWER)
    return body


def _meaning(answer: HttpResponse, body: bytes) -> Answer:
    status, kind = answer.status_code, answer.headers.get("content-type", "")
    if status in (200, 201) and kind == RECEIPT_TYPE:
        return Answer(Outcome.RECEIPT, receipt=body)
    if kind != PROBLEM_TYPE:
        return Answer(Outcome.UNREACHABLE)
    try:
        problem = wire.decode(body, Problem, limit=MAX_ANSWER)
    except RogatoryError:
        return Answer(Outcome.UNREACHABLE)
    later = status >= 500 or status == 429
    return Answer(Outcome.BUSY if later else Outcome.REFUSED, code=problem.code)


def check_address(url: str, *, private_allowed: bool, addresses: tuple[str, ...] = ()) -> None:
    """Return only if a peer's address may be called: https, and a public address unless configured.

    Args:
        url: The door's address.
        private_allowed: Whether configuration permits plain HTTP and private addresses.
        addresses: What the host resolved to, if it was resolved.

    Raises:
        ExchangeError: EXCH-025 not https, EXCH-026 not a public address.
    """
    parts = urlsplit(url)
    if private_allowed and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise ExchangeError("EXCH-025")
    for each in addresses:
        if not ipaddress.ip_address(each).is_global:
            raise ExchangeError("EXCH-026")
