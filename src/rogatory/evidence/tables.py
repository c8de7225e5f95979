"""Tables: lines of JSON, chunked and encrypted like data, padded so that their size tells little.

A table is its lines, then zero bytes up to a Padmé size; JSON holds no zero byte, so the lines end
where the first one stands. The file is one record a chunk: the row, then the ciphertext.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, NONCE_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.envelopes.transfer import padded_size
from rogatory.evidence import checks

__all__ = ["MAX_LINE", "TableWriter", "read_lines"]

MAX_LINE: Final = 64 * 1024


class TableWriter:
    """Writes a table into a file as its lines come; at most two chunks are held in memory."""

    def __init__(self, file: BinaryIO, key: bytes, random: Callable[[int], bytes]) -> None:
        """Begin an empty table under that key."""
        self._file, self._key, self._random = file, key, random
        self._pending = bytearray()
        self._index = 0
        self._plain = 0
        self._hash = hashlib.sha256()
        self.size = 0

    def add(self, line: bytes) -> None:
        """Add a line, which ends with its line feed."""
        self._put(line)

    def _put(self, data: bytes) -> None:
        self._pending += data
        self._plain += len(data)
        # A chunk is written once more follows it: only then is it certain not to be the last.
        while len(self._pending) > CHUNK_SIZE:
            self._write(bytes(self._pending[:CHUNK_SIZE]), last=False)
            del self._pending[:CHUNK_SIZE]

    def _write(self, plain: bytes, *, last: bool) -> None:
        out = bytearray(len(plain) + TAG_SIZE)
        row = chunks.encrypt_chunk(self._key, self._index, self._random(NONCE_SIZE), plain, out, last=last)
        record = row.pack() + out[: len(plain)]
        self._file.write(record)
        self._hash.update(record)
        self._index += 1
        self.size += len(record)

    def finish(self) -> str:
        """Pad, write the last chunk, and return the SHA-256 of the file."""
        missing = padded_size(self._plain) - self._plain
        while missing:
            step = min(missing, CHUNK_SIZE)
            self._put(bytes(step))
            missing -= step
        self._write(bytes(self._pending), last=True)
        return self._hash.hexdigest()


def read_lines(read: Callable[[int], bytes], size: int, key: bytes, limit: int = MAX_LINE) -> Iterator[bytes]:
    """Yield the lines of a table, each without its line feed, decrypted chunk by chunk.

    Args:
        read: Returns the next bytes of the file, as many as asked for.
        size: Bytes of the whole file.
        key: The table's key.
        limit: The greatest length of a line.

    Raises:
        EnvelopeError: ENV-030 to ENV-032 a chunk.
        EvidenceError: EVID-041 the table is cut short or wrongly padded, or a line is too long.

    Source:
        spec/evidence.md 6.1 to 6.3.
    """
    rest, content, total, padding = b"", 0, 0, False
    for plain in _chunks(read, size, key):
        total += len(plain)
        lines, zero, zeros = plain.partition(b"\x00")
        checks.check_padding_empty(zeros + (lines if padding else b""))
        padding = padding or bool(zero)
        content += len(lines)
        *whole, rest = (rest + lines).split(b"\n")
        checks.check_line_length(rest, limit)
        yield from whole
    checks.check_table_end(rest, padded=total, expected=padded_size(content))


def _chunks(read: Callable[[int], bytes], size: int, key: bytes) -> Iterator[bytes]:
    index = 0
    while size:
        head = read(ROW_SIZE)
        row = Row.unpack(head)
        sealed = read(row.length)
        checks.check_table_whole(len(sealed), row.length)
        size -= ROW_SIZE + row.length
        checks.check_table_whole(min(size, 0), 0)
        out = bytearray(row.length)
        chunks.decrypt_chunk(key, index, row, sealed + row.tag, out, last=size == 0)
        yield bytes(out)
        index += 1
