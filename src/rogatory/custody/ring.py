"""Whom to believe: the logs and the witnesses, as of a day, and what makes a witness independent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rogatory.envelopes.notes import NoteKey
from rogatory.errors import CustodyError, ValuesError
from rogatory.keys import PublicKey
from rogatory.values import party_of

__all__ = ["LogRing", "note_key", "party_in"]


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


def party_in(name: str) -> str:
    """Return the Party to which a log or a witness belongs, as its name in notes says.

    Of ``<authority>/log`` and ``<authority>/witness`` it is the authority's Party. A name that is no
    authority's belongs to what stands before its first slash, such as ``archive.example``. It says nothing of
    whether two names outside the register are one house's: whoever made the ring vouches for that.

    Source:
        spec/custody.md 6.11.
    """
    try:
        return party_of(name.rpartition("/")[0])
    except ValuesError:
        return name.partition("/")[0]
