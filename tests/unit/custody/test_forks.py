"""Forks: two heads that cannot both be true convict their log; two that can do not."""

from __future__ import annotations

import pytest

from rogatory import custody
from rogatory.custody import proofs
from rogatory.envelopes import notes
from rogatory.errors import CustodyError, WireError

from .conftest import LEAVES, LOG, OTHER_LOG, RING, head_of, signed, stored, with_witnesses

REWRITTEN = [bytes(32), *LEAVES[1:]]


def text(note):
    return notes.write_note(note).decode()


def fork(first, second, leaves=REWRITTEN, *, instead=None, path=None):
    """Return a fork between a head over the true leaves and one over rewritten ones."""
    read = custody.hash_reader(stored(leaves), len(leaves))
    return custody.Fork(
        first=text(signed(head_of(LEAVES[:first]))),
        second=text(signed(head_of(leaves[:second]))),
        instead=instead or head_of(leaves[:first]).root,
        path=proofs.consistency_proof(first, second, read) if path is None else path,
    )


@pytest.mark.parametrize(("first", "second"), [(11, 11), (5, 11), (8, 11), (1, 2), (10, 11)])
def test_two_histories_convict_their_log(first, second):
    found = custody.verify_fork(custody.read_fork(custody.write_fork(fork(first, second))), RING.logs)
    assert [head.size for head in found] == [first, second]
    assert {head.origin for head in found} == {LOG.key.name}


@pytest.mark.parametrize(("first", "second"), [(11, 11), (5, 11), (8, 11)])
def test_an_honest_log_cannot_be_convicted(first, second):
    with pytest.raises(CustodyError, match="LOG-061"):
        custody.verify_fork(fork(first, second, LEAVES), RING.logs)
    for instead in (bytes(32), head_of(REWRITTEN[:first]).root):
        with pytest.raises(CustodyError, match="LOG-014"):
            custody.verify_fork(fork(first, second, LEAVES, instead=instead), RING.logs)


def test_the_heads_are_signed_by_a_known_log():
    with pytest.raises(CustodyError, match="LOG-025"):
        custody.verify_fork(fork(5, 11), {OTHER_LOG.key.name: OTHER_LOG.key})


def test_heads_of_two_logs_owe_each_other_nothing():
    other = fork(5, 11).model_copy(update={"second": text(signed(head_of(REWRITTEN, OTHER_LOG), OTHER_LOG))})
    with pytest.raises(CustodyError, match="LOG-060"):
        custody.verify_fork(other, RING.logs)


def test_the_first_head_is_the_smaller():
    one = fork(5, 11)
    with pytest.raises(CustodyError, match="LOG-010"):
        custody.verify_fork(one.model_copy(update={"first": one.second, "second": one.first}), RING.logs)


def test_a_fork_is_found_between_heads_of_one_size_in_either_order():
    honest, rewritten = signed(head_of(LEAVES)), signed(head_of(REWRITTEN))
    for pair in ((honest, rewritten), (rewritten, honest)):
        assert custody.verify_fork(custody.find_fork(*pair, LOG.key), RING.logs)


def test_a_fork_is_found_with_the_path_that_the_log_gave_out():
    read = custody.hash_reader(stored(REWRITTEN), 11)
    path = proofs.consistency_proof(5, 11, read)
    found = custody.find_fork(signed(head_of(REWRITTEN)), signed(head_of(LEAVES[:5])), LOG.key, path)
    assert [head.size for head in custody.verify_fork(found, RING.logs)] == [5, 11]


def test_no_fork_is_found_where_there_is_none():
    read = custody.hash_reader(stored(LEAVES), 11)
    path = proofs.consistency_proof(5, 11, read)
    small, large = signed(head_of(LEAVES[:5])), signed(head_of(LEAVES))
    assert custody.find_fork(small, large, LOG.key, path) is None
    assert custody.find_fork(small, large, LOG.key) is None
    assert custody.find_fork(large, large, LOG.key) is None
    assert custody.find_fork(signed(head_of([])), large, LOG.key) is None


def test_no_fork_is_found_in_heads_that_the_log_did_not_sign():
    forged = type(signed(head_of(LEAVES)))(head_of(REWRITTEN).text, signed(head_of(LEAVES)).lines)
    assert custody.find_fork(signed(head_of(LEAVES)), forged, LOG.key) is None


def test_witnesses_lines_do_not_matter():
    from .conftest import WITNESSES

    honest = with_witnesses(signed(head_of(LEAVES)), *WITNESSES)
    assert custody.find_fork(honest, signed(head_of(REWRITTEN)), LOG.key) is not None


def test_bytes_that_are_no_proof_of_a_fork_are_refused():
    with pytest.raises(WireError):
        custody.read_fork(b"{}")
