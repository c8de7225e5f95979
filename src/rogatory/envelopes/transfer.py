"""Transfers: one signed envelope, encrypted once to one authority.

A transfer is ``length of the clear header (4 bytes, big-endian) ‖ clear header ‖ ciphertext``.
The clear header says where it goes and to which key; it holds no digest of the content. The
encryption binds all of it (PROTOCOL rule 7).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from pydantic import Field

from rogatory.envelopes.dsse import MAX_ENVELOPE
from rogatory.errors import EnvelopeError
from rogatory.keys import EncryptionPair, PublicKey
from rogatory.keys.public import encryption_key
from rogatory.values import AuthorityId, Digest, Frozen
from rogatory.wire import decode, encode

__all__ = ["MAX_TRANSFER", "ClearHeader", "Transfer", "decrypt", "encrypt", "padded_size", "read_transfer"]

INFO_LABEL: Final = b"rogatory/transfer/v1\x00"
MAX_HEADER: Final = 2048
MAX_TRANSFER: Final = 4 + MAX_HEADER + 2 * (1 << 20)

HPKE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class ClearHeader(Frozen):
    """What anybody on the way can read: addresses, a random name, the recipient's key."""

    type: Literal["transfer"] = "transfer"
    version: Literal[1] = 1
    suite: Literal["mlkem768-x25519+hkdf-sha256+aes-256-gcm"] = "mlkem768-x25519+hkdf-sha256+aes-256-gcm"
    transfer: Digest
    sender: AuthorityId = Field(alias="from")
    recipient: AuthorityId = Field(alias="to")
    key: Digest


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer taken apart; nothing of it is verified."""

    header: ClearHeader
    header_bytes: bytes
    ciphertext: bytes


def padded_size(size: int) -> int:
    """Return the Padmé size of a plaintext: at most 12 percent more, and few distinct sizes.

    Source:
        PROTOCOL section 3: sizes are padded (Padmé), so that length tells little.

    Examples:
        >>> padded_size(9), padded_size(1000), padded_size(1024)
        (10, 1024, 1024)
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (size + mask) & ~mask


def encrypt(envelope: bytes, *, sender: str, recipient: PublicKey, random: Callable[[int], bytes]) -> bytes:
    """Return the transfer of an envelope to one authority's encryption key.

    Calling it twice gives two transfers of the same statement.

    Args:
        envelope: A signed envelope, at most 1.5 MiB.
        sender: The acting authority that signs the HTTP message.
        recipient: An encryption key from the register.
        random: Source of the transfer's name; HPKE draws its own.

    Raises:
        KeysError: KEY-003 the recipient's key is for another purpose.

    Source:
        spec/envelopes.md, section 2.
    """
    header = encode(
        ClearHeader(
            transfer=random(32).hex(),
            sender=sender,
            recipient=recipient.authority,
            key=recipient.key_id,
        )
    )
    padding = bytes(padded_size(4 + len(envelope)) - 4 - len(envelope))
    plain = b"".join((struct.pack(">I", len(envelope)), envelope, padding))
    ciphertext = HPKE.encrypt(plain, encryption_key(recipient), info=_info(header))
    return b"".join((struct.pack(">I", len(header)), header, ciphertext))


def read_transfer(data: bytes) -> Transfer:
    """Return a transfer taken apart.

    Raises:
        EnvelopeError: ENV-010 too large, ENV-011 cut short.
        WireError: The clear header is not one.
    """
    check_transfer_size(data)
    if len(data) < 4:
        raise EnvelopeError("ENV-011")
    (length,) = struct.unpack_from(">I", data)
    if length > MAX_HEADER or len(data) < 4 + length:
        raise EnvelopeError("ENV-011")
    header_bytes = data[4 : 4 + length]
    return Transfer(decode(header_bytes, ClearHeader, limit=MAX_HEADER), header_bytes, data[4 + length :])


def decrypt(transfer: Transfer, pair: EncryptionPair) -> bytes:
    """Return the envelope inside a transfer; its signatures are still to be verified.

    Raises:
        EnvelopeError: ENV-012 it is not for this key, or was changed; ENV-013 its padding is wrong.
    """
    try:
        plain = HPKE.decrypt(transfer.ciphertext, pair.private, info=_info(transfer.header_bytes))
    except (InvalidTag, ValueError):
        raise EnvelopeError("ENV-012") from None
    if len(plain) < 4:
        raise EnvelopeError("ENV-013")
    (length,) = struct.unpack_from(">I", plain)
    envelope, padding = plain[4 : 4 + length], plain[4 + length :]
    check_padding(plain, length, padding)
    return envelope


def check_transfer_size(data: bytes) -> None:
    """Refuse a transfer larger than any statement can need."""
    if len(data) > MAX_TRANSFER:
        raise EnvelopeError("ENV-010", size=len(data), limit=MAX_TRANSFER)


def check_padding(plain: bytes, length: int, padding: bytes) -> None:
    """Refuse padding that could carry a message, or a size that the rule does not give."""
    fits = length <= MAX_ENVELOPE and len(plain) == padded_size(4 + length)
    if not fits or padding.strip(b"\x00"):
        raise EnvelopeError("ENV-013")


def _info(header: bytes) -> bytes:
    return INFO_LABEL + hashlib.sha256(header).digest()
