"""The one pass of sealing: files read once, hashed and encrypted side by side, listed as they are done."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, NONCE_SIZE, PACKAGE_KEY_SIZE, SALT_SIZE, TAG_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence import models, trees, walk
from rogatory.evidence.hashing import INLINE, Digesting, Hasher
from rogatory.evidence.models import Area, Segment
from rogatory.evidence.segments import SegmentWriter
from rogatory.evidence.tables import TableWriter
from rogatory.evidence.trees import Tree
from rogatory.evidence.walk import Found
from rogatory.values import base64_text, instant_text
from rogatory.values.instants import FIRST_YEAR, LAST_YEAR

__all__ = ["Filling"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
YEARS: Final = (EPOCH.replace(year=FIRST_YEAR), EPOCH.replace(year=LAST_YEAR))


@dataclass(slots=True)
class _Draft:
    """An entry whose digest is still being computed."""

    found: Found
    area: Area
    content: dict[str, Any] = field(default_factory=dict)
    digesting: Digesting | None = None

    @property
    def done(self) -> bool:
        return self.digesting is None or self.digesting.value is not None


class Filling:
    """Segments and table in the making. What is secret in it lives as long as the call to ``seal``.

    Attributes:
        key: The package key, K.
        package: The package's id, 32 bytes.
        files: Entries with content so far.
        tree: The tree over the entries.
        segments: Of each area, once it is filled.
        table: The table of entries; its ``size`` counts.
        table_digest: SHA-256 of its file.
    """

    def __init__(self, part: Path, random: Callable[[int], bytes], progress: Callable[[int], None]) -> None:
        """Draw the package's key and id; nothing is written yet."""
        self.part, self.random, self.progress = part, random, progress
        self.key, self.package = random(PACKAGE_KEY_SIZE), random(32)
        self.hiding = chunks.hiding_key(self.key, self.package)
        self.tree = Tree()
        self.files = self.begun = 0
        self.drafts: deque[_Draft] = deque()
        self.out = bytearray(CHUNK_SIZE + TAG_SIZE)
        self.small = memoryview(bytearray(INLINE))
        self.segments: dict[Area, tuple[Segment, ...]] = {}

    def fill(self, sources: Sequence[Path], legal: Sequence[Path]) -> None:
        """Write segments and the table of entries."""
        table = chunks.table_key(self.key, self.package, models.ENTRIES)
        with (self.part / models.ENTRIES).open("xb") as file, Hasher() as hasher:
            self.table = TableWriter(file, table, self.random)
            self._fill_area("data", sources, hasher)
            if legal:
                self._fill_area("legal", legal, hasher)
            hasher.drain()
            self._write_entries()
            self.table_digest = self.table.finish()
            file.flush()
            os.fsync(file.fileno())

    def _fill_area(self, area: Area, places: Sequence[Path], hasher: Hasher) -> None:
        writer = SegmentWriter(self.part, area)
        with closing(writer):
            for found in walk.walk(places):
                draft = _Draft(found, area)
                if found.kind == "file":
                    self._file(draft, writer, hasher)
                self.begun += 1
                self.drafts.append(draft)
                self._write_entries()
            self.segments[area] = writer.finish()

    def _file(self, draft: _Draft, writer: SegmentWriter, hasher: Hasher) -> None:
        """Read, hash, encrypt and write one file; its digest may come later."""
        salt = self.random(SALT_SIZE)
        key = chunks.file_key(self.key, self.package, self.begun, salt)
        handle = walk.open_file(draft.found)
        try:
            draft.digesting = Digesting()
            place = self._chunks(handle, draft, writer, hasher, key)
            self._check_end(handle, draft.found)
        finally:
            os.close(handle)
        self.files += 1
        commitment = chunks.key_commitment(key).hex()
        draft.content = {
            "size": draft.found.facts.st_size,
            "keys": {"salt": base64_text(salt), "commitment": commitment},
            "place": place,
        }

    def _chunks(
        self, handle: int, draft: _Draft, writer: SegmentWriter, hasher: Hasher, key: bytes
    ) -> dict[str, Any]:
        size, digesting = draft.found.facts.st_size, draft.digesting
        assert digesting is not None
        count, tree, first = chunks.chunk_count(size), Tree(), (0, 0, 0)
        for index in range(count):
            length = min(CHUNK_SIZE, size - index * CHUNK_SIZE)
            inline = size <= INLINE
            plain = (self.small if inline else hasher.buffer())[:length]
            self._read(handle, plain, index * CHUNK_SIZE, draft.found)
            if inline:
                digesting.sha256.update(plain)
            else:
                hasher.feed(digesting, plain)
            room = memoryview(self.out)[: length + TAG_SIZE]
            last = index == count - 1
            row = chunks.encrypt_chunk(key, index, self.random(NONCE_SIZE), plain, room, last=last)
            stands = writer.place(length)
            first = first if index else stands
            tree.add_leaf(writer.add(row, room[:length]))
            self.progress(length)
        if size <= INLINE:
            digesting.value = digesting.sha256.hexdigest()
        else:
            hasher.finish(digesting)
        segment, chunk, offset = first
        return {"segment": segment, "chunk": chunk, "offset": offset, "chunks": count, "root": tree.root()}

    @staticmethod
    def _read(handle: int, buffer: memoryview, start: int, found: Found) -> None:
        done = 0
        try:
            while done < len(buffer) and (got := os.preadv(handle, [buffer[done:]], start + done)):
                done += got
        except OSError as error:
            raise EvidenceError("EVID-001", path=found.path, reason=error.strerror) from error
        if done < len(buffer):
            raise EvidenceError("EVID-002", path=found.path)

    @staticmethod
    def _check_end(handle: int, found: Found) -> None:
        """Refuse a file that grew, shrank or was replaced while it was read."""
        if os.pread(handle, 1, found.facts.st_size):
            raise EvidenceError("EVID-002", path=found.path)
        walk.check_unchanged(found.path, found.facts, os.fstat(handle))
        try:
            now = os.stat(found.name, dir_fd=found.folder, follow_symlinks=False)
        except OSError:
            raise EvidenceError("EVID-002", path=found.path) from None
        walk.check_unchanged(found.path, found.facts, now)

    def _write_entries(self) -> None:
        """Put into the table what is complete, in order."""
        while self.drafts and self.drafts[0].done:
            draft = self.drafts.popleft()
            fields = trees.entry_fields(_document(draft))
            self.tree.add_leaf(trees.entry_leaf(fields, self.tree.size, self.hiding))
            self.table.add(trees.entry_line(fields))


def _document(draft: _Draft) -> dict[str, Any]:
    """Return the line of an entry, as ``models.Entry`` reads it."""
    found = draft.found
    document = {"area": draft.area, "kind": found.kind, "path": found.path, **draft.content}
    # A broken clock can have left a year that no calendar has; then nothing is claimed.
    first, last = ((each - EPOCH) // timedelta(microseconds=1) for each in YEARS)
    if first <= (microseconds := found.facts.st_mtime_ns // 1000) <= last:
        document["modified"] = instant_text(EPOCH + timedelta(microseconds=microseconds))
    if found.origin is not None:
        document["origin"] = base64_text(found.origin)
    if found.target is not None:
        document["target"] = base64_text(found.target)
    if draft.digesting is not None:
        document["sha256"] = draft.digesting.value
    return document
