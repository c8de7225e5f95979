"""HTTP between nodes: Django's request as the signature sees it, and answers that bear ours."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

import httpx
from django.db import OperationalError
from django.http import HttpRequest as DjangoRequest
from django.http import HttpResponse as DjangoResponse
from django.http import HttpResponseBase, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from rogatory import exchange
from rogatory.envelopes.transfer import MAX_TRANSFER
from rogatory.errors import RogatoryError
from rogatory.exchange import Caller, HttpRequest, HttpResponse, client
from rogatory.exchange.accept import check_quota, check_replay
from rogatory.exchange.transport import Patience, session
from rogatory.keys import Purpose, SigningPair
from rogatory_node.base import NodeError, clock, configuration, directory, home, keystore, problems
from rogatory_node.base.randomness import random_bytes
from rogatory_node.records.memory import DoorMemory

__all__ = [
    "as_signed",
    "check_caller",
    "door_of",
    "known_peers",
    "pair_of",
    "problem",
    "session_to",
    "signed",
    "stranger",
]

STATUS: Final = {
    "EXCH-005": 409,
    "EXCH-006": 429,
    "NODE-600": 503,
    "NODE-601": 404,
    "NODE-604": 503,
    "NODE-605": 429,
}
"""The status of a signed problem, where it is not 422."""

View = Callable[..., HttpResponseBase]


def as_signed(request: DjangoRequest) -> HttpRequest:
    """Return a request as its signature sees it: under the configured address, never under Host.

    A body that breaks off is an empty one, which no signature covers.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        body = request.read(MAX_TRANSFER + 1) if request.method == "POST" else b""
    except UnreadablePostError:
        body = b""
    url = configuration.current().web.public_url.rstrip("/") + request.get_full_path()
    return HttpRequest(request.method or "", url, headers, body)


def known_peers(method: str, *, allowance: int = 1) -> Callable[[View], View]:
    """Return a decorator: the view is reached by verified callers alone, with the message and who signed it.

    1. the method, 2. key, signature and freshness: whoever fails here is a stranger; 3. the nonce, 4. the
    quota: whoever fails here is known and gets a signed problem.

    Args:
        method: The one method that is served.
        allowance: How many times the usual quota a caller has here, counted apart if it is not 1.

    Source:
        spec/exchange.md 3.1, 3.2.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def door(request: DjangoRequest, **parts: Any) -> HttpResponseBase:
            message = as_signed(request)
            try:
                # Step 1.
                if request.method != method:
                    return stranger()
                # Step 2.
                caller = exchange.verify_request(message, directory.ring(), clock.now())
            except RogatoryError:
                return stranger()
            try:
                # Steps 3 and 4.
                check_caller(caller, allowance=allowance)
                return view(request, message, caller, **parts)
            except RogatoryError as error:
                return problem(message, error)
            except OperationalError:
                # The database is busy or full: nothing was stored, and the caller will come again.
                return problem(message, NodeError("NODE-600"))

        return door

    return decorate


def signed(
    message: HttpRequest, status: int, media_type: str, body: bytes, *, authority: str
) -> DjangoResponse:
    """Return an answer that one of our authorities signed over the request it answers."""
    answer = HttpResponse(message, status, {"content-type": media_type}, body)
    nonce = exchange.new_nonce(random_bytes)
    exchange.sign_response(answer, pair_of(authority, Purpose.TRANSPORT), clock.now(), nonce)
    return DjangoResponse(body, status=status, headers=answer.headers)


def problem(message: HttpRequest, error: RogatoryError, *, authority: str = "") -> DjangoResponse:
    """Return a signed problem document: the code of what failed, nothing of what was sent.

    Args:
        message: What is answered; its signature held.
        error: What failed.
        authority: Which of our authorities answers; the first, if none is named.
    """
    status = STATUS.get(error.code, 422)
    body = problems.problem_bytes(error, status)
    speaker = authority or configuration.current().authority_ids[0]
    try:
        return signed(message, status, problems.MEDIA_TYPE, body, authority=speaker)
    except RogatoryError:
        # Without a key of ours in force nothing can be said that the peer could believe.
        return stranger()


def stranger() -> DjangoResponse:
    """Return the one answer that strangers get, whatever they did (spec/exchange.md 3.1)."""
    return DjangoResponse(b"", status=404, content_type="application/octet-stream")


def check_caller(caller: Caller, *, allowance: int = 1) -> None:
    """Return only if a verified caller has not used this nonce before and is within its quota.

    Raises:
        ExchangeError: EXCH-005, EXCH-006.
    """
    per_minute = configuration.current().peers.calls_per_minute * allowance
    memory = DoorMemory(clock.now(), per_minute, bucket="" if allowance == 1 else f"x{allowance}")
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
    client.check_address(base, private_allowed=_is_local(base))
    return base


def session_to(authority: str, patience: Patience, window: int = 0) -> httpx.Client:
    """Return a client for an authority's door, which is all that it should be used for.

    Args:
        authority: Whose door.
        patience: Counts for every call that is made with the client.
        window: As ``transport.session`` has it.

    Raises:
        NodeError, ExchangeError: As :func:`door_of`.
    """
    return session(patience, private=_is_local(door_of(authority)), window=window)


def _is_local(base: str) -> bool:
    return base in {each.rstrip("/") for each in configuration.current().peers.local_urls}


def pair_of(authority: str, purpose: Purpose) -> SigningPair:
    """Return the private key of an authority's current register entry for a purpose.

    Raises:
        KeysError: KEY-009 the register names none in force.
        NodeError: NODE-509 the node's files do not hold it.
    """
    return keystore.current(home.current(), directory.ring(), authority, purpose, clock.now())
