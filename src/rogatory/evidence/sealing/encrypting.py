"""A large file into ciphertext: read once, hashed, encrypted and written side by side.

It passes three threads: one reads and encrypts, one computes SHA-256, one writes. All of it releases
Python's lock, so several such benches work in parallel.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Final, NamedTuple

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, NONCE_SIZE, TAG_SIZE
from rogatory.evidence.direct import skew
from rogatory.evidence.sealing import walk
from rogatory.evidence.sealing.batches import GROUP_SIZE, Room, read_into
from rogatory.evidence.sealing.lines import Content, Line, line_of
from rogatory.evidence.sealing.walk import Found
from rogatory.evidence.secret import Keys
from rogatory.evidence.segments import AreaWriter, Spot, spots
from rogatory.evidence.trees import Tree

__all__ = ["Bench", "Job", "Stopped"]

# Groups in flight of one file: one is hashed, one written, one filled.
DEPTH: Final = 3
GROUP: Final = GROUP_SIZE // CHUNK_SIZE
# How far ahead of the reading the system is asked to bring a file into memory.
AHEAD: Final = 8 * CHUNK_SIZE


class Stopped(Exception):  # noqa: N818 - not an error: another job failed, so this one ends
    """The whole was given up."""


class Job(NamedTuple):
    """A file that is to be sealed, and where it goes.

    Attributes:
        number: Its place in the table, from 0.
        found: The file; its folder is held until the job is done.
        area: Where its ciphertext is written.
        spot: Where that begins.
        salt: Leads from the package key to its own.
    """

    number: int
    found: Found
    area: AreaWriter
    spot: Spot
    salt: bytes


@dataclass(slots=True)
class _Group:
    """Some chunks of one file that stand one behind another in one segment."""

    spot: Spot
    first: int
    lengths: list[int]


def _groups(job: Job) -> Iterator[_Group]:
    group: _Group | None = None
    for index, (spot, length) in enumerate(spots(job.spot, job.found.size)):
        if group is not None and len(group.lengths) < GROUP and spot.segment == group.spot.segment:
            group.lengths.append(length)
            continue
        if group is not None:
            yield group
        group = _Group(spot, index, [length])
    assert group is not None
    yield group


class Bench:
    """Buffers and threads for one job at a time."""

    def __init__(self, keys: Keys, stopping: Event, progress: Callable[[int], None]) -> None:
        """Make room; the threads start with the first large file.

        Args:
            keys: Leads to the keys of files.
            stopping: Set once nobody wants the result any more.
            progress: Told of bytes as they are read; called from the bench's thread.
        """
        self._keys, self._stopping, self._progress = keys, stopping, progress
        self._slots = [Room() for _ in range(DEPTH)]
        self._hashing = ThreadPoolExecutor(1, "rogatory-sha256")
        self._writing = ThreadPoolExecutor(1, "rogatory-write")

    def close(self) -> None:
        """End the threads once they have done what they were given."""
        self._hashing.shutdown()
        self._writing.shutdown()

    def large(self, job: Job) -> Line:
        """Seal one file of any size, and return its line.

        Raises:
            EvidenceError: EVID-001 it cannot be read; EVID-002 it changed.
            OSError: The package cannot be written.
            Stopped: It was given up.
        """
        key = self._file_key(job.number, job.salt)
        handle = walk.open_file(job.found)
        digest, tree = hashlib.sha256(), Tree()
        try:
            _advise(handle, 0, AHEAD)
            for turn, group in enumerate(_groups(job)):
                if self._stopping.is_set():
                    raise Stopped
                slot = self._slots[turn % DEPTH]
                slot.free()
                plain, start = slot.plain[: sum(group.lengths)], group.first * CHUNK_SIZE
                _advise(handle, start + AHEAD, GROUP_SIZE)
                read_into(handle, plain, start, job.found)
                slot.pending.append(self._hashing.submit(digest.update, plain))
                last = start + len(plain) == job.found.size
                rows, leaves = self._encrypt(key, group, slot, last=last)
                for leaf in leaves:
                    tree.add_leaf(leaf)
                sealed = slot.sealed[skew(group.spot.offset) :][: len(plain)]
                slot.pending.append(
                    self._writing.submit(_write, job.area, group.spot, sealed, rows, b"".join(leaves))
                )
                self._progress(len(plain))
            for slot in self._slots:
                slot.free()
            walk.check_end(handle, job.found)
        finally:
            os.close(handle)
        return self._line(job, key, digest.hexdigest(), tree.root())

    def stream(self, job: Job) -> tuple[Found, Line]:
        """Seal what a stream brings until it ends, and return what that was, with its line.

        Where each chunk stands is known as it comes.
        Called while no other job is under way, from the thread that reserves.

        Raises:
            EvidenceError: EVID-001 it cannot be read; EVID-016 it ended early, or late.
            OSError: The package cannot be written.
        """
        stream = job.found.stream
        assert stream is not None
        key, digest, tree = self._file_key(job.number, job.salt), hashlib.sha256(), Tree()
        first, count, size = None, 0, 0
        length = stream.fill(self._slots[0].plain[:CHUNK_SIZE])
        while True:
            slot, after = self._slots[count % DEPTH], self._slots[(count + 1) % DEPTH]
            after.free()
            # Only what follows says whether this chunk is the last.
            more = stream.fill(after.plain[:CHUNK_SIZE]) if length == CHUNK_SIZE else 0
            group = _Group(job.area.reserve(length), count, [length])
            first = first or group.spot
            slot.pending.append(self._hashing.submit(digest.update, slot.plain[:length]))
            rows, leaves = self._encrypt(key, group, slot, last=not more)
            tree.add_leaf(leaves[0])
            sealed = slot.sealed[skew(group.spot.offset) :][:length]
            slot.pending.append(self._writing.submit(_write, job.area, group.spot, sealed, rows, leaves[0]))
            self._progress(length)
            count, size, length = count + 1, size + length, more
            if not more:
                break
        for slot in self._slots:
            slot.free()
        stream.check_end(size)
        found = job.found._replace(size=size)
        ended = job._replace(found=found, spot=first)
        return found, self._line(ended, key, digest.hexdigest(), tree.root())

    def _encrypt(self, key: bytes, group: _Group, slot: Room, *, last: bool) -> tuple[bytes, list[bytes]]:
        """Encrypt a group into its slot; return the rows and leaves of its chunks."""
        rows, leaves, done, base = b"", [], 0, skew(group.spot.offset)
        for place, length in enumerate(group.lengths):
            out = slot.sealed[base + done : base + done + length + TAG_SIZE]
            plain = slot.plain[done : done + length]
            row = chunks.encrypt_chunk(
                key,
                group.first + place,
                self._keys.random(NONCE_SIZE),
                plain,
                out,
                last=last and place == len(group.lengths) - 1,
            ).pack()
            leaves.append(leaf_hash(chunks.leaf_data(row, out[:length])))
            rows, done = rows + row, done + length
        return rows, leaves

    def _file_key(self, number: int, salt: bytes) -> bytes:
        return chunks.file_key(self._keys.key, self._keys.package, number, salt)

    def _line(self, job: Job, key: bytes, sha256: str, root: str) -> Line:
        size, commitment = job.found.size, chunks.key_commitment(key)
        sealed = chunks.chunk_count(size), bytes.fromhex(root)
        content = Content(size, sha256, job.salt, commitment, job.spot, *sealed)
        return line_of(job.found, job.area.area, content, job.number, self._keys.hiding)


def _write(area: AreaWriter, spot: Spot, sealed: memoryview, rows: bytes, leaves: bytes) -> None:
    area.file(spot.segment).write_past_cache(sealed, spot.offset)
    area.add(spot, rows, leaves)


def _advise(handle: int, start: int, length: int) -> None:
    """Ask the system to read ahead; one that cannot loses time and nothing else."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, start, length, os.POSIX_FADV_WILLNEED)
