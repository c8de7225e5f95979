"""HTTP message signatures between nodes (RFC 9421): one form, one label, nothing optional.

RFC 9421 leaves to each pair of applications what a signature covers. Here it is fixed, so a message
either has this form or bears no peer signature. The signature is the house's pair, Ed25519 then
ML-DSA-65, joined; the register, not the message, says so (docs/adr/0010).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rogatory import keys
from rogatory.errors import ExchangeError, KeysError, ValuesError
from rogatory.exchange import http_message
from rogatory.exchange.http_message import HttpRequest, HttpResponse
from rogatory.keys import KeyEntry, KeyRing, Purpose, SigningPair
from rogatory.keys import ring as rings
from rogatory.values import base64_text, parse_base64

__all__ = [
    "MAX_AGE",
    "REMEMBER",
    "SKEW",
    "Caller",
    "HttpRequest",
    "HttpResponse",
    "new_nonce",
    "sign_request",
    "sign_response",
    "verify_request",
    "verify_response",
]

TAG: Final = "rogatory-peer-v1"
MAX_AGE: Final = timedelta(seconds=300)
SKEW: Final = timedelta(seconds=60)
# How long a nonce must be remembered: a message dated ahead is fresh for longer than MAX_AGE.
REMEMBER: Final = MAX_AGE + SKEW
ED25519_SIZE: Final = 64
# Two signatures in base64 have 4,498 characters; a longer header is none of ours.
MAX_HEADER: Final = 8192

_INPUT: Final = re.compile(
    r'rogatory=(?P<parameters>(?P<covered>\([^()]*\))(?P<rest>(?:;[a-z]+=(?:"[^"\\]*"|[0-9]{1,15}))*))'
)
_PARAMETER: Final = re.compile(r';([a-z]+)=(?:"([^"]*)"|([0-9]+))')
_KEY_ID: Final = re.compile(r"[0-9a-f]{64}")
_NONCE: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed an HTTP message: the register entry, and the nonce to be remembered."""

    key: KeyEntry
    nonce: str


@dataclass(frozen=True, slots=True)
class PeerSignature:
    """The signature that a message bears, read and not verified."""

    parameters: str  # exactly as it stands in Signature-Input
    covered: str
    key_id: str
    nonce: str
    created: int
    signature: bytes


def sign_request(message: HttpRequest, pair: SigningPair, now: datetime, nonce: str) -> None:
    """Put a signature over method, target, content and freshness into the message's headers.

    Args:
        message: What will be sent; its headers are added to.
        pair: A transport key of the acting authority.
        now: UTC.
        nonce: Of ``new_nonce``, for this message alone.

    Raises:
        ExchangeError: EXCH-002 a header that is to be covered is missing or no printable ASCII.

    Source:
        spec/exchange.md 2.1; PROTOCOL section 3.
    """
    _sign(message, http_message.covered_by(message), pair, now, nonce)


def sign_response(message: HttpResponse, pair: SigningPair, now: datetime, nonce: str) -> None:
    """Put a signature over status, content and the answered request into the message's headers.

    Raises:
        ExchangeError: EXCH-002 the request bears no peer signature that could be answered.

    Source:
        spec/exchange.md 2.2: a response covers the request's signature.
    """
    _sign(message, http_message.RESPONSE, pair, now, nonce)


def _sign(
    message: HttpRequest | HttpResponse, covered: str, pair: SigningPair, now: datetime, nonce: str
) -> None:
    if covered != http_message.BODILESS:
        message.headers["content-digest"] = http_message.digest_field(message.body)
    created = int(now.timestamp())
    parameters = f'{covered};created={created};keyid="{pair.key_id}";nonce="{nonce}";tag="{TAG}"'
    signature = b"".join(pair.sign(http_message.signature_base(message, covered, parameters)))
    message.headers["signature-input"] = f"rogatory={parameters}"
    message.headers["signature"] = f"rogatory=:{base64_text(signature)}:"


def verify_request(message: HttpRequest, ring: KeyRing, now: datetime) -> Caller:
    """Return who signed a request, if the signature covers everything and is fresh.

    1. it bears a peer signature, 2. of a transport key in force, 3. over all it has to cover, 4. the
    content is the one covered, 5. both halves hold, 6. it is fresh, 7. the key could sign then.
    Whether its nonce was seen before is left to the caller and MUST be checked there, for
    ``REMEMBER`` from now.

    Raises:
        ExchangeError: EXCH-002 no such signature, EXCH-003 it does not hold, EXCH-004 stale.
        KeysError: KEY-003, KEY-005 to KEY-007, KEY-017 the key.

    Source:
        spec/exchange.md 2.3; PROTOCOL rule 8.
    """
    return _verify(message, http_message.covered_by(message), ring, now)


def verify_response(message: HttpResponse, ring: KeyRing, now: datetime) -> Caller:
    """Return who signed a response to the request it carries.

    Raises:
        ExchangeError: EXCH-002 to EXCH-004, as ``verify_request``.
        KeysError: As ``verify_request``.
    """
    return _verify(message, http_message.RESPONSE, ring, now)


def _verify(message: HttpRequest | HttpResponse, covered: str, ring: KeyRing, now: datetime) -> Caller:
    # Step 1.
    found = read_signature(message.headers)
    # Step 2.
    entry = ring.find(found.key_id, Purpose.TRANSPORT, now)
    # Step 3.
    check_covered(found.covered, covered)
    # Step 4.
    check_content(message, covered)
    # Step 5.
    check_signature(
        http_message.signature_base(message, found.covered, found.parameters), entry, found.signature
    )
    # Step 6.
    check_fresh(found.created, now)
    # Step 7.
    rings.check_could_sign(entry, datetime.fromtimestamp(found.created, tz=UTC))
    return Caller(entry, found.nonce)


def read_signature(headers: Mapping[str, str]) -> PeerSignature:
    """Return the one signature of the peer form that the headers hold; nothing is verified.

    Raises:
        ExchangeError: EXCH-002 there is none, or not in this form.

    Source:
        spec/exchange.md 2.1: one member, these four parameters and no other.
    """
    given, signed = headers.get("signature-input", ""), headers.get("signature", "")
    if len(given) > MAX_HEADER or len(signed) > MAX_HEADER:
        raise ExchangeError("EXCH-002")
    shape, value = _INPUT.fullmatch(given.strip(" ")), http_message.SIGNATURE.fullmatch(signed.strip(" "))
    if shape is None or value is None:
        raise ExchangeError("EXCH-002")
    listed = _PARAMETER.findall(shape["rest"])
    text = {name: words for name, words, number in listed if not number}
    created = [int(number) for name, _, number in listed if number and name == "created"]
    known = text.keys() == {"keyid", "nonce", "tag"} and len(created) == 1 and len(listed) == 4
    if not known or text["tag"] != TAG:
        raise ExchangeError("EXCH-002")
    if not _KEY_ID.fullmatch(text["keyid"]) or not _NONCE.fullmatch(text["nonce"]):
        raise ExchangeError("EXCH-002")
    try:
        signature = parse_base64(value[1].strip(":"))
    except ValuesError:
        raise ExchangeError("EXCH-002") from None
    return PeerSignature(
        shape["parameters"], shape["covered"], text["keyid"], text["nonce"], created[0], signature
    )


def check_covered(found: str, demanded: str) -> None:
    """Refuse a signature that leaves one component uncovered."""
    if found != demanded:
        raise ExchangeError("EXCH-003")


def check_content(message: HttpRequest | HttpResponse, covered: str) -> None:
    """Refuse a body that is not the one whose digest is covered; a GET has none."""
    if covered == http_message.BODILESS:
        same = not message.body
    else:
        same = hmac.compare_digest(
            message.headers.get("content-digest", "").encode(errors="replace"),
            http_message.digest_field(message.body).encode(),
        )
    if not same:
        raise ExchangeError("EXCH-003")


def check_signature(base: bytes, entry: KeyEntry, signature: bytes) -> None:
    """Refuse a signature of which one half does not hold."""
    try:
        keys.verify(entry.key, base, (signature[:ED25519_SIZE], signature[ED25519_SIZE:]))
    except KeysError as error:
        raise ExchangeError("EXCH-003") from error


def check_fresh(created: int, now: datetime) -> None:
    """Refuse a signature older than 300 seconds, or from more than 60 seconds ahead."""
    age = now.timestamp() - created
    if not -SKEW.total_seconds() <= age <= MAX_AGE.total_seconds():
        raise ExchangeError("EXCH-004")


def new_nonce(random: Callable[[int], bytes]) -> str:
    """Return a nonce for one HTTP signature: 128 random bits, hex."""
    return random(16).hex()
