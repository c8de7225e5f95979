"""The client: one signed POST to a peer's door, and what its answer means."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import httpx
from pydantic import ConfigDict

from rogatory import wire
from rogatory.errors import ExchangeError, RogatoryError
from rogatory.exchange import http_signature
from rogatory.exchange.accept import TRANSFER_TYPE
from rogatory.exchange.http_message import HttpRequest, HttpResponse
from rogatory.exchange.retry import Outcome
from rogatory.keys import KeyRing, SigningPair
from rogatory.values import Frozen, ShortText

__all__ = ["PROBLEM_TYPE", "RECEIPT_TYPE", "Answer", "Problem", "Wire", "check_address", "post"]

RECEIPT_TYPE: Final = "application/vnd.rogatory.receipt.v1+json"
PROBLEM_TYPE: Final = "application/problem+json"
MAX_ANSWER: Final = 64 * 1024
# However slowly a peer answers, an attempt ends: an answer that drips would hold a worker for ever.
MAX_TIME: Final = timedelta(seconds=60)

# What the next attempt may cure by itself, since it is encrypted and signed afresh: a stale or repeated
# message, a quota, a register or a key that one of the two had not yet seen (spec/exchange.md 5.5).
CURABLE: Final = frozenset(
    {"EXCH-004", "EXCH-005", "EXCH-006", "EXCH-007", "ENV-012", "KEY-005", "KEY-006", "KEY-009"}
)

# Of version 6, what is not global unicast (RFC 4291) leads nowhere or home: loopback, link, site,
# IPv4-compatible and IPv4-translated addresses, the local prefix of RFC 8215. Python knows the rest of IANA's
# registries of special addresses as of its own version, so what it may not know yet is named: protocol
# assignments with Teredo and benchmarks, 6to4's relays, documentation.
UNICAST: Final = ipaddress.IPv6Network("2000::/3")
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
CLOSED_4: Final = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
CLOSED_6: Final = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))


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

    Redirects are not followed, and the answer is read as it came, never unpacked. An answer that the
    peer did not sign over this very request counts as no answer. The receipt inside is still to be
    checked (``check_receipt``). It does not ask whether the address may be called (``check_address``).

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
    sent = request.headers | {"accept-encoding": "identity"}
    try:
        with wire_.http.stream(
            "POST", url, headers=sent, content=transfer, follow_redirects=False
        ) as response:
            answer = _read(response, request, wire_.now)
        caller = http_signature.verify_response(answer, wire_.ring, wire_.now())
        check_peer(caller, peer)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, RogatoryError):
        return Answer(Outcome.UNREACHABLE)
    return meaning(answer)


def check_peer(caller: http_signature.Caller, peer: str) -> None:
    """Refuse an answer signed by anybody but the expected authority."""
    if caller.key.key.authority != peer:
        raise ExchangeError("EXCH-023", peer=peer)


def _read(response: httpx.Response, request: HttpRequest, now: Callable[[], datetime]) -> HttpResponse:
    headers = {name.lower(): value for name, value in response.headers.items()}
    begun, body = now(), bytearray()
    for piece in response.iter_raw():
        body += piece
        check_answer_size(body)
        check_answer_time(now() - begun)
    return HttpResponse(request, response.status_code, headers, bytes(body))


def check_answer_size(body: bytearray) -> None:
    """Refuse an answer longer than any receipt or problem document."""
    if len(body) > MAX_ANSWER:
        raise ExchangeError("EXCH-024", limit=MAX_ANSWER)


def check_answer_time(taken: timedelta) -> None:
    """Refuse an answer that takes longer than any honest one."""
    if taken > MAX_TIME:
        raise ExchangeError("EXCH-027", seconds=int(MAX_TIME.total_seconds()))


def meaning(answer: HttpResponse) -> Answer:
    """Return what a peer's answer means, once it is known to be the peer's."""
    status, kind = answer.status_code, answer.headers.get("content-type", "")
    if status in (200, 201) and kind == RECEIPT_TYPE:
        return Answer(Outcome.RECEIPT, receipt=answer.body)
    if kind != PROBLEM_TYPE:
        return Answer(Outcome.UNREACHABLE)
    try:
        problem = wire.decode(answer.body, Problem, limit=MAX_ANSWER)
    except RogatoryError:
        return Answer(Outcome.UNREACHABLE)
    later = status >= 500 or status == 429 or problem.code in CURABLE
    return Answer(Outcome.BUSY if later else Outcome.REFUSED, code=problem.code)


def check_address(url: str, *, private_allowed: bool, addresses: tuple[str, ...] = ()) -> None:
    """Return only if a peer's address may be called: https, and a public address unless configured.

    A host that is written as an address is judged as one. What a name resolves to is the caller's to
    find out and to hand in; between asking and connecting it can change.

    Args:
        url: The door's address.
        private_allowed: Whether configuration permits plain HTTP and private addresses.
        addresses: What the host resolved to, if it was resolved.

    Raises:
        ExchangeError: EXCH-025 not https, or not the plain address of a host; EXCH-026 not a public address.

    Source:
        spec/exchange.md 5.4.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ExchangeError("EXCH-025") from None
    plain = bool(host) and not (parts.username or parts.password or parts.fragment or parts.query)
    if not plain or parts.scheme not in ({"http", "https"} if private_allowed else {"https"}):
        raise ExchangeError("EXCH-025")
    if not private_allowed:
        check_host(host)
        for each in addresses:
            check_public(each)


def check_host(host: str) -> None:
    """Refuse a host that is written as a private address, in any of the ways a resolver would read."""
    last = host.rsplit(".", 1)[-1]
    if ":" in host or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        check_public(host)
    elif last == "localhost":
        raise ExchangeError("EXCH-026")


def check_public(address: str) -> None:
    """Refuse an address that is not one of the public internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise ExchangeError("EXCH-026") from None
    if not _is_public(found):
        raise ExchangeError("EXCH-026")


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        open_ = address.is_global and not address.is_multicast
        return open_ and not any(address in each for each in CLOSED_4)
    inner = address.ipv4_mapped or address.sixtofour
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None:
        # It leads on to an address of version 4, and is as public as that is.
        return _is_public(inner)
    return address in UNICAST and address.is_global and not any(address in each for each in CLOSED_6)
