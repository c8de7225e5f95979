"""Roots over chunks, segments and entries: the tree of the custody room, fed in batches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, Final

from blake3 import blake3

from rogatory.custody import EMPTY, Frontier, append, leaf_hash, root

__all__ = ["Tree", "entry_fields", "entry_leaf", "entry_line", "segments_root"]

BATCH: Final = 1024
FIELD_SALT_SIZE: Final = 16

ENTRY_FIELD_LABEL: Final = b"rogatory/entry-field/v1\x00"
ENTRY_LEAF_LABEL: Final = b"rogatory/entry-leaf/v1\x00"
SEGMENT_LEAF_LABEL: Final = b"rogatory/segment-leaf/v1\x00"


# What wire.canonical spells, without its walk over text: a table can have millions of lines, and the
# names in it are portable ones when they are written, and have been read strictly when they are read.
_encode: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Tree:
    """A growing tree that remembers one hash for each bit of its size, and a batch of leaves."""

    def __init__(self) -> None:
        """Begin empty."""
        self._frontier: Frontier = EMPTY
        self._leaves: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Add a leaf over that data."""
        self.add_leaf(leaf_hash(data))

    def add_leaf(self, leaf: bytes) -> None:
        """Add a leaf that has been hashed already."""
        self._leaves.append(leaf)
        if len(self._leaves) == BATCH:
            self._flush()

    def _flush(self) -> None:
        self._frontier = append(self._frontier, self._leaves)
        self._leaves.clear()

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._frontier.size + len(self._leaves)

    def root(self) -> str:
        """Return the root so far, 64 hex characters."""
        if self.size == 1:
            # The root over one leaf is the leaf; most files have one.
            return (self._leaves or self._frontier.peaks)[0].hex()
        self._flush()
        return root(self._frontier).hex()


def segments_root(roots: list[str]) -> str:
    """Return the ciphertext root: over the roots of all segments, ``data`` first, then ``legal``.

    Source:
        spec/evidence.md 5.4.
    """
    tree = Tree()
    for each in roots:
        tree.add(SEGMENT_LEAF_LABEL + bytes.fromhex(each))
    return tree.root()


def entry_fields(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the canonical bytes of each member of an entry, in the order of their names."""
    return {name: _spell(document[name]) for name in sorted(document)}


def _spell(value: Any) -> bytes:
    # The encoder is made anew at each call, but for text, which costs more than what it does here.
    if isinstance(value, str):
        return encode_basestring(value).encode()
    if isinstance(value, dict):
        return (
            b"{" + b",".join(b"%b:%b" % (_spell(name), _spell(value[name])) for name in sorted(value)) + b"}"
        )
    return b"%d" % value if type(value) is int else _encode(value).encode()


def entry_line(fields: Mapping[str, bytes]) -> bytes:
    """Return the line of the table that spells an entry: its canonical JSON and a line feed."""
    return b"{" + b",".join(b'"%b":%b' % (name.encode(), value) for name, value in fields.items()) + b"}\n"


def entry_leaf(fields: Mapping[str, bytes], index: int, hiding: bytes) -> bytes:
    """Return the leaf of an entry: over one salted commitment a field, so that one can be shown alone.

    Whoever is shown a field gets its salt; the other salts do not follow from it.

    Args:
        fields: As ``entry_fields`` gives them.
        index: The entry's place in the table, from 0.
        hiding: The hiding key of the package.

    Source:
        PROTOCOL section 6; spec/evidence.md 5.5.
    """
    salts = blake3(index.to_bytes(8, "big"), key=hiding).digest(length=FIELD_SALT_SIZE * len(fields))
    parts, start = [ENTRY_LEAF_LABEL], 0
    for name, value in fields.items():
        end = start + FIELD_SALT_SIZE
        parts.append(sha256(b"%b%b%b" % (_field_label(name), salts[start:end], value)).digest())
        start = end
    return leaf_hash(b"".join(parts))


@lru_cache(maxsize=32)
def _field_label(name: str) -> bytes:
    return b"%b%b\x00" % (ENTRY_FIELD_LABEL, name.encode())
