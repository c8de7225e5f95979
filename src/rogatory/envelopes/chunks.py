"""The chunk cipher: how a package's files and tables are encrypted, piece by piece.

From one package key K follow all others, each by its own label. A chunk of at most 1 MiB has a key
of its own, a random nonce, and a row of 64 bytes that commits to both: AES-256-GCM alone does not
commit to its key, so the key is compared with the row before anything is decrypted.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from typing import Final, NamedTuple, Self

from blake3 import blake3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rogatory.errors import EnvelopeError

__all__ = [
    "CHUNK_SIZE",
    "NONCE_SIZE",
    "PACKAGE_KEY_SIZE",
    "ROW_SIZE",
    "SALT_SIZE",
    "TAG_SIZE",
    "Bytes",
    "Row",
    "chunk_count",
    "chunk_key",
    "decrypt_chunk",
    "decrypt_with",
    "encrypt_chunk",
    "file_key",
    "hiding_key",
    "key_commitment",
    "leaf_data",
    "package_commitment",
    "table_key",
]

CHUNK_SIZE: Final = 1 << 20
PACKAGE_KEY_SIZE: Final = 32
SALT_SIZE: Final = 32
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16

PACKAGE_COMMITMENT_LABEL: Final = b"rogatory/package-commitment/v1\x00"
TABLE_KEY_LABEL: Final = b"rogatory/table-key/v1\x00"
HIDING_KEY_LABEL: Final = b"rogatory/hiding-key/v1\x00"
FILE_KEY_LABEL: Final = b"rogatory/file-key/v1\x00"
CHUNK_KEY_LABEL: Final = b"rogatory/chunk-key/v1\x00"
KEY_COMMITMENT_LABEL: Final = b"rogatory/key-commitment/v1\x00"
CHUNK_LEAF_LABEL: Final = b"rogatory/chunk-leaf/v1\x00"

_ROW: Final = struct.Struct(">I12s16s32s")
_PLACE: Final = struct.Struct(">QB")
ROW_SIZE: Final = _ROW.size

Bytes = bytes | bytearray | memoryview


class Row(NamedTuple):
    """What is kept beside a chunk of ciphertext: 64 bytes, ``length ‖ nonce ‖ tag ‖ commitment``.

    Attributes:
        length: Bytes of ciphertext, which are the bytes of plaintext; at most 1 MiB.
        nonce: 12 random bytes.
        tag: The tag of AES-256-GCM, 16 bytes.
        commitment: What fixes the chunk's key, 32 bytes.
    """

    length: int
    nonce: bytes
    tag: bytes
    commitment: bytes

    def pack(self) -> bytes:
        """Return the 64 bytes."""
        return _ROW.pack(self.length, self.nonce, self.tag, self.commitment)

    @classmethod
    def unpack(cls, data: Bytes) -> Self:
        """Return the row that 64 bytes spell.

        Raises:
            EnvelopeError: ENV-030 another size, or a length above 1 MiB.

        Source:
            spec/evidence.md 4.3.
        """
        if len(data) != ROW_SIZE:
            raise EnvelopeError("ENV-030")
        row = cls(*_ROW.unpack(data))
        check_length(row)
        return row


def check_length(row: Row) -> None:
    """Refuse a chunk above 1 MiB: a reader's memory is bounded."""
    if row.length > CHUNK_SIZE:
        raise EnvelopeError("ENV-030")


def chunk_count(size: int) -> int:
    """Return how many chunks a file of that many bytes has; an empty file has one.

    Examples:
        >>> chunk_count(0), chunk_count(1 << 20), chunk_count((1 << 20) + 1)
        (1, 1, 2)
    """
    return max(1, -(-size // CHUNK_SIZE))


def _extract(salt: bytes, key: bytes) -> bytes:
    return hmac.digest(salt, key, "sha256")


def _expand(key: bytes, info: bytes) -> bytes:
    # RFC 5869 for 32 bytes is one block; written out because it runs once for every chunk.
    return hmac.digest(key, info + b"\x01", "sha256")


def _derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return _expand(_extract(salt, key), info)


def package_commitment(key: bytes, package: bytes) -> bytes:
    """Return the 32 bytes under the seal that fix the package key and tell nothing of it.

    Args:
        key: K, 32 bytes.
        package: The package's id, 32 bytes.

    Source:
        PROTOCOL rule 13; spec/evidence.md 3.2.
    """
    return _derive(key, package, PACKAGE_COMMITMENT_LABEL)


def table_key(key: bytes, package: bytes, name: str) -> bytes:
    """Return the key of a table of the package, such as ``entries.enc``."""
    return _derive(key, package, TABLE_KEY_LABEL + name.encode())


def hiding_key(key: bytes, package: bytes) -> bytes:
    """Return the key from which the salts follow that hide an entry's fields under the seal."""
    return _derive(key, package, HIDING_KEY_LABEL)


def file_key(key: bytes, package: bytes, index: int, salt: bytes) -> bytes:
    """Return the key of one file: it opens that file and tells nothing of another.

    Args:
        key: K, 32 bytes.
        package: The package's id, 32 bytes.
        index: The file's place in the table of entries, from 0.
        salt: 32 random bytes, drawn anew whenever the file is begun again.

    Source:
        PROTOCOL section 6; spec/evidence.md 3.4.
    """
    return _derive(key, salt, FILE_KEY_LABEL + package + index.to_bytes(8, "big"))


def chunk_key(key: bytes, index: int, *, last: bool) -> bytes:
    """Return the key of one chunk of a file or table; that it is the last one is part of the key."""
    return _expand(key, CHUNK_KEY_LABEL + _PLACE.pack(index, last))


def key_commitment(key: bytes) -> bytes:
    """Return the 32 bytes that fix the key of a file or a chunk."""
    return hashlib.sha256(KEY_COMMITMENT_LABEL + key).digest()


def encrypt_chunk(
    key: bytes, index: int, nonce: bytes, plain: Bytes, out: bytearray | memoryview, *, last: bool
) -> Row:
    """Put a chunk's ciphertext and tag into a buffer and return its row.

    Args:
        key: The key of the file or table, 32 bytes.
        index: The chunk's place in it, from 0.
        nonce: 12 random bytes, never used before.
        plain: At most 1 MiB.
        out: Exactly 16 bytes longer than ``plain``; the ciphertext is all but those.
        last: Whether the file ends here.

    Source:
        spec/evidence.md 4.2.
    """
    own = chunk_key(key, index, last=last)
    AESGCM(own).encrypt_into(nonce, plain, None, out)
    size = len(plain)
    return Row(size, nonce, bytes(out[size:]), key_commitment(own))


def decrypt_chunk(
    key: bytes, index: int, row: Row, sealed: Bytes, out: bytearray | memoryview, *, last: bool
) -> None:
    """Put a chunk's plaintext into a buffer, once the key is the one its row commits to.

    What stands in the buffer after an error is not plaintext and MUST NOT be used.

    Args:
        key: The key of the file or table.
        index: The chunk's place in it, from 0.
        row: The chunk's row.
        sealed: Ciphertext and tag, ``row.length`` + 16 bytes.
        out: Exactly ``row.length`` bytes.
        last: Whether the file ends here.

    Raises:
        EnvelopeError: ENV-031 the row commits to another key, ENV-032 the chunk was changed.

    Source:
        spec/evidence.md 4.4.
    """
    decrypt_with(chunk_key(key, index, last=last), index, row, sealed, out)


def decrypt_with(own: bytes, index: int, row: Row, sealed: Bytes, out: bytearray | memoryview) -> None:
    """Put a chunk's plaintext into a buffer, as ``decrypt_chunk``, from the chunk's own key.

    Args:
        own: The key of this chunk alone, as a disclosed range brings it.
        index: The chunk's place in its file, to name it in an error.
        row: The chunk's row.
        sealed: Ciphertext and tag, ``row.length`` + 16 bytes.
        out: Exactly ``row.length`` bytes.

    Raises:
        EnvelopeError: ENV-031 the row commits to another key, ENV-032 the chunk was changed.
    """
    check_chunk_key(row, own)
    try:
        AESGCM(own).decrypt_into(row.nonce, sealed, None, out)
    except InvalidTag:
        raise EnvelopeError("ENV-032", chunk=index) from None


def check_chunk_key(row: Row, own: bytes) -> None:
    """Refuse a chunk whose row commits to another key than the one at hand."""
    if not hmac.compare_digest(row.commitment, key_commitment(own)):
        raise EnvelopeError("ENV-031")


def leaf_data(row: Bytes, ciphertext: Bytes) -> bytes:
    """Return what a chunk's leaf is the hash of: label, row, and BLAKE3 of the ciphertext.

    It needs no key, so whoever carries a package can check it.

    Source:
        PROTOCOL section 6; spec/evidence.md 5.1.
    """
    return CHUNK_LEAF_LABEL + row + blake3(ciphertext).digest()
