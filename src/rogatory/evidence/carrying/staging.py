"""Where a package stands while it is fetched: what has arrived, and the leaf of each chunk of it.

Beside ``NAME`` lies ``.NAME.fetch``: the package as far as it came, and for each segment a file of leaves,
32 bytes a chunk. A leaf is written once its chunk is; whoever goes on later hashes the chunk again and
compares. So nothing here is believed for having been written, synced or not.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from rogatory.errors import EvidenceError
from rogatory.evidence.atomic import sync_folder, write_file
from rogatory.evidence.models import SEAL

__all__ = ["LEAF_SIZE", "Held", "Staging", "arrived", "staging_of"]

LEAF_SIZE: Final = 32
FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def staging_of(out: Path) -> Path:
    """Return the hidden folder in which the package that is to be ``out`` is put together."""
    return out.with_name(f".{out.name}.fetch")


def arrived(out: Path) -> int:
    """Return how many bytes of the package that is to be ``out`` an earlier attempt left."""
    files = (each for each in staging_of(out).rglob("*") if each.is_file())
    return sum(each.stat().st_size for each in files)


class Held:
    """One segment as far as it came: its ciphertext and its leaves. Closed with ``close``."""

    def __init__(self, data: Path, leaves: Path) -> None:
        """Open both, empty if they are not there."""
        self._data = _open(data)
        self._leaves = _open(leaves)

    def read(self, offset: int, buffer: memoryview) -> int:
        """Fill the buffer with what has arrived from an offset on; return how much that was."""
        return _read(self._data, offset, buffer)

    def write(self, offset: int, piece: memoryview) -> None:
        """Write ciphertext where it belongs."""
        _write(self._data, offset, piece)

    def leaves(self, first: int, count: int) -> bytes:
        """Return the leaves of that many chunks, as they were written down; fewer if fewer were."""
        return os.pread(self._leaves, count * LEAF_SIZE, first * LEAF_SIZE)

    def note(self, first: int, leaves: bytes) -> None:
        """Write down the leaves of chunks that have arrived whole."""
        _write(self._leaves, first * LEAF_SIZE, memoryview(leaves))

    def cut(self, size: int) -> None:
        """Let the segment end where the seal says."""
        os.ftruncate(self._data, size)

    def sync(self) -> None:
        """Return once what has arrived is on the disk, and after it what was noted of it."""
        os.fdatasync(self._data)
        os.fdatasync(self._leaves)

    def close(self) -> None:
        """Close both files."""
        os.close(self._data)
        os.close(self._leaves)


class Staging:
    """The folder of one fetch, held by one process at a time.

    Used as a context: it is locked within, and stays where it is afterwards, for the next attempt.
    """

    def __init__(self, out: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.out = out
        self._top = staging_of(out)
        self._package = self._top / "package"
        self._leaves = self._top / "leaves"
        self._lock = -1

    def __enter__(self) -> Self:
        """Make the folder, or take up one that was left.

        Raises:
            EvidenceError: EVID-004 ``out`` exists; EVID-080 another process has it; OSError the disk.
        """
        if os.path.lexists(self.out):
            raise EvidenceError("EVID-004", path=self.out)
        self._top.mkdir(exist_ok=True)
        self._lock = os.open(self._top, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        if not self._is_ours():
            self._let_go()
            raise EvidenceError("EVID-080", path=self.out)
        try:
            for each in (self._package, self._leaves):
                _folder(each)
        except OSError:
            self._let_go()
            raise
        return self

    def _is_ours(self) -> bool:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The folder that was opened may have been finished, and its name gone, by whoever had it.
            return os.fstat(self._lock).st_ino == self._top.stat().st_ino
        except (BlockingIOError, FileNotFoundError):
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the folder."""
        self._let_go()

    def _let_go(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def begin(self, seal: bytes) -> None:
        """Keep what is there if it is of this seal; else begin with nothing."""
        place = self._package / SEAL
        if not place.is_file() or place.read_bytes() != seal:
            self.forget()
            write_file(place, seal)

    def forget(self) -> None:
        """Forget everything that has arrived."""
        for each in (self._package, self._leaves):
            shutil.rmtree(each, ignore_errors=True)
            each.mkdir(exist_ok=True)

    def forget_files(self) -> None:
        """Forget every file but the seal that is not of a segment."""
        for each in self._package.rglob("*"):
            if each.is_file() and each.suffix not in {".bin", ".idx"} and each.name != SEAL:
                each.unlink()

    def forget_segment(self, name: str) -> None:
        """Forget one segment."""
        for each in (self._package / f"{name}.bin", self._package / f"{name}.idx", self._leaves_of(name)):
            each.unlink(missing_ok=True)

    def has_part_of(self, name: str) -> bool:
        """Return whether an earlier attempt left anything of a segment."""
        return any((self._package / f"{name}{each}").exists() for each in (".bin", ".idx"))

    def segment(self, name: str) -> Held:
        """Open one segment."""
        data = self._package / f"{name}.bin"
        _folder(data.parent)
        return Held(data, self._leaves_of(name))

    def _leaves_of(self, name: str) -> Path:
        return self._leaves / name.replace("/", "-")

    def read(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer with what has arrived of a small file."""
        try:
            handle = os.open(self._package / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return 0
        try:
            return _read(handle, start, buffer)
        finally:
            os.close(handle)

    def write(self, path: str, start: int, piece: memoryview) -> None:
        """Write a piece of a small file where it belongs."""
        place = self._package / path
        _folder(place.parent)
        handle = _open(place)
        try:
            _write(handle, start, piece)
        finally:
            os.close(handle)

    def drop(self, path: str) -> None:
        """Forget one small file."""
        (self._package / path).unlink(missing_ok=True)

    def finish(self) -> None:
        """Give the package its name, once all of it is on the disk.

        Raises:
            EvidenceError: EVID-004 there is something of that name by now; OSError the disk.
        """
        for folder, _, files in os.walk(self._package, topdown=False):
            for each in files:
                _sync_file(Path(folder, each))
            sync_folder(Path(folder))
        if os.path.lexists(self.out):
            raise EvidenceError("EVID-004", path=self.out)
        self._package.rename(self.out)
        sync_folder(self.out.parent)
        self.remove()

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self._top, ignore_errors=True)


def _folder(path: Path) -> None:
    """Leave a folder there. A link that was laid in its place would have the package written elsewhere."""
    path.mkdir(exist_ok=True)
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _open(path: Path) -> int:
    return os.open(path, FLAGS, 0o666)


def _read(handle: int, start: int, buffer: memoryview) -> int:
    done = 0
    while done < len(buffer) and (got := os.preadv(handle, [buffer[done:]], start + done)):
        done += got
    return done


def _write(handle: int, start: int, piece: memoryview) -> None:
    done = 0
    while done < len(piece):
        done += os.pwrite(handle, piece[done:], start + done)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
