"""Segments: ciphertext in files of at most 1 GiB, each with the rows of its chunks beside it.

Where a chunk will stand follows from the sizes of all before it, so it is known before anything is
read: files can be encrypted side by side, and their ciphertexts lie as if it had been one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, Row
from rogatory.errors import EvidenceError
from rogatory.evidence import checks
from rogatory.evidence.atomic import replace_file, sync_folder
from rogatory.evidence.direct import PlacedFile
from rogatory.evidence.models import SEGMENT_CHUNKS, SEGMENT_SIZE, Area, Segment
from rogatory.evidence.trees import Tree

__all__ = ["FIRST", "AreaWriter", "Spot", "segment_name", "spots"]

LEAF_SIZE: Final = 32


def segment_name(area: Area, number: int) -> str:
    """Return the name that a segment's two files share, such as ``data/000001``."""
    return f"{area}/{number:06d}"


class Spot(NamedTuple):
    """Where a chunk stands: its segment, from 1; how many chunks and bytes are before it there."""

    segment: int
    chunk: int
    offset: int

    def fitted(self, length: int) -> Spot:
        """Return this spot, or the beginning of the next segment if so many bytes have no room here."""
        full = self.offset + length > SEGMENT_SIZE or self.chunk >= SEGMENT_CHUNKS
        return Spot(self.segment + 1, 0, 0) if full else self

    def after(self, length: int) -> Spot:
        """Return what follows a chunk of that many bytes."""
        return Spot(self.segment, self.chunk + 1, self.offset + length)


FIRST: Final = Spot(1, 0, 0)


def spots(start: Spot, size: int) -> Iterator[tuple[Spot, int]]:
    """Yield where each chunk of a file stands, and its length.

    Source:
        spec/evidence.md 4.1, 4.5, 4.6.
    """
    for index in range(chunks.chunk_count(size)):
        length = min(CHUNK_SIZE, size - index * CHUNK_SIZE)
        start = start.fitted(length)
        yield start, length
        start = start.after(length)


class _Open:
    """One segment in the making: its file, and rows and leaves by the chunk with which they begin."""

    def __init__(self, file: PlacedFile) -> None:
        self.file, self.using = file, Lock()
        self.pieces: dict[int, tuple[bytes, bytes]] = {}
        self.written = 0

    def rows(self, count: int) -> bytes:
        """Return the rows of the first chunks, so many."""
        found = b"".join(self.pieces[begin][0] for begin in sorted(self.pieces) if begin < count)
        return found[: count * ROW_SIZE]

    def leaves(self, count: int) -> bytes:
        """Return the leaves of the first chunks, so many."""
        found = b"".join(self.pieces[begin][1] for begin in sorted(self.pieces) if begin < count)
        return found[: count * LEAF_SIZE]


def _root(leaves: bytes) -> str:
    tree = Tree()
    for start in range(0, len(leaves), LEAF_SIZE):
        tree.add_leaf(leaves[start : start + LEAF_SIZE])
    return tree.root()


class AreaWriter:
    """Writes the segments of one area, in any order, from any thread.

    A segment is synced and closed as soon as all its chunks are there and it takes no more.
    """

    def __init__(self, folder: Path, area: Area) -> None:
        """Begin with no segment; the area's folder is made with the first."""
        self.folder, self.area, self._lock = folder, area, Lock()
        self._open: dict[int, _Open] = {}
        # Of segments that take no more: chunks and bytes.
        self._full: dict[int, tuple[int, int]] = {}
        # The one that was closed last: a record may still end within it.
        self._last: tuple[int, _Open] | None = None
        self.next = FIRST
        self.done: dict[int, Segment] = {}

    def reserve(self, size: int) -> Spot:
        """Return where a file of that size begins; what is reserved next stands behind it.

        Called from one thread alone.
        """
        if size <= CHUNK_SIZE:
            return self._reserve_chunk(size)
        first: Spot | None = None
        for _, length in spots(self.next, size):
            spot = self._reserve_chunk(length)
            first = first or spot
        assert first is not None
        return first

    def _reserve_chunk(self, length: int) -> Spot:
        spot = self.next.fitted(length)
        if spot.segment != self.next.segment:
            self._fill(self.next)
        self.next = spot.after(length)
        return spot

    def _fill(self, end: Spot) -> None:
        with self._lock:
            self._full[end.segment] = end.chunk, end.offset
        self._settle(end.segment)

    def file(self, number: int) -> PlacedFile:
        """Return the file of a segment; it is made if it is not there."""
        return self._segment(number).file

    def _segment(self, number: int) -> _Open:
        with self._lock:
            found = self._open.get(number)
            if found is None:
                path = self._path(number, "bin")
                path.parent.mkdir(exist_ok=True)
                found = self._open[number] = _Open(PlacedFile.open(path))
            return found

    def add(self, spot: Spot, rows: bytes, leaves: bytes) -> None:
        """Take the rows and leaves of chunks that stand one behind another and have been written."""
        segment = self._segment(spot.segment)
        with self._lock:
            segment.pieces[spot.chunk] = rows, leaves
            segment.written += len(rows) // ROW_SIZE
        self._settle(spot.segment)

    def _settle(self, number: int) -> None:
        """Sync and close a segment that takes no more and has everything."""
        with self._lock:
            segment, full = self._open.get(number), self._full.get(number)
            if segment is None or full is None or segment.written < full[0]:
                return
            del self._open[number], self._full[number]
            self._last = number, segment
        count, size = full
        with segment.using:
            try:
                segment.file.sync()
            finally:
                segment.file.close()
        replace_file(self._path(number, "idx"), segment.rows(count))
        self.done[number] = Segment(size=size, chunks=count, root=_root(segment.leaves(count)))

    def _path(self, number: int, ending: str) -> Path:
        return self.folder / f"{segment_name(self.area, number)}.{ending}"

    def sync(self, upto: Spot) -> str:
        """Return once every chunk before a spot, and its row, is on the disk; they have all been written.

        Returns:
            The root over the chunks of that segment before the spot, which ``restore`` compares; empty if
            there is none, or if the segment was closed so long ago that its leaves are gone.
        """
        with self._lock:
            segment = self._open.get(upto.segment)
            if segment is None and self._last is not None and self._last[0] == upto.segment:
                segment = self._last[1]
            rows, leaves = (segment.rows(upto.chunk), segment.leaves(upto.chunk)) if segment else (b"", b"")
        if segment is not None and upto.chunk:
            with segment.using:
                # A thread may have settled it meanwhile; then all of it is on the disk.
                if not segment.file.closed:
                    segment.file.sync()
                    replace_file(self._path(upto.segment, "idx"), rows)
        if (self.folder / self.area).exists():
            sync_folder(self.folder / self.area)
        sync_folder(self.folder)
        return _root(leaves) if leaves else ""

    def restore(self, upto: Spot, done: Sequence[Segment], root: str, *, finished: bool) -> None:
        """Go on behind a spot of an unfinished area; what lies behind it is cut away.

        Leaves of the segment that is gone on with are computed again, from what lies there, and compared
        with what ``sync`` returned. Of those before it only the sizes are looked at: to read them again
        would take about as long as to seal them; ``verify`` does it.

        Raises:
            OSError: A file is not there.
            EvidenceError: EVID-025 one is shorter than what was synced; EVID-032 one is not what was.
        """
        self.next, self.done = upto, dict(enumerate(done, 1))
        for number, segment in self.done.items():
            self._check_sizes(number, segment)
        if finished:
            self.next = Spot(upto.segment, 0, 0)
            return
        self._cut(upto)
        if upto.chunk:
            self._reopen(upto, root)

    def _check_sizes(self, number: int, segment: Segment) -> None:
        for ending, size in (("bin", segment.size), ("idx", segment.chunks * ROW_SIZE)):
            path = self._path(number, ending)
            checks.check_size(str(path.relative_to(self.folder)), path.stat().st_size, size)

    def _reopen(self, upto: Spot, root: str) -> None:
        name = segment_name(self.area, upto.segment)
        rows = self._path(upto.segment, "idx").read_bytes()[: upto.chunk * ROW_SIZE]
        path = self._path(upto.segment, "bin")
        if len(rows) != upto.chunk * ROW_SIZE or path.stat().st_size < upto.offset:
            raise EvidenceError("EVID-025", path=name)
        self._open[upto.segment] = segment = _Open(PlacedFile.open(path, new=False))
        segment.file.truncate(upto.offset)
        with path.open("rb") as file:
            for place in range(upto.chunk):
                row = rows[place * ROW_SIZE : (place + 1) * ROW_SIZE]
                data = file.read(Row.unpack(row).length)
                segment.pieces[place] = row, leaf_hash(chunks.leaf_data(row, data))
        segment.written = upto.chunk
        if root:
            checks.check_segment_root(name, _root(segment.leaves(upto.chunk)), root)

    def _cut(self, upto: Spot) -> None:
        """Remove the segments behind a spot; they hold nothing that is known to be on the disk."""
        keep = upto.segment if upto.chunk else upto.segment - 1
        for path in (self.folder / self.area).glob("*"):
            if not path.stem.isdecimal() or int(path.stem) > keep:
                path.unlink()

    def finish(self) -> tuple[Segment, ...]:
        """Sync what is open and return all segments; every chunk has been added."""
        if self.next.chunk:
            self._fill(self.next)
        return tuple(self.done[number] for number in sorted(self.done))

    def close(self) -> None:
        """Close what is open, without a word; for a seal that was given up."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].file.close()
