"""The custody log: a leaf in the transaction of its act, a head that never contradicts the one before."""

from itertools import pairwise

import pytest
from django.db import transaction

from rogatory import custody
from rogatory.envelopes import notes
from rogatory.errors import CustodyError
from rogatory.keys import Purpose
from rogatory_node.base import NodeError
from rogatory_node.records import heads, log
from rogatory_node.records.models import Leaf, LogFile, LogHead, PeerHead
from support import world
from support.world import NOON

pytestmark = pytest.mark.django_db
ORIGIN = "vnm/a05/log"


@pytest.fixture
def signer():
    return world.signing(world.ASKING, Purpose.LOG)


@pytest.fixture
def key(signer):
    return custody.note_key(ORIGIN, signer.public)


@pytest.fixture
def publish(signer, key):
    return lambda pad_to=4: heads.publish(signer, key, now=NOON, pad_to=pad_to)


@pytest.fixture
def append(event):
    return lambda count=1, **fields: [log.append(event(count=at, **fields)) for at in range(count)]


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_a_transaction_is_refused(event) -> None:
    with pytest.raises(NodeError, match="NODE-202"):
        log.append(event())


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_leaves_no_leaf(event) -> None:
    def act() -> None:
        with transaction.atomic():
            log.append(event())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert (log.size(), Leaf.objects.count()) == (0, 0)


def test_leaves_count_from_zero_and_commit_to_their_event(append) -> None:
    assert append(3) == [0, 1, 2]
    for row in Leaf.objects.all():
        assert bytes(row.commitment) == custody.commit(bytes(row.salt), bytes(row.event))


def test_the_same_event_twice_gives_two_leaves_that_nobody_can_match(event) -> None:
    log.append(event())
    log.append(event())
    first, second = Leaf.objects.values_list("commitment", flat=True)
    assert bytes(first) != bytes(second)


def test_a_leaf_is_proved_offline_and_opened_only_on_request(append, publish, key) -> None:
    append(5)
    publish()
    ring = custody.LogRing({ORIGIN: key}, {})
    for index in range(5):
        shut = custody.verify(custody.read_receipt(heads.leaf_receipt(index, reveal=False)), ring, quorum=0)
        assert (shut.index, shut.event) == (index, None)
        opened = custody.verify(custody.read_receipt(heads.leaf_receipt(index, reveal=True)), ring, quorum=0)
        assert opened.event == bytes(Leaf.objects.get(pk=index).event)


def test_an_erased_event_leaves_a_provable_leaf_that_says_nothing(append, publish, key) -> None:
    append(2)
    publish()
    log.erase(1)
    receipt = custody.read_receipt(heads.leaf_receipt(1, reveal=True))
    assert receipt.opening is None
    assert custody.verify(receipt, custody.LogRing({ORIGIN: key}, {}), quorum=0).index == 1
    row = Leaf.objects.get(pk=1)
    assert (row.salt, row.event, row.tag) == (None, None, "")


def test_heads_are_padded_and_follow_each_other(append, publish) -> None:
    sizes = []
    for count in (1, 3, 6):
        append(count)
        sizes.append(custody.read_checkpoint(publish().text))
    assert [each.size for each in sizes] == [4, 8, 16]
    for old, new in pairwise(sizes):
        proof = heads.consistency(old.size, new.size)
        custody.verify_consistency(old.size, new.size, old.root, new.root, proof)


def test_without_new_leaves_the_last_head_stands(append, publish) -> None:
    append()
    assert publish() == publish() == heads.latest()
    assert LogHead.objects.count() == 1


def test_a_log_of_other_leaves_than_were_published_signs_nothing(append, publish) -> None:
    append(4)
    publish()
    LogFile.objects.filter(path__startswith="tile/0/").update(data=b"\0" * 128)
    append(4)
    with pytest.raises(CustodyError):
        publish()
    assert LogHead.objects.count() == 1


def test_a_published_file_never_changes() -> None:
    tiles = heads.Tiles()
    tiles.write("tile/0/000", b"one")
    tiles.write("tile/0/000", b"one")
    with pytest.raises(NodeError, match="NODE-206"):
        tiles.write("tile/0/000", b"two")
    assert (tiles.read("tile/0/000"), tiles.read("tile/0/001")) == (b"one", None)


def test_there_is_no_proof_without_a_head_or_a_leaf(append, publish) -> None:
    append()
    with pytest.raises(NodeError, match="NODE-207"):
        heads.leaf_receipt(0, reveal=False)
    publish()
    with pytest.raises(NodeError, match="NODE-208"):
        heads.leaf_receipt(99, reveal=False)
    with pytest.raises(NodeError, match="NODE-207"):
        heads.gather(b"", 99, custody.LogRing())


def other_log(count):
    pair = world.signing(world.ASKED, Purpose.LOG)
    key = custody.note_key("fra/ofac/log", pair.public)
    store, entries = custody.MemoryStore(), [bytes([at]) * 32 for at in range(count)]
    state = custody.grow(store, custody.EMPTY, entries)
    note = custody.sign_checkpoint(
        custody.Checkpoint(key.name, state.size, custody.root(state)), pair, key, NOON
    )
    return note, key, store


def proof(store, old, new):
    return custody.consistency_proof(old, new, custody.hash_reader(store, new))


def test_a_counterparts_head_is_kept_only_if_it_continues_the_last() -> None:
    (small, key, _), (large, _, store) = other_log(3), other_log(8)
    ring = custody.LogRing({key.name: key}, {})
    assert heads.peer_head(key.name) is None
    heads.keep_peer_head(small, (), ring, now=NOON)
    with pytest.raises(CustodyError):
        heads.keep_peer_head(large, (), ring, now=NOON)
    assert heads.peer_head(key.name) == small
    heads.keep_peer_head(large, proof(store, 3, 8), ring, now=NOON)
    assert heads.peer_head(key.name) == large
    with pytest.raises(CustodyError):
        heads.keep_peer_head(small, (), ring, now=NOON)
    assert PeerHead.objects.get().size == 8


def test_an_unknown_log_is_not_kept() -> None:
    note, _, _ = other_log(3)
    with pytest.raises(CustodyError, match="LOG-025"):
        heads.keep_peer_head(note, (), custody.LogRing(), now=NOON)
    assert not PeerHead.objects.exists()


def test_as_a_witness_we_store_the_head_before_we_answer_and_refuse_a_fork() -> None:
    pair = world.pair(world.ASKING, Purpose.WITNESS)
    mine = custody.note_key("vnm/a05/witness", pair.public)
    (small, key, _), (large, _, store) = other_log(3), other_log(8)
    ring = custody.LogRing({key.name: key}, {})

    def ask(old, path, note):
        body = custody.write_request(old, path, note)
        return heads.cosign(body, ring, signer=pair, key=mine, now=NOON)

    first = ask(0, (), small)
    assert isinstance(first, custody.Cosigned)
    assert heads.peer_head(key.name) == first.head
    assert ask(0, (), large).status == 409
    assert ask(3, (), large).status == 422
    assert isinstance(ask(3, proof(store, 3, 8), large), custody.Cosigned)
    assert PeerHead.objects.get().size == 8
    stranger = heads.cosign(
        custody.write_request(0, (), small), custody.LogRing(), signer=pair, key=mine, now=NOON
    )
    assert stranger.status == 404


def test_a_witnesss_lines_are_added_to_our_head(append, publish) -> None:
    append()
    note = publish()
    head = custody.read_checkpoint(note.text)
    pair = world.pair(world.ASKED, Purpose.WITNESS)
    witness = custody.note_key("fra/ofac/witness", pair.public)
    reply = notes.write_lines(custody.cosign(head, pair, witness, NOON))
    grown = heads.gather(reply, head.size, custody.LogRing({}, {witness.name: witness}))
    assert heads.latest() == grown
    assert [each.name for each in custody.witnessed(grown, head, {witness.name: witness})] == [witness.name]
