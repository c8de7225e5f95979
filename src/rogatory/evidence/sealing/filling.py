"""The one pass of sealing: what is found goes to benches side by side, and into the table in order."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, SALT_SIZE
from rogatory.evidence import models, trees
from rogatory.evidence.models import Area, Segment
from rogatory.evidence.sealing import walk
from rogatory.evidence.sealing.batches import Batch, Task
from rogatory.evidence.sealing.benches import Crew
from rogatory.evidence.sealing.encrypting import Job
from rogatory.evidence.sealing.lines import Line
from rogatory.evidence.sealing.resuming import Unfinished
from rogatory.evidence.sealing.saving import Saving
from rogatory.evidence.sealing.streams import Stream, check_claims
from rogatory.evidence.sealing.walk import Found
from rogatory.evidence.segments import FIRST, AreaWriter
from rogatory.evidence.tables import TableWriter
from rogatory.evidence.trees import Tree

__all__ = ["Filling", "locked"]

# What may be found before what was found first is in the table.
PENDING: Final = 4096
# How often whoever waits for a large file hears how far it is.
BEAT: Final = 0.2


def locked(random: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Return a source of randomness that several threads may ask."""
    lock = Lock()

    def draw(size: int) -> bytes:
        with lock:
            return random(size)

    return draw


@dataclass(slots=True)
class _Run:
    """Entries that are done at once, and what came of them."""

    batch: Batch
    done: Future[list[Line]]


class Filling:
    """Segments and table in the making. What is secret in it lives as long as the call to ``seal``.

    Attributes:
        keys: The package key, K, and the package's id.
        files: Entries with content so far.
        tree: The tree over the entries.
        segments: Of each area, once it is filled.
        table: The table of entries; its ``size`` counts.
        table_digest: SHA-256 of its file.
    """

    def __init__(
        self,
        begun: Unfinished,
        progress: Callable[[int], None],
        claims: Callable[[Area, Found], Mapping[str, str]] | None = None,
    ) -> None:
        """Begin with nothing, or where an earlier run ended; nothing is written yet."""
        self._claims = claims
        self.part, self.keys, self.progress = begun.part, begun.keys, progress
        self._saving = Saving(begun)
        self.tree = Tree()
        self.files = self.begun = 0
        self.segments: dict[Area, tuple[Segment, ...]] = {}
        self._runs: deque[_Run] = deque()
        # Entries in them.
        self._pending = 0

    def fill(self, sources: Sequence[Path | Stream], legal: Sequence[Path]) -> None:
        """Write segments and the table of entries."""
        table = chunks.table_key(self.keys.key, self.keys.package, models.ENTRIES)
        with (self.part / models.ENTRIES).open("xb") as file, Crew(self.keys) as self._crew:
            self.table = TableWriter(file, table, self.keys.random)
            self._fill_area("data", sources)
            if legal:
                self._fill_area("legal", legal)
            self.table_digest = self.table.finish()
            file.flush()
            os.fsync(file.fileno())

    def _fill_area(self, area: Area, places: Sequence[Path | Stream]) -> None:
        self._area, self._writer = area, AreaWriter(self.part, area)
        self._batch = Batch(area)
        try:
            walking = walk.walk(places)
            for found, line in self._saving.replay(area, walking, self._writer):
                self._again(found, line)
            for found in walking:
                self._take(found)
            self._send_batch()
            self._settle(0)
            self.segments[area] = self._writer.finish()
            self._saving.save(self._writer, self._writer.next, finished=True)
        except BaseException:
            # Nobody may write any more once the files are closed.
            self._crew.stop()
            self._let_go()
            raise
        finally:
            self._writer.close()

    def _let_go(self) -> None:
        """Close the folders of what was never begun."""
        self._batch.release(sound=False)
        for run in self._runs:
            if run.done.cancelled():
                run.batch.release(sound=False)

    def _again(self, found: Found, line: bytes) -> None:
        """Put into the table what an earlier run sealed."""
        members = trees.entry_fields(json.loads(line))
        leaf = trees.entry_leaf(members, self.tree.size, self.keys.hiding)
        self._list(found, Line(trees.entry_line(members), leaf))
        self.begun += 1
        self.progress(found.size)

    def _take(self, found: Found) -> None:
        if self._claims is not None or found.claims:
            found = self._with_claims(found)
        if found.stream is not None:
            self._stream(found)
        elif found.size > CHUNK_SIZE:
            self._send_large(found)
        else:
            self._pack(found)
        self.begun += 1
        if self._pending >= PENDING:
            self._settle(PENDING // 2)

    def _with_claims(self, found: Found) -> Found:
        more = self._claims(self._area, found) if self._claims else {}
        claims = {**found.claims, **more}
        check_claims(found.path, claims)
        return found._replace(claims=claims) if claims else found

    def _stream(self, found: Found) -> None:
        """Seal what has no size beforehand: alone, once everything before it is done."""
        self._send_batch()
        self._settle(0)
        salt = self.keys.random(SALT_SIZE)
        found, line = self._crew.stream(Job(self.begun, found, self._writer, FIRST, salt))
        self._list(found, line)
        self._tell()

    def _send_large(self, found: Found) -> None:
        self._send_batch()
        spot, alone = self._writer.reserve(found.size), Batch(self._area, self.begun)
        alone.add(Task(found, spot, self._writer.next))
        job = Job(self.begun, found, self._writer, spot, self.keys.random(SALT_SIZE))
        self._expect(alone, self._crew.large(alone, job))

    def _pack(self, found: Found) -> None:
        """Put an entry into the batch at hand, or into a new one."""
        spot = self._writer.reserve(found.size) if found.kind == "file" else None
        if not self._batch.takes(found, spot):
            self._send_batch()
        if not self._batch.tasks:
            self._batch.number = self.begun
        self._batch.add(Task(found, spot, self._writer.next))

    def _send_batch(self) -> None:
        batch, self._batch = self._batch, Batch(self._area)
        if batch.tasks:
            self._expect(batch, self._crew.small(batch, self._writer))

    def _expect(self, batch: Batch, done: Future[list[Line]]) -> None:
        self._runs.append(_Run(batch, done))
        self._pending += len(batch.tasks)
        self._settle(PENDING)

    def _settle(self, most: int) -> None:
        """Put into the table what is complete, in order; wait until no more entries than that are not."""
        while self._runs:
            run = self._runs[0]
            if self._pending <= most and not run.done.done():
                break
            self._await(run.done)
            for task, line in zip(run.batch.tasks, self._crew.result(run.done), strict=True):
                self._list(task.found, line)
                if self._saving.add(task.found, line.line):
                    self._saving.save(self._writer, task.end)
            self._runs.popleft()
            self._pending -= len(run.batch.tasks)
        self._tell()

    def _await(self, done: Future[list[Line]]) -> None:
        while not done.done():
            wait([done], BEAT)
            self._tell()

    def _tell(self) -> None:
        if read := self._crew.told():
            self.progress(read)

    def _list(self, found: Found, line: Line) -> None:
        self.files += found.kind == "file"
        self.tree.add_leaf(line.leaf)
        self.table.add(line.line)
