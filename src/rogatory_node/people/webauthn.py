"""Reads what a browser hands over in a passkey ceremony: strict, bounded, and judged nowhere here.

The JSON is WebAuthn's own (``toJSON`` of a PublicKeyCredential), with base64url, so it is read as such. The
checks are in ``ceremony``.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Final

from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AuthenticatorData

from rogatory import wire
from rogatory.errors import WireError
from rogatory_node.base import NodeError

__all__ = [
    "ALGORITHMS",
    "Assertion",
    "ClientData",
    "Enrolment",
    "base64url",
    "public_key",
    "read_assertion",
    "read_enrolment",
]

# COSE: ES256 (-7) and Ed25519 (EdDSA -8, and its fully specified form -19).
ALGORITHMS: Final = (-7, -8, -19)
MAX_SIZE: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class ClientData:
    """What the browser says of the ceremony, under the passkey's signature."""

    raw: bytes
    type: str
    challenge: bytes
    origin: str
    cross_origin: bool


@dataclass(frozen=True, slots=True)
class Assertion:
    """A passkey's answer to a challenge."""

    credential_id: str
    client: ClientData
    authenticator: AuthenticatorData
    signature: bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new passkey: its id and public key."""

    credential_id: str
    client: ClientData
    authenticator: AuthenticatorData
    public_key: bytes
    algorithm: int


def base64url(data: bytes) -> str:
    """Return base64url without padding, as WebAuthn writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def read_assertion(data: bytes) -> Assertion:
    """Return what an AuthenticationResponseJSON says; nothing is judged.

    Raises:
        NodeError: NODE-110 it is not one.

    Source:
        WebAuthn Level 3 section 5.1.
    """
    try:
        identity, response = _read(data)
        return Assertion(
            identity,
            _client(_bytes(response["clientDataJSON"])),
            AuthenticatorData(_bytes(response["authenticatorData"])),
            _bytes(response["signature"]),
        )
    except Exception as error:  # the CBOR reader raises whatever Python raises on hostile bytes
        raise NodeError("NODE-110") from error


def read_enrolment(data: bytes) -> Enrolment:
    """Return what a RegistrationResponseJSON says; nothing is judged and no attestation is asked for.

    Raises:
        NodeError: NODE-110 it is not one.
    """
    try:
        identity, response = _read(data)
        authenticator = AttestationObject(_bytes(response["attestationObject"])).auth_data
        key = _attested_key(authenticator, identity)
        client = _client(_bytes(response["clientDataJSON"]))
        return Enrolment(identity, client, authenticator, _cose(key), int(key[3]))
    except Exception as error:  # the CBOR reader raises whatever Python raises on hostile bytes
        raise NodeError("NODE-110") from error


def public_key(stored: bytes) -> CoseKey:
    """Return the public key of a stored credential."""
    members = wire.parse(stored)
    return CoseKey.parse({int(name): _member(value) for name, value in members.items()})


def _attested_key(authenticator: AuthenticatorData, identity: str) -> dict[int, Any]:
    made = authenticator.credential_data
    if made is None or base64url(made.credential_id) != identity:
        raise NodeError("NODE-110")
    return dict(made.public_key)


def _cose(key: dict[int, Any]) -> bytes:
    # Kept as canonical JSON, so that a court's tool needs no CBOR: COSE labels as text, bytes as base64url.
    shown = {str(name): base64url(each) if isinstance(each, bytes) else each for name, each in key.items()}
    return wire.canonical(shown)


def _member(value: Any) -> Any:
    return _bytes(value) if isinstance(value, str) else value


def _read(data: bytes) -> tuple[str, dict[str, Any]]:
    document = wire.parse(data, limit=MAX_SIZE)
    if document["type"] != "public-key" or document["id"] != document["rawId"]:
        raise NodeError("NODE-110")
    identity: str = document["id"]
    response: dict[str, Any] = document["response"]
    # One spelling of an id: what is stored is what is looked up.
    return base64url(_bytes(identity)), response


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, TypeError) as error:
        raise NodeError("NODE-110") from error


def _client(raw: bytes) -> ClientData:
    try:
        said = wire.parse(raw, limit=MAX_SIZE)
    except WireError as error:
        raise NodeError("NODE-110") from error
    texts = (said["type"], said["challenge"], said["origin"])
    if not all(isinstance(each, str) for each in texts):
        raise NodeError("NODE-110")
    return ClientData(
        raw,
        said["type"],
        _bytes(said["challenge"]),
        said["origin"],
        said.get("crossOrigin", False) is not False,
    )
