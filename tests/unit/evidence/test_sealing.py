"""Sealing: complete or absent, one pass, nothing left out without a word."""

from __future__ import annotations

import base64
import json
import os
import subprocess

import pytest

from rogatory.evidence import open_package
from support.packages import (
    ASKING,
    basis,
    decryption,
    make,
)
from support.world import counting_random


def entries(bag):
    lines = (bag / "rogatory/entries.jsonl").read_text().splitlines()
    return {each["path"]: each for each in map(json.loads, lines)}


@pytest.fixture
def opened(tmp_path):
    sealed = make(tmp_path)
    open_package(sealed.path, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    return tmp_path


def test_what_was_sealed_is_verified_and_opened_as_it_was(opened):
    source, bag = opened / "case", opened / "bag"
    for line in entries(bag).values():
        if line["kind"] == "file":
            origin = base64.b64decode(line["origin"]) if "origin" in line else line["path"].encode()
            assert (bag / "data" / line["path"]).read_bytes() == (
                source.parent / os.fsdecode(origin)
            ).read_bytes()
    found = {str(path.relative_to(bag / "data")) for path in (bag / "data").rglob("*") if path.is_file()}
    assert found == {path for path, line in entries(bag).items() if line["kind"] == "file"}
    assert len(found) == 7


def test_sha256sum_confirms_the_bag(opened):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=opened / "bag", check=True
        )


def test_links_pipes_and_empty_folders_are_listed_and_not_made(opened):
    kinds = {path: line["kind"] for path, line in entries(opened / "bag").items()}
    assert kinds["case/link"] == "link"
    assert base64.b64decode(entries(opened / "bag")["case/link"]["target"]) == b"/etc/passwd"
    assert kinds["case/pipe"] == "other"
    assert kinds["case/logs/old"] == "folder"
    assert not (opened / "bag/data/case/link").exists()
