"""Receipts: what one proves offline, and each way in which one fails."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from rogatory import custody
from rogatory.custody import receipts
from rogatory.errors import CustodyError, WireError

from .conftest import (
    AT,
    EVENTS,
    LEAVES,
    OTHER_LOG,
    OWN,
    RING,
    SALTS,
    SISTER,
    WITNESSES,
    head_of,
    signed,
    stored,
    with_witnesses,
)


def changed(receipt, **members):
    return receipt.model_copy(update=members)


def test_a_receipt_proves_its_event_and_says_who_stood_under_it(receipt):
    found = custody.verify(custody.read_receipt(custody.write_receipt(receipt)), RING)
    assert (found.origin, found.index, found.size) == ("vnm.example/log", 6, 11)
    assert (found.root, found.leaf, found.event) == (head_of(LEAVES).root, LEAVES[6], EVENTS[6])
    assert [(each.name, each.at) for each in found.witnesses] == [
        ("fra.example/witness", AT),
        ("third.example/witness", AT),
    ]


def test_a_leaf_is_the_hash_of_salt_and_event():
    assert LEAVES[6] == hashlib.sha256(SALTS[6] + EVENTS[6]).digest()


def test_an_erased_event_leaves_a_proof_that_says_nothing(receipt):
    found = custody.verify(changed(receipt, opening=None), RING)
    assert found.event is None
    assert b"opening" not in custody.write_receipt(changed(receipt, opening=None))


def test_a_leaf_that_pads_looks_like_any_other():
    assert custody.padding(lambda size: b"r" * size) == b"r" * 32


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_salt_has_32_bytes(size):
    with pytest.raises(CustodyError, match="LOG-040"):
        custody.commit(bytes(size), EVENTS[0])


@pytest.mark.parametrize(
    "event",
    [b"", b"{", b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b"[]", b"1", b'{"a":1.0}', b'{"a":1,"a":1}'],
)
def test_an_event_is_a_canonical_object(event):
    with pytest.raises(CustodyError, match="LOG-041"):
        custody.commit(bytes(32), event)


def test_a_receipt_is_issued_only_for_what_stands_under_the_head(head):
    store = stored(LEAVES)
    with pytest.raises(CustodyError, match="LOG-010"):
        custody.issue(store, head, 11, LEAVES[0])
    with pytest.raises(CustodyError, match="LOG-012"):
        custody.issue(store, head, 5, LEAVES[6])
    with pytest.raises(CustodyError, match="LOG-042"):
        custody.issue(store, head, 6, LEAVES[6], (SALTS[6], EVENTS[5]))
    with pytest.raises(CustodyError, match="LOG-012"):
        custody.issue(stored([*LEAVES[:10], bytes(32)]), head, 6, LEAVES[6])


def test_a_receipt_under_a_later_head_proves_the_same(receipt):
    later = [*LEAVES, bytes(32)]
    note = with_witnesses(signed(head_of(later)), *WITNESSES)
    found = custody.verify(
        custody.issue(stored(later), note, 6, LEAVES[6], (SALTS[6], EVENTS[6])), RING, quorum=3
    )
    assert (found.size, found.event) == (12, EVENTS[6])


def test_a_moved_leaf_is_refused(receipt):
    with pytest.raises(CustodyError, match="LOG-012"):
        custody.verify(changed(receipt, index=7), RING)
    with pytest.raises(CustodyError, match="LOG-010"):
        custody.verify(changed(receipt, index=11), RING)
    with pytest.raises(CustodyError, match="LOG-011"):
        custody.verify(changed(receipt, path=receipt.path[:-1]), RING)


def test_another_event_is_refused(receipt):
    other = receipt.opening.model_copy(update={"event": EVENTS[5].decode()})
    with pytest.raises(CustodyError, match="LOG-042"):
        custody.verify(changed(receipt, opening=other), RING)


def test_an_event_spelled_otherwise_is_refused(receipt):
    other = receipt.opening.model_copy(update={"event": EVENTS[6].decode() + " "})
    with pytest.raises(CustodyError, match="LOG-041"):
        custody.verify(changed(receipt, opening=other), RING)


def test_a_receipt_of_an_unknown_log_is_refused(receipt):
    with pytest.raises(CustodyError, match="LOG-025"):
        custody.verify(receipt, custody.LogRing({OTHER_LOG.key.name: OTHER_LOG.key}, RING.witnesses))


def test_two_witnesses_are_demanded_unless_the_reader_says_otherwise(receipt):
    assert receipts.COURT_QUORUM == 2
    one = custody.LogRing(RING.logs, {WITNESSES[0].key.name: WITNESSES[0].key})
    with pytest.raises(CustodyError, match="LOG-043"):
        custody.verify(receipt, one)
    assert len(custody.verify(receipt, one, quorum=1).witnesses) == 1


@pytest.mark.parametrize(
    ("witnesses", "counted"),
    [
        (WITNESSES[:2], 2),
        ((WITNESSES[0], SISTER), 1),
        ((WITNESSES[0], OWN), 1),
        ((OWN,), 0),
        ((WITNESSES[0], SISTER, OWN, WITNESSES[1]), 2),
    ],
)
def test_witnesses_count_by_party_and_the_logs_own_not_at_all(head, witnesses, counted):
    receipt = custody.issue(stored(LEAVES), with_witnesses(head, *witnesses), 6, LEAVES[6])
    # Whoever stands there is told; who counts decides.
    found = custody.verify(receipt, RING, quorum=counted)
    assert {each.name for each in found.witnesses} == {each.key.name for each in witnesses}
    assert len(custody.independent(found.witnesses, found.origin)) == counted
    with pytest.raises(CustodyError, match=f"LOG-043 .* {counted} known, independent"):
        custody.verify(receipt, RING, quorum=counted + 1)


def test_of_one_partys_witnesses_the_earliest_counts(head):
    later = with_witnesses(head, WITNESSES[0], at=AT + timedelta(seconds=9))
    receipt = custody.issue(stored(LEAVES), with_witnesses(later, SISTER), 6, LEAVES[6])
    found = custody.verify(receipt, RING, quorum=1)
    assert [(each.name, each.at) for each in custody.independent(found.witnesses, found.origin)] == [
        (SISTER.key.name, AT)
    ]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("vnm/a05/log", "vnm"),
        ("vnm/spp/witness", "vnm"),
        ("fra.example/log", "fra.example"),
        ("fra.example/north/witness", "fra.example"),
        ("archive", "archive"),
    ],
)
def test_a_name_says_whose_it_is(name, party):
    assert custody.party_in(name) == party


def test_an_unknown_or_malformed_member_is_refused(receipt):
    good = json.loads(custody.write_receipt(receipt))
    for change in (
        {"more": 1},
        {"version": 2},
        {"type": "custody_fork"},
        {"index": -1},
        {"index": "6"},
        {"leaf": good["leaf"][:-4]},
        {"path": [good["leaf"]] * 64},
        {"opening": {"event": "{}"}},
    ):
        with pytest.raises(WireError, match="WIRE-010"):
            custody.read_receipt(json.dumps(good | change).encode())


def test_an_oversized_receipt_is_not_parsed():
    with pytest.raises(WireError, match="WIRE-001"):
        custody.read_receipt(b" " * (receipts.MAX_RECEIPT_SIZE + 1))


def test_an_entry_that_is_no_commitment_has_no_receipt():
    entries = [b"a longer entry, as the register's own log has them", b"another"]
    store = custody.MemoryStore()
    custody.grow(store, custody.EMPTY, entries)
    with pytest.raises(CustodyError, match="LOG-044"):
        custody.issue(store, signed(head_of(entries)), 0, entries[0])
