"""A software passkey: an authenticator outside the node, for tests. It can also lie, in any one respect."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from fido2.cose import ES256, EdDSA
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from rogatory_node.people.webauthn import base64url

FLAG = AuthenticatorData.FLAG
HERE = FLAG.UP | FLAG.UV


@dataclass
class Passkey:
    """One credential on one device.

    ``lies`` replaces what it would say: type, challenge, origin, crossOrigin, rp_id, flags, counter.
    """

    origin: str
    algorithm: int = -7
    counter: int = 0
    counts: bool = True
    synced: bool = False
    credential_id: bytes = b""
    lies: dict[str, Any] = field(default_factory=dict)
    key: Any = None

    def create(self, options: dict[str, Any]) -> bytes:
        """Make the credential and answer a creation ceremony."""
        self.key = (
            ed25519.Ed25519PrivateKey.generate()
            if self.algorithm == -8
            else ec.generate_private_key(ec.SECP256R1())
        )
        kind = EdDSA if self.algorithm == -8 else ES256
        cose = kind.from_cryptography_key(self.key.public_key())
        self.credential_id = hashlib.sha256(repr(cose).encode()).digest()
        client = self._client("webauthn.create", options["challenge"])
        made = AttestedCredentialData.create(b"\0" * 16, self.credential_id, cose)
        authenticator = self._authenticator(options["rp"]["id"], FLAG.AT, made)
        attestation = AttestationObject.create("none", authenticator, {})
        return self._answer(client, {"attestationObject": base64url(bytes(attestation))})

    def get(self, options: dict[str, Any]) -> bytes:
        """Answer an approval ceremony."""
        client = self._client("webauthn.get", options["challenge"])
        authenticator = self._authenticator(options["rpId"])
        signed = bytes(authenticator) + hashlib.sha256(client).digest()
        signature = (
            self.key.sign(signed)
            if self.algorithm == -8
            else self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        )
        return self._answer(
            client,
            {"authenticatorData": base64url(bytes(authenticator)), "signature": base64url(signature)},
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        said.update({name: value for name, value in self.lies.items() if name in said})
        return json.dumps(said, separators=(",", ":")).encode()

    def _authenticator(self, rp_id: str, more: int = 0, made: bytes = b"") -> AuthenticatorData:
        if self.counts:
            self.counter += 1
        flags = HERE | (FLAG.BE | FLAG.BS if self.synced else 0)
        return AuthenticatorData.create(
            hashlib.sha256(self.lies.get("rp_id", rp_id).encode()).digest(),
            self.lies.get("flags", flags) | more,
            self.lies.get("counter", self.counter),
            made,
        )

    def _answer(self, client: bytes, response: dict[str, str]) -> bytes:
        identity = base64url(self.credential_id)
        document = {
            "id": identity,
            "rawId": identity,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": base64url(client), **response},
        }
        return json.dumps(document).encode()
