"""Small files into ciphertext, many at a time: neighbours in the table, and one piece of a segment.

What is done once for a batch costs little, so what is left is what each file needs: to be opened, read,
hashed, encrypted, compared and listed.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, NONCE_SIZE, SALT_SIZE, TAG_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence.direct import ALIGNMENT, skew
from rogatory.evidence.models import Area
from rogatory.evidence.sealing import walk
from rogatory.evidence.sealing.lines import Content, Line, line_of
from rogatory.evidence.sealing.walk import Found, HeldFolder
from rogatory.evidence.secret import Keys
from rogatory.evidence.segments import Spot

__all__ = ["GROUP_SIZE", "Batch", "Packed", "Room", "Task", "pack", "read_into"]

# Chunks that are read, hashed and written at once: larger writes are faster past the page cache.
GROUP_SIZE: Final = 2 * CHUNK_SIZE
# Enough entries that what is done once for all of them costs little, and few enough folders that they
# can be kept open.
MOST_ENTRIES: Final = 64
MOST_FOLDERS: Final = 16
DRAWN: Final = SALT_SIZE + NONCE_SIZE


class Task(NamedTuple):
    """An entry that is to be made.

    Attributes:
        found: What was found; a file of at most one chunk is read, anything else is only listed.
        spot: Where a file's ciphertext goes; None if it is no file.
        end: Behind what stands everything before and of this entry.
    """

    found: Found
    spot: Spot | None
    end: Spot


@dataclass(slots=True)
class Batch:
    """Entries that follow one another; the ciphertexts of their files do too, in one segment.

    Attributes:
        area: Under what they stand.
        number: The first one's place in the table.
        tasks: One an entry.
        begin: Where the first file's ciphertext goes; None if there is no file.
        folders: Those that hold the files, each held once.
        size: Bytes of all files.
    """

    area: Area
    number: int = 0
    tasks: list[Task] = field(default_factory=list)
    begin: Spot | None = None
    folders: list[HeldFolder] = field(default_factory=list)
    size: int = 0

    def takes(self, found: Found, spot: Spot | None) -> bool:
        """Return whether there is room for one more."""
        if len(self.tasks) >= MOST_ENTRIES:
            return False
        if spot is None or self.begin is None:
            return True
        return (
            spot.segment == self.begin.segment
            and self.size + found.size <= GROUP_SIZE
            and (len(self.folders) < MOST_FOLDERS or found.folder is self.folders[-1])
        )

    def add(self, task: Task) -> None:
        """Put an entry behind the others; the folder of a file is held."""
        self.tasks.append(task)
        if task.spot is None:
            return
        self.begin = self.begin or task.spot
        self.size += task.found.size
        # A walk goes through one folder at a time, so it is enough to look at the last.
        if not self.folders or task.found.folder is not self.folders[-1]:
            task.found.folder.hold()
            self.folders.append(task.found.folder)

    def release(self, *, sound: bool) -> None:
        """Let go of the folders."""
        while self.folders:
            self.folders.pop().release(sound=sound)


class Room:
    """Room for one group: plaintext, ciphertext in an aligned buffer, and who still reads them."""

    def __init__(self) -> None:
        """Take memory of the system, whole pages."""
        self.plain = memoryview(mmap.mmap(-1, GROUP_SIZE))
        self.sealed = memoryview(mmap.mmap(-1, GROUP_SIZE + 2 * ALIGNMENT))
        self.pending: list[Future[Any]] = []

    def free(self) -> None:
        """Wait until nobody reads the room any more; raise what went wrong meanwhile."""
        while self.pending:
            self.pending.pop().result()


class Packed(NamedTuple):
    """A batch that was read and encrypted.

    Attributes:
        sealed: Its ciphertext, in the room, at ``skew`` of where it goes; good until that is used again.
        rows: Of its chunks.
        leaves: Of its chunks.
        lines: Of its entries.
    """

    sealed: memoryview
    rows: bytes
    leaves: bytes
    lines: list[Line]


def pack(batch: Batch, keys: Keys, drawn: bytes, room: Room) -> Packed:
    """Read, hash and encrypt the files of a batch, and list its entries; nothing is written.

    Args:
        batch: At most ``GROUP_SIZE`` bytes.
        keys: Of the package.
        drawn: 44 random bytes an entry: salt and nonce.
        room: Nobody else uses it.

    Raises:
        EvidenceError: EVID-001 a file cannot be read; EVID-002 one changed.
    """
    rows, leaves, lines = [], [], []
    base = skew(batch.begin.offset) if batch.begin else 0
    done = 0
    for place, (found, spot, _) in enumerate(batch.tasks):
        content = None
        if spot is not None:
            salt, nonce = _cut(drawn, place)
            # Always the same memory, which stays in the cache.
            plain = room.plain[: found.size]
            out = room.sealed[base + done : base + done + found.size + TAG_SIZE]
            _read_whole(found, plain)
            key = chunks.file_key(keys.key, keys.package, batch.number + place, salt)
            row = chunks.encrypt_chunk(key, 0, nonce, plain, out, last=True).pack()
            leaf = leaf_hash(chunks.leaf_data(row, out[: found.size]))
            digest, commitment = hashlib.sha256(plain).hexdigest(), chunks.key_commitment(key)
            # The root over one leaf is the leaf.
            content = Content(found.size, digest, salt, commitment, spot, 1, leaf)
            rows.append(row)
            leaves.append(leaf)
            done += found.size
        lines.append(line_of(found, batch.area, content, batch.number + place, keys.hiding))
    return Packed(room.sealed[base : base + done], b"".join(rows), b"".join(leaves), lines)


def _cut(drawn: bytes, place: int) -> tuple[bytes, bytes]:
    start = place * DRAWN
    return drawn[start : start + SALT_SIZE], drawn[start + SALT_SIZE : start + DRAWN]


def _read_whole(found: Found, plain: memoryview) -> None:
    handle = walk.open_file(found)
    try:
        read_into(handle, plain, 0, found)
        walk.check_end(handle, found)
    finally:
        os.close(handle)


def read_into(handle: int, buffer: memoryview, start: int, found: Found) -> None:
    """Fill a buffer from a place of a file on.

    Raises:
        EvidenceError: EVID-001 it cannot be read; EVID-002 it is shorter than it was.
    """
    done = 0
    try:
        while done < len(buffer) and (got := os.preadv(handle, [buffer[done:]], start + done)):
            done += got
    except OSError as error:
        raise EvidenceError("EVID-001", path=found.path, reason=error.strerror) from error
    if done < len(buffer):
        raise EvidenceError("EVID-002", path=found.path)
