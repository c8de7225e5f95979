"""Sealing: complete or absent, one pass, nothing left out without a word."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from types import SimpleNamespace

import pytest

from rogatory.errors import EvidenceError, KeysError, RogatoryError
from rogatory.evidence import Terms, direct, open_package, seal, segments, verify, verify_with_key
from rogatory.evidence.sealing import encrypting, lines, walk
from rogatory.keys import Purpose
from support.packages import (
    ASKING,
    NOON,
    SEALER,
    THIRD,
    basis,
    decryption,
    files_of,
    make,
    pair,
    write_sources,
)
from support.world import counting_random, signing


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


def test_names_that_no_other_system_holds_are_written_portably_and_kept(opened):
    found = entries(opened / "bag")
    assert base64.b64decode(found["case/12=3A30 100=25.txt"]["origin"]) == b"case/12:30 100%.txt"
    assert base64.b64decode(found["case/caf=E9"]["origin"]) == b"case/caf\xe9"
    assert {"case/README", "case/=52eadme"} <= set(found)


def test_the_same_sources_sealed_again_share_no_byte_of_key_or_ciphertext(tmp_path):
    source = write_sources(tmp_path)
    first, second = (make(tmp_path, source, out=name).path for name in ("first", "second"))
    assert (first / "data/000001.bin").read_bytes() != (second / "data/000001.bin").read_bytes()
    assert (first / "data/000001.idx").read_bytes()[32:64] != (second / "data/000001.idx").read_bytes()[32:64]


def test_papers_for_the_court_are_encrypted_alike_and_open_beside_the_evidence(tmp_path):
    (tmp_path / "order.pdf").write_bytes(b"Order 2028/0312")
    sealed = make(tmp_path, terms=Terms(legal=[tmp_path / "order.pdf"], trust=b"{}", case="c" * 64))
    assert "legal/000001.bin" in files_of(sealed.path)
    assert (sealed.path / "trust/bundle.json").read_bytes() == b"{}"
    assert b"Order" not in b"".join((sealed.path / each).read_bytes() for each in files_of(sealed.path))
    found = open_package(sealed.path, decryption(SEALER), tmp_path / "bag", basis(), random=counting_random())
    assert (tmp_path / "bag/legal/order.pdf").read_bytes() == b"Order 2028/0312"
    assert "legal/order.pdf" in (tmp_path / "bag/tagmanifest-sha256.txt").read_text()
    assert "legal/" not in (tmp_path / "bag/manifest-sha256.txt").read_text()
    assert found.document.case == "c" * 64


def test_large_areas_go_into_several_segments(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_SIZE", (1 << 20) + 7000)
    sealed = make(tmp_path)
    assert len([each for each in files_of(sealed.path) if each.endswith(".bin")]) > 2
    assert verify_with_key(sealed.path, decryption(ASKING), basis()).files == 7


def test_many_small_files_share_a_segment_until_it_has_enough_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_CHUNKS", 3)
    for number in range(7):
        (tmp_path / f"{number}").write_bytes(b"small")
    sealed = make(tmp_path, *(tmp_path / f"{number}" for number in range(7)))
    assert (sealed.path / "data/000003.bin").read_bytes() != b""
    assert verify_with_key(sealed.path, decryption(ASKING), basis()).files == 7


def refused(code, tmp_path, *sources, **changes):
    before = set(tmp_path.iterdir())
    with pytest.raises(RogatoryError) as caught:
        make(tmp_path, *sources, **changes)
    assert caught.value.code == code
    assert set(tmp_path.iterdir()) == before
    return caught.value


def test_a_source_that_is_a_link_a_pipe_or_not_there_is_refused(tmp_path):
    source = write_sources(tmp_path)
    refused("EVID-003", tmp_path, source / "link")
    refused("EVID-003", tmp_path, source / "pipe")
    refused("EVID-001", tmp_path, tmp_path / "nothing")
    refused("EVID-001", tmp_path, tmp_path / "nothing" / "below")


def listed_by(scandir, tmp_path, source, monkeypatch):
    """Seal a folder that the system lists in another way; return the code that comes of it."""
    monkeypatch.setattr(walk.os, "scandir", scandir)
    with pytest.raises(EvidenceError) as caught:
        make(tmp_path, source)
    # The words of an error are read from a folder too.
    monkeypatch.undo()
    return caught.value.code


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path, monkeypatch):
    source = write_sources(tmp_path)

    def fail(_):
        raise PermissionError(13, "no")

    assert listed_by(fail, tmp_path, source, monkeypatch) == "EVID-001"


def test_two_sources_with_one_name_are_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same").write_bytes(b"")
    refused("EVID-006", tmp_path, tmp_path / "a/same", tmp_path / "b/same")


def test_a_name_beyond_what_a_package_holds_is_refused(tmp_path):
    (tmp_path / ("%" * 100)).write_bytes(b"")
    refused("EVID-007", tmp_path, tmp_path / ("%" * 100))


def test_a_package_for_nobody_is_refused(tmp_path):
    refused("EVID-008", tmp_path, write_sources(tmp_path), recipients=())


def test_a_package_of_nothing_is_refused(tmp_path):
    keys = [pair(ASKING, Purpose.ENCRYPTION).public]
    with pytest.raises(EvidenceError, match="EVID-008"):
        seal([], keys, signing(SEALER, Purpose.SEAL), tmp_path / "out", now=NOON, random=counting_random())


def test_a_key_of_another_purpose_does_not_seal(tmp_path):
    keys = [pair(ASKING, Purpose.ENCRYPTION).public]
    with pytest.raises(EvidenceError, match="EVID-010"):
        seal([tmp_path], keys, signing(SEALER), tmp_path / "out", now=NOON, random=counting_random())
    with pytest.raises(KeysError, match="KEY-003"):
        seal(
            [write_sources(tmp_path)],
            [pair(ASKING, Purpose.SEAL).public],
            signing(SEALER, Purpose.SEAL),
            tmp_path / "out",
            now=NOON,
            random=counting_random(),
        )
    assert not (tmp_path / "out").exists()


def test_rehearsal_keys_and_real_keys_do_not_mix(tmp_path):
    rehearsal = pair(ASKING, Purpose.ENCRYPTION, rehearsal=True).public
    signer = signing(SEALER, Purpose.SEAL)
    with pytest.raises(EvidenceError, match="EVID-011"):
        seal([tmp_path], [rehearsal], signer, tmp_path / "out", now=NOON, random=counting_random())


def test_an_existing_name_is_never_written_over(tmp_path):
    (tmp_path / "package").mkdir()
    refused("EVID-004", tmp_path, write_sources(tmp_path))


def test_a_place_inside_the_source_is_refused(tmp_path):
    source = write_sources(tmp_path)
    refused("EVID-005", tmp_path, source, out="case/logs/package")
    refused("EVID-005", tmp_path, source, out="case/package")


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    refused("EVID-009", tmp_path, write_sources(tmp_path), out="no/such/folder")


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    source = write_sources(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(direct.os, "pwrite", full)
    assert "No space left" in str(refused("EVID-009", tmp_path, source))


@pytest.mark.parametrize("name", ["disk.img", "logs/access.log"])
@pytest.mark.parametrize("change", ["grow", "shrink", "touch", "replace", "remove", "forge"])
def test_a_source_that_changes_while_it_is_read_voids_the_seal(tmp_path, monkeypatch, name, change):
    source = write_sources(tmp_path)
    target = source / name
    read, inode = os.preadv, target.stat().st_ino
    done = []

    def act():
        if change == "grow":
            with target.open("ab") as file:
                file.write(b"more")
        elif change == "shrink":
            os.truncate(target, 3)
        elif change == "touch":
            os.utime(target, ns=(1, 1))
        elif change == "forge":
            before = target.stat()
            with target.open("r+b") as file:
                file.write(b"other")
            os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif change == "replace":
            (tmp_path / "other").write_bytes(target.read_bytes())
            (tmp_path / "other").replace(target)
        else:
            target.unlink()

    def preadv(handle, buffers, offset):
        if not done and os.fstat(handle).st_ino == inode:
            done.append(act())
        return read(handle, buffers, offset)

    monkeypatch.setattr(encrypting.os, "preadv", preadv)
    with pytest.raises(EvidenceError) as caught:
        make(tmp_path, source)
    assert caught.value.code == "EVID-002"
    assert not (tmp_path / "package").exists()


def test_a_folder_that_changes_while_it_is_read_voids_the_seal(tmp_path, monkeypatch):
    source = write_sources(tmp_path)
    scandir = os.scandir

    def late(handle):
        found = scandir(handle)
        os.utime(handle, ns=(1, 1))
        return found

    assert listed_by(late, tmp_path, source, monkeypatch) == "EVID-002"


def test_a_file_swapped_for_a_link_before_it_is_opened_is_refused(tmp_path, monkeypatch):
    source = write_sources(tmp_path)
    found = next(each for each in walk.walk([source]) if each.path.endswith("disk.img"))
    (source / "disk.img").unlink()
    (source / "disk.img").symlink_to("/etc/passwd")
    with walk._folder(source) as handle, pytest.raises(EvidenceError, match="EVID-001"):
        walk.open_file(found._replace(folder=handle))


def test_a_source_that_fails_while_it_is_read_is_refused(tmp_path, monkeypatch):
    source = write_sources(tmp_path)

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(encrypting.os, "preadv", fail)
    refused("EVID-001", tmp_path, source)


def test_the_source_is_opened_for_reading_alone(tmp_path, monkeypatch):
    source = write_sources(tmp_path)
    flags = []
    opened = os.open

    def watch(path, flag, *rest, **more):
        flags.append((path, flag))
        return opened(path, flag, *rest, **more)

    monkeypatch.setattr(walk.os, "open", watch)
    make(tmp_path, source)
    own = (".bin", ".idx", ".json", ".txt", ".enc", ".new", ".journal")
    read = [flag for path, flag in flags if not str(path).endswith(own)]
    assert read
    assert not [flag for flag in read if flag & (os.O_WRONLY | os.O_RDWR)]


def test_the_seal_says_what_the_answer_says(tmp_path):
    seen = []
    sealed = seal(
        [write_sources(tmp_path)],
        [pair(name, Purpose.ENCRYPTION).public for name in (ASKING, THIRD)],
        signing(SEALER, Purpose.SEAL),
        tmp_path / "package",
        now=NOON,
        random=counting_random(),
        progress=seen.append,
    )
    found = verify(sealed.path, basis())
    assert (found.package, found.seal, found.size) == (sealed.package, sealed.seal, sealed.size)
    assert sum(seen) == sealed.size
    assert [each.recipient for each in sealed.wraps] == [ASKING, THIRD]


@pytest.mark.parametrize(
    ("nanoseconds", "said"),
    [(1_000, "1970-01-01T00:00:00.000001Z"), (-1_000_000_000, "1969-12-31T23:59:59Z"), (2**62 * 100, None)],
)
def test_a_time_of_change_that_no_calendar_has_is_not_claimed(nanoseconds, said):
    found = walk.Found("other", "a", None, SimpleNamespace(st_mtime_ns=nanoseconds), None, "a")
    written = lines.entry_members(found, "data", None).get("modified")
    assert written == (said and f'"{said}"'.encode())
