"""Saving as it goes: what is settled is synced now and then, and only then written into the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from rogatory.errors import EvidenceError
from rogatory.evidence.journal import marks_of
from rogatory.evidence.models import Area, Segment
from rogatory.evidence.sealing.resuming import Unfinished
from rogatory.evidence.sealing.walk import Found
from rogatory.evidence.segments import AreaWriter, Spot

__all__ = ["Saving"]

# Whichever comes first: what a crash may cost is read and encrypted again.
SAVE_BYTES: Final = 256 << 20
SAVE_ENTRIES: Final = 8192


class Saving:
    """The lines since the last record, and the records of an earlier run."""

    def __init__(self, begun: Unfinished) -> None:
        """Begin with no line."""
        self._journal, self._records = begun.journal, begun.records
        self._next = next(begun.records, None)
        self._lines: list[bytes] = []
        # Of the area at hand: segments in the journal, and whether all of it is there.
        self._size = self._segments = 0
        self._finished = False

    def add(self, found: Found, line: bytes) -> bool:
        """Keep the line of a settled entry; return whether it is time to save."""
        if self._journal is None:
            return False
        self._lines.append(b"%d %d %d %d %d " % marks_of(found.facts) + line)
        self._size += found.size
        return self._size >= SAVE_BYTES or len(self._lines) >= SAVE_ENTRIES

    def save(self, writer: AreaWriter, end: Spot, *, finished: bool = False) -> None:
        """Sync everything before a spot, then say so in the journal.

        Raises:
            OSError: The disk fails.
        """
        if self._journal is None or self._finished:
            self._finished = False
            return
        root = writer.sync(end)
        # An area whose sources hold no file has no segment.
        last = end.segment if finished and end.chunk else end.segment - 1
        done = [writer.done[number] for number in range(self._segments + 1, last + 1)]
        head = {
            "area": writer.area,
            "done": [each.model_dump() for each in done],
            "finished": finished,
            "root": root,
            "spot": [end.segment, end.chunk, end.offset],
        }
        self._journal.append(head, self._lines)
        self._lines, self._size = [], 0
        self._segments = 0 if finished else last

    def replay(
        self, area: Area, walking: Iterator[Found], writer: AreaWriter
    ) -> Iterator[tuple[Found, bytes]]:
        """Yield what an earlier run sealed of an area, with its line; then set the writer behind it.

        Raises:
            EvidenceError: EVID-015 a source is not what it was then; EVID-013 the package lacks what the
                journal says of it.
        """
        # Without a record of the area nothing in it is known to be on the disk.
        head: dict[str, Any] = {"spot": [1, 0, 0], "root": "", "finished": False}
        done: list[Segment] = []
        while self._next is not None and self._next.head["area"] == area:
            head = self._next.head
            done += [Segment.model_validate(each) for each in head["done"]]
            for kept in self._next.lines:
                yield _same(area, next(walking, None), kept)
            self._next = next(self._records, None)
        self._finished = head["finished"]
        if self._finished and (more := next(walking, None)) is not None:
            raise EvidenceError("EVID-015", path=more.path)
        self._segments = 0 if self._finished else len(done)
        try:
            writer.restore(Spot(*head["spot"]), done, head["root"], finished=self._finished)
        except (OSError, EvidenceError) as error:
            raise EvidenceError("EVID-013", path=writer.folder, reason=error) from error


def _same(area: Area, found: Found | None, kept: bytes) -> tuple[Found, bytes]:
    """Return what was found now, if it is what was found then."""
    *marks, line = kept.split(b" ", 5)
    document = json.loads(line)
    if found is None:
        raise EvidenceError("EVID-015", path=document["path"])
    now = area, found.kind, found.path, marks_of(found.facts)
    if now != (document["area"], document["kind"], document["path"], tuple(int(each) for each in marks)):
        raise EvidenceError("EVID-015", path=found.path)
    return found, line
