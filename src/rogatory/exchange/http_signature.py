"""HTTP message signatures between nodes (RFC 9421), over a fixed set of components.

The library's defaults would accept a signature over nothing, so nothing here is left to them:
components, tag, nonce, age and digest are all demanded. The signature is the house's pair, Ed25519
then ML-DSA-65, joined; the register, not the message, says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from rogatory import keys
from rogatory.errors import ExchangeError
from rogatory.keys import KeyEntry, KeyRing, PublicKey, Purpose, SigningPair

__all__ = [
    "MAX_AGE",
    "Caller",
    "HttpRequest",
    "HttpResponse",
    "sign_request",
    "sign_response",
    "verify_request",
    "verify_response",
]

TAG: Final = "rogatory-peer-v1"
LABEL: Final = "rogatory"
MAX_AGE: Final = timedelta(seconds=300)
SKEW: Final = timedelta(seconds=60)
ED25519_SIZE: Final = 64

# spec/exchange.md 2.1 and 2.2.
REQUEST_COMPONENTS: Final = ("@method", "@target-uri", "content-type", "content-digest")
BODILESS_COMPONENTS: Final = ("@method", "@target-uri")
RESPONSE_COMPONENTS: Final = (
    "@status",
    "content-type",
    "content-digest",
    '"@method";req',
    '"@target-uri";req',
    '"signature";req;key="rogatory"',
)


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


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed an HTTP message: the register entry, and the nonce to be remembered."""

    key: KeyEntry
    nonce: str


class _HybridAlgorithm(HTTPSignatureAlgorithm):
    """The house's pair of signatures as one RFC 9421 algorithm."""

    algorithm_id = "ed25519+ml-dsa-65"

    def __init__(self, public_key: PublicKey | None = None, private_key: SigningPair | None = None) -> None:
        self._public, self._private = public_key, private_key

    def sign(self, message: bytes) -> bytes:
        assert self._private is not None
        return b"".join(self._private.sign(message))

    def verify(self, signature: bytes, message: bytes) -> None:
        assert self._public is not None
        keys.verify(self._public, message, (signature[:ED25519_SIZE], signature[ED25519_SIZE:]))


class _OneKey(HTTPSignatureKeyResolver):
    """Resolves to the one key that was already found and judged."""

    def __init__(self, key: PublicKey | SigningPair) -> None:
        self._key = key

    def resolve_public_key(self, key_id: str) -> Any:  # noqa: ARG002 - the library names it
        return self._key

    def resolve_private_key(self, key_id: str) -> Any:  # noqa: ARG002 - the library names it
        return self._key


class _Verifier(HTTPMessageVerifier):
    """The library's verifier without its own clock; ``check_fresh`` judges age by ours."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Leave time to the caller, whose clock is injected."""


def sign_request(message: HttpRequest, pair: SigningPair, now: datetime, nonce: str) -> None:
    """Put a signature over method, target, content and freshness into the message's headers.

    Source:
        spec/exchange.md 2.1; PROTOCOL section 3.
    """
    components = REQUEST_COMPONENTS if message.method == "POST" else BODILESS_COMPONENTS
    _sign(message, pair, now, nonce, components)


def sign_response(message: HttpResponse, pair: SigningPair, now: datetime, nonce: str) -> None:
    """Put a signature over status, content and the answered request into the message's headers.

    Source:
        spec/exchange.md 2.2: a response covers the request's signature.
    """
    _sign(message, pair, now, nonce, RESPONSE_COMPONENTS)


def _sign(
    message: HttpRequest | HttpResponse,
    pair: SigningPair,
    now: datetime,
    nonce: str,
    components: tuple[str, ...],
) -> None:
    signer = HTTPMessageSigner(signature_algorithm=_HybridAlgorithm, key_resolver=_OneKey(pair))
    signer.sign(
        message,
        key_id=pair.key_id,
        created=now,
        nonce=nonce,
        label=LABEL,
        tag=TAG,
        include_alg=False,
        covered_component_ids=components,
        body=message.body if "content-digest" in components else None,
    )
    message.headers = {name.lower(): value for name, value in message.headers.items()}


def verify_request(message: HttpRequest, ring: KeyRing, now: datetime) -> Caller:
    """Return who signed a request, if the signature covers everything and is fresh.

    Whether its nonce was seen before is left to the caller and MUST be checked there.

    Raises:
        ExchangeError: EXCH-002 no such signature, EXCH-003 it does not hold, EXCH-004 stale.
        KeysError: The key is unknown, of another purpose, or not in force.

    Source:
        spec/exchange.md 2.3; PROTOCOL rule 8.
    """
    components = REQUEST_COMPONENTS if message.method == "POST" else BODILESS_COMPONENTS
    return _verify(message, ring, now, components)


def verify_response(message: HttpResponse, ring: KeyRing, now: datetime) -> Caller:
    """Return who signed a response to the request it carries.

    Raises:
        ExchangeError: EXCH-002 to EXCH-004, as ``verify_request``.
        KeysError: The key is unknown, of another purpose, or not in force.
    """
    return _verify(message, ring, now, RESPONSE_COMPONENTS)


def _verify(
    message: HttpRequest | HttpResponse, ring: KeyRing, now: datetime, components: tuple[str, ...]
) -> Caller:
    parameters = signature_parameters(message.headers)
    entry = ring.find(parameters["keyid"], Purpose.TRANSPORT, now)
    check_signature(message, entry, components)
    check_fresh(parameters["created"], now)
    return Caller(entry, parameters["nonce"])


def signature_parameters(headers: Mapping[str, str]) -> dict[str, Any]:
    """Return keyid, nonce and created of the peer signature; nothing is verified.

    Raises:
        ExchangeError: EXCH-002 the message bears no such signature.
    """
    try:
        inputs = HTTPMessageVerifier._parse_signature_dictionary(headers["signature-input"])  # noqa: SLF001 - the library has no public parser
        parameters = dict(inputs[LABEL].params)
    except (KeyError, ValueError, TypeError, AttributeError, HTTPMessageSignaturesException) as error:
        raise ExchangeError("EXCH-002") from error
    kinds = {"keyid": str, "nonce": str, "created": int, "tag": str}
    if (
        any(type(parameters.get(name)) is not kind for name, kind in kinds.items())
        or parameters["tag"] != TAG
    ):
        raise ExchangeError("EXCH-002")
    return parameters


def check_signature(
    message: HttpRequest | HttpResponse, entry: KeyEntry, components: tuple[str, ...]
) -> None:
    """Refuse a signature that does not hold, or that leaves one component uncovered."""
    verifier = _Verifier(signature_algorithm=_HybridAlgorithm, key_resolver=_OneKey(entry.key))
    try:
        verifier.verify(
            message,
            max_age=None,
            expect_tag=TAG,
            expect_label=LABEL,
            require_components=components,
            body=message.body if "content-digest" in components else None,
        )
    except (HTTPMessageSignaturesException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExchangeError("EXCH-003") from error


def check_fresh(created: int, now: datetime) -> None:
    """Refuse a signature older than 300 seconds, or from more than 60 seconds ahead."""
    try:
        made = datetime.fromtimestamp(created, tz=UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise ExchangeError("EXCH-004") from error
    if not now - MAX_AGE <= made <= now + SKEW:
        raise ExchangeError("EXCH-004")


def new_nonce(random: Callable[[int], bytes]) -> str:
    """Return a nonce for one HTTP signature: 128 random bits, hex."""
    return random(16).hex()
