"""The node's private keys: files under ``keys/``, one key a file, found by authority and purpose.

A file is named ``<party>.<name>.<purpose>.<first 16 of the key id>.key``, so several keys of one purpose can
stand side by side while one follows the other. The register says which of them may be used when.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from rogatory import keys
from rogatory.keys import EncryptionPair, KeyRing, Pair, Purpose, SigningPair
from rogatory_node.base.errors import NodeError
from rogatory_node.base.home import Home
from rogatory_node.base.randomness import random_bytes

__all__ = [
    "AUTHORITY_PURPOSES",
    "NODE_PURPOSES",
    "current",
    "decryption",
    "every",
    "make",
    "needed",
    "signing",
]

AUTHORITY_PURPOSES: Final = (
    Purpose.IDENTITY,
    Purpose.STATEMENT,
    Purpose.TRANSPORT,
    Purpose.ENCRYPTION,
    Purpose.ARCHIVE,
    Purpose.SEAL,
)
"""What each authority of a node needs."""

NODE_PURPOSES: Final = (Purpose.LOG, Purpose.WITNESS)
"""What the node needs once: there is one log a node; its first authority answers for it."""


def needed(authorities: tuple[str, ...]) -> tuple[tuple[str, Purpose], ...]:
    """Return every authority and purpose for which a node of these authorities needs a key."""
    own = [(authority, purpose) for authority in authorities for purpose in AUTHORITY_PURPOSES]
    return (*own, *((authorities[0], purpose) for purpose in NODE_PURPOSES))


def make(home: Home, authority: str, purpose: Purpose, *, rehearsal: bool) -> Pair:
    """Make a key, put it in a new file, and return it.

    Raises:
        KeysError: KEY-021 the file cannot be written.
    """
    pair = keys.new_pair(purpose, authority, random_bytes, rehearsal=rehearsal)
    name = f"{_stem(authority, purpose)}.{pair.public.key_id[:16]}.key"
    keys.save(pair, home.keys / name)
    return pair


def signing(home: Home, authority: str, purpose: Purpose) -> tuple[SigningPair, ...]:
    """Return the authority's signing keys of a purpose, in the order of their files.

    Raises:
        NodeError: NODE-012 there is none.
        KeysError: A file is damaged or others can read it.
    """
    found = [each for each in _load(home, authority, purpose) if isinstance(each, SigningPair)]
    if not found:
        raise NodeError("NODE-012", authority=authority, purpose=purpose)
    return tuple(found)


def current(
    home: Home, ring: KeyRing, authority: str, purpose: Purpose, now: datetime, *, rehearsal: bool = False
) -> SigningPair:
    """Return the private key of the authority's current register entry for a purpose.

    Raises:
        KeysError: KEY-009 the register names none in force.
        NodeError: NODE-012 there is no file; NODE-509 no file holds the one that the register names.
    """
    entry = ring.current(authority, purpose, now, rehearsal=rehearsal)
    for pair in signing(home, authority, purpose):
        if pair.key_id == entry.key.key_id:
            return pair
    raise NodeError("NODE-509", authority=authority)


def decryption(home: Home, authority: str, purpose: Purpose) -> dict[str, EncryptionPair]:
    """Return the authority's decryption keys of a purpose, by key id; the door tries the one named."""
    found = _load(home, authority, purpose)
    return {each.key_id: each for each in found if isinstance(each, EncryptionPair)}


def every(home: Home, authority: str) -> tuple[Pair, ...]:
    """Return all keys of an authority, its identity key first: what the register's entry is made from."""
    purposes = (*AUTHORITY_PURPOSES, *NODE_PURPOSES)
    return tuple(pair for purpose in purposes for pair in _load(home, authority, purpose))


def _load(home: Home, authority: str, purpose: Purpose) -> list[Pair]:
    files = sorted(home.keys.glob(f"{_stem(authority, purpose)}.*.key"))
    return [_read(path, path.stat().st_mtime_ns, purpose) for path in files]


@cache
def _read(path: Path, changed: int, purpose: Purpose) -> Pair:
    # Deriving two halves from a seed costs milliseconds; a file that changed is another key.
    del changed
    return keys.load(path, purpose=purpose)


def _stem(authority: str, purpose: Purpose) -> str:
    return f"{authority.replace('/', '.')}.{purpose}"
