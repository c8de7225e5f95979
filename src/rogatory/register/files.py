"""Files on disk: written whole or not at all, read up to a limit, and never outside their folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rogatory.errors import RegisterError
from rogatory.register import layout
from rogatory.register.verify import Reader

if TYPE_CHECKING:
    import httpx

__all__ = ["FolderStore", "from_folder", "from_http", "locked", "make", "write"]

# A compressed answer could be small on the line and large in memory.
PLAIN: Final = {"Accept-Encoding": "identity"}


def write(path: Path, data: bytes) -> None:
    """Put bytes at a path, whole and on the disk, or leave what was there.

    Raises:
        RegisterError: REG-036.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise RegisterError("REG-036", reason=error.strerror) from error


def make(folder: Path) -> None:
    """Leave a folder at the path.

    Raises:
        RegisterError: REG-036.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError("REG-036", reason=error.strerror) from error


def from_folder(folder: Path) -> Reader:
    """Return a reader over a folder that is served, or a copy of one."""

    def read(path: str, limit: int) -> bytes | None:
        try:
            with (folder / layout.check_path(path)).open("rb") as file:
                return file.read(limit + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise RegisterError("REG-036", reason=error.strerror) from error

    return read


def from_http(client: httpx.Client, address: str) -> Reader:
    """Return a reader over a register that is served at an address.

    Redirects are not followed, and a body is read no further than its limit.

    Args:
        client: The transport, with its timeouts.
        address: Where the register begins, such as ``https://host/register``.
    """
    # The half second that this takes is no business of an expert who verifies offline.
    import httpx  # noqa: PLC0415 - see above

    def read(path: str, limit: int) -> bytes | None:
        url = f"{address.rstrip('/')}/{layout.check_path(path)}"
        try:
            with client.stream("GET", url, follow_redirects=False, headers=PLAIN) as answer:
                if answer.status_code in {403, 404}:
                    return None
                if answer.status_code != 200:
                    raise RegisterError("REG-026", reason=f"status {answer.status_code}")
                return _bounded(answer.iter_raw(), limit)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RegisterError("REG-026", reason=type(error).__name__) from error

    return read


def _bounded(chunks: Iterator[bytes], limit: int) -> bytes:
    found = bytearray()
    for chunk in chunks:
        found += chunk[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    return bytes(found)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one writer.

    Raises:
        RegisterError: REG-033 another holds it; REG-036 the folder cannot be written.
    """
    try:
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise RegisterError("REG-036", reason=error.strerror) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RegisterError("REG-033") from None
    finally:
        os.close(handle)


class FolderStore:
    """A log's tiles in a folder, as ``custody.grow`` needs them."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first tile is written."""
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None."""
        try:
            return (self._folder / layout.check_path(path)).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Put the bytes at a path."""
        write(self._folder / layout.check_path(path), data)
