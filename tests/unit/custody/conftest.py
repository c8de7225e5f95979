"""A log, three witnesses, and a tree of eleven leaves, the same in every test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from rogatory import custody, keys
from rogatory.envelopes.notes import NoteKey
from rogatory.keys import Purpose, SigningPair

AT = datetime(2028, 3, 13, 18, 32, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Signer:
    pair: SigningPair
    key: NoteKey


def signer(name, purpose, number):
    pair = keys.pair_from_seed(bytes([number]) * 32, purpose, "vnm/a05")
    return Signer(pair, custody.note_key(name, pair.public))


LOG = signer("vnm.example/log", Purpose.LOG, 1)
OTHER_LOG = signer("fra.example/log", Purpose.LOG, 2)
WITNESSES = tuple(
    signer(f"{name}.example/witness", Purpose.WITNESS, number)
    for number, name in enumerate(("fra", "third", "ministry"), 3)
)
# A second witness of the house of the first, and one of the log's own house.
SISTER, OWN = (
    signer(name, Purpose.WITNESS, number)
    for number, name in enumerate(("fra.example/second", "vnm.example/witness"), 6)
)
RING = custody.LogRing(
    {LOG.key.name: LOG.key, OTHER_LOG.key.name: OTHER_LOG.key},
    {each.key.name: each.key for each in (*WITNESSES, SISTER, OWN)},
)

EVENTS = tuple(f'{{"act":"act {number}"}}'.encode() for number in range(11))
SALTS = tuple(bytes([number]) * 32 for number in range(11))
LEAVES = tuple(custody.commit(salt, event) for salt, event in zip(SALTS, EVENTS, strict=True))


def tree_of(leaves):
    return custody.append(custody.EMPTY, map(custody.leaf_hash, leaves))


def head_of(leaves, by=LOG):
    return custody.Checkpoint(by.key.name, len(leaves), custody.root(tree_of(leaves)))


def signed(head, by=LOG, at=AT):
    return custody.sign_checkpoint(head, by.pair, by.key, at)


def with_witnesses(note, *witnesses, at=AT):
    head = custody.read_checkpoint(note.text)
    lines = [line for each in witnesses for line in custody.cosign(head, each.pair, each.key, at)]
    return type(note)(note.text, (*note.lines, *lines))


def stored(leaves):
    store = custody.MemoryStore()
    custody.grow(store, custody.EMPTY, leaves)
    return store


@pytest.fixture(scope="session")
def head():
    """The log's head over all leaves, signed by it alone."""
    return signed(head_of(LEAVES))


@pytest.fixture(scope="session")
def receipt(head):
    """The receipt of leaf 6, under a head with two witnesses."""
    note = with_witnesses(head, *WITNESSES[:2])
    return custody.issue(stored(LEAVES), note, 6, LEAVES[6], (SALTS[6], EVENTS[6]))
