"""The tree: RFC 6962's hashes, and growth with a short state."""

from __future__ import annotations

import hashlib

import pytest

from rogatory.custody import tree
from rogatory.errors import CustodyError

# The eight leaves that implementations of RFC 6962 have compared themselves with since 2013.
INPUTS = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots_of_rfc_6962_come_out(size):
    grown = tree.append(tree.EMPTY, map(tree.leaf_hash, INPUTS[:size]))
    assert tree.root(grown).hex() == ROOTS[size]


def test_leaves_and_nodes_are_hashed_apart():
    assert tree.leaf_hash(b"ab") == hashlib.sha256(b"\x00ab").digest()
    assert tree.node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()


def test_growing_by_one_or_by_many_gives_the_same_tree():
    leaves = [tree.leaf_hash(bytes([number])) for number in range(100)]
    one_by_one = tree.EMPTY
    for leaf in leaves:
        one_by_one = tree.append(one_by_one, [leaf])
    assert one_by_one == tree.append(tree.EMPTY, leaves)


def test_the_state_has_one_hash_for_each_bit_of_the_size():
    grown = tree.append(tree.EMPTY, [bytes(32)] * 1023)
    assert len(grown.peaks) == 10
    assert len(tree.append(grown, [bytes(32)]).peaks) == 1


@pytest.mark.parametrize(
    ("size", "peaks"),
    [(0, (bytes(32),)), (3, (bytes(32),)), (1, (bytes(31),)), (-1, ()), (2**63, (bytes(32),))],
)
def test_a_state_that_belongs_to_no_tree_is_refused(size, peaks):
    with pytest.raises(CustodyError, match="LOG-010"):
        tree.Frontier(size, peaks)
