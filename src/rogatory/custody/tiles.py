"""Tiles: the tree as static files of 256 hashes, and its entries as bundles (C2SP tlog-tiles).

Paths and bytes only; ``storage`` grows and reads them, and where they lie is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rogatory.errors import CustodyError

__all__ = [
    "CHECKPOINT_PATH",
    "MAX_ENTRY_SIZE",
    "TILE_HEIGHT",
    "TILE_WIDTH",
    "Tile",
    "pack_entries",
    "read_path",
    "tiles_of",
    "unpack_entries",
]

TILE_WIDTH: Final = 256
TILE_HEIGHT: Final = 8
MAX_LEVEL: Final = 63
MAX_ENTRY_SIZE: Final = 0xFFFF
CHECKPOINT_PATH: Final = "checkpoint"

_PATH: Final = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of a log.

    Attributes:
        level: 0 for leaf hashes and up; None for a bundle of entries.
        index: Number within the level.
        width: Hashes or entries in it, 1 to 256.
    """

    level: int | None
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path under the log's prefix."""
        digits = str(self.index)
        groups = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [groups[at : at + 3] for at in range(0, len(groups), 3)]
        where = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        level = "entries" if self.level is None else str(self.level)
        return f"tile/{level}/{where}" + (f".p/{self.width}" if self.width < TILE_WIDTH else "")


def read_path(path: str) -> Tile:
    """Return the tile that a path names; nothing else than a tile's one path is read.

    Raises:
        CustodyError: LOG-030.

    Source:
        C2SP tlog-tiles, Merkle Tree; spec/custody.md 2.1.
    """
    found = _PATH.fullmatch(path)
    if not found:
        raise CustodyError("LOG-030")
    level, where, width = found.groups()
    tile = Tile(
        None if level == "entries" else int(level),
        int(where.replace("x", "").replace("/", "")),
        int(width or TILE_WIDTH),
    )
    if tile.path != path or (tile.level or 0) > MAX_LEVEL:
        raise CustodyError("LOG-030")
    return tile


def tiles_of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Yield the tiles and bundles that a tree has and that it did not have at an earlier size.

    Args:
        size: Leaves of the tree.
        since: An earlier size; its partial tiles, grown or full since, are yielded in their new width.

    Source:
        C2SP tlog-tiles, Partial Tiles.
    """
    for level in (None, *range(MAX_LEVEL + 1)):
        shift = TILE_HEIGHT * (level or 0)
        count, before = size >> shift, since >> shift
        for index in range(before // TILE_WIDTH, -(-count // TILE_WIDTH)):
            width = min(TILE_WIDTH, count - index * TILE_WIDTH)
            if before - index * TILE_WIDTH < width:
                yield Tile(level, index, width)


def pack_entries(entries: Iterable[bytes]) -> bytes:
    """Return a bundle: each entry after its length in two bytes.

    Raises:
        CustodyError: LOG-031 an entry of more than 65,535 bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_SIZE:
            raise CustodyError("LOG-031", size=len(entry))
        parts.append(len(entry).to_bytes(2, "big") + entry)
    return b"".join(parts)


def unpack_entries(bundle: bytes, width: int) -> tuple[bytes, ...]:
    """Return the entries of a bundle.

    Args:
        bundle: The bytes at a bundle's path.
        width: How many entries that path promises.

    Raises:
        CustodyError: LOG-032 another number of entries, or bytes left over.
    """
    entries: list[bytes] = []
    at = 0
    while at < len(bundle) and len(entries) < width:
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            break
        entries.append(bundle[at + 2 : end])
        at = end
    if at != len(bundle) or len(entries) != width:
        raise CustodyError("LOG-032", width=width)
    return tuple(entries)
