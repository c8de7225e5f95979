"""One file's chunks, taken out of a package's segments without reading what lies before or after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.errors import EvidenceError
from rogatory.evidence import checks
from rogatory.evidence.models import Entry, Seal
from rogatory.evidence.opening import verifying
from rogatory.evidence.segments import segment_name
from rogatory.evidence.sources import Source

__all__ = ["Piece", "chunk_length", "read_file", "with_tag"]

# Rows that are read at once.
ROWS = 4096


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk; the buffer is good until the next is asked for."""

    row: Row
    sealed: memoryview
    leaf: bytes


def chunk_length(size: int, index: int) -> int:
    """Return how many bytes a chunk of a file has (spec/evidence.md 6.8)."""
    return min(CHUNK_SIZE, size - index * CHUNK_SIZE)


def with_tag(buffer: memoryview, row: Row) -> memoryview:
    """Return ciphertext and tag, once the ciphertext stands at the beginning of the buffer."""
    end = row.length + TAG_SIZE
    buffer[row.length : end] = row.tag
    return buffer[:end]


def read_file(source: Source, seal: Seal, entry: Entry, number: int) -> Iterator[Piece]:
    """Yield a file's chunks, in order; that they are the sealed ones is for the caller to compare.

    Raises:
        EvidenceError: EVID-021, EVID-025 a segment is missing or ends early; EVID-046 the entry leads
            beyond the segments; EVID-050 a chunk has another length than its place asks for.
        EnvelopeError: ENV-030 a row.
    """
    assert entry.place is not None
    assert entry.size is not None
    place, segments = entry.place, verifying.segments(seal, entry.area)
    counted = (place.segment, place.chunk, place.offset)
    checks.check_place(number, (*counted, place.chunks), (*counted, chunks.chunk_count(entry.size)))
    segment, chunk, offset = place.segment, place.chunk, place.offset
    buffer, rows = memoryview(bytearray(CHUNK_SIZE + TAG_SIZE)), b""
    for index in range(place.chunks):
        if segment > len(segments):
            raise EvidenceError("EVID-046", entry=number)
        if not rows:
            ahead = min(ROWS, place.chunks - index, segments[segment - 1].chunks - chunk)
            rows = _read(
                source, f"{segment_name(entry.area, segment)}.idx", chunk * ROW_SIZE, ahead * ROW_SIZE
            )
        row = Row.unpack(rows[:ROW_SIZE])
        checks.check_chunk_length(number, row.length, chunk_length(entry.size, index))
        name = f"{segment_name(entry.area, segment)}.bin"
        got = source.read_into(name, offset, buffer[: row.length]) if row.length else 0
        checks.check_size(name, got, row.length)
        leaf = leaf_hash(chunks.leaf_data(rows[:ROW_SIZE], buffer[: row.length]))
        yield Piece(row, with_tag(buffer, row), leaf)
        rows, chunk, offset = rows[ROW_SIZE:], chunk + 1, offset + row.length
        if chunk >= segments[segment - 1].chunks:
            segment, chunk, offset, rows = segment + 1, 0, 0, b""


def _read(source: Source, path: str, start: int, size: int) -> bytes:
    buffer = memoryview(bytearray(max(size, 0)))
    got = source.read_into(path, start, buffer) if size > 0 else 0
    checks.check_size(path, got, max(size, ROW_SIZE))
    return bytes(buffer)
