"""What a source holds, in the order of the table: read only, links never followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from rogatory.errors import EvidenceError
from rogatory.evidence import names
from rogatory.evidence.journal import marks_of
from rogatory.evidence.models import Kind
from rogatory.evidence.sealing import sorting
from rogatory.evidence.sealing.streams import Stream

__all__ = ["Found", "HeldFolder", "check_unchanged", "open_file", "size_of", "walk"]


class HeldFolder:
    """An open folder of the source, which several may hold; the last to let go checks it."""

    def __init__(self, path: str, descriptor: int, *, watched: bool) -> None:
        """Hold a folder for the first time.

        Args:
            path: Names it in an error.
            descriptor: Is closed by the last ``release``.
            watched: Whether a change of the folder matters: what lies in it is sealed.
        """
        self.descriptor = descriptor
        self._path, self._holders, self._lock = path, 1, Lock()
        self._before = os.fstat(descriptor) if watched else None

    def hold(self) -> None:
        """Hold it once more."""
        with self._lock:
            self._holders += 1

    def release(self, *, sound: bool = True) -> None:
        """Let go; the last one closes it.

        Args:
            sound: Whether all went well: after a fault, what changed since is no news.

        Raises:
            EvidenceError: EVID-002 a name came or went meanwhile: it would be in no table, and not missed.
        """
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
        try:
            if sound and self._before is not None:
                check_unchanged(self._path, self._before, os.fstat(self.descriptor))
        finally:
            os.close(self.descriptor)


class Found(NamedTuple):
    """Something that a source holds.

    Attributes:
        kind: What it is.
        path: Its portable path.
        origin: The bytes of its path below the source, or None where ``path`` is the same.
        facts: What the system said of it before it was opened.
        folder: The folder that holds it, good until the next is asked for, or for as long as it is held.
        name: Its name in that folder.
        size: Bytes of content; 0 of what has none.
        target: Where a link points.
        stream: What it is read from, if it is no file; its size is not known then, and ``facts`` say nothing.
        claims: What somebody said of it.
    """

    kind: Kind
    path: str
    origin: bytes | None
    facts: os.stat_result
    folder: HeldFolder
    name: str
    size: int = 0
    target: bytes | None = None
    stream: Stream | None = None
    claims: Mapping[str, str] = MappingProxyType({})


def walk(sources: Sequence[Path | Stream]) -> Iterator[Found]:
    """Yield everything under the sources, in the byte order of the portable paths' components.

    A file, a block device and a folder stand under their own last name. Of a folder everything below is
    yielded: files, links, empty folders and whatever else is there. A source that is a link, another
    device or a pipe itself is refused: its reader meant something else.

    Args:
        sources: Files, block devices, folders and streams; no two with one name.

    Raises:
        EvidenceError: EVID-001 to EVID-003 and EVID-007 something under a source; EVID-006 two sources
            have one name; EVID-008 there is none.

    Source:
        spec/evidence.md 6.5, 6.9.
    """
    if not sources:
        raise EvidenceError("EVID-008", what="sources")
    given = (each if isinstance(each, Stream) else absolute(each) for each in sources)
    by_name = {each.name: each for each in given}
    if len(by_name) != len(sources) or "" in by_name:
        raise EvidenceError("EVID-006")
    for name, place in _ordered(by_name):
        if isinstance(place, Stream):
            yield from _streamed(name, place)
            continue
        with _folder(place.parent) as parent:
            yield from _visit(parent, place.name, (name,), os.fsencode(place.name), top=True)


def _streamed(name: str, stream: Stream) -> Iterator[Found]:
    raw = os.fsencode(stream.name)
    if names.fault(name) is not None:
        raise EvidenceError("EVID-007", path=stream.name)
    with _folder(Path("/")) as nowhere:
        facts = os.fstat(nowhere.descriptor)
        origin = None if raw == name.encode() else raw
        yield Found("file", name, origin, facts, nowhere, name, stream=stream, claims=stream.claims)


def absolute(path: Path) -> Path:
    """Return the whole path of a source, with the name under which it is sealed."""
    # The name of "." is its folder's; a source that is a link keeps its own name, and is refused.
    return path.absolute() if path.name not in {"", ".."} else path.resolve()


def _ordered(found: dict[str, Path | Stream]) -> list[tuple[str, Path | Stream]]:
    portable = names.portable_names(found)
    return sorted(((portable[name], found[name]) for name in found), key=lambda each: each[0].encode())


@contextmanager
def _folder(path: str | Path, parent: HeldFolder | None = None, shown: str = "") -> Iterator[HeldFolder]:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if parent is None else os.O_NOFOLLOW)
    try:
        handle = os.open(path, flags, dir_fd=None if parent is None else parent.descriptor)
    except OSError as error:
        raise EvidenceError("EVID-001", path=shown or path, reason=error.strerror) from error
    held = HeldFolder(shown, handle, watched=parent is not None)
    try:
        yield held
    except BaseException:
        held.release(sound=False)
        raise
    held.release()


def _visit(
    parent: HeldFolder, name: str, components: tuple[str, ...], raw: bytes, *, top: bool = False
) -> Iterator[Found]:
    path = "/".join(components)
    if names.fault(path) is not None:
        raise EvidenceError("EVID-007", path=os.fsdecode(raw))
    try:
        facts = os.stat(name, dir_fd=parent.descriptor, follow_symlinks=False)
    except OSError as error:
        raise EvidenceError("EVID-001", path=os.fsdecode(raw), reason=error.strerror) from error
    origin = None if raw == path.encode() else raw
    mode = facts.st_mode
    if stat.S_ISREG(mode):
        yield Found("file", path, origin, facts, parent, name, facts.st_size)
    elif stat.S_ISDIR(mode):
        yield from _descend(parent, name, components, raw, facts)
    elif top and stat.S_ISBLK(mode):
        yield Found("file", path, origin, facts, parent, name, _device_size(parent, name, path))
    elif top:
        raise EvidenceError("EVID-003", path=os.fsdecode(raw))
    elif stat.S_ISLNK(mode):
        target = os.fsencode(os.readlink(name, dir_fd=parent.descriptor))
        yield Found("link", path, origin, facts, parent, name, target=target)
    else:
        yield Found("other", path, origin, facts, parent, name)


def _descend(
    parent: HeldFolder, name: str, components: tuple[str, ...], raw: bytes, facts: os.stat_result
) -> Iterator[Found]:
    with _folder(name, parent, os.fsdecode(raw)) as held:
        empty = True
        for own, written in sorting.ordered(_list(held.descriptor, raw)):
            empty = False
            yield from _visit(held, own, (*components, written), raw + b"/" + os.fsencode(own))
        if empty:
            path = "/".join(components)
            yield Found("folder", path, None if raw == path.encode() else raw, facts, parent, name)


def _list(handle: int, raw: bytes) -> Iterator[str]:
    try:
        with os.scandir(handle) as found:
            for each in found:
                yield each.name
    except OSError as error:
        raise EvidenceError("EVID-001", path=os.fsdecode(raw), reason=error.strerror) from error


def _device_size(parent: HeldFolder, name: str, path: str) -> int:
    """Return the bytes of a block device: where its end is, since its own record says 0."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent.descriptor)
        try:
            return os.lseek(handle, 0, os.SEEK_END)
        finally:
            os.close(handle)
    except OSError as error:
        raise EvidenceError("EVID-001", path=path, reason=error.strerror) from error


def check_unchanged(path: str, before: os.stat_result, after: os.stat_result) -> None:
    """Refuse a source whose size, time of change, inode or device is another than before."""
    if marks_of(before) != marks_of(after):
        raise EvidenceError("EVID-002", path=path)


def open_file(found: Found) -> int:
    """Return a descriptor, for reading alone, of the very file that was found.

    Raises:
        EvidenceError: EVID-001 it cannot be read, EVID-002 another stands in its place.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(found.name, flags, dir_fd=found.folder.descriptor)
    except OSError as error:
        raise EvidenceError("EVID-001", path=found.path, reason=error.strerror) from error
    try:
        check_unchanged(found.path, found.facts, os.fstat(handle))
    except EvidenceError:
        os.close(handle)
        raise
    return handle


def check_end(handle: int, found: Found) -> None:
    """Refuse a file that grew, shrank or was replaced while it was read.

    Raises:
        EvidenceError: EVID-002.

    Source:
        spec/evidence.md 6.10.
    """
    # Some file systems, and all devices, say less of the length than a read beyond the end does.
    if os.pread(handle, 1, found.size):
        raise EvidenceError("EVID-002", path=found.path)
    check_unchanged(found.path, found.facts, os.fstat(handle))
    try:
        now = os.stat(found.name, dir_fd=found.folder.descriptor, follow_symlinks=False)
    except OSError:
        raise EvidenceError("EVID-002", path=found.path) from None
    check_unchanged(found.path, found.facts, now)


def size_of(sources: Sequence[Path]) -> int:
    """Return about how many bytes the sources hold, for a progress bar; what cannot be read is 0."""
    total, folders = 0, [os.fspath(each) for each in sources if each.is_dir() and not each.is_symlink()]
    for each in sources:
        if each.is_file():
            total += each.stat().st_size
        elif each.is_block_device():
            with each.open("rb") as device:
                total += device.seek(0, os.SEEK_END)
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total
