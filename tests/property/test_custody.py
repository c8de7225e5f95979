"""Custody against a tree written straight from the definitions, and every reader against chance."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory import custody, keys
from rogatory.custody import checkpoints, proofs, tiles, tree
from rogatory.envelopes import notes
from rogatory.errors import CustodyError, RogatoryError

LEAVES = st.lists(st.binary(min_size=0, max_size=40), max_size=80)

LOG_PAIR = keys.pair_from_seed(bytes(32), keys.Purpose.LOG, "vnm/a05")
WITNESS_PAIR = keys.pair_from_seed(b"w" * 32, keys.Purpose.WITNESS, "fra/mj")
LOG = custody.note_key("vnm.example/log", LOG_PAIR.public)
WITNESS = custody.note_key("fra.example/witness", WITNESS_PAIR.public)
RING = custody.LogRing({LOG.name: LOG}, {WITNESS.name: WITNESS})
AT = datetime(2028, 3, 13, tzinfo=UTC)


# RFC 6962 sections 2.1, 2.1.1 and 2.1.2, as written there.
def split(size):
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def naive_root(data):
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    half = split(len(data))
    return hashlib.sha256(b"\x01" + naive_root(data[:half]) + naive_root(data[half:])).digest()


def naive_path(index, data):
    if len(data) == 1:
        return ()
    half = split(len(data))
    if index < half:
        return (*naive_path(index, data[:half]), naive_root(data[half:]))
    return (*naive_path(index - half, data[half:]), naive_root(data[:half]))


def naive_proof(old, data, *, whole=True):
    if old == len(data):
        return () if whole else (naive_root(data),)
    half = split(len(data))
    if old <= half:
        return (*naive_proof(old, data[:half], whole=whole), naive_root(data[half:]))
    return (*naive_proof(old - half, data[half:], whole=False), naive_root(data[:half]))


def store_of(data):
    store = custody.MemoryStore()
    custody.grow(store, custody.EMPTY, data)
    return store


@given(LEAVES)
def test_the_root_is_that_of_the_definition(data):
    assert tree.root(tree.append(tree.EMPTY, map(tree.leaf_hash, data))) == naive_root(data)


@given(LEAVES.filter(bool), st.data())
def test_an_inclusion_proof_is_that_of_the_definition_and_holds(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    path = proofs.inclusion_proof(index, len(data), custody.hash_reader(store_of(data), len(data)))
    assert path == naive_path(index, data)
    proofs.verify_inclusion(tree.leaf_hash(data[index]), index, len(data), path, naive_root(data))


@given(LEAVES.filter(bool), st.data())
def test_a_consistency_proof_is_that_of_the_definition_and_holds(data, draw):
    old = draw.draw(st.integers(1, len(data)))
    path = proofs.consistency_proof(old, len(data), custody.hash_reader(store_of(data), len(data)))
    assert path == naive_proof(old, data)
    proofs.verify_consistency(old, len(data), naive_root(data[:old]), naive_root(data), path)


@given(LEAVES.filter(bool), st.data())
def test_a_changed_proof_does_not_hold(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    path = list(naive_path(index, data))
    leaf = tree.leaf_hash(data[index])
    place = draw.draw(st.integers(0, len(path)))
    change = bytes([draw.draw(st.integers(1, 255))]) + bytes(31)
    if place == len(path):
        leaf = bytes(a ^ b for a, b in zip(leaf, change, strict=True))
    else:
        path[place] = bytes(a ^ b for a, b in zip(path[place], change, strict=True))
    with pytest.raises(CustodyError, match="LOG-012"):
        proofs.verify_inclusion(leaf, index, len(data), path, naive_root(data))


@given(st.lists(st.integers(0, 300), max_size=8))
def test_a_store_grown_in_any_steps_gives_the_state_back(steps):
    store, state, data = custody.MemoryStore(), custody.EMPTY, []
    for step in steps:
        fresh = [number.to_bytes(4, "big") for number in range(len(data), len(data) + step)]
        data += fresh
        state = custody.grow(store, state, fresh)
        assert custody.frontier(store, len(data)) == state
        assert {tile.path for tile in custody.tiles_of(len(data))} <= set(store.files)
    assert state == tree.append(tree.EMPTY, map(tree.leaf_hash, data))


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_what_a_log_gains_is_what_it_has_less_what_it_had(one, other):
    since, size = sorted((one, other))
    gained = set(tiles.tiles_of(size, since=since))
    assert gained == set(tiles.tiles_of(size)) - set(tiles.tiles_of(since))


@given(st.sampled_from([None, *range(64)]), st.integers(0, 2**60), st.integers(1, 256))
def test_a_tile_and_its_path_name_each_other(level, index, width):
    tile = custody.Tile(level, index, width)
    assert custody.read_path(tile.path) == tile


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_its_entries_back(entries):
    assert tiles.unpack_entries(tiles.pack_entries(entries), len(entries)) == tuple(entries)


LINES = st.builds(
    notes.Line,
    st.text(st.characters(codec="utf-8", exclude_characters="+"), min_size=1, max_size=40).filter(
        lambda name: name.isprintable() and not any(each.isspace() for each in name)
    ),
    st.binary(min_size=4, max_size=4),
    st.binary(min_size=1, max_size=80),
)
TEXTS = st.lists(st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=30), min_size=1, max_size=6)


@given(TEXTS, st.lists(LINES, min_size=1, max_size=6))
def test_a_note_is_read_back_as_it_was_written(text, lines):
    note = notes.Note("".join(f"{line}\n" for line in text), tuple(lines))
    assert notes.read_note(notes.write_note(note)) == note


@given(
    st.text(min_size=1, max_size=20).filter(str.isalnum),
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_a_checkpoint_is_read_back_as_it_was_written(origin, size, root):
    head = custody.Checkpoint(origin, size, root)
    assert custody.read_checkpoint(head.text) == head


SIGNED = notes.write_note(
    custody.sign_checkpoint(custody.Checkpoint(LOG.name, 1, naive_root([bytes(32)])), LOG_PAIR, LOG, AT)
)
GOOD = [
    SIGNED,
    custody.write_request(0, (), notes.read_note(SIGNED)),
    custody.write_receipt(custody.issue(store_of([bytes(32)]), notes.read_note(SIGNED), 0, bytes(32))),
    notes.verifier_keys(LOG, notes.LineKind.ED25519)[0].text.encode(),
    b"tile/0/x001/x234/067.p/8",
    tiles.pack_entries([b"a", b"bc"]),
]
READERS = [
    lambda data: custody.open_checkpoint(data, RING.logs),
    notes.read_note,
    notes.read_lines,
    lambda data: notes.read_verifier_key(data.decode("utf-8", "replace")),
    lambda data: custody.read_checkpoint(data.decode("utf-8", "replace")),
    lambda data: custody.read_path(data.decode("utf-8", "replace")),
    lambda data: tiles.unpack_entries(data, 2),
    lambda data: custody.verify(custody.read_receipt(data), RING, quorum=0),
    lambda data: custody.verify_fork(custody.read_fork(data), RING.logs),
    lambda data: custody.consider(
        custody.read_request(data), LOG, None, signer=WITNESS_PAIR, key=WITNESS, at=AT
    ),
    lambda data: custody.gather(notes.read_note(SIGNED), data, RING.witnesses),
    lambda data: custody.commit(bytes(32), data),
    lambda data: checkpoints.read_size(data.decode("utf-8", "replace")),
]


@st.composite
def damaged(draw):
    """Return something that was good before a piece of it was cut out or replaced."""
    good = draw(st.sampled_from(GOOD))
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 40)))
    return good[:start] + draw(st.binary(max_size=8)) + good[end:]


@pytest.mark.parametrize("read", READERS)
@given(data=st.one_of(st.binary(max_size=300), damaged()))
def test_only_our_errors_leave_a_reader(read, data):
    # Anything else than an error of ours is raised through, and fails.
    with contextlib.suppress(RogatoryError):
        read(data)
