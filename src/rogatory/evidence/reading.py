"""A package's files, read front to back once, each byte checked on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.evidence import checks
from rogatory.evidence.models import Area, Segment
from rogatory.evidence.segments import segment_name
from rogatory.evidence.sources import BLOCK, Source
from rogatory.evidence.trees import Tree

__all__ = ["Chunk", "check_rows", "digest_of", "next_rows", "read_segments", "reader"]


class Chunk(NamedTuple):
    """One chunk of ciphertext, and where it stands; the buffer is good until the next is asked for.

    Attributes:
        segment: The segment's number, from 1.
        number: The chunk's place in it, from 0.
        offset: Its first byte in it.
        row: Its row.
        sealed: Ciphertext and tag.
        leaf: Its leaf.
    """

    segment: int
    number: int
    offset: int
    row: Row
    sealed: memoryview
    leaf: bytes


def reader(source: Source, path: str) -> Callable[[int], bytes]:
    """Return a function that returns a file's next bytes, as many as asked for or as there are."""
    position = 0

    def read(size: int) -> bytes:
        nonlocal position
        buffer = memoryview(bytearray(size))
        got = source.read_into(path, position, buffer)
        position += got
        return bytes(buffer[:got])

    return read


def digest_of(source: Source, path: str, size: int) -> str:
    """Return the SHA-256 of a file that has exactly that size.

    Raises:
        EvidenceError: EVID-021 missing, EVID-025 it ends earlier.
    """
    digest, buffer, done = hashlib.sha256(), memoryview(bytearray(min(BLOCK, max(size, 1)))), 0
    while done < size:
        view = buffer[: min(len(buffer), size - done)]
        got = source.read_into(path, done, view)
        checks.check_size(path, got, len(view))
        digest.update(view[:got])
        done += got or size
    return digest.hexdigest()


def read_segments(
    source: Source,
    area: Area,
    segments: Sequence[Segment],
    progress: Callable[[int], None],
    *,
    first: int = 1,
) -> Iterator[Chunk]:
    """Yield every chunk of an area, or of some of its segments in a row, the ``first`` on.

    It returns once every segment had the root that the seal gives it.

    A chunk is yielded before its segment is proved: nothing made of it may be believed before the end.

    Raises:
        EvidenceError: EVID-021, EVID-025 a file; EVID-031, EVID-032, EVID-034 a segment.
        EnvelopeError: ENV-030 a row.

    Source:
        spec/evidence.md 5.2, 5.3.
    """
    buffer = memoryview(bytearray(CHUNK_SIZE + TAG_SIZE))
    for number, segment in enumerate(segments, first):
        name = segment_name(area, number)
        rows = _read_exactly(source, f"{name}.idx", segment.chunks * ROW_SIZE)
        check_rows(name, rows, segment)
        tree, place, offset = Tree(), 0, 0
        while place < segment.chunks:
            batch = next_rows(rows, place)
            size = sum(row.length for row in batch)
            got = source.read_into(f"{name}.bin", offset, buffer[:size]) if size else 0
            checks.check_size(f"{name}.bin", got, size)
            begin = 0
            for row in batch:
                piece = buffer[begin : begin + row.length]
                packed = rows[place * ROW_SIZE : (place + 1) * ROW_SIZE]
                leaf = leaf_hash(chunks.leaf_data(packed, piece))
                tree.add_leaf(leaf)
                # The cipher wants the tag behind the ciphertext: for a moment it stands in place of what
                # follows there.
                tail = buffer[begin + row.length : begin + row.length + TAG_SIZE]
                after, tail[:] = bytes(tail), row.tag
                sealed = buffer[begin : begin + row.length + TAG_SIZE]
                yield Chunk(number, place, offset + begin, row, sealed, leaf)
                tail[:] = after
                begin += row.length
                place += 1
            offset += size
            progress(size)
        checks.check_segment_root(f"{name}.bin", tree.root(), segment.root)


def next_rows(rows: bytes, place: int) -> list[Row]:
    """Return the next rows whose ciphertext fits into one read of at most 1 MiB; at least one."""
    found: list[Row] = []
    total = 0
    for start in range(place * ROW_SIZE, len(rows), ROW_SIZE):
        row = Row.unpack(rows[start : start + ROW_SIZE])
        total += row.length
        if found and total > CHUNK_SIZE:
            break
        found.append(row)
    return found


def check_rows(name: str, rows: bytes, segment: Segment) -> None:
    """Refuse rows that do not add up to the segment, or use a nonce or a key twice.

    Raises:
        EvidenceError: EVID-031, EVID-034.
    """
    starts = range(0, len(rows), ROW_SIZE)
    lengths = sum(int.from_bytes(rows[start : start + 4], "big") for start in starts)
    checks.check_segment_size(f"{name}.idx", lengths, segment.size)
    checks.check_used_once(f"{name}.idx", [rows[start + 4 : start + 16] for start in starts])
    checks.check_used_once(f"{name}.idx", [rows[start + 32 : start + 64] for start in starts])


def _read_exactly(source: Source, path: str, size: int) -> bytes:
    read = reader(source, path)
    parts = []
    while size:
        part = read(min(size, BLOCK))
        checks.check_size(path, len(part), min(size, BLOCK))
        parts.append(part)
        size -= min(size, BLOCK)
    return b"".join(parts)
