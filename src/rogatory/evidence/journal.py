"""The journal of an unfinished seal or opening: what is on the disk for certain, to go on from there.

Everything in it is encrypted: a seal's holds the package key, and both name files. A record is written once
what it speaks of is synced; a record that is torn is as if it had never been begun.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, NONCE_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.errors import EnvelopeError, EvidenceError

__all__ = ["Journal", "Record", "marks_of"]

PACKAGE_SIZE: Final = 32
NAME: Final = "journal"


def marks_of(facts: os.stat_result) -> tuple[int, ...]:
    """Return what must not change of a file: device, inode, size, and the two times of change.

    The time of content (mtime) can be set back by whoever may write; that of the inode (ctime) cannot.
    """
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


@dataclass(frozen=True, slots=True)
class Record:
    """A document, and the lines that belong to it."""

    head: dict[str, Any]
    lines: list[bytes]


class Journal:
    """Records, appended one after another; each is on the disk when ``append`` returns.

    Attributes:
        package: The id of the package.
    """

    def __init__(self, handle: int, package: bytes, key: bytes, random: Callable[[int], bytes]) -> None:
        """Use ``begin`` or ``resume``."""
        self._handle, self.package, self._random = handle, package, random
        self._key, self._index, self._end = chunks.table_key(key, package, NAME), 0, PACKAGE_SIZE
        self._count = 0

    @staticmethod
    def lock(path: Path) -> int:
        """Return a handle of the journal, made if need be, that no other process has.

        Raises:
            EvidenceError: EVID-014 another process is at it; EVID-009 it cannot be written.
        """
        while True:
            handle = Journal._lock(path)
            # Whoever had it last may have removed it between the two steps.
            try:
                if os.path.samestat(os.fstat(handle), path.lstat()):
                    return handle
            except FileNotFoundError:
                pass
            os.close(handle)

    @staticmethod
    def _lock(path: Path) -> int:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise EvidenceError("EVID-009", path=path, reason=error.strerror) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise EvidenceError("EVID-014", path=path) from None
        return handle

    @classmethod
    def begin(cls, handle: int, package: bytes, key: bytes, random: Callable[[int], bytes]) -> Journal:
        """Begin a journal in place of whatever was there."""
        os.ftruncate(handle, 0)
        os.pwrite(handle, package, 0)
        return cls(handle, package, key, random)

    @classmethod
    def resume(cls, handle: int, key: bytes, random: Callable[[int], bytes]) -> Journal | None:
        """Open the journal that is there; None if it holds nothing yet."""
        package = os.pread(handle, PACKAGE_SIZE, 0)
        return cls(handle, package, key, random) if len(package) == PACKAGE_SIZE else None

    def append(self, head: dict[str, Any], lines: list[bytes]) -> None:
        """Add a record and return once it is on the disk."""
        plain = json.dumps(head).encode() + b"\n" + b"".join(lines)
        for start in range(0, len(plain), CHUNK_SIZE):
            piece, last = plain[start : start + CHUNK_SIZE], start + CHUNK_SIZE >= len(plain)
            out = bytearray(len(piece) + TAG_SIZE)
            nonce = self._random(NONCE_SIZE)
            row = chunks.encrypt_chunk(self._key, self._index, nonce, piece, out, last=last)
            data = row.pack() + out[: len(piece)]
            done = 0
            while done < len(data):
                done += os.pwrite(self._handle, data[done:], self._end + done)
            self._index, self._end = self._index + 1, self._end + done
        self._count += 1
        os.fsync(self._handle)

    @property
    def saved(self) -> bool:
        """Whether there is anything to go on from: more than the first record."""
        return self._count > 1

    def records(self) -> Iterator[Record]:
        """Yield every whole record, front to back; what is torn behind the last is cut away.

        Afterwards the journal can be added to.
        """
        while (found := self._record()) is not None:
            plain, self._index, self._end = found
            self._count += 1
            head, _, rest = plain.partition(b"\n")
            yield Record(json.loads(head), [line + b"\n" for line in rest.split(b"\n")[:-1]])
        # Where not even the first can be read the key is another's, and so is the journal.
        if self._count:
            os.ftruncate(self._handle, self._end)

    def _record(self) -> tuple[bytes, int, int] | None:
        """Return the next record, and where it ends; None if it is not whole."""
        pieces: list[bytes] = []
        index, place = self._index, self._end
        while True:
            try:
                row = Row.unpack(os.pread(self._handle, ROW_SIZE, place))
                sealed = os.pread(self._handle, row.length, place + ROW_SIZE)
                piece, last = self._decrypt(index, row, sealed)
            except EnvelopeError:
                return None
            pieces.append(piece)
            index, place = index + 1, place + ROW_SIZE + row.length
            if last:
                return b"".join(pieces), index, place

    def _decrypt(self, index: int, row: Row, sealed: bytes) -> tuple[bytes, bool]:
        """Return a piece, and whether its record ends with it: that is in its key."""
        out = bytearray(row.length)
        if len(sealed) != row.length:
            raise EnvelopeError("ENV-030")
        for last in (True, False):
            try:
                chunks.decrypt_chunk(self._key, index, row, sealed + row.tag, out, last=last)
            except EnvelopeError as error:
                if error.code != "ENV-031" or not last:
                    raise
            else:
                return bytes(out), last
        raise AssertionError
