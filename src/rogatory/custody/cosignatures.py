"""Cosignatures: a witness's two lines under another log's checkpoint (C2SP tlog-cosignature).

A witness says that, at its instant, this was the largest tree of that log it had seen, and that
every earlier one it had seen is its beginning. Of our witnesses both algorithms are demanded too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rogatory.custody import checkpoints
from rogatory.custody.checkpoints import Checkpoint
from rogatory.custody.ring import party_in
from rogatory.custody.signatures import demand, stamp, timed
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Line, LineKind, Note, NoteKey, NoteSigner, VerifierKey
from rogatory.errors import CustodyError

__all__ = ["Witnessed", "cosign", "gather", "independent", "witnessed"]


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A witness stands under a checkpoint, as of an instant that is the witness's claim."""

    name: str
    at: datetime


def cosign(checkpoint: Checkpoint, signer: NoteSigner, key: NoteKey, at: datetime) -> tuple[Line, Line]:
    """Return a witness's two lines on a checkpoint; ``witness.consider`` says when that is right.

    Raises:
        CustodyError: LOG-024 the instant.

    Source:
        C2SP tlog-cosignature; spec/custody.md 6.5.
    """
    seconds = checkpoints.posix(at)
    classical, post_quantum = notes.verifier_keys(key, LineKind.ED25519_COSIGNATURE)
    return (
        timed(classical, checkpoints.classical_message(checkpoint.text, seconds), signer, seconds),
        timed(post_quantum, checkpoints.post_quantum_message(checkpoint, key.name, seconds), signer, seconds),
    )


def witnessed(note: Note, checkpoint: Checkpoint, witnesses: Mapping[str, NoteKey]) -> tuple[Witnessed, ...]:
    """Return which of the known witnesses stand under a checkpoint, in the order of their names.

    A witness that has no line there is passed over. One that has any must have both, and both must hold.

    Args:
        note: The note that the checkpoint was read from.
        checkpoint: What was signed.
        witnesses: The keys to believe, by name.

    Raises:
        CustodyError: LOG-005 only one of its two lines, LOG-006 a line does not hold, LOG-007 stands
            twice, LOG-026 two times, or none.

    Source:
        C2SP tlog-cosignature; spec/custody.md 6.1 to 6.4.
    """
    found = []
    for _, key in sorted(witnesses.items()):
        pair = notes.verifier_keys(key, LineKind.ED25519_COSIGNATURE)
        if any(notes.find_line(note, each) for each in pair):
            found.append(_one(note, checkpoint, pair))
    return tuple(found)


def independent(found: Iterable[Witnessed], origin: str) -> tuple[Witnessed, ...]:
    """Return the witnesses that count, the earliest first: one for each Party, and none of the log's own.

    A Party that runs three witnesses is one voice, and a log that its own Party stands under says no more
    than before. Of one Party's witnesses the earliest counts.

    Args:
        found: Who stands under the head.
        origin: The log's name.

    Source:
        PROTOCOL section 5; spec/custody.md 6.11.
    """
    own = party_in(origin)
    first: dict[str, Witnessed] = {}
    for each in sorted(found, key=lambda each: (each.at, each.name)):
        first.setdefault(party_in(each.name), each)
    return tuple(each for party, each in first.items() if party != own)


def _one(note: Note, checkpoint: Checkpoint, pair: tuple[VerifierKey, VerifierKey]) -> Witnessed:
    classical, post_quantum = pair
    check_witness_classical(note, classical)
    check_witness_post_quantum(note, checkpoint, post_quantum)
    times = [stamp(line)[0] for key in pair if (line := notes.find_line(note, key))]
    check_one_time(classical.name, times)
    return Witnessed(classical.name, datetime.fromtimestamp(min(times[0], checkpoints.MAX_TIME), UTC))


def check_witness_classical(note: Note, key: VerifierKey) -> None:
    """Refuse a witness without a good Ed25519 line."""
    seconds, signature = stamp(demand(note, key))
    notes.check_line(key, checkpoints.classical_message(note.text, seconds), signature)


def check_witness_post_quantum(note: Note, checkpoint: Checkpoint, key: VerifierKey) -> None:
    """Refuse a witness without a good ML-DSA-44 line."""
    seconds, signature = stamp(demand(note, key))
    notes.check_line(key, checkpoints.post_quantum_message(checkpoint, key.name, seconds), signature)


def check_one_time(name: str, times: list[int]) -> None:
    """Refuse a witness whose two lines name two instants, or none.

    A zero would say that the tree need not be the largest one seen (C2SP tlog-cosignature).
    """
    if len(set(times)) > 1 or not 0 < times[0] <= checkpoints.MAX_TIME:
        raise CustodyError("LOG-026", name=name)


def gather(note: Note, reply: bytes, witnesses: Mapping[str, NoteKey]) -> Note:
    """Return the note with the known witnesses' lines of a reply added, once they hold.

    Lines of unknown keys are left out, as are those of a key that already stands under the note.

    Raises:
        CustodyError: LOG-001 to LOG-003 the reply; LOG-002 the note would have more lines than are read; as
            ``witnessed`` for the reply's lines.

    Source:
        C2SP tlog-witness, add-checkpoint; spec/custody.md 6.7.
    """
    present = {(line.name, line.key_id) for line in note.lines}
    known = {
        (each.name, each.key_id)
        for key in witnesses.values()
        for each in notes.verifier_keys(key, LineKind.ED25519_COSIGNATURE)
    }
    fresh = (line for line in notes.read_lines(reply) if (line.name, line.key_id) in known - present)
    grown = Note(note.text, (*note.lines, *fresh))
    notes.check_count(grown.lines)
    witnessed(grown, checkpoints.read_checkpoint(grown.text), witnesses)
    return grown
