"""HTTP messages as their signatures see them: the parts that are covered, and the bytes signed.

RFC 9421, section 2, for the six components that a peer signature uses and no other.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from rogatory.errors import ExchangeError
from rogatory.values import base64_text

__all__ = [
    "BODILESS",
    "REQUEST",
    "RESPONSE",
    "SIGNATURE",
    "HttpRequest",
    "HttpResponse",
    "covered_by",
    "digest_field",
    "signature_base",
]

# spec/exchange.md 2.1 and 2.2.
REQUEST: Final = '("@method" "@target-uri" "content-type" "content-digest")'
BODILESS: Final = '("@method" "@target-uri")'
RESPONSE: Final = (
    '("@status" "content-type" "content-digest" "@method";req "@target-uri";req'
    ' "signature";req;key="rogatory")'
)


SIGNATURE: Final = re.compile(r"rogatory=(:[A-Za-z0-9+/=]*:)")


@dataclass
class HttpRequest:
    """A request as its signature sees it; ``url`` comes from configuration, never from Host.

    Header names are in lower case. Signing adds to ``headers``.
    """

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class HttpResponse:
    """A response, and the request that it answers. Header names are in lower case."""

    request: HttpRequest
    status_code: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def covered_by(message: HttpRequest) -> str:
    """Return what a request has to cover.

    Whatever is not a GET has content, so a method that nobody thought of fails closed.
    """
    return BODILESS if message.method == "GET" else REQUEST


def signature_base(message: HttpRequest | HttpResponse, covered: str, parameters: str) -> bytes:
    """Return the bytes that are signed.

    Raises:
        ExchangeError: EXCH-003 something covered is not there, or cannot stand in a signature.

    Source:
        RFC 9421, section 2.5.
    """
    names = covered[1:-1].split(" ")
    lines = [f"{name}: {_component(message, name)}" for name in names]
    lines.append(f'"@signature-params": {parameters}')
    base = "\n".join(lines)
    if any(not line.isascii() or not line.isprintable() for line in lines):
        raise ExchangeError("EXCH-003")
    return base.encode("ascii")


def _component(message: HttpRequest | HttpResponse, name: str) -> str:
    if isinstance(message, HttpResponse):
        if name == '"@status"':
            return f"{message.status_code:03d}"
        if name == '"signature";req;key="rogatory"':
            return _answered(message.request)
        if name.endswith(";req"):
            return _component(message.request, name.removesuffix(";req"))
    elif name in {'"@method"', '"@target-uri"'}:
        return message.method if name == '"@method"' else message.url
    if name not in {'"content-type"', '"content-digest"'} or name[1:-1] not in message.headers:
        raise ExchangeError("EXCH-003")
    return message.headers[name[1:-1]].strip(" \t")


def _answered(request: HttpRequest) -> str:
    """Return the signature of the request that an answer covers."""
    value = SIGNATURE.fullmatch(request.headers.get("signature", "").strip(" "))
    if value is None:
        raise ExchangeError("EXCH-002")
    return value[1]


def digest_field(body: bytes) -> str:
    """Return the one Content-Digest field (RFC 9530) that is written and read here."""
    return f"sha-256=:{base64_text(hashlib.sha256(body).digest())}:"
