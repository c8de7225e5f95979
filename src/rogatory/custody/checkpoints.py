"""Checkpoints: what a log says of itself, in three lines, and the messages that signatures cover.

A checkpoint is origin, size and root (C2SP tlog-checkpoint), without extension lines: ML-DSA-44
signatures would not cover them. This module reads and writes; ``signatures`` and ``cosignatures`` check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rogatory.custody import tree
from rogatory.envelopes import notes
from rogatory.errors import CustodyError, ValuesError
from rogatory.values import base64_text, parse_base64

__all__ = ["MAX_TIME", "Checkpoint", "posix", "read_checkpoint", "read_hash", "read_size"]

# The last second that a datetime can name; C2SP's own bound is 2^63 - 1.
MAX_TIME: Final = 253_402_300_799
_SIZE: Final = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: who it is, how many leaves it has, and their root.

    Attributes:
        origin: The log's name, for ever; a log that starts again takes another.
        size: Leaves.
        root: 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines, each with its line feed."""
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


def read_size(text: str) -> int:
    """Return a tree size in its one spelling: ASCII digits, no leading zero.

    Raises:
        CustodyError: LOG-020 another spelling, or above 2^63 - 1.
    """
    if not _SIZE.fullmatch(text) or int(text) > tree.MAX_TREE_SIZE:
        raise CustodyError("LOG-020", what="size")
    return int(text)


def read_hash(text: str) -> bytes:
    """Return a hash of 32 bytes from base64.

    Raises:
        CustodyError: LOG-020.
    """
    try:
        data = parse_base64(text)
    except ValuesError:
        raise CustodyError("LOG-020", what="hash") from None
    if len(data) != tree.HASH_SIZE:
        raise CustodyError("LOG-020", what="hash")
    return data


def read_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint that a note's text spells; it proves nothing until its lines are checked.

    Raises:
        CustodyError: LOG-020 not three lines in their form, LOG-021 extension lines, LOG-022 the root of
            an empty tree is another.

    Source:
        C2SP tlog-checkpoint, Note text; spec/custody.md 5.1 to 5.3.
    """
    lines = text.split("\n")
    # The origin is the name of the log's key (5.2), so that nothing else can be shown as one.
    if len(lines) < 4 or lines[-1] or not notes.is_name(lines[0]):
        raise CustodyError("LOG-020", what="origin")
    found = Checkpoint(lines[0], read_size(lines[1]), read_hash(lines[2]))
    check_no_extensions(lines[3:-1])
    check_empty_root(found)
    return found


def check_no_extensions(extensions: list[str]) -> None:
    """Refuse lines that the ML-DSA-44 signature does not cover (C2SP tlog-checkpoint, Signatures)."""
    if extensions:
        raise CustodyError("LOG-021", count=len(extensions))


def check_empty_root(checkpoint: Checkpoint) -> None:
    """Refuse an empty log with a root of something (C2SP tlog-witness, add-checkpoint)."""
    if checkpoint.size == 0 and checkpoint.root != tree.EMPTY_ROOT:
        raise CustodyError("LOG-022")


def classical_message(text: str, seconds: int) -> bytes:
    """Return what a witness's Ed25519 line covers (C2SP tlog-cosignature, Ed25519 signed message)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def post_quantum_message(checkpoint: Checkpoint, name: str, seconds: int) -> bytes:
    """Return what every ML-DSA-44 line covers (C2SP tlog-cosignature, ML-DSA-44 signed message).

    Args:
        checkpoint: The whole tree is signed, so the range starts at 0 and ends at its size.
        name: Whose line it is: the log's own name, or the witness's.
        seconds: POSIX time, as it stands before the signature.
    """
    cosigner, origin = name.encode(), checkpoint.origin.encode()
    parts = (
        b"subtree/v1\n\x00",
        len(cosigner).to_bytes(1, "big") + cosigner,
        seconds.to_bytes(8, "big"),
        len(origin).to_bytes(1, "big") + origin,
        (0).to_bytes(8, "big"),
        checkpoint.size.to_bytes(8, "big"),
        checkpoint.root,
    )
    return b"".join(parts)


def posix(at: datetime) -> int:
    """Return an aware instant as whole seconds since 1970, rounded down.

    Raises:
        CustodyError: LOG-024 it has no zone, or is not after 1970 began.
    """
    seconds = int(at.timestamp()) if at.tzinfo else 0
    if not 0 < seconds <= MAX_TIME:
        raise CustodyError("LOG-024")
    return seconds
