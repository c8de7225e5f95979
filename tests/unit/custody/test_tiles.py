"""Tiles: their paths, which of them a tree has, and bundles."""

from __future__ import annotations

import pytest

from rogatory.custody import tiles
from rogatory.custody.tiles import Tile
from rogatory.errors import CustodyError


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 5, 112), "tile/0/005.p/112"),
        (Tile(1, 999), "tile/1/999"),
        (Tile(2, 1000), "tile/2/x001/000"),
        # The example of C2SP tlog-tiles.
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(None, 1_234_067, 8), "tile/entries/x001/x234/067.p/8"),
        (Tile(63, 0, 255), "tile/63/000.p/255"),
    ],
)
def test_a_tile_has_one_path(tile, path):
    assert tile.path == path
    assert tiles.read_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/x1/000",
        "tile/0/001/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/007",
        "tile/0/000/.p/7",
        "tile/0/../000",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/\u0661\u0662\u0663",
        "tile/data/000",
        "tile/0/" + "x999/" * 7 + "999",
    ],
)
def test_another_path_is_refused(path):
    with pytest.raises(CustodyError, match="LOG-030"):
        tiles.read_path(path)


def levels(size, since=0):
    found = {}
    for tile in tiles.tiles_of(size, since=since):
        found.setdefault(tile.level, []).append(tile.width)
    return found


def test_the_tiles_of_seventy_thousand_leaves_are_those_of_the_c2sp_example():
    found = levels(70_000)
    assert found == {
        None: [256] * 273 + [112],
        0: [256] * 273 + [112],
        1: [256, 17],
        2: [1],
    }


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, {}),
        (1, {None: [1], 0: [1]}),
        (255, {None: [255], 0: [255]}),
        (256, {None: [256], 0: [256], 1: [1]}),
        (257, {None: [256, 1], 0: [256, 1], 1: [1]}),
    ],
)
def test_no_empty_tile_is_named(size, expected):
    assert levels(size) == expected


def test_what_grew_is_named_and_nothing_else():
    assert levels(256, since=255) == {None: [256], 0: [256], 1: [1]}
    assert levels(258, since=257) == {None: [2], 0: [2]}
    assert levels(300, since=300) == {}
    assert levels(512, since=256) == {None: [256], 0: [256], 1: [2]}


def test_a_bundle_holds_its_entries():
    entries = (b"", b"a", bytes(65535))
    assert tiles.pack_entries((b"", b"a")) == b"\x00\x00\x00\x01a"
    assert tiles.unpack_entries(tiles.pack_entries(entries), 3) == entries


def test_an_entry_beyond_two_bytes_of_length_is_refused():
    with pytest.raises(CustodyError, match="LOG-031"):
        tiles.pack_entries([bytes(65536)])


@pytest.mark.parametrize(
    ("bundle", "width"),
    [(b"\x00\x01a", 2), (b"\x00\x01a\x00\x01b", 1), (b"\x00\x02a", 1), (b"\x00", 1), (b"a", 0)],
)
def test_a_bundle_with_more_or_less_than_its_path_says_is_refused(bundle, width):
    with pytest.raises(CustodyError, match="LOG-032"):
        tiles.unpack_entries(bundle, width)
