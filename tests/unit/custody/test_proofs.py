"""Proofs: what they lead to, and what they refuse."""

from __future__ import annotations

import pytest

from rogatory.custody import proofs, tree
from rogatory.errors import CustodyError

LEAVES = [tree.leaf_hash(bytes([number])) for number in range(40)]


def read(level, index):
    width = 1 << level
    assert (index + 1) * width <= len(LEAVES)
    return root_of(LEAVES[index * width : (index + 1) * width])


def root_of(leaves):
    return tree.root(tree.append(tree.EMPTY, leaves))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 32, 33, 40])
def test_every_leaf_is_proved_and_no_other_in_its_place(size):
    for index in range(size):
        path = proofs.inclusion_proof(index, size, read)
        proofs.verify_inclusion(LEAVES[index], index, size, path, root_of(LEAVES[:size]))
        for wrong in {*range(size)} - {index}:
            with pytest.raises(CustodyError, match=r"LOG-01[12]"):
                proofs.verify_inclusion(LEAVES[index], wrong, size, path, root_of(LEAVES[:size]))


def test_every_earlier_tree_is_proved_to_be_the_beginning():
    for new in range(41):
        for old in range(new + 1):
            path = proofs.consistency_proof(old, new, read)
            before, after = root_of(LEAVES[:old]), root_of(LEAVES[:new])
            proofs.verify_consistency(old, new, before, after, path)
            with pytest.raises(CustodyError, match=r"LOG-01[34]"):
                proofs.verify_consistency(old, new, bytes(32), after, path)
            with pytest.raises(CustodyError, match=r"LOG-01[34]"):
                proofs.verify_consistency(old, new, before, after, (*path, bytes(32)))


def test_from_a_true_tree_that_was_rewritten_there_is_no_way():
    path = proofs.consistency_proof(5, 13, read)
    rewritten = root_of([bytes(32), *LEAVES[1:5]])
    with pytest.raises(CustodyError, match="LOG-014"):
        proofs.verify_consistency(5, 13, rewritten, root_of(LEAVES[:13]), path)


def test_a_later_root_that_does_not_fit_is_refused_from_a_complete_tree_too():
    path = proofs.consistency_proof(8, 13, read)
    with pytest.raises(CustodyError, match="LOG-014"):
        proofs.verify_consistency(8, 13, root_of(LEAVES[:8]), bytes(32), path)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (0, 2**63)])
def test_a_leaf_outside_the_tree_is_refused(index, size):
    with pytest.raises(CustodyError, match="LOG-010"):
        proofs.inclusion_proof(index, size, read)
    with pytest.raises(CustodyError, match="LOG-010"):
        proofs.verify_inclusion(bytes(32), index, size, (), bytes(32))


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3), (1, 2**63)])
def test_sizes_that_do_not_follow_each_other_are_refused(old, new):
    with pytest.raises(CustodyError, match="LOG-010"):
        proofs.consistency_proof(old, new, read)
    with pytest.raises(CustodyError, match="LOG-010"):
        proofs.verify_consistency(old, new, bytes(32), bytes(32), ())


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 3), (4, 3)])
def test_roots_are_read_from_a_proof_between_two_different_sizes_only(old, new):
    with pytest.raises(CustodyError, match="LOG-010"):
        proofs.roots_of_consistency(old, new, bytes(32), ())


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_a_proof_that_was_cut_is_refused(cut):
    path = proofs.inclusion_proof(2, 7, read)
    assert len(path) == 3
    with pytest.raises(CustodyError, match="LOG-011"):
        proofs.verify_inclusion(LEAVES[2], 2, 7, path[:cut], root_of(LEAVES[:7]))
    path = proofs.consistency_proof(3, 7, read)
    assert len(path) == 4
    with pytest.raises(CustodyError, match="LOG-013"):
        proofs.verify_consistency(3, 7, root_of(LEAVES[:3]), root_of(LEAVES[:7]), path[:cut])


def test_a_hash_of_another_length_is_refused():
    short, whole = bytes(31), bytes(32)
    with pytest.raises(CustodyError, match="LOG-015"):
        proofs.verify_inclusion(whole, 0, 2, (short,), whole)
    with pytest.raises(CustodyError, match="LOG-015"):
        proofs.verify_inclusion(b"", 0, 1, (), b"")
    for old, first, second, path in (
        (3, whole, whole, (short,)),
        (3, whole, short, ()),
        (0, short, whole, ()),
    ):
        with pytest.raises(CustodyError, match="LOG-015"):
            proofs.verify_consistency(old, 4, first, second, path)
    with pytest.raises(CustodyError, match="LOG-015"):
        proofs.verify_consistency(3, 7, whole, whole, (whole, whole, short))


def test_a_proof_is_read_once_and_need_not_be_held():
    path = iter(proofs.inclusion_proof(2, 7, read))
    proofs.verify_inclusion(LEAVES[2], 2, 7, path, root_of(LEAVES[:7]))
    assert next(path, None) is None
