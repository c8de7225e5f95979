"""By disk: checked as it is written, read back, tied to the paper; imported and not believed."""

from __future__ import annotations

import hashlib
import os

import pytest

from rogatory import wire
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import HandOver, export, import_, inspect, read_medium
from rogatory.evidence.carrying.medium import MANIFEST
from support.packages import basis, files_of, make

PAPER = HandOver.model_validate_json(
    b'{"medium":"WD 22B1","seal_number":"A-0042/7","receipt":"HO 2028-17",'
    b'"handed_by":"Vasseur","handed_to":"Binh","on":"2028-03-14"}'
)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return make(tmp_path_factory.mktemp("sealed"))


@pytest.fixture
def disk(package, tmp_path):
    medium = tmp_path / "disk"
    medium.mkdir()
    return medium, export(package.path, medium, PAPER, basis())


def take(medium, tmp_path, *, number=PAPER.seal_number, digest=None, **believed):
    said = read_medium(medium, seal_number=number, digest=digest)
    return import_(medium, said, tmp_path / "copy", basis(**believed))


def test_what_is_exported_is_imported_to_the_byte(disk, package, tmp_path):
    medium, said = disk
    found = take(medium, tmp_path, digest=said.digest, announced=package.seal)
    assert (found.seal, found.package) == (package.seal, package.package)
    for each in files_of(package.path):
        assert (tmp_path / "copy" / each).read_bytes() == (package.path / each).read_bytes()


def test_the_manifest_says_what_the_paper_says_and_where_the_package_lies(disk, package):
    medium, said = disk
    data = (medium / MANIFEST).read_bytes()
    assert hashlib.sha256(data).hexdigest() == said.digest
    assert wire.parse(data)["hand_over"]["seal_number"] == "A-0042/7"
    assert sorted(each.name for each in medium.iterdir()) == sorted([MANIFEST, package.seal])


@pytest.mark.parametrize("wrong", [{"number": "A-0042/8"}, {"digest": "0" * 64}])
def test_a_disk_that_is_not_the_one_on_paper_is_not_read(wrong, disk, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-083"):
        take(disk[0], tmp_path, **wrong)
    assert not (tmp_path / "copy").exists()


def test_a_disk_without_a_manifest_is_not_finished(disk, tmp_path):
    (disk[0] / MANIFEST).unlink()
    with pytest.raises(EvidenceError, match="EVID-082"):
        take(disk[0], tmp_path)


def test_a_disk_is_written_once(disk, package):
    with pytest.raises(EvidenceError, match="EVID-081"):
        export(package.path, disk[0], PAPER, basis())


def test_another_package_than_was_announced_is_refused(disk, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-070"):
        take(disk[0], tmp_path, announced="0" * 64)


def test_a_byte_that_changed_on_the_disk_is_found_and_nothing_kept(disk, package, tmp_path):
    file = disk[0] / package.seal / "data/000001.bin"
    data = bytearray(file.read_bytes())
    data[7] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(RogatoryError):
        take(disk[0], tmp_path)
    assert not list(tmp_path.glob("*copy*"))


def test_a_manifest_that_leads_elsewhere_is_refused(disk, tmp_path):
    file = disk[0] / MANIFEST
    file.write_bytes(file.read_bytes().replace(b'"seal":"', b'"seal":"../'))
    with pytest.raises(RogatoryError, match="WIRE"):
        take(disk[0], tmp_path)


def test_a_disk_that_was_pulled_out_half_way_goes_on(package, tmp_path, monkeypatch):
    from rogatory.evidence.carrying import staging

    medium, real = tmp_path / "disk", staging.Held.write
    medium.mkdir()

    def pulled(held, offset, piece):
        if offset > 1 << 20:
            raise OSError(5, "Input/output error")
        real(held, offset, piece)

    monkeypatch.setattr(staging.Held, "write", pulled)
    with pytest.raises(EvidenceError, match="EVID-009"):
        export(package.path, medium, PAPER, basis())
    assert not (medium / MANIFEST).exists()
    monkeypatch.setattr(staging.Held, "write", real)
    assert export(package.path, medium, PAPER, basis()).carried.seal == inspect(package.path).digest


@pytest.mark.parametrize("kind", ["pipe", "link", "folder", "endless"])
def test_a_manifest_that_is_no_plain_file_is_not_waited_for(disk, tmp_path, kind):
    file = disk[0] / MANIFEST
    elsewhere = file.rename(tmp_path / "manifest")
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to(elsewhere if kind == "link" else "/dev/zero")
    with pytest.raises(EvidenceError, match="EVID-082"):
        take(disk[0], tmp_path)


def refused(package, medium, code):
    with pytest.raises(EvidenceError, match=code):
        export(package.path, medium, PAPER, basis())
    assert not (medium / MANIFEST).exists()


def test_a_medium_that_bears_a_link_to_the_package_is_not_certified(package, tmp_path):
    medium = tmp_path / "disk"
    medium.mkdir()
    place = medium / package.seal
    for target in (package.path, tmp_path / "nothing", tmp_path):
        place.symlink_to(target)
        refused(package, medium, "EVID-089")
        place.unlink()


def test_a_package_is_not_put_into_itself(package, tmp_path):
    refused(package, package.path, "EVID-089")
    (tmp_path / "disk").symlink_to(package.path / "data")
    refused(package, tmp_path / "disk", "EVID-089")


@pytest.mark.parametrize("link", ["package", "leaves", "package/data"])
def test_a_link_in_what_an_earlier_attempt_left_leads_nothing_elsewhere(package, tmp_path, link):
    medium, elsewhere = tmp_path / "disk", tmp_path / "elsewhere"
    elsewhere.mkdir()
    there = medium / f".{package.seal}.fetch" / link
    there.parent.mkdir(parents=True)
    if link == "package/data":
        (there.parent / "seal.dsse.json").write_bytes((package.path / "seal.dsse.json").read_bytes())
    there.symlink_to(elsewhere)
    refused(package, medium, "EVID-009")
    assert list(elsewhere.iterdir()) == []


def test_a_copy_of_which_a_folder_is_a_link_is_not_certified(disk, package, tmp_path):
    medium, _ = disk
    (medium / MANIFEST).unlink()
    place = medium / package.seal
    (place / "data").rename(tmp_path / "data")
    (place / "data").symlink_to(tmp_path / "data")
    refused(package, medium, "EVID-023")
    (place / "data").unlink()
    (tmp_path / "data").rename(place / "data")
    file = place / "README.txt"
    file.rename(tmp_path / "README.txt")
    file.symlink_to(tmp_path / "README.txt")
    refused(package, medium, "EVID-023")
