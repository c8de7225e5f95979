"""The Merkle tree of RFC 6962: its hashes, and growth with a state of one hash for each bit of the size.

Everything here is arithmetic on SHA-256 values. Nothing is stored and nothing is signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rogatory.errors import CustodyError

__all__ = [
    "EMPTY",
    "EMPTY_ROOT",
    "HASH_SIZE",
    "MAX_TREE_SIZE",
    "Frontier",
    "append",
    "leaf_hash",
    "node_hash",
    "root",
]

HASH_SIZE: Final = 32
# C2SP tlog-witness allows 63 lines of proof, which is a tree below 2^63 leaves.
MAX_TREE_SIZE: Final = 2**63 - 1
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf (RFC 6962 section 2.1: prefix 0x00)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees (RFC 6962 section 2.1: prefix 0x01)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to go on growing a tree: one hash for each bit set in its size.

    Attributes:
        size: Leaves so far.
        peaks: The roots of the complete subtrees, largest (leftmost) first.

    Raises:
        CustodyError: LOG-010 peaks that do not fit the size.
    """

    size: int
    peaks: tuple[bytes, ...]

    def __post_init__(self) -> None:
        """Refuse a state that belongs to no tree."""
        fits = 0 <= self.size <= MAX_TREE_SIZE and self.size.bit_count() == len(self.peaks)
        if not fits or any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise CustodyError("LOG-010", what="peaks", size=self.size)


EMPTY: Final = Frontier(0, ())


def append(frontier: Frontier, leaves: Iterable[bytes]) -> Frontier:
    """Return the state after more leaves; work is constant a leaf, on average.

    Args:
        frontier: The state before.
        leaves: Leaf hashes, in order.
    """
    size, peaks = frontier.size, list(frontier.peaks)
    for leaf in leaves:
        node, filled = leaf, size
        # Each bit set at the low end is a complete subtree that the new one closes.
        while filled & 1:
            node = node_hash(peaks.pop(), node)
            filled >>= 1
        peaks.append(node)
        size += 1
    return Frontier(size, tuple(peaks))


def root(frontier: Frontier) -> bytes:
    """Return the root of the tree; of the empty tree, the hash of nothing (RFC 6962 section 2.1)."""
    if not frontier.peaks:
        return EMPTY_ROOT
    right, *rest = reversed(frontier.peaks)
    for peak in rest:
        right = node_hash(peak, right)
    return right
