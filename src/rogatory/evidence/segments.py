"""Segments: ciphertext in files of at most 1 GiB, each with the rows of its chunks beside it."""

from __future__ import annotations

import os
from pathlib import Path

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import Bytes, Row
from rogatory.evidence.atomic import write_file
from rogatory.evidence.models import SEGMENT_CHUNKS, SEGMENT_SIZE, Area, Segment
from rogatory.evidence.trees import Tree

__all__ = ["SegmentWriter", "segment_name"]


def segment_name(area: Area, number: int) -> str:
    """Return the name that a segment's two files share, such as ``data/000001``."""
    return f"{area}/{number:06d}"


class SegmentWriter:
    """Writes the chunks of one area one after another, into as many segments as they need."""

    def __init__(self, folder: Path, area: Area) -> None:
        """Begin with no segment; the area's folder is made with the first."""
        self._folder, self._area = folder, area
        self._file = -1
        self._rows = bytearray()
        self._tree = Tree()
        self._size = 0
        self.segments: list[Segment] = []

    def place(self, length: int) -> tuple[int, int, int]:
        """Return where the next chunk will stand: segment, chunk, offset; begin a segment if need be."""
        full = self._size + length > SEGMENT_SIZE or self._tree.size >= SEGMENT_CHUNKS
        if self._file < 0 or full:
            self._end()
            self._begin()
        return len(self.segments) + 1, self._tree.size, self._size

    def add(self, row: Row, ciphertext: Bytes) -> bytes:
        """Write one chunk where ``place`` said, and return its leaf."""
        packed = row.pack()
        written = 0
        while written < len(ciphertext):
            written += os.write(self._file, ciphertext[written:])
        leaf = leaf_hash(chunks.leaf_data(packed, ciphertext))
        self._rows += packed
        self._tree.add_leaf(leaf)
        self._size += written
        return leaf

    def _begin(self) -> None:
        name = segment_name(self._area, len(self.segments) + 1)
        path = self._folder / f"{name}.bin"
        path.parent.mkdir(exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        self._rows, self._tree, self._size = bytearray(), Tree(), 0

    def _end(self) -> None:
        if self._file < 0:
            return
        os.fsync(self._file)
        os.close(self._file)
        self._file = -1
        name = segment_name(self._area, len(self.segments) + 1)
        write_file(self._folder / f"{name}.idx", bytes(self._rows))
        self.segments.append(Segment(size=self._size, chunks=self._tree.size, root=self._tree.root()))

    def finish(self) -> tuple[Segment, ...]:
        """Sync what is open and return all segments."""
        self._end()
        return tuple(self.segments)

    def close(self) -> None:
        """Close what is open, without a word; for a seal that was given up."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
