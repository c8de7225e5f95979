"""Proofs: that a leaf is in a tree, and that one tree is the beginning of another.

A proof is made from the hashes of complete subtrees, wherever they are kept, and verified in constant
memory from the proof, the sizes and the roots alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rogatory.custody import tree
from rogatory.errors import CustodyError

__all__ = [
    "HashReader",
    "consistency_proof",
    "inclusion_proof",
    "root_of_inclusion",
    "roots_of_consistency",
    "verify_consistency",
    "verify_inclusion",
]

HashReader = Callable[[int, int], bytes]
"""``read(level, index)``: the hash of the complete subtree of ``2**level`` leaves number ``index``."""


def _range_root(start: int, end: int, read: HashReader) -> bytes:
    """Return the root over leaves ``start`` to ``end``, where ``start`` is a split of the tree."""
    peaks = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(read(level, start >> level))
        start += 1 << level
    right = peaks.pop()
    while peaks:
        right = tree.node_hash(peaks.pop(), right)
    return right


def _split(start: int, end: int) -> int:
    """Return where RFC 6962 splits a range: the greatest power of two below its width."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the hashes that lead from a leaf to the root, the leaf's neighbour first.

    Args:
        index: The leaf, counted from 0.
        size: Leaves of the tree.
        read: Gives the hash of any complete subtree within the size.

    Raises:
        CustodyError: LOG-010 the index is not in the tree; whatever ``read`` raises.

    Source:
        RFC 6962 section 2.1.1.
    """
    check_index(index, size)
    start, end, path = 0, size, []
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the hashes that show the tree of ``old`` leaves to be the beginning of the one of ``new``.

    From the empty tree, and between equal sizes, there is nothing to prove and the proof is empty.

    Raises:
        CustodyError: LOG-010 the sizes do not follow each other; whatever ``read`` raises.

    Source:
        RFC 6962 section 2.1.2.
    """
    check_sizes(old, new)
    if old == 0:
        return ()
    start, end, path = 0, new, []
    while old != end:
        middle = _split(start, end)
        if old <= middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    if start:
        # The old tree's right edge is no root that a verifier knows: it must be told.
        path.append(_range_root(start, end, read))
    return tuple(reversed(path))


def check_index(index: int, size: int) -> None:
    """Refuse a leaf that is not in the tree."""
    if not 0 <= index < size <= tree.MAX_TREE_SIZE:
        raise CustodyError("LOG-010", what="index", size=size)


def check_sizes(old: int, new: int) -> None:
    """Refuse two sizes of which the first is not the earlier."""
    if not 0 <= old <= new <= tree.MAX_TREE_SIZE:
        raise CustodyError("LOG-010", what="old size", size=new)


def check_hash(data: bytes) -> None:
    """Refuse what no hash of this tree can be: other lengths would let bytes slide between two hashes."""
    if len(data) != tree.HASH_SIZE:
        raise CustodyError("LOG-015", size=len(data))


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes:
    """Return the root to which a proof leads from a leaf; the proof's length is checked, its end is not.

    Memory is constant: the proof is read once, one hash at a time.

    Raises:
        CustodyError: LOG-010 the index is not in the tree; LOG-011 too few or too many hashes; LOG-015 a
            hash of another length.

    Source:
        RFC 9162 section 2.1.3.2.
    """
    check_index(index, size)
    check_hash(leaf)
    at, last, node = index, size - 1, leaf
    for each in proof:
        check_hash(each)
        if last == 0:
            raise CustodyError("LOG-011")
        if at & 1 or at == last:
            node = tree.node_hash(each, node)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = tree.node_hash(node, each)
        at, last = at >> 1, last >> 1
    if last:
        raise CustodyError("LOG-011")
    return node


def roots_of_consistency(old: int, new: int, old_root: bytes, proof: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Return the old and the new root that a proof leads to; they are not compared with any.

    Args:
        old: Leaves before, more than none and fewer than ``new``.
        new: Leaves after.
        old_root: Where the walk starts if the old tree is complete, since the proof then leaves it out.
        proof: Hashes, read once.

    Raises:
        CustodyError: LOG-010 the sizes are not such; LOG-013 too few or too many hashes; LOG-015 a hash
            of another length.

    Source:
        RFC 9162 section 2.1.4.2.
    """
    if not 0 < old < new <= tree.MAX_TREE_SIZE:
        raise CustodyError("LOG-010", what="old size", size=new)
    hashes = iter(proof)
    start = old_root if old & (old - 1) == 0 else _next(hashes)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = start
    for each in hashes:
        check_hash(each)
        if last == 0:
            raise CustodyError("LOG-013")
        if at & 1 or at == last:
            before, after = tree.node_hash(each, before), tree.node_hash(each, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = tree.node_hash(after, each)
        at, last = at >> 1, last >> 1
    if last:
        raise CustodyError("LOG-013")
    return before, after


def _next(hashes: Iterator[bytes]) -> bytes:
    first = next(hashes, None)
    if first is None:
        raise CustodyError("LOG-013")
    check_hash(first)
    return first


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Iterable[bytes], expected: bytes) -> None:
    """Return only if the leaf stands at the index of the tree with this size and root.

    Args:
        leaf: The leaf hash, 32 bytes.
        index: Counted from 0.
        size: Leaves of the tree.
        proof: Hashes of 32 bytes, the leaf's neighbour first.
        expected: The root, from a signed checkpoint.

    Raises:
        CustodyError: LOG-010 the index is not in the tree; LOG-011 the proof has another length;
            LOG-012 it does not lead to the root; LOG-015 a hash has another length.

    Source:
        RFC 9162 section 2.1.3.2; spec/custody.md 1.5.
    """
    if root_of_inclusion(leaf, index, size, proof) != expected:
        raise CustodyError("LOG-012")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Iterable[bytes]) -> None:
    """Return only if the tree of ``old`` leaves is the beginning of the tree of ``new`` leaves.

    Raises:
        CustodyError: LOG-010 the sizes do not follow each other; LOG-013 the proof has another length;
            LOG-014 it does not lead to both roots; LOG-015 a hash has another length.

    Source:
        RFC 9162 section 2.1.4.2; C2SP tlog-witness for sizes zero and equal; spec/custody.md 1.6.
    """
    check_sizes(old, new)
    check_hash(old_root)
    check_hash(new_root)
    if old in {0, new}:
        if any(True for _ in proof):
            raise CustodyError("LOG-013")
        same = old_root == (new_root if old == new else tree.EMPTY_ROOT)
        if not same or (new == 0 and new_root != tree.EMPTY_ROOT):
            raise CustodyError("LOG-014")
        return
    if roots_of_consistency(old, new, old_root, proof) != (old_root, new_root):
        raise CustodyError("LOG-014")
