"""The register as this node last mirrored it: keys by ring, authorities by name.

The mirror lies in the node's ``register`` folder and changes only as a whole; a process reads it again when
it has changed. What may be believed of it, and how stale it is, is the library's to say.
"""

from __future__ import annotations

from pathlib import Path

from rogatory.keys import KeyRing
from rogatory.register import AuthorityEntry, Snapshot, known_ring, load_snapshot, trust_in
from rogatory_node.base import clock, home
from rogatory_node.base.errors import NodeError

__all__ = ["authorities", "entry", "ring", "snapshot"]

_seen: dict[Path, tuple[tuple[int, int], Snapshot]] = {}


def snapshot() -> Snapshot:
    """Return the register as it was last mirrored.

    Raises:
        NodeError: NODE-013 nothing has been mirrored yet.
        RegisterError: The mirror is damaged.
    """
    folder = home.current().register
    try:
        found = (folder / "current").stat()
    except FileNotFoundError as error:
        raise NodeError("NODE-013") from error
    mark = (found.st_ino, found.st_mtime_ns)
    known = _seen.get(folder)
    if known is None or known[0] != mark:
        known = _seen[folder] = (mark, load_snapshot(folder))
    return known[1]


def ring() -> KeyRing:
    """Return the keys of the mirrored register by which the node goes now.

    A stale register goes on with the keys it knows; a key that began after it went stale waits for a
    fresh one.

    Source:
        PROTOCOL section 4, Stale register; spec/register.md 6.7.
    """
    return known_ring(trust_in(snapshot()), clock.now())


def entry(authority: str) -> AuthorityEntry:
    """Return how to deal with an authority: its door, hours, languages.

    Raises:
        NodeError: NODE-014 the register names no such authority.
    """
    found = snapshot().authorities.get(authority)
    if found is None:
        raise NodeError("NODE-014", authority=authority)
    return found


def authorities() -> tuple[str, ...]:
    """Return every authority that the mirrored register names, sorted."""
    return tuple(sorted(snapshot().authorities))
