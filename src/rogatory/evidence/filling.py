"""The one pass of sealing: what is found goes to benches side by side, and into the table in order."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Final

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, SALT_SIZE
from rogatory.evidence import models, trees, walk
from rogatory.evidence.benches import Crew
from rogatory.evidence.encrypting import GROUP_SIZE, Content, Job
from rogatory.evidence.lines import entry_members
from rogatory.evidence.models import Area, Segment
from rogatory.evidence.resuming import Unfinished
from rogatory.evidence.saving import Saving
from rogatory.evidence.segments import FIRST, AreaWriter, Spot
from rogatory.evidence.streams import Stream, check_claims
from rogatory.evidence.tables import TableWriter
from rogatory.evidence.trees import Tree
from rogatory.evidence.walk import Found

__all__ = ["Filling", "locked"]

# A batch of small files: enough that what is done once for all of them costs little, and few enough
# folders that they can be kept open.
BATCH_FILES: Final = 64
BATCH_FOLDERS: Final = 16
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
class _Draft:
    """An entry that waits for its content, or for those before it."""

    found: Found
    area: Area
    done: Future[list[Content]] | None = None
    place: int = 0
    end: Spot = FIRST


@dataclass(slots=True)
class _Batch:
    """Small files that stand one behind another in one segment."""

    jobs: list[Job] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    size: int = 0
    folders: int = 0

    def takes(self, job: Job) -> bool:
        return not self.jobs or (
            len(self.jobs) < BATCH_FILES
            and self.folders < BATCH_FOLDERS
            and self.size + job.found.size <= GROUP_SIZE
            and job.spot.segment == self.jobs[0].spot.segment
        )

    def add(self, job: Job, draft: _Draft) -> None:
        # A walk goes through one folder at a time, so it is enough to look at the last.
        self.folders += not self.jobs or job.found.folder is not self.jobs[-1].found.folder
        self.jobs.append(job)
        self.drafts.append(draft)
        self.size += job.found.size


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
        claims: Callable[[Area, Found], Mapping[str, str]] = lambda _, __: {},
    ) -> None:
        """Begin with nothing, or where an earlier run ended; nothing is written yet."""
        self._claims = claims
        self.part, self.keys, self.progress = begun.part, begun.keys, progress
        keys = begun.keys
        self._saving = Saving(begun)
        self.hiding = chunks.hiding_key(keys.key, keys.package)
        self.tree = Tree()
        self.files = self.begun = 0
        self.segments: dict[Area, tuple[Segment, ...]] = {}
        self._drafts: deque[_Draft] = deque()
        self._batch = _Batch()

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
            raise
        finally:
            self._writer.close()

    def _again(self, found: Found, line: bytes) -> None:
        """Put into the table what an earlier run sealed."""
        members = trees.entry_fields(json.loads(line))
        self._list(members)
        self.begun += 1
        self.files += found.kind == "file"
        self.progress(found.size)

    def _take(self, found: Found) -> None:
        found = self._with_claims(found)
        if found.stream is not None:
            self._stream(found)
            return
        draft = _Draft(found, self._area)
        if found.kind == "file":
            found.folder.hold()
            spot = self._writer.reserve(found.size)
            self._add(Job(self.begun, found, self._writer, spot, self.keys.random(SALT_SIZE)), draft)
        draft.end = self._writer.next
        self.begun += 1
        self._drafts.append(draft)
        if len(self._drafts) >= PENDING:
            self._settle(PENDING // 2)

    def _with_claims(self, found: Found) -> Found:
        claims = {**found.claims, **self._claims(self._area, found)}
        if not claims:
            return found
        check_claims(found.path, claims)
        return replace(found, claims=claims)

    def _stream(self, found: Found) -> None:
        """Seal what has no size beforehand: alone, once everything before it is done."""
        self._send_batch()
        self._settle(0)
        salt = self.keys.random(SALT_SIZE)
        content = self._crew.stream(Job(self.begun, found, self._writer, FIRST, salt))
        self.begun += 1
        self._write(_Draft(found, self._area), content)
        self._tell()

    def _add(self, job: Job, draft: _Draft) -> None:
        """Put a file into the batch at hand, or send it alone."""
        if job.found.size > CHUNK_SIZE:
            self._send_batch()
            draft.done = self._crew.large(job)
            return
        batch = self._batch
        if not batch.takes(job):
            self._send_batch()
            batch = self._batch
        draft.place = len(batch.jobs)
        batch.add(job, draft)

    def _send_batch(self) -> None:
        batch, self._batch = self._batch, _Batch()
        if batch.jobs:
            done = self._crew.small(batch.jobs)
            for draft in batch.drafts:
                draft.done = done
            self._settle(PENDING)

    def _settle(self, most: int) -> None:
        """Put into the table what is complete, in order; wait until no more than so many are not."""
        while self._drafts:
            draft = self._drafts[0]
            if len(self._drafts) <= most and not self._ready(draft):
                break
            if draft.found.kind == "file" and draft.done is None:
                self._send_batch()
            self._await(draft.done)
            self._drafts.popleft()
            self._write(draft, self._crew.result(draft.done)[draft.place] if draft.done else None)
        self._tell()

    @staticmethod
    def _ready(draft: _Draft) -> bool:
        return draft.found.kind != "file" or (draft.done is not None and draft.done.done())

    def _await(self, done: Future[list[Content]] | None) -> None:
        while done is not None and not done.done():
            wait([done], BEAT)
            self._tell()

    def _tell(self) -> None:
        if read := self._crew.told():
            self.progress(read)

    def _write(self, draft: _Draft, content: Content | None) -> None:
        line = self._list(entry_members(draft.found, draft.area, content))
        self.files += content is not None
        if self._saving.add(draft.found, line):
            self._saving.save(self._writer, draft.end)

    def _list(self, members: dict[str, bytes]) -> bytes:
        line = trees.entry_line(members)
        self.tree.add_leaf(trees.entry_leaf(members, self.tree.size, self.hiding))
        self.table.add(line)
        return line
