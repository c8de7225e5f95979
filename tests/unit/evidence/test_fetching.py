"""Fetching: kept only if every byte is the sealed one, asked for once, and nothing but what is sealed."""

from __future__ import annotations

import pytest

from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import Folder, Terms, fetch, inspect, verify
from support.packages import basis, files_of, make
from support.world import counting_random


class Elsewhere:
    """A package behind a link: it cannot be listed, it remembers what was asked, and it may lie or fail."""

    def __init__(self, folder, change=lambda path, start, data: data):
        self.folder, self.change, self.asked = folder, change, []

    def names(self):
        return None

    def read_into(self, path, start, buffer):
        try:
            data = (self.folder / path).read_bytes()[start : start + len(buffer)]
        except FileNotFoundError:
            raise EvidenceError("EVID-021", path=path) from None
        data = self.change(path, start, data)
        buffer[: len(data)] = data
        self.asked.append((path, start, len(data)))
        return len(data)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return make(tmp_path_factory.mktemp("sealed"), terms=Terms(trust=b"bundle")).path


def bring(source, tmp_path, **changes):
    return fetch(source, tmp_path / "copy", basis(**changes), random=counting_random())


def test_a_fetched_package_is_the_same_to_the_byte(package, tmp_path):
    source = Elsewhere(package)
    found = bring(source, tmp_path, announced=inspect(package).digest)
    assert files_of(tmp_path / "copy") == files_of(package)
    for each in files_of(package):
        assert (tmp_path / "copy" / each).read_bytes() == (package / each).read_bytes()
    assert verify(tmp_path / "copy", basis()).proves == found.proves


def test_every_byte_is_asked_for_once_and_no_read_is_large(package, tmp_path):
    source = Elsewhere(package)
    bring(source, tmp_path)
    total = sum(size for _, _, size in source.asked)
    assert total == sum((package / each).stat().st_size for each in files_of(package))
    assert max(size for _, _, size in source.asked) <= 1 << 20


def test_a_receipt_that_is_there_comes_along(package, tmp_path, monkeypatch):
    from rogatory.evidence import checks

    monkeypatch.setattr(checks, "check_receipt_is_of", lambda *_: None)
    (package / "receipt").mkdir()
    empty = b'{"checkpoint":"x","index":0,"leaf":"%b","path":[],"type":"custody_receipt","version":1}'
    (package / "receipt/custody.json").write_bytes(empty % (b"A" * 43 + b"="))
    try:
        found = bring(Elsewhere(package), tmp_path)
    finally:
        (package / "receipt/custody.json").unlink()
        (package / "receipt").rmdir()
    assert (tmp_path / "copy/receipt/custody.json").exists()
    assert "EVID-145" in [each.code for each in found.does_not_prove]


@pytest.mark.parametrize("name", ["README.txt", "data/000001.bin", "data/000001.idx", "entries.enc"])
def test_a_byte_changed_on_the_way_leaves_nothing(package, tmp_path, name):
    def change(path, start, data):
        return bytes([data[0] ^ 1]) + data[1:] if path == name and start == 0 and data else data

    before = set(tmp_path.iterdir())
    with pytest.raises(RogatoryError):
        bring(Elsewhere(package, change), tmp_path)
    assert set(tmp_path.iterdir()) == before


def test_a_link_that_breaks_leaves_nothing(package, tmp_path):
    def change(path, start, data):
        if path.endswith(".bin") and start > 1 << 20:
            raise EvidenceError("EVID-071", path=path, reason="the link broke")
        return data

    with pytest.raises(EvidenceError, match="EVID-071"):
        bring(Elsewhere(package, change), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_ends_early_is_refused(package, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-025"):
        bring(
            Elsewhere(package, lambda path, _, data: data[:-1] if path.endswith(".bin") else data), tmp_path
        )


def test_a_folder_here_is_a_source_too(package, tmp_path):
    with Folder(package) as folder:
        bring(folder, tmp_path)
    assert files_of(tmp_path / "copy") == files_of(package)


def test_a_copy_is_never_written_over_something(package, tmp_path):
    (tmp_path / "copy").mkdir()
    with pytest.raises(EvidenceError, match="EVID-004"):
        bring(Elsewhere(package), tmp_path)
