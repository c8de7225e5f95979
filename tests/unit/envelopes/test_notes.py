"""Signed notes: their form, their keys, single lines."""

from __future__ import annotations

import base64
import hashlib

import pytest

from rogatory import keys
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Line, LineKind, Note, NoteKey, VerifierKey
from rogatory.errors import CustodyError

# The example of C2SP signed-note, "Verifier keys".
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()

PAIR = keys.pair_from_seed(bytes(32), keys.Purpose.LOG, "vnm/a05")
KEY = NoteKey("vnm.example/log", *PAIR.public.halves)
CLASSICAL, POST_QUANTUM = notes.verifier_keys(KEY, LineKind.ED25519)


def encoded(name="a", blob=b"1234x"):
    return f"— {name} {base64.b64encode(blob).decode()}\n".encode()


def test_the_example_of_c2sp_is_read_and_holds():
    key = notes.read_verifier_key(EXAMPLE_KEY)
    note = notes.read_note(EXAMPLE)
    line = notes.find_line(note, key)
    notes.check_line(key, note.text.encode(), line.signature)
    assert note.text == "This is an example message.\n"
    assert (key.name, key.kind, key.text) == ("example.com/foo", LineKind.ED25519, EXAMPLE_KEY)
    assert notes.write_note(note) == EXAMPLE


def test_the_text_ends_at_the_last_empty_line():
    note = notes.read_note(b"one\n\ntwo\n\n" + encoded())
    assert note == Note("one\n\ntwo\n", (Line("a", b"1234", b"x"),))


def test_a_key_id_covers_name_kind_and_key():
    expected = hashlib.sha256(b"vnm.example/log\n\x06" + KEY.mldsa44).digest()[:4]
    assert POST_QUANTUM.key_id == expected
    same = VerifierKey(CLASSICAL.name, LineKind.ED25519_COSIGNATURE, CLASSICAL.public)
    assert same.key_id != CLASSICAL.key_id


@pytest.mark.parametrize("key", [CLASSICAL, POST_QUANTUM])
def test_a_line_holds_over_its_message_alone(key):
    line = notes.sign_line(key, b"message", PAIR)
    notes.check_line(key, b"message", line.signature)
    for message, signature in (
        (b"Message", line.signature),
        (b"message", line.signature[:-1]),
        (b"message", b""),
    ):
        with pytest.raises(CustodyError, match="LOG-006"):
            notes.check_line(key, message, signature)


def test_a_key_that_is_no_point_is_a_line_that_does_not_hold():
    with pytest.raises(CustodyError, match="LOG-006"):
        notes.check_line(VerifierKey("a", LineKind.ED25519, b"\xff" * 32), b"", bytes(64))


def test_a_stamp_stands_before_the_signature():
    line = notes.sign_line(CLASSICAL, b"message", PAIR, stamp=b"12345678")
    assert line.signature[:8] == b"12345678"
    assert len(line.signature) == 72


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n" + encoded(),
        b"text\n\n" + encoded()[:-1],
        b"text\n\n" + encoded() + b"more\n",
        b"text\n\n" + encoded().replace("—".encode(), b"-"),
        b"text\n\n" + encoded().replace(b" ", b""),
        b"text\n\n" + encoded().replace(b"=", b""),
        b"text\n\n" + encoded(blob=b"1234"),
        b"text\r\n\n" + encoded(),
        b"te\x00xt\n\n" + encoded(),
        b"\xfftext\n\n" + encoded(),
        b"text\n\n" + encoded() * 33,
    ],
)
def test_bytes_of_another_form_are_refused(data):
    with pytest.raises(CustodyError, match="LOG-002"):
        notes.read_note(data)


def test_thirty_two_lines_are_read_and_c2sp_asks_for_sixteen():
    assert len(notes.read_note(b"text\n\n" + encoded() * 32).lines) == 32


def test_an_oversized_note_is_refused_before_it_is_read():
    with pytest.raises(CustodyError, match="LOG-001"):
        notes.read_note(b"\xff" * (notes.MAX_NOTE_SIZE + 1))
    with pytest.raises(CustodyError, match="LOG-001"):
        notes.read_lines(b"\xff" * (notes.MAX_NOTE_SIZE + 1))


@pytest.mark.parametrize("name", ["", "a+b", "a\u00a0b", "a\u2028b", "a\u202eb", "é" * 128])
def test_a_name_that_could_mislead_is_refused(name):
    with pytest.raises(CustodyError, match="LOG-003"):
        VerifierKey(name, LineKind.ED25519, bytes(32))
    with pytest.raises(CustodyError, match=r"LOG-00[23]"):
        notes.read_note(b"text\n\n" + encoded(name))


def test_the_lines_of_an_answer_are_read_alone():
    assert notes.read_lines(encoded("a") + encoded("b")) == (
        Line("a", b"1234", b"x"),
        Line("b", b"1234", b"x"),
    )
    with pytest.raises(CustodyError, match="LOG-002"):
        notes.read_lines(b"")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY[:-1],
        EXAMPLE_KEY + "\n",
        "example.com/foo+530d903a+",
        "example.com/foo+530d903a+Aek=",
        EXAMPLE_KEY.replace("+Aeky", "+Auky"),
    ],
)
def test_a_malformed_verifier_key_is_refused(text):
    with pytest.raises(CustodyError, match="LOG-004"):
        notes.read_verifier_key(text)


def test_verifier_keys_are_read_back():
    for key in (CLASSICAL, POST_QUANTUM):
        assert notes.read_verifier_key(key.text) == key


def test_two_lines_of_one_key_are_refused():
    line = notes.sign_line(CLASSICAL, b"text\n", PAIR)
    with pytest.raises(CustodyError, match="LOG-007"):
        notes.find_line(Note("text\n", (line, line)), CLASSICAL)


def test_a_line_is_found_by_name_and_id_together():
    line = notes.sign_line(CLASSICAL, b"text\n", PAIR)
    note = Note("text\n", (Line("other", line.key_id, b"x"), Line(line.name, b"1234", b"x"), line))
    assert notes.find_line(note, CLASSICAL) == line
    assert notes.find_line(note, POST_QUANTUM) is None


def test_keys_are_paired_by_name_into_logs_and_witnesses():
    witness = NoteKey("fra.example/witness", *PAIR.public.halves)
    heap = [*notes.verifier_keys(witness, LineKind.ED25519_COSIGNATURE), POST_QUANTUM, CLASSICAL]
    assert notes.pair_keys(heap) == ({KEY.name: KEY}, {witness.name: witness})


@pytest.mark.parametrize(
    "heap",
    [
        [CLASSICAL],
        [POST_QUANTUM],
        [CLASSICAL, CLASSICAL],
        [CLASSICAL, POST_QUANTUM, POST_QUANTUM],
        [
            *notes.verifier_keys(KEY, LineKind.ED25519),
            notes.verifier_keys(KEY, LineKind.ED25519_COSIGNATURE)[0],
        ],
    ],
)
def test_one_algorithm_alone_makes_no_log_and_no_witness(heap):
    with pytest.raises(CustodyError, match="LOG-008"):
        notes.pair_keys(heap)
