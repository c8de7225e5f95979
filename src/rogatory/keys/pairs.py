"""Private keys: one 32-byte seed, from which both halves follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA65PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rogatory.errors import KeysError
from rogatory.keys.public import PublicKey
from rogatory.keys.purposes import SUITES, Purpose, Suite

__all__ = ["SEED_SIZE", "EncryptionPair", "Pair", "SigningPair", "new_pair", "pair_from_seed"]

SEED_SIZE: Final = 32


def _derive(seed: bytes, algorithm: str, size: int) -> bytes:
    """Return one half's own seed; the halves share nothing that one could reveal of the other."""
    label = b"rogatory/key-half/v1\x00" + algorithm.encode()
    return HKDF(algorithm=SHA256(), length=size, salt=None, info=label).derive(seed)


class _Pair:
    """A private key of one purpose. Its text never shows the seed."""

    def __init__(self, seed: bytes, public: PublicKey) -> None:
        self._seed = seed
        self.public = public

    @property
    def key_id(self) -> str:
        """The identity of the public half."""
        return self.public.key_id

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes, for a key file alone."""
        return self._seed

    def local_key(self, use: bytes) -> bytes:
        """Return 32 bytes for one use, such as a file that only whoever holds this key reads again.

        They tell nothing of the key, nor of another use's. They are no signature and prove nothing.

        Args:
            use: Names the use.

        Source:
            spec/keys.md 2.3.
        """
        info = b"rogatory/local-use/v1\x00" + use
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._seed)

    def __repr__(self) -> str:
        """Return the purpose and the public identity, never the seed."""
        return f"{type(self).__name__}({self.public.purpose}, {self.key_id[:16]}…)"

    def __reduce__(self) -> Any:
        """Refuse to be pickled: a private key leaves memory only through a key file."""
        raise KeysError("KEY-008")


class SigningPair(_Pair):
    """A private key that signs twice, Ed25519 and ML-DSA."""

    def __init__(self, seed: bytes, public: PublicKey, halves: tuple[Any, Any]) -> None:
        """Keep both private halves; use ``new_pair`` or ``pair_from_seed``."""
        super().__init__(seed, public)
        self._classical, self._post_quantum = halves

    def sign(self, message: bytes) -> tuple[bytes, bytes]:
        """Return the two signatures of a message, in the suite's order.

        The ML-DSA signature is hedged with the library's own randomness, so two calls differ.

        Source:
            PROTOCOL rule 3; ML-DSA is pure with an empty context.
        """
        return self._classical.sign(message), self._post_quantum.sign(message)


class EncryptionPair(_Pair):
    """A private key that opens what was encrypted to its public half."""

    def __init__(self, seed: bytes, public: PublicKey, private: MLKEM768X25519PrivateKey) -> None:
        """Keep the HPKE private key; use ``new_pair`` or ``pair_from_seed``."""
        super().__init__(seed, public)
        self.private = private


Pair = SigningPair | EncryptionPair


def pair_from_seed(seed: bytes, purpose: Purpose, authority: str, *, rehearsal: bool = False) -> Pair:
    """Return the private key that a seed, a purpose and an authority fix.

    Args:
        seed: 32 secret bytes.
        purpose: The one use of the key.
        authority: Whose key it is, such as ``vnm/a05``.
        rehearsal: Whether it may sign or receive rehearsals only.

    Raises:
        KeysError: KEY-001 the seed has another length.

    Source:
        spec/keys.md, section 2.
    """
    if len(seed) != SEED_SIZE:
        raise KeysError("KEY-001", size=len(seed))
    suite = SUITES[purpose]
    if suite is Suite.ENCRYPTION:
        exchange = X25519PrivateKey.from_private_bytes(_derive(seed, "x25519", 32))
        encapsulation = MLKEM768PrivateKey.from_seed_bytes(_derive(seed, "ml-kem-768", 64))
        halves = (exchange.public_key(), encapsulation.public_key())
        private = MLKEM768X25519PrivateKey(encapsulation, exchange)
        return EncryptionPair(seed, _public(purpose, authority, halves, rehearsal=rehearsal), private)
    classical = Ed25519PrivateKey.from_private_bytes(_derive(seed, "ed25519", 32))
    kind, name = (
        (MLDSA65PrivateKey, "ml-dsa-65") if suite is Suite.SIGNATURE else (MLDSA44PrivateKey, "ml-dsa-44")
    )
    post_quantum = kind.from_seed_bytes(_derive(seed, name, 32))
    signers = (classical.public_key(), post_quantum.public_key())
    return SigningPair(
        seed, _public(purpose, authority, signers, rehearsal=rehearsal), (classical, post_quantum)
    )


def _public(purpose: Purpose, authority: str, halves: tuple[Any, Any], *, rehearsal: bool) -> PublicKey:
    classical, post_quantum = (half.public_bytes_raw() for half in halves)
    return PublicKey(
        authority=authority,
        purpose=purpose,
        suite=SUITES[purpose],
        classical=classical,
        post_quantum=post_quantum,
        rehearsal=rehearsal,
    )


def new_pair(
    purpose: Purpose, authority: str, random: Callable[[int], bytes], *, rehearsal: bool = False
) -> Pair:
    """Return a new private key made from fresh randomness; nothing is stored."""
    return pair_from_seed(random(SEED_SIZE), purpose, authority, rehearsal=rehearsal)
