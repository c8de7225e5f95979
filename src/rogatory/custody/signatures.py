"""The log's own two lines under its checkpoint: made, and demanded.

C2SP readers ignore a line they do not know. So that neither algorithm can be left out in silence,
a checkpoint of our logs counts only with the Ed25519 line and the ML-DSA-44 line of the same log.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rogatory.custody import checkpoints
from rogatory.custody.checkpoints import Checkpoint
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Line, LineKind, Note, NoteKey, NoteSigner, VerifierKey
from rogatory.errors import CustodyError

__all__ = ["bare", "check_log_lines", "demand", "open_checkpoint", "sign_checkpoint", "stamp", "timed"]


def sign_checkpoint(checkpoint: Checkpoint, signer: NoteSigner, key: NoteKey, at: datetime) -> Note:
    """Return the checkpoint as a note with the log's two lines.

    It does not ask what was signed before: a log must never sign two heads that do not follow each
    other, and its keeper sees to that in the transaction that stores the head.

    Args:
        checkpoint: Its origin is the key's name.
        signer: The private half of the key.
        key: The public halves, for the key ids.
        at: When, UTC; a claim of the log.

    Raises:
        CustodyError: LOG-023 the origin is not the key's name; LOG-024 the instant.

    Source:
        C2SP tlog-checkpoint, Signatures; spec/custody.md 5.4.
    """
    check_origin(checkpoint, key)
    seconds = checkpoints.posix(at)
    classical, post_quantum = notes.verifier_keys(key, LineKind.ED25519)
    message = checkpoints.post_quantum_message(checkpoint, key.name, seconds)
    lines = (
        notes.sign_line(classical, checkpoint.text.encode(), signer),
        timed(post_quantum, message, signer, seconds),
    )
    return Note(checkpoint.text, lines)


def open_checkpoint(data: bytes, logs: Mapping[str, NoteKey]) -> tuple[Note, Checkpoint]:
    """Return a log's note and checkpoint, once the log is known and both its lines hold.

    1. the note, 2. the checkpoint, 3. a known log, 4. both lines of the log.
    Witnesses are not asked; see ``cosignatures.witnessed``.

    Args:
        data: A signed note.
        logs: The keys to believe, by origin.

    Raises:
        CustodyError: LOG-001 to LOG-003 the note, LOG-005 to LOG-007 a line, LOG-020 to LOG-023 the
            checkpoint, LOG-025 an unknown log.

    Source:
        spec/custody.md 5.5.
    """
    # Step 1.
    note = notes.read_note(data)
    # Step 2.
    checkpoint = checkpoints.read_checkpoint(note.text)
    # Step 3.
    key = logs.get(checkpoint.origin)
    if key is None:
        raise CustodyError("LOG-025")
    # Step 4.
    check_log_lines(note, checkpoint, key)
    return note, checkpoint


def check_log_lines(note: Note, checkpoint: Checkpoint, key: NoteKey) -> None:
    """Return only if the log's own name and both its algorithms stand under the checkpoint.

    1. the origin is the key's name, 2. the Ed25519 line, 3. the ML-DSA-44 line.

    Raises:
        CustodyError: LOG-023 the name, LOG-005 a line is missing, LOG-006 does not hold, LOG-007 stands
            twice.

    Source:
        PROTOCOL section 5: both demanded; spec/custody.md 5.5.
    """
    classical, post_quantum = notes.verifier_keys(key, LineKind.ED25519)
    # Step 1.
    check_origin(checkpoint, key)
    # Step 2.
    check_log_classical(note, classical)
    # Step 3.
    check_log_post_quantum(note, checkpoint, post_quantum)


def bare(note: Note, key: NoteKey) -> Note:
    """Return the note with its log's own lines alone, whoever else wrote under it."""
    own = {(each.name, each.key_id) for each in notes.verifier_keys(key, LineKind.ED25519)}
    return Note(note.text, tuple(line for line in note.lines if (line.name, line.key_id) in own))


def check_origin(checkpoint: Checkpoint, key: NoteKey) -> None:
    """Refuse a key that speaks for another log than its own."""
    if checkpoint.origin != key.name:
        raise CustodyError("LOG-023")


def check_log_classical(note: Note, key: VerifierKey) -> None:
    """Refuse a checkpoint without a good Ed25519 line of its log."""
    notes.check_line(key, note.text.encode(), demand(note, key).signature)


def check_log_post_quantum(note: Note, checkpoint: Checkpoint, key: VerifierKey) -> None:
    """Refuse a checkpoint without a good ML-DSA-44 line of its log."""
    seconds, signature = stamp(demand(note, key))
    notes.check_line(key, checkpoints.post_quantum_message(checkpoint, key.name, seconds), signature)


def demand(note: Note, key: VerifierKey) -> Line:
    """Return the line of this key.

    Raises:
        CustodyError: LOG-005 there is none, LOG-007 there are two.
    """
    line = notes.find_line(note, key)
    if line is None:
        raise CustodyError("LOG-005", name=key.name, algorithm=notes.algorithm(key.kind))
    return line


def timed(key: VerifierKey, message: bytes, signer: NoteSigner, seconds: int) -> Line:
    """Return a line whose signature follows its timestamp (C2SP tlog-cosignature, Format)."""
    return notes.sign_line(key, message, signer, stamp=seconds.to_bytes(8, "big"))


def stamp(line: Line) -> tuple[int, bytes]:
    """Return the timestamp of a cosignature, in seconds, and the bare signature."""
    return int.from_bytes(line.signature[:8], "big"), line.signature[8:]
