"""Files written at any place by several threads, past the page cache where the system can."""

from __future__ import annotations

import errno
import mmap
import os
from pathlib import Path
from typing import Final, Self

__all__ = ["ALIGNMENT", "PlacedFile", "skew"]

# Direct I/O wants memory, place and length in whole blocks. A block here is at least a page, so that no
# page is written both ways: what goes through the page cache and what goes past it never share one.
ALIGNMENT: Final = max(4096, mmap.PAGESIZE)

# Not every system has it, nor every file system.
_DIRECT: Final = getattr(os, "O_DIRECT", 0)
_UNFIT: Final = frozenset((errno.EINVAL, errno.EOPNOTSUPP))


def skew(offset: int) -> int:
    """Return where in an aligned buffer a piece begins that goes to that place in a file."""
    return offset % ALIGNMENT


class PlacedFile:
    """A file whose pieces come in any order. Pieces do not overlap, so no lock is needed."""

    def __init__(self, plain: int, direct: int = -1) -> None:
        """Write to one that is open, by a descriptor and, if there is one, another past the page cache."""
        self._plain, self._direct = plain, direct

    @classmethod
    def open(cls, path: Path, *, new: bool = True) -> Self:
        """Make the file, or open one that a seal left unfinished.

        Raises:
            OSError: It exists, or cannot be written.
        """
        flags = os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW | ((os.O_CREAT | os.O_EXCL) if new else 0)
        plain, direct = os.open(path, flags, 0o666), -1
        if _DIRECT:
            try:
                direct = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW | _DIRECT)
            except OSError as error:
                if error.errno not in _UNFIT:
                    os.close(plain)
                    raise
        return cls(plain, direct)

    @property
    def handles(self) -> tuple[int, ...]:
        """The open descriptors, for another process."""
        return tuple(each for each in (self._plain, self._direct) if each >= 0)

    def write(self, piece: memoryview, offset: int) -> None:
        """Write a piece through the page cache."""
        while piece:
            done = os.pwrite(self._plain, piece, offset)
            piece, offset = piece[done:], offset + done

    def write_past_cache(self, piece: memoryview, offset: int) -> None:
        """Write a piece that stands in an aligned buffer at ``skew(offset)``, whole blocks past the cache.

        Its ends, which share a block with other pieces, go through the page cache.
        """
        head = min(-offset % ALIGNMENT, len(piece))
        blocks = (len(piece) - head) // ALIGNMENT * ALIGNMENT
        self.write(piece[:head], offset)
        self._write_blocks(piece[head : head + blocks], offset + head)
        self.write(piece[head + blocks :], offset + head + blocks)

    def _write_blocks(self, piece: memoryview, offset: int) -> None:
        while piece and self._direct >= 0:
            try:
                done = os.pwrite(self._direct, piece, offset)
            except OSError as error:
                if error.errno not in _UNFIT:
                    raise
                # The file system opens such files and then refuses to write them, or wants larger blocks.
                break
            piece, offset = piece[done:], offset + done
            if done % ALIGNMENT:
                break
        self.write(piece, offset)

    def truncate(self, size: int) -> None:
        """Cut the file to that size."""
        os.ftruncate(self._plain, size)

    def sync(self) -> None:
        """Return once everything written so far is on the disk."""
        os.fsync(self._plain)

    @property
    def closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self._plain < 0

    def close(self) -> None:
        """Close it; what is not synced may not be on the disk."""
        for handle in (self._plain, self._direct):
            if handle >= 0:
                os.close(handle)
        self._plain = self._direct = -1
