"""Checkpoints: three lines, and the log's two signatures, both demanded."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest

from rogatory import custody
from rogatory.custody import checkpoints, signatures
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Line, LineKind, Note
from rogatory.errors import CustodyError

from .conftest import AT, LEAVES, OTHER_LOG, RING, head_of, signed

ROOT = base64.b64encode(bytes(32)).decode()


def test_the_example_of_c2sp_is_read():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = checkpoints.read_checkpoint(text)
    assert (found.origin, found.size, found.root.hex()[:8]) == (
        "example.com/behind-the-sofa",
        20852163,
        "0ac5186a",
    )
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"a\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        "a\n1\n",
        f"a\n01\n{ROOT}\n",
        f"a\n+1\n{ROOT}\n",
        f"a\n-1\n{ROOT}\n",
        f"a\n\u0661\n{ROOT}\n",
        f"a\n{2**63}\n{ROOT}\n",
        f"a\n{10**30}\n{ROOT}\n",
        f"a\n1\n{ROOT[:-1]}\n",
        f"a\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"a\n1\n{ROOT} \n",
        f"{'a' * 256}\n1\n{ROOT}\n",
    ],
)
def test_a_text_of_another_form_is_no_checkpoint(text):
    with pytest.raises(CustodyError, match="LOG-020"):
        checkpoints.read_checkpoint(text)


@pytest.mark.parametrize("more", ["extension\n", "\n", "a\nb\n"])
def test_extension_lines_are_refused(more):
    with pytest.raises(CustodyError, match="LOG-021"):
        checkpoints.read_checkpoint(f"a\n1\n{ROOT}\n{more}")


def test_an_empty_log_has_the_root_of_nothing():
    with pytest.raises(CustodyError, match="LOG-022"):
        checkpoints.read_checkpoint(f"a\n0\n{ROOT}\n")
    assert checkpoints.read_checkpoint(head_of([]).text).root == custody.EMPTY_ROOT


def test_the_post_quantum_message_is_the_structure_of_c2sp_tlog_cosignature():
    head = checkpoints.Checkpoint("log", 300, bytes(range(32)))
    expected = (
        "737562747265652f76310a00"  # "subtree/v1\n\0"
        "0477697431"  # cosigner name "wit1"
        "0000000000000102"  # timestamp 258
        "036c6f67"  # log origin "log"
        "0000000000000000"  # start
        "000000000000012c"  # end 300
    )
    assert checkpoints.post_quantum_message(head, "wit1", 258).hex() == expected + bytes(range(32)).hex()


def test_the_classical_message_is_the_text_of_c2sp_tlog_cosignature():
    head = checkpoints.read_checkpoint(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert checkpoints.classical_message(head.text, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_signed_checkpoint_opens(head):
    note, found = custody.open_checkpoint(notes.write_note(head), RING.logs)
    assert (note, found) == (head, head_of(LEAVES))
    assert [len(line.signature) for line in head.lines] == [64, 8 + 2420]
    assert int.from_bytes(head.lines[1].signature[:8], "big") == int(AT.timestamp())


@pytest.mark.parametrize("kept", [0, 1])
def test_one_line_alone_is_not_enough(head, kept):
    with pytest.raises(CustodyError, match="LOG-005"):
        custody.open_checkpoint(notes.write_note(Note(head.text, (head.lines[kept],))), RING.logs)


@pytest.mark.parametrize("number", [0, 1])
def test_a_line_over_another_text_does_not_hold(head, number):
    lines = list(head.lines)
    lines[number] = signed(head_of(LEAVES[:5])).lines[number]
    with pytest.raises(CustodyError, match="LOG-006"):
        custody.open_checkpoint(notes.write_note(Note(head.text, tuple(lines))), RING.logs)


def test_the_post_quantum_line_covers_its_instant(head):
    line = head.lines[1]
    moved = Line(line.name, line.key_id, bytes(8) + line.signature[8:])
    with pytest.raises(CustodyError, match="LOG-006"):
        custody.open_checkpoint(notes.write_note(Note(head.text, (head.lines[0], moved))), RING.logs)


def test_two_lines_of_one_algorithm_are_not_two_algorithms(head):
    with pytest.raises(CustodyError, match="LOG-007"):
        custody.open_checkpoint(notes.write_note(Note(head.text, (head.lines[0],) * 2)), RING.logs)


def test_lines_of_unknown_keys_change_nothing(head):
    stranger = Line("stranger", b"abcd", b"x")
    _, found = custody.open_checkpoint(notes.write_note(Note(head.text, (stranger, *head.lines))), RING.logs)
    assert found == head_of(LEAVES)


def test_an_unknown_log_is_not_believed(head):
    with pytest.raises(CustodyError, match="LOG-025"):
        custody.open_checkpoint(notes.write_note(head), {OTHER_LOG.key.name: OTHER_LOG.key})


def test_a_key_speaks_for_its_own_log_only(head):
    with pytest.raises(CustodyError, match="LOG-023"):
        custody.sign_checkpoint(head_of(LEAVES), OTHER_LOG.pair, OTHER_LOG.key, AT)
    lines = [
        notes.sign_line(key, b"", OTHER_LOG.pair)
        for key in notes.verifier_keys(OTHER_LOG.key, LineKind.ED25519)
    ]
    with pytest.raises(CustodyError, match="LOG-023"):
        signatures.check_log_lines(Note(head.text, tuple(lines)), head_of(LEAVES), OTHER_LOG.key)


@pytest.mark.parametrize(
    "at", [datetime.fromisoformat("2028-03-13"), datetime.fromisoformat("1960-01-01T00:00:00Z")]
)
def test_an_instant_without_zone_or_before_1970_is_not_signed(at):
    with pytest.raises(CustodyError, match="LOG-024"):
        signed(head_of(LEAVES), at=at)
