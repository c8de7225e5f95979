"""Public keys: two halves, one identity, one purpose."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from typing import Final, Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey
from pydantic import model_validator

from rogatory.errors import KeysError
from rogatory.keys.purposes import SUITES, Purpose, Suite
from rogatory.values import AuthorityId, Base64, Frozen
from rogatory.wire import encode

__all__ = ["PublicKey", "verify"]

KEY_ID_LABEL: Final = b"rogatory/key-id/v1\x00"

# Bytes of each half: classical, post-quantum.
SIZES: Final = {Suite.SIGNATURE: (32, 1952), Suite.NOTE: (32, 1312), Suite.ENCRYPTION: (32, 1184)}

# Points of small order, the sign bit aside: a key that is one of them signs anything, or agrees on nothing.
# y of edwards25519 (RFC 8032) and u of Curve25519 (RFC 7748), 0, 1, p-1, p and p+1 common to both.
PRIME: Final = 2**255 - 19
SMALL_ORDER: Final = frozenset((0, 1, PRIME - 1, PRIME, PRIME + 1)) | frozenset(
    int.from_bytes(bytes.fromhex(each), "little")
    for each in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    )
)

MLDSA: Final[dict[Suite, type[MLDSA65PublicKey | MLDSA44PublicKey]]] = {
    Suite.SIGNATURE: MLDSA65PublicKey,
    Suite.NOTE: MLDSA44PublicKey,
}


class PublicKey(Frozen):
    """The public halves of one key of one authority, for one purpose."""

    authority: AuthorityId
    purpose: Purpose
    suite: Suite
    classical: Base64
    post_quantum: Base64
    rehearsal: bool = False

    @model_validator(mode="after")
    def _check_shape(self) -> Self:
        check_suite(self.purpose, self.suite)
        check_sizes(self.suite, self.halves)
        check_point(self.classical)
        return self

    @property
    def halves(self) -> tuple[bytes, bytes]:
        """The raw public keys: classical (32 bytes), then post-quantum."""
        return self.classical, self.post_quantum

    @cached_property
    def key_id(self) -> str:
        """The key's name in every document: SHA-256 over the label and the canonical key, hex."""
        return hashlib.sha256(KEY_ID_LABEL + encode(self)).hexdigest()


def check_suite(purpose: Purpose, suite: Suite) -> None:
    """Refuse a suite that the purpose does not fix (PROTOCOL rule 4)."""
    if suite is not SUITES[purpose]:
        raise KeysError("KEY-014", purpose=purpose, suite=suite)


def check_sizes(suite: Suite, halves: tuple[bytes, bytes]) -> None:
    """Refuse halves that have not the lengths of their suite."""
    if tuple(len(half) for half in halves) != SIZES[suite]:
        raise KeysError("KEY-004")


def check_point(classical: bytes) -> None:
    """Refuse a classical half of small order: under such a key any signature holds, or none can be agreed."""
    if int.from_bytes(classical, "little") % 2**255 in SMALL_ORDER:
        raise KeysError("KEY-004")


@lru_cache(maxsize=1024)
def _ed25519(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


@lru_cache(maxsize=1024)
def _mldsa(suite: Suite, raw: bytes) -> MLDSA65PublicKey | MLDSA44PublicKey:
    return MLDSA[suite].from_public_bytes(raw)


def verify(key: PublicKey, message: bytes, signatures: tuple[bytes, ...]) -> None:
    """Return only if the message bears this key's two signatures, in the suite's order.

    It does not ask whether the key was in force; that is ``KeyRing.find``.

    Args:
        key: A signing key.
        message: The signed bytes.
        signatures: Ed25519 (64 bytes), then ML-DSA.

    Raises:
        KeysError: KEY-010 not two signatures, KEY-011 the Ed25519 half, KEY-012 the ML-DSA half
            does not hold.

    Source:
        PROTOCOL rule 3: a signature is two signatures.
    """
    classical, post_quantum = key.halves
    check_two(signatures)
    # Written so that ``check_two`` alone stops a lone signature, as its vector shows.
    if signatures:
        check_classical(classical, message, signatures[0])
    if signatures[1:]:
        check_post_quantum(key.suite, post_quantum, message, signatures[1])


def check_two(signatures: tuple[bytes, ...]) -> None:
    """Refuse anything but a pair: one signature alone never counts."""
    if len(signatures) != 2:
        raise KeysError("KEY-010", count=len(signatures))


def check_classical(raw: bytes, message: bytes, signature: bytes) -> None:
    """Refuse a wrong Ed25519 signature."""
    try:
        _ed25519(raw).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise KeysError("KEY-011") from None


def check_post_quantum(suite: Suite, raw: bytes, message: bytes, signature: bytes) -> None:
    """Refuse a wrong ML-DSA signature (pure, empty context)."""
    try:
        _mldsa(suite, raw).verify(signature, message)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        raise KeysError("KEY-012") from None


@lru_cache(maxsize=1024)
def encryption_key(key: PublicKey) -> MLKEM768X25519PublicKey:
    """Return the HPKE form of an encryption key, for ``envelopes`` alone.

    Raises:
        KeysError: KEY-003 the key is for another purpose; KEY-004 a half is not a key.
    """
    if key.suite is not Suite.ENCRYPTION:
        raise KeysError("KEY-003", purpose=key.purpose, wanted=Purpose.ENCRYPTION)
    classical, post_quantum = key.halves
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(post_quantum),
            X25519PublicKey.from_public_bytes(classical),
        )
    except ValueError:
        raise KeysError("KEY-004") from None
