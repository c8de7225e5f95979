"""What a source holds, in the order of the table: read only, links never followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rogatory.errors import EvidenceError
from rogatory.evidence import listing, names
from rogatory.evidence.models import Kind

__all__ = ["Found", "check_unchanged", "open_file", "walk"]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a source holds.

    Attributes:
        kind: What it is.
        path: Its portable path.
        origin: The bytes of its path below the source, or None where ``path`` is the same.
        facts: What the system said of it before it was opened.
        folder: An open descriptor of the folder that holds it, good until the next is asked for.
        name: Its name in that folder.
        target: Where a link points.
    """

    kind: Kind
    path: str
    origin: bytes | None
    facts: os.stat_result
    folder: int
    name: str
    target: bytes | None = None


def walk(sources: Sequence[Path]) -> Iterator[Found]:
    """Yield everything under the sources, in the byte order of the portable paths' components.

    A file and a folder stand under their own last name. Of a folder everything below is yielded:
    files, links, empty folders and whatever else is there. A source that is a link, a device or a
    pipe itself is refused: its reader meant something else.

    Args:
        sources: Files and folders; no two with one name.

    Raises:
        EvidenceError: EVID-001 to EVID-003 and EVID-007 something under a source; EVID-006 two sources
            have one name; EVID-008 there is none.

    Source:
        spec/evidence.md 6.5.
    """
    if not sources:
        raise EvidenceError("EVID-008", what="sources")
    by_name = {path.name: path for path in (_absolute(each) for each in sources)}
    if len(by_name) != len(sources) or "" in by_name:
        raise EvidenceError("EVID-006")
    for name, path in _ordered(by_name):
        with _folder(path.parent) as parent:
            yield from _visit(parent, path.name, (name,), os.fsencode(path.name), top=True)


def _absolute(path: Path) -> Path:
    # The name of "." is its folder's; a source that is a link keeps its own name, and is refused.
    return path.absolute() if path.name not in {"", ".."} else path.resolve()


def _ordered(found: dict[str, Path]) -> list[tuple[str, Path]]:
    portable = names.portable_names(found)
    return sorted(((portable[name], found[name]) for name in found), key=lambda each: each[0].encode())


@contextmanager
def _folder(path: str | Path, parent: int | None = None) -> Iterator[int]:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if parent is None else os.O_NOFOLLOW)
    try:
        handle = os.open(path, flags, dir_fd=parent)
    except OSError as error:
        raise EvidenceError("EVID-001", path=path, reason=error.strerror) from error
    try:
        yield handle
    finally:
        os.close(handle)


def _visit(
    parent: int, name: str, components: tuple[str, ...], raw: bytes, *, top: bool = False
) -> Iterator[Found]:
    path = "/".join(components)
    if names.fault(path) is not None:
        raise EvidenceError("EVID-007", path=os.fsdecode(raw))
    try:
        facts = os.stat(name, dir_fd=parent, follow_symlinks=False)
    except OSError as error:
        raise EvidenceError("EVID-001", path=os.fsdecode(raw), reason=error.strerror) from error
    origin = None if raw == path.encode() else raw
    if stat.S_ISDIR(facts.st_mode):
        yield from _descend(parent, name, components, raw, facts)
    elif stat.S_ISREG(facts.st_mode):
        yield Found("file", path, origin, facts, parent, name)
    elif top:
        raise EvidenceError("EVID-003", path=os.fsdecode(raw))
    elif stat.S_ISLNK(facts.st_mode):
        target = os.fsencode(os.readlink(name, dir_fd=parent))
        yield Found("link", path, origin, facts, parent, name, target)
    else:
        yield Found("other", path, origin, facts, parent, name)


def _descend(
    parent: int, name: str, components: tuple[str, ...], raw: bytes, facts: os.stat_result
) -> Iterator[Found]:
    with _folder(name, parent) as handle:
        before = os.fstat(handle)
        empty = True
        for own, written in listing.ordered(_list(handle, raw)):
            empty = False
            yield from _visit(handle, own, (*components, written), raw + b"/" + os.fsencode(own))
        if empty:
            path = "/".join(components)
            yield Found("folder", path, None if raw == path.encode() else raw, facts, parent, name)
        # A name that came or went meanwhile would be neither in the table nor missed.
        check_unchanged(os.fsdecode(raw), before, os.fstat(handle))


def _list(handle: int, raw: bytes) -> Iterator[str]:
    try:
        with os.scandir(handle) as found:
            for each in found:
                yield each.name
    except OSError as error:
        raise EvidenceError("EVID-001", path=os.fsdecode(raw), reason=error.strerror) from error


def check_unchanged(path: str, before: os.stat_result, after: os.stat_result) -> None:
    """Refuse a source whose size, time of change, inode or device is another than before."""

    def marks(facts: os.stat_result) -> tuple[int, ...]:
        return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns

    if marks(before) != marks(after):
        raise EvidenceError("EVID-002", path=path)


def open_file(found: Found) -> int:
    """Return a descriptor, for reading alone, of the very file that was found.

    Raises:
        EvidenceError: EVID-001 it cannot be read, EVID-002 another stands in its place.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(found.name, flags, dir_fd=found.folder)
    except OSError as error:
        raise EvidenceError("EVID-001", path=found.path, reason=error.strerror) from error
    try:
        check_unchanged(found.path, found.facts, os.fstat(handle))
    except EvidenceError:
        os.close(handle)
        raise
    return handle
