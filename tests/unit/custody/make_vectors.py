"""Write vectors/custody/*.json again: ``python -m tests.unit.custody.make_vectors`` from the root.

Keys come from fixed seeds; ML-DSA signatures are hedged, so a second run writes other signatures. The known
roots of RFC 6962 and the paths of C2SP are not made here: they stand in the tests.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

from rogatory import custody
from rogatory.custody import checkpoints
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind, Note
from rogatory.values import base64_text

from .conftest import (
    AT,
    EVENTS,
    LEAVES,
    LOG,
    OWN,
    SALTS,
    SISTER,
    WITNESSES,
    head_of,
    signed,
    stored,
    with_witnesses,
)
from .vector_cases import KEYS, case, of_forks, of_requests, of_trees, plain, replaced, text, without

FOLDER = Path(__file__).parents[3] / "vectors" / "custody"
TWO = WITNESSES[:2]


def retimed(line, seconds):
    return notes.Line(line.name, line.key_id, seconds.to_bytes(8, "big") + line.signature[8:])


def extended(head, line="an extension"):
    """Return a note with an extension line that every signature of it covers as C2SP says."""
    note = signed(head)
    longer = note.text + line + "\n"
    classical, _ = notes.verifier_keys(LOG.key, LineKind.ED25519)
    return Note(longer, (notes.sign_line(classical, longer.encode(), LOG.pair), note.lines[1]))


def page(name, about, spec, cases):
    document = {"about": about, "spec": spec, "keys": KEYS, "cases": cases}
    (FOLDER / name).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def of_checkpoints():
    head = signed(head_of(LEAVES))
    other = signed(head_of(LEAVES[:5]))
    empty = checkpoints.Checkpoint(LOG.key.name, 0, bytes(32))
    stranger = signed(checkpoints.Checkpoint("nobody.example/log", 1, bytes(32)), by=_nobody())
    yield case("a head with both lines of its log", note=text(head), size=11)
    yield case("the head of an empty log", note=text(signed(head_of([]))), size=0)
    unknown = notes.Line("stranger.example", b"abcd", b"signature")
    yield case(
        "a line of an unknown key changes nothing",
        note=text(Note(head.text, (unknown, *head.lines))),
        size=11,
    )
    yield case("no Ed25519 line", "signatures.check_log_classical", "LOG-005", note=text(without(head, 0)))
    yield case(
        "no ML-DSA-44 line", "signatures.check_log_post_quantum", "LOG-005", note=text(without(head, 1))
    )
    yield case(
        "an Ed25519 line over another head",
        "signatures.check_log_classical",
        "LOG-006",
        note=text(replaced(head, 0, other.lines[0])),
    )
    yield case(
        "an ML-DSA-44 line over another head",
        "signatures.check_log_post_quantum",
        "LOG-006",
        note=text(replaced(head, 1, other.lines[1])),
    )
    yield case(
        "an ML-DSA-44 line with another timestamp",
        "signatures.check_log_post_quantum",
        "LOG-006",
        note=text(replaced(head, 1, retimed(head.lines[1], 0))),
    )
    yield case(
        "the Ed25519 line twice",
        "notes.check_once",
        "LOG-007",
        note=text(Note(head.text, (head.lines[0], *head.lines))),
    )
    yield case(
        "an extension line",
        "checkpoints.check_no_extensions",
        "LOG-021",
        note=text(extended(head_of(LEAVES))),
    )
    yield case(
        "an empty log with a root of something",
        "checkpoints.check_empty_root",
        "LOG-022",
        note=text(signed(empty)),
    )
    yield case("a log that nobody knows", code="LOG-025", note=text(stranger))
    many = Note(head.text, (*head.lines, *[unknown] * 31))
    yield case("more lines than are read", "notes.check_count", "LOG-002", note=text(many))
    control = notes.Line("stranger.example", b"abcd", b"x")
    spoiled = text(Note(head.text, (*head.lines, control))).replace("stranger", "stran\x07ger")
    yield case("a control character", code="LOG-002", note=spoiled)
    yield case("the last line cut short", code="LOG-002", note=text(head)[:-1])
    yield case("a size with a leading zero", code="LOG-020", note=text(head).replace("\n11\n", "\n011\n"))
    yield case("nothing but a text", code="LOG-002", note=head.text)


def _nobody():
    from .conftest import Purpose, signer

    return signer("nobody.example/log", Purpose.LOG, 9)


def of_receipts():
    note = with_witnesses(signed(head_of(LEAVES)), *TWO)
    opening = (SALTS[6], EVENTS[6])
    good = custody.issue(stored(LEAVES), note, 6, LEAVES[6], opening)
    shown = json.loads(custody.write_receipt(good))["opening"]
    yield case("an event under a head with two witnesses", receipt=plain(good), event=EVENTS[6].decode())
    bare = custody.issue(stored(LEAVES), note, 6, LEAVES[6])
    yield case("an event that was erased", receipt=plain(bare), event=None)
    alone = custody.issue(stored(LEAVES[:1]), with_witnesses(signed(head_of(LEAVES[:1])), *TWO), 0, LEAVES[0])
    yield case("the only leaf of a log", receipt=plain(alone), event=None)
    yield case(
        "another place",
        "receipts.check_path",
        "LOG-012",
        receipt=plain(good, index=7),
        event=EVENTS[6].decode(),
    )
    yield case(
        "a place beyond the tree",
        "receipts.check_path",
        "LOG-010",
        receipt=plain(good, index=11),
        event=EVENTS[6].decode(),
    )
    cut = [base64_text(each) for each in good.path[:-1]]
    yield case(
        "a path that was cut",
        "receipts.check_path",
        "LOG-011",
        receipt=plain(good, path=cut),
        event=EVENTS[6].decode(),
    )
    yield case(
        "another event",
        "receipts.check_opening",
        "LOG-042",
        receipt=plain(good, opening={**shown, "event": EVENTS[5].decode()}),
        event=EVENTS[5].decode(),
    )
    yield case(
        "another salt",
        "receipts.check_opening",
        "LOG-042",
        receipt=plain(good, opening={**shown, "salt": base64_text(SALTS[5])}),
        event=EVENTS[6].decode(),
    )
    loose = b'{"act": "act 6"}'
    leaf = hashlib.sha256(SALTS[6] + loose).digest()
    leaves = [*LEAVES[:6], leaf, *LEAVES[7:]]
    other = custody.issue(stored(leaves), with_witnesses(signed(head_of(leaves)), *TWO), 6, leaf)
    spaced = {"event": loose.decode(), "salt": base64_text(SALTS[6])}
    yield case(
        "an event that could be spelled otherwise",
        "receipts.check_canonical",
        "LOG-041",
        receipt=plain(other, opening=spaced),
        event=loose.decode(),
    )
    for number, check in ((2, "classical"), (3, "post_quantum")):
        yield case(
            f"a witness without its {check.replace('_', '-')} line",
            f"cosignatures.check_witness_{check}",
            "LOG-005",
            receipt=plain(good, checkpoint=text(without(note, number))),
            event=EVENTS[6].decode(),
        )
        yield case(
            f"a witness whose {check.replace('_', '-')} line is over another head",
            f"cosignatures.check_witness_{check}",
            "LOG-006",
            receipt=plain(
                good, checkpoint=text(replaced(note, number, _cosigned(head_of(LEAVES[:5]))[number - 2]))
            ),
            event=EVENTS[6].decode(),
        )
    late = _cosigned(head_of(LEAVES), AT + timedelta(seconds=1))
    yield case(
        "a witness that names two instants",
        "cosignatures.check_one_time",
        "LOG-026",
        receipt=plain(good, checkpoint=text(replaced(note, 3, late[1]))),
        event=EVENTS[6].decode(),
    )
    for name, witnesses in (
        ("one witness where two are demanded", WITNESSES[:1]),
        ("two witnesses of one house", (WITNESSES[0], SISTER)),
        ("a witness of the log's own house", (WITNESSES[0], OWN)),
    ):
        few = with_witnesses(signed(head_of(LEAVES)), *witnesses)
        yield case(
            name,
            "receipts.check_quorum",
            "LOG-043",
            receipt=plain(good, checkpoint=text(few)),
            event=EVENTS[6].decode(),
        )


def _cosigned(head, at=AT):
    return custody.cosign(head, WITNESSES[0].pair, WITNESSES[0].key, at)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    page(
        "checkpoints.json",
        "Open the note as a log's head with the keys. With a code: must be refused with it, and 'check' "
        "names the one check that refuses it. Without: must be accepted, and has this size.",
        "spec/custody.md 4 and 5",
        list(of_checkpoints()),
    )
    page(
        "receipts.json",
        "Verify the receipt with the keys and a quorum of two. With a code: must be refused with it, and "
        "'check' names its one check. Without: must be accepted, and proves this event.",
        "spec/custody.md 6 and 7",
        list(of_receipts()),
    )
    page(
        "forks.json",
        "Verify the proof of a fork with the keys. With a code: must be refused with it, and 'check' names "
        "the one check that refuses it.",
        "spec/custody.md 8",
        list(of_forks()),
    )
    page(
        "requests.json",
        "As the witness fra.example/witness, answer the request of a known log, holding this head. The "
        "status must come out, and the code where there is one; 'check' names the one check that refuses.",
        "spec/custody.md 6.6 to 6.8",
        list(of_requests()),
    )
    page(
        "trees.json",
        "Root, inclusion proof of each leaf, consistency proof from each earlier size but 0; hexadecimal.",
        "spec/custody.md 1",
        list(of_trees()),
    )


if __name__ == "__main__":
    main()
