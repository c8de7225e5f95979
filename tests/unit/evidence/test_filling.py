"""Files side by side: the package is as if they had been sealed one after another."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import models, open_package, segments, trees
from rogatory.evidence.sealing import batches, benches, filling, lines, walk
from rogatory.evidence.sealing.lines import Content
from rogatory.evidence.segments import Spot
from support.packages import ASKING, basis, decryption, make, write_sources
from support.world import counting_random


def lay(top, sizes):
    top.mkdir()
    for number, size in enumerate(sizes):
        folder = top / f"{number % 7}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number:04d}").write_bytes(counting_random(str(number))(size))
    return top


MIB = 1 << 20
SIZES = [0, 1, 3 * MIB, 70_000, MIB, MIB + 1, 2 * MIB, 5 * MIB + 3, *(97 * each for each in range(150))]


def test_large_and_small_files_open_as_they_were(tmp_path):
    source = lay(tmp_path / "source", SIZES)
    sealed = make(tmp_path, source)
    open_package(sealed.path, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    for path in source.rglob("*"):
        if path.is_file():
            opened = tmp_path / "bag/data/source" / path.relative_to(source)
            assert opened.read_bytes() == path.read_bytes()
    assert sealed.files == len(SIZES)


def test_files_of_all_sizes_follow_one_another_over_many_segments(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_SIZE", MIB + 70_000)
    monkeypatch.setattr(segments, "SEGMENT_CHUNKS", 20)
    sealed = make(tmp_path, lay(tmp_path / "source", SIZES))
    found = open_package(sealed.path, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    assert len(found.document.segments.data) > 15


@pytest.mark.parametrize("cores", [1, 2, 64])
def test_a_machine_of_any_size_seals_the_same_content(tmp_path, monkeypatch, cores):
    monkeypatch.setattr(benches.os, "cpu_count", lambda: cores)
    sealed = make(tmp_path, write_sources(tmp_path))
    assert open_package(
        sealed.path, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random()
    ).files


def test_no_more_entries_wait_than_the_limit_says(tmp_path, monkeypatch):
    monkeypatch.setattr(filling, "PENDING", 3)
    most = []
    settle = filling.Filling._settle

    def watch(self, limit):
        settle(self, limit)
        most.append(self._pending)

    monkeypatch.setattr(filling.Filling, "_settle", watch)
    sealed = make(tmp_path, lay(tmp_path / "source", SIZES))
    assert sealed.files == len(SIZES)
    assert max(most) <= 3


@pytest.mark.parametrize("size", [10, 3 * MIB])
def test_a_fault_in_one_file_ends_all_and_leaves_no_thread(tmp_path, monkeypatch, size):
    source = lay(tmp_path / "source", [size] * 40)
    read = os.preadv

    def fail(handle, buffers, offset):
        if Path(f"/proc/self/fd/{handle}").readlink().name == "0017":
            raise OSError(5, "Input/output error")
        return read(handle, buffers, offset)

    monkeypatch.setattr(batches.os, "preadv", fail)
    with pytest.raises(EvidenceError, match="EVID-001"):
        make(tmp_path, source)
    assert [each.name for each in threading.enumerate() if each.name.startswith("rogatory")] == []
    assert {each.name for each in tmp_path.iterdir()} == {"source"}


def test_an_open_folder_is_closed_by_the_last_who_holds_it(tmp_path):
    held = walk.HeldFolder("a", os.open(tmp_path, os.O_RDONLY), watched=True)
    held.hold()
    held.release()
    os.fstat(held.descriptor)
    (tmp_path / "new").write_bytes(b"")
    os.utime(tmp_path, ns=(1, 1))
    with pytest.raises(EvidenceError, match="EVID-002"):
        held.release()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held.descriptor)


CONTENT = Content(5, "ab" * 32, b"s" * 32, b"c" * 32, Spot(3, 4, 5), 1, b"r" * 32)


@pytest.mark.parametrize("name", ["Đà Nẵng", 'quote"', "a\\b", "tab\there", "\u2028", "\x7f", "😀"])
def test_a_line_written_member_by_member_is_the_canonical_one(tmp_path, name):
    facts = tmp_path.stat()
    link = walk.Found("link", name, b"raw\xff", facts, None, "x", target=b"/etc")
    file = walk.Found("file", name, None, facts, None, "x", 5)
    for found, content in ((link, None), (file, CONTENT)):
        members = lines.entry_members(found, "data", content)
        document = json.loads(trees.entry_line(members))
        assert members == trees.entry_fields(document)
        assert list(members) == sorted(members)
        entry = models.Entry.model_validate_json(trees.entry_line(members))
        assert entry.path == name
