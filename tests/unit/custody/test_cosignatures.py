"""Cosignatures: who stands under another log's head, with both algorithms, at one instant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import custody
from rogatory.custody import cosignatures
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind, Note
from rogatory.errors import CustodyError

from .conftest import AT, LEAVES, LOG, RING, WITNESSES, head_of, signed, with_witnesses

HEAD = head_of(LEAVES)


def names(found):
    return [each.name for each in found]


def test_the_known_witnesses_of_a_head_are_named_with_their_instant(head):
    note = with_witnesses(head, WITNESSES[1], WITNESSES[0])
    found = custody.witnessed(note, HEAD, RING.witnesses)
    assert found == (
        custody.Witnessed("fra.example/witness", AT),
        custody.Witnessed("third.example/witness", AT),
    )


def test_a_head_without_witnesses_has_none(head):
    assert custody.witnessed(head, HEAD, RING.witnesses) == ()


def test_a_stranger_does_not_count(head):
    known = {WITNESSES[0].key.name: WITNESSES[0].key}
    assert names(custody.witnessed(with_witnesses(head, *WITNESSES), HEAD, known)) == ["fra.example/witness"]


def test_a_key_of_another_party_under_a_known_name_does_not_count(head):
    by = WITNESSES[1]
    forged = notes.NoteKey("fra.example/witness", by.key.ed25519, by.key.mldsa44)
    note = Note(head.text, (*head.lines, *custody.cosign(HEAD, by.pair, forged, AT)))
    assert custody.witnessed(note, HEAD, RING.witnesses) == ()


@pytest.mark.parametrize("kept", [2, 3])
def test_a_witness_with_one_algorithm_is_refused(head, kept):
    note = with_witnesses(head, WITNESSES[0])
    with pytest.raises(CustodyError, match="LOG-005"):
        custody.witnessed(Note(note.text, (*head.lines, note.lines[kept])), HEAD, RING.witnesses)


@pytest.mark.parametrize("number", [0, 1])
def test_a_witness_line_over_another_head_is_refused(head, number):
    lines = list(custody.cosign(HEAD, WITNESSES[0].pair, WITNESSES[0].key, AT))
    lines[number] = custody.cosign(head_of(LEAVES[:5]), WITNESSES[0].pair, WITNESSES[0].key, AT)[number]
    with pytest.raises(CustodyError, match="LOG-006"):
        custody.witnessed(Note(head.text, (*head.lines, *lines)), HEAD, RING.witnesses)


def test_a_witness_signs_twice_at_one_instant(head):
    by = WITNESSES[0]
    first, _ = custody.cosign(HEAD, by.pair, by.key, AT)
    _, second = custody.cosign(HEAD, by.pair, by.key, AT + timedelta(seconds=1))
    with pytest.raises(CustodyError, match="LOG-026"):
        custody.witnessed(Note(head.text, (*head.lines, first, second)), HEAD, RING.witnesses)


@pytest.mark.parametrize("times", [[0, 0], [2**62, 2**62]])
def test_a_witness_names_an_instant(times):
    with pytest.raises(CustodyError, match="LOG-026"):
        cosignatures.check_one_time("fra.example/witness", times)


def test_one_witness_twice_is_refused(head):
    note = with_witnesses(head, WITNESSES[0], WITNESSES[0])
    with pytest.raises(CustodyError, match="LOG-007"):
        custody.witnessed(note, HEAD, RING.witnesses)


def test_a_log_line_is_no_cosignature_and_the_reverse(head):
    """The ML-DSA-44 message is the same for both, so the name in it and the ring keep them apart."""
    as_witness = custody.LogRing({}, {LOG.key.name: LOG.key})
    with pytest.raises(CustodyError, match="LOG-005"):
        custody.witnessed(head, HEAD, as_witness.witnesses)


def reply(*witnesses, at=AT):
    return b"".join(notes.write_lines(custody.cosign(HEAD, each.pair, each.key, at)) for each in witnesses)


def test_an_answer_is_gathered_under_the_head(head):
    known = {each.key.name: each.key for each in WITNESSES[:2]}
    grown = custody.gather(head, reply(*WITNESSES), known)
    assert len(grown.lines) == 6
    assert names(custody.witnessed(grown, HEAD, RING.witnesses)) == [
        "fra.example/witness",
        "third.example/witness",
    ]


def test_a_witness_that_stands_there_is_not_gathered_again(head):
    once = custody.gather(head, reply(WITNESSES[0]), RING.witnesses)
    assert custody.gather(once, reply(WITNESSES[0], at=AT + timedelta(days=1)), RING.witnesses) == once


def test_an_answer_that_does_not_hold_is_not_gathered(head):
    other = signed(head_of(LEAVES[:5]))
    with pytest.raises(CustodyError, match="LOG-006"):
        custody.gather(other, reply(WITNESSES[0]), RING.witnesses)


def test_more_lines_than_are_read_are_not_gathered(head):
    full = Note(head.text, (*head.lines, *[notes.Line("stranger", b"abcd", b"x")] * 29))
    with pytest.raises(CustodyError, match="LOG-002"):
        custody.gather(full, reply(WITNESSES[0]), RING.witnesses)


def test_half_an_answer_is_not_gathered(head):
    half = reply(WITNESSES[0]).splitlines(keepends=True)[0]
    with pytest.raises(CustodyError, match="LOG-005"):
        custody.gather(head, half, RING.witnesses)


def test_the_kinds_of_a_witness_are_those_of_c2sp():
    keys = notes.verifier_keys(WITNESSES[0].key, LineKind.ED25519_COSIGNATURE)
    assert [key.kind for key in keys] == [0x04, 0x06]
