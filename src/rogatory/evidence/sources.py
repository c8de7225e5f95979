"""Where a package is read from: a folder here, or whatever answers for ranges of bytes elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from rogatory.envelopes.dsse import MAX_ENVELOPE
from rogatory.errors import EvidenceError
from rogatory.evidence import checks
from rogatory.evidence.models import SEAL

__all__ = ["BLOCK", "Folder", "Source", "read_seal", "read_whole"]

BLOCK: Final = 1 << 20


class Source(Protocol):
    """Somewhere a package lies. It is not believed: everything read from it is checked."""

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer with a file's bytes from an offset on; return how many there were.

        Fewer than asked for means that the file ends there.

        Raises:
            EvidenceError: EVID-021 there is no such file; EVID-071 it cannot be read now.
        """
        ...

    def names(self) -> Mapping[str, int] | None:
        """Return every file with its size, or None where that cannot be known."""
        ...


def read_whole(source: Source, path: str, limit: int) -> bytes:
    """Return a small file of a package.

    Raises:
        EvidenceError: EVID-021 missing; EVID-025 above the limit.
    """
    parts: list[bytes] = []
    size, buffer = 0, memoryview(bytearray(min(BLOCK, limit + 1)))
    while got := source.read_into(path, size, buffer):
        parts.append(bytes(buffer[:got]))
        size += got
        checks.check_limit(path, size, limit)
        if got < len(buffer):
            break
    return b"".join(parts)


def read_seal(source: Source) -> bytes:
    """Return the bytes of the seal; nothing is verified.

    Raises:
        EvidenceError: EVID-020 there is none, so this is no package; EVID-025 it is too large.
    """
    try:
        return read_whole(source, SEAL, MAX_ENVELOPE)
    except EvidenceError as error:
        if error.code != "EVID-021":
            raise
        raise EvidenceError("EVID-020", path="the folder", reason=f"it holds no {SEAL}") from None


class Folder:
    """A package in a folder of this machine. Links in it are never followed."""

    def __init__(self, path: Path) -> None:
        """Open the folder.

        Raises:
            EvidenceError: EVID-020 it is not a folder that can be read.
        """
        self.path = path
        self._files: dict[str, int] = {}
        try:
            self._top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise EvidenceError("EVID-020", path=path, reason=error.strerror) from error

    def __enter__(self) -> Self:
        """Return the folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every file that was opened."""
        self.close()

    def close(self) -> None:
        """Close every file that was opened."""
        while self._files:
            os.close(self._files.popitem()[1])
        if self._top >= 0:
            os.close(self._top)
            self._top = -1

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer from a file of the folder; see ``Source``."""
        handle = self._open(path)
        done = 0
        try:
            while done < len(buffer) and (got := os.preadv(handle, [buffer[done:]], start + done)):
                done += got
        except OSError as error:
            raise EvidenceError("EVID-071", path=path, reason=error.strerror) from error
        return done

    def _open(self, path: str) -> int:
        found = self._files.get(path)
        if found is not None:
            return found
        # A package is read front to back; the last few files are all that is still needed.
        while len(self._files) >= 4:
            os.close(self._files.pop(next(iter(self._files))))
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            handle = os.open(path, flags, dir_fd=self._top)
        except FileNotFoundError:
            raise EvidenceError("EVID-021", path=path) from None
        except OSError as error:
            # Only a link in the file's place says something about the package; a right that is missing,
            # or a disk that fails, says nothing.
            code = "EVID-023" if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO} else "EVID-071"
            raise EvidenceError(code, path=path, reason=error.strerror) from error
        self._files[path] = handle
        checks.check_regular(path, os.fstat(handle).st_mode)
        return handle

    def names(self) -> Mapping[str, int]:
        """Return every file of the folder with its size.

        Raises:
            EvidenceError: EVID-023 something in it is neither a file nor a folder; EVID-071 it cannot be
                listed.
        """
        found: dict[str, int] = {}
        try:
            self._list("", found)
        except OSError as error:
            raise EvidenceError("EVID-071", path=error.filename or ".", reason=error.strerror) from error
        return found

    def _list(self, under: str, found: dict[str, int]) -> None:
        handle = os.open(under or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=self._top)
        folders: list[str] = []
        empty = True
        try:
            with os.scandir(handle) as listing:
                for each in listing:
                    empty, path = False, f"{under}{each.name}"
                    facts = each.stat(follow_symlinks=False)
                    checks.check_count(len(found) + len(folders))
                    # Two levels hold a package; what lies deeper is an extra file whatever it is.
                    if stat.S_ISDIR(facts.st_mode) and under.count("/") < 2:
                        folders.append(f"{path}/")
                    else:
                        checks.check_regular(path, facts.st_mode)
                        found[path] = facts.st_size
        finally:
            os.close(handle)
        # A folder that holds nothing was added too, and its name could be a message.
        if under and empty:
            found[under] = 0
        for folder in folders:
            self._list(folder, found)
