"""Storage: a log grown in a store, and read back from it."""

from __future__ import annotations

import pytest

from rogatory import custody
from rogatory.custody import proofs, tree
from rogatory.custody.tiles import Tile
from rogatory.errors import CustodyError

ENTRIES = [number.to_bytes(32, "big") for number in range(70_000)]


def state_of(entries):
    return tree.append(tree.EMPTY, map(tree.leaf_hash, entries))


def grown(*sizes):
    """Return a store grown to each size in turn, and the last state."""
    store, state = custody.MemoryStore(), tree.EMPTY
    for size in sizes:
        state = custody.grow(store, state, ENTRIES[state.size : size])
    return store, state


@pytest.mark.parametrize("sizes", [(1,), (256,), (3, 255, 256, 257), (256, 512, 513), (600, 601, 1030)])
def test_a_grown_store_has_the_files_of_its_tree(sizes):
    store, state = grown(*sizes)
    assert state == state_of(ENTRIES[: sizes[-1]])
    needed = {tile.path for size in sizes for tile in custody.tiles_of(size)}
    assert set(store.files) == needed


def test_a_log_grown_in_steps_or_at_once_has_the_same_tiles():
    steps, _ = grown(*range(0, 1000, 37), 1000)
    once, _ = grown(1000)
    assert {path: steps.files[path] for path in once.files} == once.files


def test_a_tree_of_seventy_thousand_leaves_proves_its_leaves():
    store, state = grown(70_000)
    read = custody.hash_reader(store, 70_000)
    for index in (0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999):
        path = proofs.inclusion_proof(index, 70_000, read)
        proofs.verify_inclusion(tree.leaf_hash(ENTRIES[index]), index, 70_000, path, tree.root(state))
    assert custody.frontier(store, 70_000) == state


def test_nothing_is_written_for_no_entries():
    store, state = grown(300)
    before = dict(store.files)
    assert custody.grow(store, state, []) == state
    assert store.files == before


def test_growing_again_after_a_crash_writes_the_same():
    store, state = grown(300)
    after = custody.grow(store, state, ENTRIES[300:600])
    assert custody.grow(store, state, ENTRIES[300:600]) == after
    assert custody.grow(store, state, ENTRIES[300:400]) == state_of(ENTRIES[:400])


def test_proofs_of_an_old_tree_outlive_its_partial_tiles():
    store, _ = grown(100, 300)
    for path in [tile.path for tile in custody.tiles_of(100)]:
        del store.files[path]
    read = custody.hash_reader(store, 100)
    path = proofs.inclusion_proof(99, 100, read)
    proofs.verify_inclusion(tree.leaf_hash(ENTRIES[99]), 99, 100, path, tree.root(state_of(ENTRIES[:100])))
    assert custody.grow(store, custody.frontier(store, 100), ENTRIES[100:150]).size == 150


def test_a_file_that_was_written_never_gets_other_bytes():
    store, state = grown(256)
    with pytest.raises(CustodyError, match="LOG-034"):
        custody.grow(store, tree.EMPTY, [bytes(32)] * 256)
    store.write(custody.CHECKPOINT_PATH, b"one")
    store.write(custody.CHECKPOINT_PATH, b"two")
    assert store.read(custody.CHECKPOINT_PATH) == b"two"
    assert custody.frontier(store, 256) == state


def test_a_missing_tile_is_named():
    store, _ = grown(300)
    del store.files[Tile(0, 1, 44).path]
    with pytest.raises(CustodyError, match="LOG-033"):
        custody.frontier(store, 300)


def test_a_tile_of_another_length_is_refused():
    store, _ = grown(300)
    store.files[Tile(0, 1, 44).path] += b"\x00"
    with pytest.raises(CustodyError, match="LOG-035"):
        custody.frontier(store, 300)


def test_a_state_of_another_tree_does_not_grow_in_this_store():
    store, _ = grown(300)
    with pytest.raises(CustodyError, match="LOG-036"):
        custody.grow(store, state_of([bytes(32)] * 300), ENTRIES[300:301])


def test_a_bundle_that_its_tile_does_not_hash_is_refused():
    store, state = grown(2)
    store.files[Tile(None, 0, 2).path] = store.files[Tile(None, 0, 2).path][:-1] + b"x"
    with pytest.raises(CustodyError, match="LOG-036"):
        custody.grow(store, state, ENTRIES[2:3])
    assert set(store.files) == {Tile(None, 0, 2).path, Tile(0, 0, 2).path}
