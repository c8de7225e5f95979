"""A bag in the making beside the place where it will be, and the way back into it after a crash.

A file counts once it has its digest and is on the disk; no record speaks of a part of a file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from rogatory.errors import EvidenceError
from rogatory.evidence import models
from rogatory.evidence.atomic import hold, publish, sweep, sync_file_system
from rogatory.evidence.journal import Journal, Record, marks_of
from rogatory.evidence.models import Area, Entry

__all__ = ["Keeper", "Place", "Reached", "Unfinished", "part_path", "unfinished"]

VERSION: Final = 1
SAVE_BYTES: Final = 256 << 20
"""Bytes of files after which what is there is synced and written down."""
BAG, JOURNAL = "bag", "journal"


def part_path(out: Path) -> Path:
    """Return where an unfinished bag and its journal lie."""
    return out.with_name(f".{out.name}.opening.part")


class Place(NamedTuple):
    """Where the next chunk stands: in which segment, from 1, and at which place in it, from 0."""

    segment: int = 1
    chunk: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an opening has come.

    Attributes:
        entries: So many entries of the table, from its beginning, need nothing more.
        places: The place behind their last chunk, in each area.
    """

    entries: int = 0
    places: dict[Area, Place] = field(default_factory=lambda: dict.fromkeys(models.AREAS, Place()))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The folder of an unfinished bag, which no other process has."""

    part: Path

    @property
    def bag(self) -> Path:
        """Where the bag grows."""
        return self.part / BAG

    def resume(self, seal: str, package: bytes, key: bytes, random: Callable[[int], bytes]) -> Keeper:
        """Return what was kept of the bag, ready for what is still to come; nothing, if it is not all there.

        Args:
            seal: SHA-256 of the seal that is being opened.
            package: Its package's id.
            key: The package key; whoever wrote the journal had it.
            random: Draws nonces.
        """
        handle = os.open(self.part / JOURNAL, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with ExitStack() as opened:
            opened.callback(os.close, handle)
            journal = Journal.resume(handle, key, random)
            reached = Reached() if journal is None else self._kept(seal, journal.records())
            if journal is None or not reached.entries:
                shutil.rmtree(self.bag, ignore_errors=True)
                self.bag.mkdir(0o700)
                journal = Journal.begin(handle, package, key, random)
                journal.append({"version": VERSION, "seal": seal}, [])
            return Keeper(self.bag, journal, reached, opened.pop_all())

    def _kept(self, seal: str, records: Iterator[Record]) -> Reached:
        """Return how far the journal goes; nowhere, if its seal is another or a file was changed."""
        first = next(records, None)
        if first is None or first.head != {"version": VERSION, "seal": seal}:
            return Reached()
        reached = Reached()
        for record in records:
            if not all(map(self._is_as_left, record.lines)):
                return Reached()
            places = {area: Place(*record.head["places"][area]) for area in models.AREAS}
            reached = Reached(record.head["entries"], places)
        for each in self.bag.iterdir():
            # What is written last, or added to line by line, is written again.
            if each.name not in models.AREAS:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        return reached

    def _is_as_left(self, line: bytes) -> bool:
        *marks, path = line[:-1].split(b" ", 5)
        try:
            found = (self.bag / os.fsdecode(path)).lstat()
        except OSError:
            return False
        return marks_of(found) == tuple(map(int, marks))


class Keeper:
    """Writes down which files of a bag are there for good, while the opening goes on.

    Attributes:
        since: How far an earlier opening had come.
    """

    def __init__(self, bag: Path, journal: Journal, since: Reached, opened: ExitStack) -> None:
        """Keep what becomes of a bag; close ``opened`` at the end."""
        self.since, self._places = since, dict(since.places)
        self._bag, self._journal, self._opened = bag, journal, opened
        self._lines: list[bytes] = []
        self._size = 0
        self._saving: Future[None] | None = None

    def __enter__(self) -> Self:
        """Begin; what the disk loses from here on, it says."""
        self._disk = os.open(self._bag, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._opened.callback(os.close, self._disk)
        self._thread = self._opened.enter_context(ThreadPoolExecutor(1, "rogatory-keeper"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what is under way, and close the journal."""
        self._opened.close()

    def add(self, number: int, entry: Entry, place: Place) -> None:
        """Take note of a file that is complete and has its digest; now and then, save.

        Args:
            number: The number of its entry; the files of all before it are complete too.
            entry: The entry.
            place: The place behind its last chunk.

        Raises:
            OSError: What was to be saved before is not on the disk.
        """
        path = f"{entry.area}/{entry.path}"
        marks = marks_of(os.lstat(f"{self._bag}/{path}"))
        self._lines.append(b"%d %d %d %d %d " % marks + path.encode() + b"\n")
        self._places[entry.area] = place
        self._size += entry.size or 0
        if self._size < SAVE_BYTES or (self._saving is not None and not self._saving.done()):
            return
        if self._saving is not None:
            self._saving.result()
        head: dict[str, Any] = {"entries": number + 1, "places": dict(self._places)}
        self._saving = self._thread.submit(self._save, head, self._lines)
        self._lines, self._size = [], 0

    def _save(self, head: dict[str, Any], lines: list[bytes]) -> None:
        sync_file_system(self._disk)
        self._journal.append(head, lines)


@contextmanager
def unfinished(out: Path) -> Iterator[Unfinished]:
    """Hand out the folder of a bag, new or left by an opening that was killed; at the end, name the bag.

    If the block raises, nothing stays. A process that is killed leaves ``.NAME.opening.part``: plaintext,
    which its owner alone can read, and a journal. The next opening to ``out`` goes on from there.

    Args:
        out: The bag to be; nothing of that name may exist.

    Raises:
        EvidenceError: EVID-004 ``out`` exists; EVID-009 it cannot be written; EVID-014 another process is
            opening to it.

    Source:
        spec/evidence.md 8.3.
    """
    if os.path.lexists(out):
        raise EvidenceError("EVID-004", path=out)
    part = part_path(out)
    sweep(out, but=part)
    try:
        part.mkdir(0o700, exist_ok=True)
        held = _hold_own(part)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    try:
        yield Unfinished(part)
        publish(part / BAG, out)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        os.close(held)


def _hold_own(part: Path) -> int:
    """Return a handle that holds a folder which belongs to us and which nobody else may look into."""
    held = hold(part)
    if held is None:
        raise EvidenceError("EVID-014", path=part)
    found = os.fstat(held)
    # In a folder where anybody may write, somebody could have laid one out for our plaintext.
    if found.st_uid != os.geteuid() or found.st_mode & 0o077:
        os.close(held)
        raise EvidenceError("EVID-009", path=part, reason="it belongs to somebody else, or is open to others")
    return held
