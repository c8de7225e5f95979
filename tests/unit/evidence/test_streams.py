"""What is no file on a disk: standard input, a provider's answer, a block device, an image with digests."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import pytest
from pydantic import ValidationError

from rogatory.errors import EvidenceError
from rogatory.evidence import Entry, Stream, Terms, open_package, segments, size_of
from rogatory.evidence.sealing import walk
from support.packages import ASKING, basis, decryption, make, write_sources
from support.world import counting_random

MIB = 1 << 20


def opened(folder, *sources, **changes):
    """Seal and open; return the entries by path."""
    sealed = make(folder, *sources, **changes)
    open_package(sealed.path, decryption(ASKING), folder / "bag", basis(), random=counting_random())
    lines = (folder / "bag/rogatory/entries.jsonl").read_text().splitlines()
    return {each["path"]: each for each in map(json.loads, lines)}


def piecemeal(data):
    """Return a stream's reader that brings a little at a time, as a pipe does."""
    file = io.BytesIO(data)
    return lambda buffer: file.readinto(buffer[:70_001])


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 5])
def test_a_stream_of_any_length_is_sealed_without_its_size_being_known(tmp_path, size):
    data = counting_random("stream")(size)
    found = opened(tmp_path, Stream("stdin", piecemeal(data)))
    assert (tmp_path / "bag/data/stdin").read_bytes() == data
    assert (found["stdin"]["size"], found["stdin"]["sha256"]) == (size, hashlib.sha256(data).hexdigest())
    assert "modified" not in found["stdin"]


def test_a_stream_stands_among_files_and_goes_over_several_segments(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_SIZE", MIB + 9000)
    data = counting_random("stream")(4 * MIB + 77)
    (tmp_path / "zzz").write_bytes(b"last")
    found = opened(tmp_path, write_sources(tmp_path), Stream("dump", piecemeal(data)), tmp_path / "zzz")
    assert list(found)[-2:] == ["dump", "zzz"]
    assert (tmp_path / "bag/data/dump").read_bytes() == data


def test_an_answer_is_sealed_with_what_its_headers_said(tmp_path):
    said = {"http.date": "Mon, 13 Mar 2028 18:32:00 GMT", "http.etag": '"caf\u00e9"'}
    found = opened(tmp_path, Stream("answer.json", piecemeal(b"{}"), size=2, claims=said))
    assert found["answer.json"]["claims"] == said


@pytest.mark.parametrize("announced", [0, 4, 6, MIB])
def test_an_answer_cut_short_or_too_long_is_no_evidence(tmp_path, announced):
    with pytest.raises(EvidenceError, match="EVID-016"):
        make(tmp_path, Stream("answer", piecemeal(b"12345"), size=announced))
    assert list(tmp_path.iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing(tmp_path):
    def broken(_):
        raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(EvidenceError, match="EVID-001"):
        make(tmp_path, Stream("answer", broken))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "claims", [{"Date": "x"}, {"": "x"}, {"a": "x" * 2001}, {f"a{number}": "" for number in range(65)}]
)
def test_claims_that_no_entry_holds_are_refused(tmp_path, claims):
    with pytest.raises(EvidenceError, match="EVID-017"):
        make(tmp_path, Stream("answer", piecemeal(b""), claims=claims))


def test_a_stream_has_a_name_like_any_source(tmp_path):
    (tmp_path / "same").write_bytes(b"")
    with pytest.raises(EvidenceError, match="EVID-006"):
        make(tmp_path, Stream("same", piecemeal(b"")), tmp_path / "same")
    with pytest.raises(EvidenceError, match="EVID-007"):
        make(tmp_path, Stream("x" * 300, piecemeal(b"")))
    found = opened(tmp_path, Stream("a/b:c", piecemeal(b"12")))
    assert list(found) == ["a=2Fb=3Ac"]


@pytest.fixture
def device(tmp_path, monkeypatch):
    """A block device, as far as anybody can see: its record says 0 bytes."""
    path = tmp_path / "sdb"
    path.write_bytes(counting_random("disk")(MIB + 512))
    inode, look, see = path.stat().st_ino, os.stat, os.fstat

    def as_device(facts):
        if facts.st_ino != inode:
            return facts
        own = ("st_dev", "st_ino", "st_mtime_ns", "st_ctime_ns")
        return SimpleNamespace(st_mode=0o060660, st_size=0, **{each: getattr(facts, each) for each in own})

    monkeypatch.setattr(walk.os, "stat", lambda *given, **named: as_device(look(*given, **named)))
    monkeypatch.setattr(walk.os, "fstat", lambda handle: as_device(see(handle)))
    return path


def test_a_block_device_is_sealed_to_its_end(tmp_path, device):
    found = opened(tmp_path, device)
    assert found["sdb"]["size"] == MIB + 512
    assert (tmp_path / "bag/data/sdb").stat().st_size == MIB + 512


def test_a_block_device_inside_a_folder_is_listed_and_not_read(tmp_path, device):
    (tmp_path / "dev").mkdir()
    device.rename(tmp_path / "dev/sdb")
    found = opened(tmp_path, tmp_path / "dev")
    assert found["dev/sdb"]["kind"] == "other"


def test_holes_are_sealed_as_the_zeros_that_they_read_as(tmp_path):
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(3 * MIB)
        file.seek(2 * MIB)
        file.write(b"data")
    opened(tmp_path, tmp_path / "sparse")
    assert (tmp_path / "bag/data/sparse").read_bytes() == (tmp_path / "sparse").read_bytes()


def test_hard_links_are_files_of_their_own(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a").write_bytes(b"one")
    os.link(tmp_path / "source/a", tmp_path / "source/b")
    found = opened(tmp_path, tmp_path / "source")
    assert found["source/a"]["sha256"] == found["source/b"]["sha256"]
    assert found["source/a"]["place"] != found["source/b"]["place"]


def test_the_size_of_sources_is_counted_for_a_progress_bar(tmp_path):
    source = write_sources(tmp_path)
    whole = sum(each.stat().st_size for each in source.rglob("*") if each.is_file() and not each.is_symlink())
    assert size_of([source]) == whole
    assert size_of([source / "disk.img", tmp_path / "nothing"]) == (2 << 20) + 12345


CONTENT = b"sector" * 1000


class Handle:
    """What libewf tells of an image, as far as it is asked."""

    stored = MappingProxyType({"MD5": hashlib.md5(CONTENT).hexdigest().upper(), "SHA1": "0" * 40})

    def open(self, names):
        if not names:
            raise OSError("unable to open file: no segment\nin a library function")
        self.left = io.BytesIO(CONTENT)

    def get_hash_value(self, name):
        return self.stored.get(name)

    def get_media_size(self):
        return len(CONTENT)

    def read(self, size):
        return self.left.read(size)

    def close(self):
        self.left = None


@pytest.fixture
def image(tmp_path, monkeypatch):
    found = SimpleNamespace(handle=Handle, glob=lambda path: [path] if Path(path).stat().st_size else [])
    monkeypatch.setitem(sys.modules, "pyewf", found)
    source = tmp_path / "image"
    source.mkdir()
    for name in ("disk.E01", "disk.E02", "notes.txt"):
        (source / name).write_bytes(b"EVF")
    return source


def test_the_digests_stored_in_an_image_are_claims_of_its_first_segment(tmp_path, image):
    found = opened(tmp_path, image, terms=Terms(images="stored"))
    md5 = hashlib.md5(CONTENT).hexdigest()
    assert found["image/disk.E01"]["claims"] == {
        "ewf.md5": md5,
        "ewf.sha1": "0" * 40,
        "ewf.media-size": str(len(CONTENT)),
    }
    assert (tmp_path / "bag/data/image/disk.E01").read_bytes() == b"EVF"
    assert [path for path, each in found.items() if "claims" in each] == ["image/disk.E01"]


def test_on_request_they_are_computed_again_and_a_difference_is_said(tmp_path, image):
    found = opened(tmp_path, image, terms=Terms(images="recomputed"))["image/disk.E01"]["claims"]
    assert found["ewf.md5.recomputed"] == found["ewf.md5"]
    assert (found["ewf.md5.same"], found["ewf.sha1.same"]) == ("true", "false")
    assert found["ewf.sha256.recomputed"] == hashlib.sha256(CONTENT).hexdigest()


def test_an_image_that_cannot_be_read_is_refused_when_its_digests_are_asked_for(tmp_path, image):
    (image / "disk.E01").write_bytes(b"")
    with pytest.raises(EvidenceError, match="EVID-018"):
        make(tmp_path, image, terms=Terms(images="stored"))
    assert opened(tmp_path, image)["image/disk.E01"]["size"] == 0


def test_without_the_library_digests_of_images_are_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyewf", None)
    with pytest.raises(EvidenceError, match="EVID-019"):
        make(tmp_path, write_sources(tmp_path), terms=Terms(images="stored"))


@pytest.mark.parametrize("claims", [{}, {"Date": "x"}, {"a": "x" * 2001}, {"a": 1}, ["a"]])
def test_a_reader_takes_no_other_claims_than_a_sealer_writes(claims):
    entry = {"area": "data", "kind": "folder", "path": "a"}
    assert Entry.model_validate({**entry, "claims": {"a": "x"}}).claims == {"a": "x"}
    with pytest.raises(ValidationError):
        Entry.model_validate({**entry, "claims": claims})
