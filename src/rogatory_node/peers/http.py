"""HTTP between nodes: Django's request as the signature sees it, and answers that bear ours."""

from __future__ import annotations

from django.http import HttpRequest as DjangoRequest
from django.http import HttpResponse as DjangoResponse

from rogatory import exchange
from rogatory.envelopes.transfer import MAX_TRANSFER
from rogatory.errors import RogatoryError
from rogatory.exchange import Caller, HttpRequest, HttpResponse, client
from rogatory.exchange.accept import check_quota, check_replay
from rogatory.keys import Purpose, SigningPair
from rogatory_node.base import NodeError, clock, configuration, directory, home, keystore, problems
from rogatory_node.base.randomness import random_bytes
from rogatory_node.records.memory import DoorMemory

__all__ = ["as_signed", "check_caller", "door_of", "pair_of", "problem", "signed", "stranger"]


def as_signed(request: DjangoRequest) -> HttpRequest:
    """Return a request as its signature sees it: under the configured address, never under Host."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    body = request.read(MAX_TRANSFER + 1) if request.method == "POST" else b""
    url = configuration.current().web.public_url.rstrip("/") + request.get_full_path()
    return HttpRequest(request.method or "", url, headers, body)


def signed(
    message: HttpRequest, status: int, media_type: str, body: bytes, *, authority: str
) -> DjangoResponse:
    """Return an answer that one of our authorities signed over the request it answers."""
    answer = HttpResponse(message, status, {"content-type": media_type}, body)
    nonce = exchange.new_nonce(random_bytes)
    exchange.sign_response(answer, pair_of(authority, Purpose.TRANSPORT), clock.now(), nonce)
    return DjangoResponse(body, status=status, headers=answer.headers)


def problem(message: HttpRequest, error: RogatoryError, status: int, *, authority: str) -> DjangoResponse:
    """Return a signed problem document: the code of what failed, nothing of what was sent."""
    body = problems.problem_bytes(error, status)
    return signed(message, status, problems.MEDIA_TYPE, body, authority=authority)


def stranger() -> DjangoResponse:
    """Return the one answer that strangers get, whatever they did (spec/exchange.md 3.1)."""
    return DjangoResponse(b"", status=404, content_type="application/octet-stream")


def check_caller(caller: Caller) -> None:
    """Return only if a verified caller has not used this nonce before and is within its quota.

    Raises:
        ExchangeError: EXCH-005, EXCH-006.
    """
    memory = DoorMemory(clock.now(), configuration.current().peers.calls_per_minute)
    check_replay(memory, caller)
    check_quota(memory, caller)


def door_of(authority: str) -> str:
    """Return the address of an authority's peer door, as the register states it.

    Raises:
        NodeError: NODE-603 it has none.
        ExchangeError: EXCH-025, EXCH-026 the address may not be called.
    """
    door = directory.entry(authority).door
    if door is None:
        raise NodeError("NODE-603", authority=authority)
    base = door.rstrip("/")
    local = configuration.current().peers.local_urls
    client.check_address(base, private_allowed=base in {each.rstrip("/") for each in local})
    return base


def pair_of(authority: str, purpose: Purpose) -> SigningPair:
    """Return the private key of an authority's current register entry for a purpose.

    Raises:
        KeysError: KEY-009 the register names none in force.
        NodeError: NODE-509 the node's files do not hold it.
    """
    current = directory.ring().current(authority, purpose, clock.now())
    for pair in keystore.signing(home.current(), authority, purpose):
        if pair.key_id == current.key.key_id:
            return pair
    raise NodeError("NODE-509", authority=authority)
