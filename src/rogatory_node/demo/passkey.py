"""A software passkey: an authenticator that lies outside the node, as an officer's own device does.

It keeps its private key in memory only. Real officers use hardware; this one lets the demo run unattended.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from rogatory_node.people.webauthn import base64url

__all__ = ["Passkey"]

FLAG = AuthenticatorData.FLAG


class Passkey:
    """One ES256 credential on one device that verifies its user."""

    def __init__(self, origin: str) -> None:
        """Make the device; the credential comes with ``create``.

        Args:
            origin: Where approvals are given, as the browser would see it.
        """
        self.origin = origin
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._counter = 0
        self._cose = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]  # the library's own
        self._id = hashlib.sha256(repr(self._cose).encode()).digest()

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a creation ceremony (RegistrationResponseJSON)."""
        client = self._client("webauthn.create", options["challenge"])
        made = AttestedCredentialData.create(b"\0" * 16, self._id, self._cose)
        authenticator = self._authenticator(options["rp"]["id"], FLAG.AT, made)
        attestation = AttestationObject.create("none", authenticator, {})
        return self._answer(client, {"attestationObject": base64url(bytes(attestation))})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to an approval ceremony (AuthenticationResponseJSON)."""
        client = self._client("webauthn.get", options["challenge"])
        authenticator = self._authenticator(options["rpId"])
        signed = bytes(authenticator) + hashlib.sha256(client).digest()
        signature = self._key.sign(signed, ec.ECDSA(hashes.SHA256()))
        parts = {"authenticatorData": base64url(bytes(authenticator)), "signature": base64url(signature)}
        return self._answer(client, parts)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said, separators=(",", ":")).encode()

    def _authenticator(self, rp_id: str, more: int = 0, made: bytes = b"") -> AuthenticatorData:
        self._counter += 1
        flags = FLAG.UP | FLAG.UV | more
        rp_hash = hashlib.sha256(rp_id.encode()).digest()
        return AuthenticatorData(AuthenticatorData.create(rp_hash, flags, self._counter, made))

    def _answer(self, client: bytes, parts: dict[str, str]) -> dict[str, Any]:
        return {
            "id": base64url(self._id),
            "rawId": base64url(self._id),
            "type": "public-key",
            "response": {"clientDataJSON": base64url(client), **parts},
        }
