"""One custodian, one TUF key: two halves, both of which must hold.

TUF counts keys. If the two halves were two keys, a threshold of two would be met by two Ed25519 halves and
no post-quantum one. Here they are one key of one type, so that TUF's own count is a count of custodians
(PROTOCOL section 4; docs/adr/0007).
"""

from __future__ import annotations

from typing import Any, Final

from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import KEY_FOR_TYPE_AND_SCHEME, Key, SecretsHandler, Signature, Signer

from rogatory import keys, wire
from rogatory.errors import KeysError, RegisterError, RogatoryError
from rogatory.keys import PublicKey, Purpose, SigningPair

__all__ = ["CustodianKey", "CustodianSigner"]

KEY_TYPE: Final = "rogatory"
SCHEME: Final = "ed25519+ml-dsa-65/1"
LABEL: Final = b"rogatory/register-role/v1\x00"
CLASSICAL_SIZE: Final = 64


class CustodianKey(Key):
    """A register key as TUF sees it; it verifies only if both halves do."""

    def __init__(self, public: PublicKey) -> None:
        """Take the two halves under their own identity.

        Raises:
            KeysError: KEY-003 the key has another purpose.
            RegisterError: REG-013 it is for rehearsals.
        """
        if public.purpose is not Purpose.REGISTER:
            raise KeysError("KEY-003", purpose=public.purpose, wanted=Purpose.REGISTER)
        if public.rehearsal:
            raise RegisterError("REG-013", role=public.authority)
        super().__init__(public.key_id, KEY_TYPE, SCHEME, public.model_dump(mode="json", by_alias=True))
        self.public = public

    @classmethod
    def from_dict(cls, keyid: str, key_dict: dict[str, Any]) -> CustodianKey:
        """Return the key that metadata spell; its id must be its own, or it could be counted twice."""
        if set(key_dict) != {"keytype", "scheme", "keyval"}:
            raise RegisterError("REG-013", role="a role")
        key = cls(wire.decode(wire.canonical(key_dict["keyval"]), PublicKey))
        if key.keyid != keyid:
            raise RegisterError("REG-013", role="a role")
        return key

    def to_dict(self) -> dict[str, Any]:
        """Return the key as metadata spell it."""
        return self._to_dict()

    def verify_signature(self, signature: Signature, data: bytes) -> None:
        """Return only if both halves signed the data.

        Raises:
            UnverifiedSignatureError: As python-tuf expects; it then counts the custodian as absent.
        """
        try:
            both = bytes.fromhex(signature.signature)
            keys.verify(self.public, LABEL + data, (both[:CLASSICAL_SIZE], both[CLASSICAL_SIZE:]))
        except (RogatoryError, TypeError, ValueError) as error:
            raise UnverifiedSignatureError(self.keyid) from error


class CustodianSigner(Signer):
    """A custodian's private key as TUF uses it."""

    def __init__(self, pair: SigningPair) -> None:
        """Take a pair of the purpose ``register``.

        Raises:
            KeysError: KEY-003.
        """
        self._pair = pair
        self._key = CustodianKey(pair.public)

    @classmethod
    def from_priv_key_uri(
        cls, priv_key_uri: str, public_key: Key, secrets_handler: SecretsHandler | None = None
    ) -> Signer:
        """Refuse: a private key comes as a pair, never by address."""
        del priv_key_uri, public_key, secrets_handler
        raise RegisterError("REG-013", role="a role")

    @property
    def public_key(self) -> Key:
        """The public half."""
        return self._key

    def sign(self, payload: bytes) -> Signature:
        """Return the two signatures as one."""
        return Signature(self._key.keyid, b"".join(self._pair.sign(LABEL + payload)).hex())


KEY_FOR_TYPE_AND_SCHEME[KEY_TYPE, SCHEME] = CustodianKey
