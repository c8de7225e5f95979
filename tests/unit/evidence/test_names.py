"""Names that open everywhere, and the paths that never open."""

from __future__ import annotations

import os
import re

import pytest

from rogatory.evidence import names


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("access.log", "access.log"),
        ("Đà Nẵng.txt", "Đà Nẵng.txt"),
        ("a=b", "a=b"),
        ("a=3Ab", "a=3D3Ab"),
        ("a:b", "a=3Ab"),
        ("100%", "100=25"),
        ("back\\slash", "back=5Cslash"),
        ("line\nfeed", "line=0Afeed"),
        ("\u202egnp.exe", "=E2=80=AEgnp.exe"),
        (os.fsdecode(b"caf\xe9"), "caf=E9"),
        ("con", "=63on"),
        ("Aux.c", "=41ux.c"),
        ("console", "console"),
        ("end.", "end=2E"),
        ("end ", "end=20"),
    ],
)
def test_a_name_is_written_so_that_every_system_can_hold_it(name, written):
    assert names.portable(name) == written
    assert names.fault(written) is None
    assert decode(written) == os.fsencode(name)


def decode(written):
    parts = re.split(r"=([0-9A-F]{2})", written)
    return b"".join(bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts))


def test_names_that_some_system_takes_for_one_are_written_apart():
    given = ["README", "readme", "Readme", "=52EADME", "cafe\u0301", "caf\u00e9", "stra\u00dfe", "STRASSE"]
    found = names.portable_names(given)
    assert found["README"] == "README"
    assert len({names.fold(each) for each in found.values()}) == len(given)
    assert {name: decode(each).decode() for name, each in found.items()} == {each: each for each in given}


@pytest.mark.parametrize(
    "path",
    [
        *("", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\\b", "C:", "a\x00b", "a%b"),
        *("nul", "x/COM1.txt", "a.", "a ", "\u202ea", "\u2028", "\ud800"),
        *("x" * 256, "é" * 128, "/".join("a" * 129)),
    ],
)
def test_a_path_that_climbs_or_that_some_system_cannot_hold_is_faulty(path):
    assert names.fault(path)


@pytest.mark.parametrize("path", ["a", "a/b.c/d", "..a", "a..b", "x" * 255, "/".join("a" * 128), "a=3Ab"])
def test_an_ordinary_path_is_not(path):
    assert names.fault(path) is None
