"""The witness: one decision on a new head, with the statuses of C2SP tlog-witness."""

from __future__ import annotations

import pytest

from rogatory import custody
from rogatory.custody import proofs, witness
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Note
from rogatory.errors import CustodyError

from .conftest import AT, LEAVES, LOG, RING, WITNESSES, head_of, signed, stored, with_witnesses

WITNESS = WITNESSES[0]


def request(old, size, *, leaves=LEAVES, path=None, note=None):
    note = note or signed(head_of(leaves[:size]))
    if path is None:
        path = proofs.consistency_proof(old, size, custody.hash_reader(stored(leaves), len(leaves)))
    return custody.read_request(custody.write_request(old, path, note))


def ask(asked, head=None, log=LOG.key):
    return custody.consider(asked, log, head, signer=WITNESS.pair, key=WITNESS.key, at=AT)


def cosigned(size, leaves=LEAVES):
    return with_witnesses(signed(head_of(leaves[:size])), WITNESS)


def test_a_first_head_is_cosigned_without_a_proof():
    answer = ask(request(0, 5))
    assert isinstance(answer, custody.Cosigned)
    assert answer.status == 200
    found = custody.witnessed(answer.head, head_of(LEAVES[:5]), RING.witnesses)
    assert [(each.name, each.at) for each in found] == [(WITNESS.key.name, AT)]
    assert notes.read_lines(answer.reply) == answer.head.lines[2:]


@pytest.mark.parametrize(("old", "size"), [(5, 11), (8, 9), (5, 5), (10, 11)])
def test_a_head_that_continues_the_stored_one_is_cosigned(old, size):
    answer = ask(request(old, size), cosigned(old))
    assert answer.status == 200
    assert custody.gather(signed(head_of(LEAVES[:size])), answer.reply, RING.witnesses)


def test_the_stored_head_can_be_read_again_whatever_stood_under_the_request():
    note = signed(head_of(LEAVES[:5]))
    strangers = tuple(notes.Line("stranger", b"abcd", b"x") for _ in range(28))
    asked = request(0, 5, note=Note(note.text, (*strangers, *with_witnesses(note, WITNESS).lines)))
    answer = ask(asked)
    assert notes.read_note(notes.write_note(answer.head)) == answer.head
    assert len(answer.head.lines) == 4
    assert ask(request(5, 11), answer.head).status == 200


def test_an_empty_log_can_be_witnessed():
    assert ask(request(0, 0)).status == 200


def test_an_unknown_log_is_404():
    answer = ask(request(0, 5), log=None)
    assert (answer.status, answer.error.code) == (404, "LOG-025")


@pytest.mark.parametrize("kept", [slice(0, 1), slice(1, 2)])
def test_one_line_alone_is_403(kept):
    note = signed(head_of(LEAVES[:5]))
    answer = ask(request(0, 5, note=Note(note.text, note.lines[kept])))
    assert (answer.status, answer.error.code) == (403, "LOG-005")


def test_a_line_that_does_not_hold_is_403():
    wrong = signed(head_of(LEAVES[:6]))
    answer = ask(request(0, 5, note=Note(head_of(LEAVES[:5]).text, wrong.lines)))
    assert (answer.status, answer.error.code, answer.fork) == (403, "LOG-006", None)


def test_an_old_size_above_the_new_is_400():
    answer = ask(request(9, 5, path=()), cosigned(9))
    assert (answer.status, answer.error.code) == (400, "LOG-010")


@pytest.mark.parametrize("old", [0, 4, 6])
def test_an_old_size_that_is_not_the_stored_one_is_409_and_says_the_stored_one(old):
    answer = ask(request(old, 11), cosigned(5))
    assert (answer.status, answer.error.code) == (409, "LOG-051")
    assert (answer.reply, answer.media_type) == (b"5\n", "text/x.tlog.size")


def test_a_proof_that_does_not_hold_is_422():
    answer = ask(request(5, 11, path=(bytes(32),) * 5), cosigned(5))
    assert answer.status == 422
    assert answer.error.code in {"LOG-013", "LOG-014"}


def test_a_proof_where_none_is_due_is_422():
    answer = ask(request(0, 5, path=(bytes(32),)))
    assert (answer.status, answer.error.code) == (422, "LOG-013")


REWRITTEN = [bytes(32), *LEAVES[1:]]


@pytest.mark.parametrize("old", [5, 6, 7, 11])
def test_a_rewritten_log_is_422_and_convicts_itself(old):
    answer = ask(request(old, 11, leaves=REWRITTEN), cosigned(old))
    assert (answer.status, answer.error.code) == (422, "LOG-014")
    first, second = custody.verify_fork(answer.fork, RING.logs)
    assert (first.size, second.size) == (old, 11)


def test_from_a_complete_tree_the_refusal_stands_without_a_proof_of_a_fork():
    answer = ask(request(8, 11, leaves=REWRITTEN), cosigned(8))
    assert (answer.status, answer.error.code, answer.fork) == (422, "LOG-014", None)


def test_two_heads_of_one_size_are_a_fork_whatever_was_asked():
    answer = ask(request(0, 8, leaves=REWRITTEN), cosigned(8))
    assert (answer.status, answer.reply) == (409, b"8\n")
    assert custody.verify_fork(answer.fork, RING.logs)


def test_a_refusal_signs_nothing():
    class Never:
        def sign(self, message):
            raise AssertionError

    for asked, head, log in (
        (request(0, 5), None, None),
        (request(4, 11), cosigned(5), LOG.key),
        (request(5, 11, leaves=REWRITTEN), cosigned(5), LOG.key),
    ):
        assert custody.consider(asked, log, head, signer=Never(), key=WITNESS.key, at=AT).status >= 400


BODY = custody.write_request(0, (), signed(head_of(LEAVES[:5])))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "LOG-050"),
        (b"old 0\n", "LOG-050"),
        (BODY.replace(b"old 0", b"new 0"), "LOG-050"),
        (BODY.replace(b"old 0", b"old 00"), "LOG-020"),
        (BODY.replace(b"old 0", b"old \xff"), "LOG-020"),
        (BODY.replace(b"old 0\n", b"old 0\nAAAA\n"), "LOG-020"),
        (BODY.replace(b"old 0\n", b"old 0\n" + b"A" * 43 + b"=\n"), None),
        (BODY.replace(b"old 0\n", b"old 0\n" + (b"A" * 43 + b"=\n") * 64), "LOG-050"),
        (BODY[:-1], "LOG-002"),
        (BODY.replace(b"\n5\n", b"\n05\n"), "LOG-020"),
        (bytes(witness.MAX_REQUEST_SIZE + 1), "LOG-001"),
    ],
)
def test_a_malformed_request_is_refused_before_any_signature_is_checked(body, code):
    if code is None:
        assert len(custody.read_request(body).proof) == 1
        return
    with pytest.raises(CustodyError, match=code):
        custody.read_request(body)
