"""The witness: one pure decision on another log's new head (C2SP tlog-witness, add-checkpoint).

Storing the new head and handing out the lines must be one step of the caller's: compare the head
that was judged against the stored one, replace it, commit, and only then answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rogatory.custody import checkpoints, cosignatures, proofs, signatures, tree
from rogatory.custody.checkpoints import Checkpoint
from rogatory.custody.forks import Fork, find_fork
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Note, NoteKey, NoteSigner
from rogatory.errors import CustodyError
from rogatory.values import base64_text

__all__ = ["MAX_REQUEST_SIZE", "Cosigned", "Refused", "Request", "consider", "read_request", "write_request"]

MAX_PROOF_LINES: Final = 63
MAX_REQUEST_SIZE: Final = notes.MAX_NOTE_SIZE + 4096
SIZE_MEDIA_TYPE: Final = "text/x.tlog.size"
TEXT_MEDIA_TYPE: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A log asks to have its new head cosigned.

    Attributes:
        old: The size that the log believes the witness last cosigned.
        proof: That the old tree is the beginning of the new one.
        note: The signed head.
        checkpoint: What it says, unverified; its origin tells the witness which log to look up.
    """

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Cosigned:
    """Yes. The head is to be stored before the reply leaves.

    Attributes:
        head: The checkpoint with the log's two lines and the witness's two: the new stored head.
        reply: The body of the answer, the two lines.
        status: 200.
    """

    head: Note
    reply: bytes
    status: int = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why. The stored head stays.

    Attributes:
        status: 403, 404, 409 or 422; 400 for a request that asks for the impossible.
        error: The reason; its code is for the witness's own log.
        reply: The body of the answer.
        media_type: Of the body.
        fork: Proof against the log, where the request was one.
    """

    status: int
    error: CustodyError
    reply: bytes
    media_type: str = TEXT_MEDIA_TYPE
    fork: Fork | None = None


def write_request(old: int, proof: tuple[bytes, ...], note: Note) -> bytes:
    """Return the body with which a log asks a witness.

    Source:
        C2SP tlog-witness, add-checkpoint; spec/custody.md 6.6.
    """
    lines = (f"old {old}\n", *(f"{base64_text(each)}\n" for each in proof), "\n")
    return "".join(lines).encode() + notes.write_note(note)


def read_request(body: bytes) -> Request:
    """Return the request that a body spells; no signature and no proof is checked. A fault is status 400.

    1. size, 2. the old size, 3. at most 63 hashes, 4. the note, 5. the checkpoint.

    Raises:
        CustodyError: LOG-001 size, LOG-050 form, LOG-001 to LOG-003 the note, LOG-020 to LOG-022 the
            checkpoint.

    Source:
        C2SP tlog-witness, add-checkpoint; spec/custody.md 6.6.
    """
    # Step 1.
    notes.check_size(body, MAX_REQUEST_SIZE)
    head, empty, rest = body.partition(b"\n\n")
    first, *lines = head.decode("ascii", "replace").split("\n")
    # Steps 2 and 3.
    if not empty or not first.startswith("old ") or len(lines) > MAX_PROOF_LINES:
        raise CustodyError("LOG-050")
    old = checkpoints.read_size(first.removeprefix("old "))
    proof = tuple(checkpoints.read_hash(line) for line in lines)
    # Step 4.
    note = notes.read_note(rest)
    # Step 5.
    return Request(old, proof, note, checkpoints.read_checkpoint(note.text))


def consider(
    request: Request,
    log: NoteKey | None,
    head: Note | None,
    *,
    signer: NoteSigner,
    key: NoteKey,
    at: datetime,
) -> Cosigned | Refused:
    """Return the witness's lines on a head that follows the stored one, or the refusal.

    1. the log is known (404), 2. both its lines hold (403), 3. the old size is not above the new
    (400), 4. it is the stored one (409), 5. the stored head is the beginning of the new (422).
    The caller stores ``Cosigned.head`` if the stored head is still the one given here, and only
    then answers.

    Args:
        request: As read.
        log: The key of the log that the checkpoint names, or None if it is unknown.
        head: The note last cosigned for this log, or None.
        signer: The witness's private key.
        key: Its public halves.
        at: Now, UTC.

    Source:
        C2SP tlog-witness, add-checkpoint; spec/custody.md 6.8.
    """
    # Step 1.
    if log is None:
        return _refuse(404, CustodyError("LOG-025"))
    stored = None if head is None else checkpoints.read_checkpoint(head.text)
    size = 0 if stored is None else stored.size
    new = request.checkpoint
    try:
        # Step 2.
        status = 403
        signatures.check_log_lines(request.note, new, log)
        # Step 3.
        status = 400
        proofs.check_sizes(request.old, new.size)
        # Step 4.
        status = 409
        check_old_size(request.old, size)
        # Step 5.
        status = 422
        check_follows(request, stored)
    except CustodyError as error:
        fork = None if status == 403 or head is None else find_fork(head, request.note, log, request.proof)
        return _refuse(status, error, size=size, fork=fork)
    lines = cosignatures.cosign(new, signer, key, at)
    # Strangers' lines are not kept: enough of them would make a head that cannot be read again.
    kept = signatures.bare(request.note, log)
    return Cosigned(Note(kept.text, (*kept.lines, *lines)), notes.write_lines(lines))


def check_old_size(old: int, size: int) -> None:
    """Refuse a request that starts from another head than the stored one."""
    if old != size:
        raise CustodyError("LOG-051", size=size)


def check_follows(request: Request, stored: Checkpoint | None) -> None:
    """Refuse a head that does not continue the stored one."""
    new = request.checkpoint
    root = tree.EMPTY_ROOT if stored is None else stored.root
    proofs.verify_consistency(request.old, new.size, root, new.root, request.proof)


def _refuse(status: int, error: CustodyError, *, size: int = 0, fork: Fork | None = None) -> Refused:
    if status == 409:
        return Refused(status, error, f"{size}\n".encode(), SIZE_MEDIA_TYPE, fork)
    return Refused(status, error, f"{error.code}\n".encode(), fork=fork)
