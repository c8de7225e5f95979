"""A bag in the making beside the place where it will be, and the way back into it after a crash.

A file counts once it has its digest and is on the disk; no record speaks of a part of a file. A record is
believed if this opener wrote it, if the file it is about was not touched since, and if the sealed table
names that file with that digest.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from rogatory.errors import EvidenceError
from rogatory.evidence import models
from rogatory.evidence.atomic import hold, publish, sweep, sync_file_system
from rogatory.evidence.journal import Journal, Record, marks_of
from rogatory.evidence.models import Entry
from rogatory.evidence.opening.bag import clear, files_below

__all__ = ["LOCAL_USE", "Keeper", "Unfinished", "opening_of", "unfinished"]

LOCAL_USE: Final = b"opening-journal"
"""What the key is for that follows from the opener's own (spec/keys.md 2.3)."""
VERSION: Final = 1
SAVE_BYTES: Final = 256 << 20
SAVE_FILES: Final = 8192
"""What is there is synced and written down after so many bytes of files, or so many files."""
BAG, JOURNAL = "bag", "journal"
OPEN: Final = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW


def opening_of(out: Path) -> Path:
    """Return where an opening to ``out`` keeps the bag so far, and its journal."""
    return out.with_name(f".{out.name}.opening")


class Unfinished:
    """The folder of an unfinished bag, which no other process has.

    Attributes:
        bag: Where the bag grows.
        ours: Whether what is in it is ours to remove.
    """

    def __init__(self, part: Path, *, ours: bool) -> None:
        """Hold what was made now, or was left by an opening that was killed."""
        self._part, self.bag, self.ours = part, part / BAG, ours

    def resume(
        self,
        seal: str,
        identity: tuple[bytes, bytes],
        table: Iterator[Entry],
        random: Callable[[int], bytes],
    ) -> Keeper:
        """Return what was kept of the bag, ready for what is still to come; nothing, if it is not believed.

        Args:
            seal: SHA-256 of the seal that is being opened.
            identity: Its package's id, and a key of 32 bytes that only this opener has.
            table: Every entry in order; raises at its end if they are not the sealed ones.
            random: Draws nonces.
        """
        package, key = identity
        path, since = self._part / JOURNAL, 0
        with ExitStack() as opened:
            journal = None
            if path.exists():
                handle = os.open(path, OPEN)
                opened.callback(os.close, handle)
                journal = Journal.resume(handle, key, random)
                since = 0 if journal is None else self._believed(seal, journal.records(), table)
            self.ours = True
            if journal is None or not since:
                opened.close()
                clear(self.bag)
                self.bag.mkdir(0o700)
                path.unlink(missing_ok=True)
                handle = os.open(path, OPEN | os.O_CREAT | os.O_EXCL, 0o600)
                opened.callback(os.close, handle)
                journal = Journal.begin(handle, package, key, random)
                journal.append({"version": VERSION, "seal": seal}, [])
            return Keeper(self.bag, journal, since, opened.pop_all())

    def _believed(self, seal: str, records: Iterator[Record], table: Iterator[Entry]) -> int:
        """Return how many entries of the table need nothing more, from its beginning; 0 begins anew.

        Nothing of the bag is changed before all of it is believed.
        """
        first = next(records, None)
        if first is None or first.head != {"version": VERSION, "seal": seal} or not self._is_plain():
            return 0
        lines = (line for record in records for line in record.lines)
        line, since, counting = next(lines, None), 0, True
        if line is None:
            return 0
        # To its end, where the table is proved.
        for number, entry in enumerate(table):
            if not counting or entry.place is None:
                continue
            if line is None:
                counting = False
            elif self._is_as_left(line, number, entry):
                line, since = next(lines, None), number + 1
            else:
                since, counting = 0, False
        if line is not None or not since:
            return 0
        for each in self.bag.iterdir():
            # What is written last, or added to line by line, is written again.
            if each.name not in models.AREAS:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        return since

    def _is_plain(self) -> bool:
        """Return whether a bag is there that holds files and folders alone: nothing leads out of it."""
        places = (self.bag, *(self.bag / area for area in models.AREAS))
        if not all(map(_is_folder, filter(os.path.lexists, places))) or not self.bag.exists():
            return False
        return all(each.is_file(follow_symlinks=False) for each in files_below(self.bag))

    def _is_as_left(self, line: bytes, number: int, entry: Entry) -> bool:
        try:
            facts = os.lstat(f"{self.bag}/{entry.area}/{entry.path}")
        except OSError:
            return False
        return line == _line(number, entry, facts)


def _line(number: int, entry: Entry, facts: os.stat_result) -> bytes:
    marks = b"%d %d %d %d %d" % marks_of(facts)
    return b"%d %b %b %b/%b\n" % (
        number,
        marks,
        (entry.sha256 or "").encode(),
        entry.area.encode(),
        entry.path.encode(),
    )


class Keeper:
    """Writes down which files of a bag are there for good, while the opening goes on.

    Attributes:
        since: How many entries of the table, from its beginning, need nothing more.
    """

    def __init__(self, bag: Path, journal: Journal, since: int, opened: ExitStack) -> None:
        """Keep what becomes of a bag; close ``opened`` at the end."""
        self.since = since
        self._bag, self._journal, self._opened = bag, journal, opened
        self._lines: list[bytes] = []
        self._size = 0
        self._saving: Future[None] | None = None

    def __enter__(self) -> Self:
        """Begin; what the disk loses from here on, it says."""
        with self._opened as opened:
            self._disk = os.open(self._bag, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            opened.callback(os.close, self._disk)
            self._thread = opened.enter_context(ThreadPoolExecutor(1, "rogatory-keeper"))
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what is under way, and close the journal."""
        self._opened.close()

    def add(self, number: int, entry: Entry) -> None:
        """Take note of a file that is complete and has its digest; now and then, save.

        Args:
            number: The number of its entry; the files of all before it are complete too.
            entry: The entry.

        Raises:
            OSError: What was to be saved before is not on the disk.
        """
        facts = os.lstat(f"{self._bag}/{entry.area}/{entry.path}")
        self._lines.append(_line(number, entry, facts))
        self._size += facts.st_size
        if self._size < SAVE_BYTES and len(self._lines) < SAVE_FILES:
            return
        if self._saving is not None:
            self._saving.result()
        self._saving = self._thread.submit(self._save, self._lines)
        self._lines, self._size = [], 0

    def _save(self, lines: list[bytes]) -> None:
        sync_file_system(self._disk)
        self._journal.append({}, lines)


@contextmanager
def unfinished(out: Path) -> Iterator[Unfinished]:
    """Hand out the folder of a bag, new or left by an opening that was killed; at the end, name the bag.

    If the block raises, nothing stays of what this opening had to do with. A process that is killed leaves
    ``.NAME.opening``: plaintext, which its owner alone can read, and a journal. The next opening to ``out``
    goes on from there.

    Args:
        out: The bag to be; nothing of that name may exist.

    Raises:
        EvidenceError: EVID-004 ``out`` exists; EVID-009 it cannot be written; EVID-014 another process is
            opening to it.

    Source:
        spec/evidence.md 8.3, 8.4.
    """
    if os.path.lexists(out):
        if out.name:
            _tidy(opening_of(out))
        raise EvidenceError("EVID-004", path=out)
    part = opening_of(out)
    sweep(out)
    try:
        held, ours = _held(part)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    begun = Unfinished(part, ours=ours)
    try:
        yield begun
        publish(begun.bag, out)
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
    finally:
        # A wrong key or a wrong register is found before anything in it was touched.
        if begun.ours:
            shutil.rmtree(part, ignore_errors=True)
        os.close(held)


def _tidy(part: Path) -> None:
    """Remove what stayed of an opening that was killed once its bag had its name: a journal."""
    with suppress(OSError), ExitStack() as opened:
        held = hold(part)
        if held is None:
            return
        opened.callback(os.close, held)
        if _is_ours(part, os.fstat(held)) and not os.path.lexists(part / BAG):
            (part / JOURNAL).unlink(missing_ok=True)
            part.rmdir()


def _held(part: Path) -> tuple[int, bool]:
    """Return a handle that holds the folder, and whether it was made just now.

    Raises:
        EvidenceError: EVID-009 it is somebody else's; EVID-014 another process holds it.
        OSError: It cannot be made or opened.
    """
    while True:
        made = _made(part)
        with ExitStack() as opened:
            try:
                held = hold(part)
            except FileNotFoundError:
                continue
            except OSError:
                if made:
                    part.rmdir()
                raise
            if held is None:
                raise EvidenceError("EVID-014", path=part)
            opened.callback(os.close, held)
            found = os.fstat(held)
            # Whoever had it may have removed it between the steps.
            if not _is_still(part, found):
                continue
            if not made and not _is_ours(part, found):
                raise EvidenceError("EVID-009", path=part, reason="it is not what an opening of yours left")
            # On some file systems what was made a moment ago is nobody's in particular, and open to all.
            if made or not found.st_mode & 0o077:
                opened.pop_all()
                return held, made
            # Others could look into it, and put something there.
            shutil.rmtree(part)


def _is_ours(part: Path, found: os.stat_result) -> bool:
    """Return whether a folder is our own and holds what an opening leaves, and nothing else."""
    if found.st_uid != os.geteuid() or {each.name for each in part.iterdir()} - {BAG, JOURNAL}:
        return False
    try:
        journal = (part / JOURNAL).lstat()
    except FileNotFoundError:
        return True
    # With another name it would be a file of somebody's that is written to here.
    return stat.S_ISREG(journal.st_mode) and journal.st_nlink == 1


def _made(part: Path) -> bool:
    try:
        part.mkdir(0o700)
    except FileExistsError:
        return False
    return True


def _is_still(part: Path, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(found, part.lstat())
    except FileNotFoundError:
        return False


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)
