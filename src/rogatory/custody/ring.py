"""Whom to believe: the logs and the witnesses, as of a day, and what makes a witness independent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rogatory.envelopes.notes import NoteKey
from rogatory.errors import CustodyError
from rogatory.keys import PublicKey

__all__ = ["LogRing", "note_key"]


@dataclass(frozen=True, slots=True)
class LogRing:
    """The keys of logs by origin and of witnesses by name; who made the ring vouches for its day.

    Attributes:
        logs: By origin.
        witnesses: By name.

    Raises:
        CustodyError: LOG-027 a key stands under two names or two purposes, LOG-028 under another name than
            its own.
    """

    logs: Mapping[str, NoteKey] = field(default_factory=dict)
    witnesses: Mapping[str, NoteKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a ring in which one key could speak twice (PROTOCOL rule 5)."""
        seen: set[bytes] = set()
        for name, key in (*self.logs.items(), *self.witnesses.items()):
            if name != key.name:
                raise CustodyError("LOG-028", name=name)
            if not seen.isdisjoint({key.ed25519, key.mldsa44}):
                raise CustodyError("LOG-027", name=name)
            seen.update({key.ed25519, key.mldsa44})


def note_key(name: str, key: PublicKey) -> NoteKey:
    """Return a log or witness key of the register under the name it bears in notes.

    Args:
        name: The log's origin, or the witness's name.
        key: Of the purpose ``log`` or ``witness``; the caller asked for the one it needs.
    """
    classical, post_quantum = key.halves
    return NoteKey(name, classical, post_quantum)
