"""HTTP between nodes: Django's request as the signature sees it, and answers that bear ours."""

from __future__ import annotations

from django.http import HttpRequest as DjangoRequest
from django.http import HttpResponse as DjangoResponse

from rogatory import exchange
from rogatory.envelopes.transfer import MAX_TRANSFER
from rogatory.errors import RogatoryError
from rogatory.exchange import HttpRequest, HttpResponse
from rogatory.keys import Purpose, SigningPair
from rogatory_node.base import NodeError, clock, configuration, directory, home, keystore, problems
from rogatory_node.base.randomness import random_bytes

__all__ = ["as_signed", "pair_of", "problem", "signed", "stranger"]


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
