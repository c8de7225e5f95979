"""Hashes of a tree: what is needed, beside some of its leaves, to compute its root, and no more."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from rogatory.custody import EMPTY, append, node_hash, root

__all__ = ["HASH_SIZE", "Leaves", "hashes_beside", "root_from"]

HASH_SIZE = 32


class Leaves:
    """The leaves of a tree, 32 bytes each and nothing more: there can be millions."""

    def __init__(self) -> None:
        """Begin with none."""
        self._data = bytearray()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._data) // HASH_SIZE

    def add(self, leaf: bytes) -> None:
        """Add the next one."""
        self._data += leaf

    def root(self, start: int, end: int) -> bytes:
        """Return the root of the tree over the leaves from ``start`` to before ``end``."""
        data = self._data
        cut = (bytes(data[at * HASH_SIZE : (at + 1) * HASH_SIZE]) for at in range(start, end))
        return root(append(EMPTY, cut))


def _split(start: int, end: int) -> int:
    """Return where RFC 6962 splits a range: the greatest power of two below its width."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _walk(
    start: int,
    end: int,
    shown: Sequence[int],
    leaf: Callable[[int], bytes],
    other: Callable[[int, int], bytes],
) -> bytes:
    """Return the root over a range, asking ``leaf`` for what is shown and ``other`` for the rest."""
    found = bisect_left(shown, start)
    if found == len(shown) or shown[found] >= end:
        return other(start, end)
    if end - start == 1:
        return leaf(start)
    middle = _split(start, end)
    left = _walk(start, middle, shown, leaf, other)
    return node_hash(left, _walk(middle, end, shown, leaf, other))


def hashes_beside(leaves: Leaves, shown: Sequence[int]) -> list[bytes]:
    """Return the roots of the largest subtrees that hold none of the leaves shown, from left to right.

    Args:
        leaves: All leaves of the tree; at least one.
        shown: Numbers of leaves, ascending.

    Source:
        spec/disclosures.md 3.1.
    """
    found: list[bytes] = []

    def other(start: int, end: int) -> bytes:
        found.append(leaves.root(start, end))
        return found[-1]

    # What is returned for a leaf that is shown does not matter here: only the hashes beside are kept.
    _walk(0, len(leaves), shown, lambda _: bytes(HASH_SIZE), other)
    return found


def root_from(size: int, shown: Mapping[int, bytes], take: Callable[[], bytes]) -> str:
    """Return the root of a tree from some of its leaves and the hashes beside them, 64 hex characters.

    It is done in time and memory by what is shown, whatever size a seal claims.

    Args:
        size: Leaves of the tree.
        shown: Leaves by their numbers, all below ``size``.
        take: Returns the next hash, 32 bytes.

    Source:
        spec/disclosures.md 3.1.
    """
    return _walk(0, size, sorted(shown), shown.__getitem__, lambda *_: take()).hex()


def leaf_over(label: bytes, commitments: Sequence[bytes]) -> bytes:
    """Return the hash of a leaf over commitments."""
    return hashlib.sha256(b"\x00" + label + b"".join(commitments)).digest()
