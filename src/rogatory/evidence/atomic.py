"""Folders that are complete or absent."""

from __future__ import annotations

import ctypes
import fcntl
import glob
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rogatory.errors import EvidenceError

__all__ = [
    "hold",
    "new_folder",
    "publish",
    "replace_file",
    "sweep",
    "sync_file_system",
    "sync_folder",
    "write_file",
]


@contextmanager
def new_folder(out: Path, random: Callable[[int], bytes], *, mode: int = 0o777) -> Iterator[Path]:
    """Hand out a folder beside ``out`` and give it that name once the block has ended well.

    If the block raises, the folder is removed and nothing stays. A process that is killed leaves a
    hidden folder ``.NAME.….part``, never ``out``; the next call for that name removes it, since what lies
    there may be plaintext, or keys of files.

    Args:
        out: The folder to be; nothing of that name may exist.
        random: Draws the name of the folder beside it.
        mode: Permissions, before the process's own mask.

    Raises:
        EvidenceError: EVID-004 ``out`` exists; EVID-009 it cannot be written.
    """
    if os.path.lexists(out):
        raise EvidenceError("EVID-004", path=out)
    sweep(out)
    part = out.with_name(f".{out.name}.{random(4).hex()}.part")
    try:
        part.mkdir(mode)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    held = None
    # Without locks, the folder can only be taken for one that was left.
    with suppress(OSError):
        held = hold(part)
    try:
        yield part
        publish(part, out)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    finally:
        # After the rename there is nothing of this name; after a fault all of it goes.
        shutil.rmtree(part, ignore_errors=True)
        if held is not None:
            os.close(held)


def sweep(out: Path) -> None:
    """Remove what processes that were killed left beside ``out``; one that lives holds its folder."""
    # Not of ``NAME.more``, whose folders begin alike.
    for part in out.parent.glob(f".{glob.escape(out.name)}.{'[0-9a-f]' * 8}.part"):
        with suppress(OSError):
            held = hold(part)
            if held is not None:
                shutil.rmtree(part, ignore_errors=True)
                os.close(held)


def hold(part: Path) -> int | None:
    """Return a handle that holds a folder until it is closed; None if another process holds it.

    Raises:
        OSError: It cannot be opened, or is a link.
    """
    handle = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    return handle


def publish(part: Path, out: Path) -> None:
    """Give a folder its name, once everything in it is on the disk.

    Raises:
        EvidenceError: EVID-004 something has that name now.
        OSError: The disk fails.
    """
    _sync_tree(part)
    if os.path.lexists(out):
        raise EvidenceError("EVID-004", path=out)
    part.rename(out)
    sync_folder(out.parent)


def sync_folder(path: Path) -> None:
    """Return once the names in a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file_system(handle: int) -> None:
    """Return once everything written to the file system of a handle is on the disk.

    One sync of everything takes less time than a sync a file. Where a disk that was promised turns out full,
    or fails, only now is it known that what was written is lost: Linux tells it since 5.8 to who opened the
    handle before. ``os.sync`` tells nobody.

    Raises:
        OSError: Something was not written.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
    elif syncfs(handle):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _sync_tree(top: Path) -> None:
    for folder, _, _ in os.walk(top, topdown=False):
        sync_folder(Path(folder))


def write_file(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Put bytes into a new file and return once they are on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Put bytes into a file, in place of what was there; whoever looks sees the old or the new, whole."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    write_file(fresh, data, mode=mode)
    fresh.replace(path)
