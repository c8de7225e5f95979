"""Storage: a log's files grown and read through a store that the caller brings.

This room opens no file. A ``TileStore`` maps paths to bytes: a folder, a bucket, a table, memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rogatory.custody import tree
from rogatory.custody.proofs import HashReader, check_index
from rogatory.custody.tiles import (
    CHECKPOINT_PATH,
    TILE_HEIGHT,
    TILE_WIDTH,
    Tile,
    pack_entries,
    unpack_entries,
)
from rogatory.custody.tree import HASH_SIZE, Frontier
from rogatory.errors import CustodyError

__all__ = ["MemoryStore", "TileStore", "frontier", "grow", "hash_reader", "read_entry"]


class TileStore(Protocol):
    """Where a log's files are. A path that was written never gets other bytes, but for ``checkpoint``."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None if there are none."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Put the bytes at a path, whole or not at all."""
        ...


class MemoryStore:
    """A log's files in memory, for tests and for a log that is built again from its entries."""

    def __init__(self) -> None:
        """Begin empty."""
        self.files: dict[str, bytes] = {}

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None."""
        return self.files.get(path)

    def write(self, path: str, data: bytes) -> None:
        """Put the bytes at a path.

        Raises:
            CustodyError: LOG-034 other bytes are there already.
        """
        if path != CHECKPOINT_PATH and self.files.get(path, data) != data:
            raise CustodyError("LOG-034")
        self.files[path] = data


def _load(store: TileStore, tile: Tile) -> bytes:
    """Return a tile's bytes, cut from the full tile if the partial one is gone; its width is checked."""
    data = store.read(tile.path)
    if data is None and tile.width < TILE_WIDTH:
        # C2SP tlog-tiles, Partial Tiles: a log may delete it once the full tile is there.
        data = store.read(Tile(tile.level, tile.index).path)
        data = data if data is None or tile.level is None else data[: tile.width * HASH_SIZE]
    if data is None:
        raise CustodyError("LOG-033", level=tile.level, index=tile.index)
    return data


def _hashes(store: TileStore, tile: Tile) -> list[bytes]:
    data = _load(store, tile)
    if len(data) != tile.width * HASH_SIZE:
        raise CustodyError("LOG-035", level=tile.level, index=tile.index)
    return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]


def hash_reader(store: TileStore, size: int) -> HashReader:
    """Return the reader that proofs need, over the tiles of a tree.

    What it reads is not trusted: a proof made with it is checked against a checkpoint before it leaves.

    Args:
        store: Where the tiles are.
        size: Leaves of the tree; larger tiles are never asked for.
    """
    seen: dict[Tile, list[bytes]] = {}

    def read(level: int, index: int) -> bytes:
        tier, rest = divmod(level, TILE_HEIGHT)
        number, offset = divmod(index << rest, TILE_WIDTH)
        tile = Tile(tier, number, min(TILE_WIDTH, (size >> TILE_HEIGHT * tier) - number * TILE_WIDTH))
        if tile not in seen:
            seen[tile] = _hashes(store, tile)
        return tree.root(tree.append(tree.EMPTY, seen[tile][offset : offset + (1 << rest)]))

    return read


def read_entry(store: TileStore, size: int, index: int) -> bytes:
    """Return one entry of a tree, from its bundle; it is not compared with any hash.

    Raises:
        CustodyError: LOG-010 the index is not in the tree, LOG-032 or LOG-033 the bundle.
    """
    check_index(index, size)
    number, offset = divmod(index, TILE_WIDTH)
    width = min(TILE_WIDTH, size - number * TILE_WIDTH)
    return _bundle(store, number, width)[offset]


def _edge(store: TileStore, size: int) -> list[list[bytes]]:
    """Return the hashes of the last, unfinished tile of every level, level 0 first."""
    edge = []
    for level in range(-(-size.bit_length() // TILE_HEIGHT)):
        index, width = divmod(size >> TILE_HEIGHT * level, TILE_WIDTH)
        edge.append(_hashes(store, Tile(level, index, width)) if width else [])
    return edge


def frontier(store: TileStore, size: int) -> Frontier:
    """Return the state from which a stored tree can grow, read from its unfinished tiles.

    Raises:
        CustodyError: LOG-033 a tile is missing, LOG-035 has another length.
    """
    peaks: tuple[bytes, ...] = ()
    for hashes in reversed(_edge(store, size)):
        peaks += tree.append(tree.EMPTY, hashes).peaks
    return Frontier(size, peaks)


def grow(store: TileStore, state: Frontier, entries: Sequence[bytes]) -> Frontier:
    """Return the state after more entries, once every new tile and bundle is in the store.

    It writes no checkpoint: that comes after, so that what a checkpoint promises is there. Entries must
    have their final order before (in the caller's own records), for a repeated call writes the same bytes.

    Args:
        store: Holds the tiles of the tree so far.
        state: That tree, as last checkpointed.
        entries: Leaf data, in order.

    Raises:
        CustodyError: LOG-031 an entry is too long, LOG-033 or LOG-035 a tile is not there or not whole,
            LOG-036 the stored tiles belong to another tree than the state.

    Source:
        C2SP tlog-tiles; spec/custody.md 2.4.
    """
    if frontier(store, state.size) != state:
        raise CustodyError("LOG-036", size=state.size)
    after = tree.append(state, map(tree.leaf_hash, entries))
    _write_bundles(store, state.size, entries)
    _write_tiles(store, state.size, [tree.leaf_hash(entry) for entry in entries])
    return after


def _write_bundles(store: TileStore, size: int, entries: Sequence[bytes]) -> None:
    index, width = divmod(size, TILE_WIDTH)
    waiting = list(_last_bundle(store, index, width))
    for entry in entries:
        waiting.append(entry)
        if len(waiting) == TILE_WIDTH:
            store.write(Tile(None, index).path, pack_entries(waiting))
            index, waiting = index + 1, []
    if waiting and entries:
        store.write(Tile(None, index, len(waiting)).path, pack_entries(waiting))


def _last_bundle(store: TileStore, index: int, width: int) -> tuple[bytes, ...]:
    """Return the entries of the unfinished bundle, which must be those of the level 0 tile."""
    if not width:
        return ()
    entries = _bundle(store, index, width)
    if list(map(tree.leaf_hash, entries)) != _hashes(store, Tile(0, index, width)):
        raise CustodyError("LOG-036", size=index * TILE_WIDTH + width)
    return entries


def _bundle(store: TileStore, index: int, width: int) -> tuple[bytes, ...]:
    data = store.read(Tile(None, index, width).path)
    if data is not None:
        return unpack_entries(data, width)
    return unpack_entries(_load(store, Tile(None, index)), TILE_WIDTH)[:width]


def _write_tiles(store: TileStore, size: int, hashes: list[bytes]) -> None:
    level, fresh = 0, hashes
    edge = _edge(store, size)
    while fresh:
        waiting = edge[level] if level < len(edge) else []
        index = (size >> TILE_HEIGHT * level) // TILE_WIDTH
        above = []
        for each in fresh:
            waiting.append(each)
            if len(waiting) == TILE_WIDTH:
                store.write(Tile(level, index).path, b"".join(waiting))
                above.append(tree.root(tree.append(tree.EMPTY, waiting)))
                index, waiting = index + 1, []
        if waiting:
            store.write(Tile(level, index, len(waiting)).path, b"".join(waiting))
        level, fresh = level + 1, above
