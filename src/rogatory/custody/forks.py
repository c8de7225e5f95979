"""Forks: two heads of one log that cannot both be true, as a proof that anyone can carry and check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.custody import checkpoints, proofs, signatures
from rogatory.custody.checkpoints import Checkpoint
from rogatory.custody.receipts import Hash
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Note, NoteKey
from rogatory.errors import CustodyError
from rogatory.values import Frozen

__all__ = ["MAX_FORK_SIZE", "Fork", "find_fork", "read_fork", "verify_fork", "write_fork"]

MAX_FORK_SIZE: Final = 512 * 1024


class Fork(Frozen):
    """Two signed heads of one log, and the root that the later tree had at the earlier size.

    Attributes:
        first: The smaller head, a whole signed note; of two equal ones, either.
        second: The other.
        instead: The root at the first size from which the second tree grew: not the one signed.
        path: The consistency proof from ``instead`` to the second root; empty for equal sizes. It needs no
            signature: what leads to a signed root was in that tree.
    """

    type: Literal["custody_fork"] = "custody_fork"
    version: Literal[1] = 1
    first: Annotated[str, Field(max_length=notes.MAX_NOTE_SIZE)]
    second: Annotated[str, Field(max_length=notes.MAX_NOTE_SIZE)]
    instead: Hash
    path: Annotated[tuple[Hash, ...], Field(max_length=63)] = ()


def write_fork(fork: Fork) -> bytes:
    """Return the canonical bytes of a proof of a fork."""
    return wire.encode(fork)


def read_fork(data: bytes) -> Fork:
    """Return the proof of a fork that the bytes spell; nothing is verified.

    Raises:
        WireError: WIRE-001 to WIRE-010.

    Source:
        spec/custody.md 8.1.
    """
    return wire.decode(data, Fork, limit=MAX_FORK_SIZE)


def verify_fork(fork: Fork, logs: Mapping[str, NoteKey]) -> tuple[Checkpoint, Checkpoint]:
    """Return the two heads, once it is proved that their log signed two histories.

    1. both heads are signed by a known log, 2. by the same one, 3. the second tree grew from
    ``instead``, 4. which is not the root that the first head signs.
    Nothing else is needed: no witness, no clock, no word of the finder.

    Args:
        fork: As read.
        logs: The keys to believe, by origin.

    Raises:
        CustodyError: LOG-001 to LOG-007 and LOG-020 to LOG-025 a head, LOG-060 two logs, LOG-010 the
            second is smaller, LOG-013 or LOG-014 the path, LOG-061 the heads agree.

    Source:
        C2SP tlog-checkpoint, Signatures; spec/custody.md 8.2.
    """
    # Step 1.
    _, first = signatures.open_checkpoint(fork.first.encode(), logs)
    _, second = signatures.open_checkpoint(fork.second.encode(), logs)
    # Step 2.
    check_one_log(first, second)
    # Step 3.
    check_growth(fork, first, second)
    # Step 4.
    check_two_roots(fork, first)
    return first, second


def check_one_log(first: Checkpoint, second: Checkpoint) -> None:
    """Refuse heads of two logs, which owe each other nothing."""
    if first.origin != second.origin:
        raise CustodyError("LOG-060")


def check_growth(fork: Fork, first: Checkpoint, second: Checkpoint) -> None:
    """Refuse a root that was not the beginning of the second tree."""
    proofs.verify_consistency(first.size, second.size, fork.instead, second.root, fork.path)


def check_two_roots(fork: Fork, first: Checkpoint) -> None:
    """Refuse a fork whose two histories are one."""
    if fork.instead == first.root:
        raise CustodyError("LOG-061")


def find_fork(one: Note, other: Note, log: NoteKey, path: tuple[bytes, ...] = ()) -> Fork | None:
    """Return the proof that two notes of a log contradict each other, if they and the path make one.

    It finds nothing where the earlier size is a power of two and the later one differs: the path then
    leaves out the root from which the later tree grew, and somebody who has that tree must name it.

    Args:
        one: A signed head.
        other: Another, of the same log.
        log: The log's key.
        path: What was given out as the consistency proof between them, if anything.
    """
    pairs = [
        (checkpoints.read_checkpoint(note.text), notes.write_note(signatures.bare(note, log)).decode())
        for note in (one, other)
    ]
    (small, first), (large, second) = sorted(pairs, key=lambda pair: pair[0].size)
    try:
        instead = large.root
        if small.size != large.size:
            # The walk starts from the path itself unless the size is a power of two.
            instead, _ = proofs.roots_of_consistency(small.size, large.size, small.root, path)
        path = path if small.size != large.size else ()
        fork = Fork(first=first, second=second, instead=instead, path=path)
        verify_fork(fork, {log.name: log})
    except CustodyError:
        return None
    return fork
