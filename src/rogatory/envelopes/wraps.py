"""Wraps: a package key, encrypted to one authority.

A wrap is bound to its package, to the key inside, to the authority and to the key that opens it: in
another place, or under another name, it does not open. Who made it is said by the statement or the
seal that holds it, never by the wrap.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from cryptography.exceptions import InvalidTag

from rogatory.envelopes.chunks import PACKAGE_KEY_SIZE, package_commitment
from rogatory.envelopes.transfer import HPKE
from rogatory.errors import EnvelopeError
from rogatory.keys import EncryptionPair, PublicKey
from rogatory.keys.public import encryption_key

__all__ = ["unwrap", "wrap"]

WRAP_LABEL: Final = b"rogatory/package-wrap/v1\x00"


def _info(package: bytes, commitment: bytes, recipient: PublicKey) -> bytes:
    # The authority's name has no fixed length, so it travels as a digest; everything else has one.
    name = hashlib.sha256(recipient.authority.encode()).digest()
    return WRAP_LABEL + package + commitment + name + bytes.fromhex(recipient.key_id)


def wrap(key: bytes, package: bytes, recipient: PublicKey) -> bytes:
    """Return the package key, encrypted to one authority's encryption key.

    Args:
        key: K, 32 bytes.
        package: The package's id, 32 bytes.
        recipient: An encryption or archive key from the register.

    Raises:
        KeysError: KEY-003 the recipient's key is for another purpose.

    Source:
        PROTOCOL section 6; spec/evidence.md 3.6.
    """
    info = _info(package, package_commitment(key, package), recipient)
    return bytes(HPKE.encrypt(key, encryption_key(recipient), info=info))


def unwrap(data: bytes, package: bytes, commitment: bytes, pair: EncryptionPair) -> bytes:
    """Return the package key inside a wrap, once it is the one that the seal commits to.

    Args:
        data: The wrap.
        package: The package's id, 32 bytes.
        commitment: What the seal says of the package key, 32 bytes.
        pair: The private key that the wrap names.

    Raises:
        EnvelopeError: ENV-033 the wrap is not for this key and package, or was changed; ENV-034
            the key inside is not the one that was sealed.
    """
    try:
        key = bytes(HPKE.decrypt(data, pair.private, info=_info(package, commitment, pair.public)))
    except (InvalidTag, ValueError):
        raise EnvelopeError("ENV-033") from None
    check_package_key(key, package, commitment)
    return key


def check_package_key(key: bytes, package: bytes, commitment: bytes) -> None:
    """Refuse a package key that the seal does not commit to (PROTOCOL rule 13)."""
    fits = len(key) == PACKAGE_KEY_SIZE
    if not fits or not hmac.compare_digest(package_commitment(key, package), commitment):
        raise EnvelopeError("ENV-034")
