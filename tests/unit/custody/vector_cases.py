"""The vectors of forks, requests and trees, and what all of them are made with."""

from __future__ import annotations

import json

from rogatory import custody
from rogatory.custody import proofs
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind, Note

from .conftest import LEAVES, LOG, OTHER_LOG, OWN, SISTER, WITNESSES, head_of, signed, stored, with_witnesses

REWRITTEN = [bytes(32), *LEAVES[1:]]

KEYS = [
    key.text
    for each, kind in [
        *((log, LineKind.ED25519) for log in (LOG, OTHER_LOG)),
        *((witness, LineKind.ED25519_COSIGNATURE) for witness in (*WITNESSES, SISTER, OWN)),
    ]
    for key in notes.verifier_keys(each.key, kind)
]


def text(note):
    return notes.write_note(note).decode()


def without(note, number):
    return Note(note.text, note.lines[:number] + note.lines[number + 1 :])


def replaced(note, number, line):
    return Note(note.text, (*note.lines[:number], line, *note.lines[number + 1 :]))


def case(name, check=None, code=None, **members):
    named = {"name": name, **members}
    if code:
        named["code"] = code
    if check:
        named["check"] = check
    return named


def plain(receipt, **members):
    return {**json.loads(custody.write_receipt(receipt)), **members}


def path_of(old, size, leaves):
    return proofs.consistency_proof(old, size, custody.hash_reader(stored(leaves), len(leaves)))


def fork(first, second, instead, path):
    made = custody.Fork(first=text(first), second=text(second), instead=instead, path=path)
    return json.loads(custody.write_fork(made))


def of_forks():
    small, large = signed(head_of(LEAVES[:5])), signed(head_of(LEAVES))
    other_small, other_large = head_of(REWRITTEN[:5]).root, signed(head_of(REWRITTEN))
    path = path_of(5, 11, REWRITTEN)
    yield case("two heads of one size", fork=fork(large, other_large, head_of(REWRITTEN).root, ()))
    yield case(
        "an earlier head that the later tree did not grow from",
        fork=fork(small, other_large, other_small, path),
    )
    honest = fork(small, large, head_of(LEAVES[:5]).root, path_of(5, 11, LEAVES))
    yield case("an honest log", "forks.check_two_roots", "LOG-061", fork=honest)
    yield case(
        "a root that the later tree did not grow from",
        "forks.check_growth",
        "LOG-014",
        fork=fork(small, large, bytes(32), path_of(5, 11, LEAVES)),
    )
    elsewhere = signed(head_of(REWRITTEN, OTHER_LOG), OTHER_LOG)
    yield case("two logs", "forks.check_one_log", "LOG-060", fork=fork(small, elsewhere, other_small, path))
    yield case(
        "a head that its log did not sign",
        "signatures.check_log_classical",
        "LOG-006",
        fork=fork(small, replaced(other_large, 0, large.lines[0]), other_small, path),
    )


def asked(old, note, path):
    return custody.write_request(old, path, note).decode()


def of_requests():
    small, large = signed(head_of(LEAVES[:5])), signed(head_of(LEAVES))
    forged = signed(head_of(REWRITTEN))
    path = path_of(5, 11, LEAVES)
    held = text(with_witnesses(small, WITNESSES[0]))
    yield case("a first head", body=asked(0, small, ()), head=None, status=200)
    yield case("a head that continues the stored one", body=asked(5, large, path), head=held, status=200)
    yield case("the stored head again", body=asked(5, small, ()), head=held, status=200)
    yield case(
        "a head without its Ed25519 line",
        "signatures.check_log_classical",
        "LOG-005",
        body=asked(5, without(large, 0), path),
        head=held,
        status=403,
    )
    yield case(
        "a head without its ML-DSA-44 line",
        "signatures.check_log_post_quantum",
        "LOG-005",
        body=asked(5, without(large, 1), path),
        head=held,
        status=403,
    )
    yield case(
        "an old size above the new", code="LOG-010", body=asked(11, small, ()), head=text(large), status=400
    )
    yield case(
        "an old size that is not the stored one",
        code="LOG-051",
        body=asked(4, large, path_of(4, 11, LEAVES)),
        head=held,
        status=409,
    )
    yield case(
        "a log that was rewritten",
        "witness.check_follows",
        "LOG-014",
        body=asked(5, forged, path_of(5, 11, REWRITTEN)),
        head=held,
        status=422,
    )
    yield case(
        "a proof that was cut",
        "witness.check_follows",
        "LOG-013",
        body=asked(5, large, path[:-1]),
        head=held,
        status=422,
    )
    yield case(
        "a proof where none is due",
        "witness.check_follows",
        "LOG-013",
        body=asked(0, small, path),
        head=None,
        status=422,
    )


def of_trees():
    for size in (0, 1, 2, 3, 7, 8, 11):
        shown = {
            "size": size,
            "root": head_of(LEAVES[:size]).root.hex(),
            "inclusion": [
                [
                    each.hex()
                    for each in proofs.inclusion_proof(index, size, custody.hash_reader(stored(LEAVES), 11))
                ]
                for index in range(size)
            ],
            "consistency": [[each.hex() for each in path_of(old, size, LEAVES)] for old in range(1, size)],
        }
        yield case(f"a tree of {size}", leaves=[leaf.hex() for leaf in LEAVES[:size]], **shown)
