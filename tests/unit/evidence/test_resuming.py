"""A seal that is killed goes on where it was synced, and nothing is trusted that was not."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import Paper, Terms, open_package, seal, segments, verify_with_key
from rogatory.evidence.journal import Journal
from rogatory.evidence.sealing import filling, resuming, saving
from rogatory.evidence.sealing.resuming import journal_path, part_path
from rogatory.keys import Purpose
from support.packages import ASKING, NOON, SEALER, THIRD, basis, decryption, make, pair
from support.world import counting_random, signing

TESTS = Path(__file__).parents[2]
MIB = 1 << 20

# Small steps and segments, so that a small package passes through many of them.
CHILD = """
import os, signal, sys
from pathlib import Path
from rogatory.evidence import Terms, direct, seal, segments
from rogatory.evidence.sealing import packers, saving
from support.packages import ASKING, SEALER, NOON, pair
from support.world import signing
from rogatory.keys import Purpose

segments.SEGMENT_SIZE = 3 << 20
saving.SAVE_BYTES, saving.SAVE_ENTRIES = 1 << 20, 20
# One process, so that the calls can be counted.
packers.start = lambda *_: []
folder, left = Path(sys.argv[1]), int(sys.argv[2])

def counted(act):
    def do(*given, **named):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **named)
    return do

# Before any of the calls that leave something on the disk.
for name in ("pwrite", "fsync", "replace", "unlink", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
seal([folder / "source"], [pair(ASKING, Purpose.ENCRYPTION).public], signing(SEALER, Purpose.SEAL),
     folder / "package", now=NOON, random=os.urandom, terms=Terms(legal=[folder / "order.pdf"]))
print(left)
"""


def lay(folder):
    source = folder / "source"
    source.mkdir()
    for number in range(90):
        (source / f"{number:03d}").write_bytes(counting_random(str(number))(number * 131))
    for number in range(3):
        (source / f"large-{number}").write_bytes(counting_random(str(number))((2 + number) * MIB + 7))
    (source / "zlink").symlink_to("000")
    (folder / "order.pdf").write_bytes(b"order")
    return source


def child(folder, left):
    line = [sys.executable, "-c", CHILD, str(folder), str(left)]
    return subprocess.run(line, cwd=TESTS, check=False, capture_output=True, text=True)


def digests(folder):
    open_package(folder / "package", decryption(ASKING), folder / "bag", basis(), random=counting_random())
    lines = (folder / "bag/rogatory/entries.jsonl").read_text().splitlines()
    return [(each["path"], each.get("sha256")) for each in map(json.loads, lines)]


def expected(folder):
    whole = folder / "whole"
    whole.mkdir()
    package = seal(
        [folder / "source"],
        [pair(ASKING, Purpose.ENCRYPTION).public],
        signing(SEALER, Purpose.SEAL),
        whole / "package",
        now=NOON,
        random=counting_random(),
        terms=Terms(legal=[folder / "order.pdf"]),
    )
    assert package.files == 94
    return digests(whole)


# Spread over the whole of a run, which makes at least 104 such calls; the last ones name the package.
KILLED_AT = [1, 2, 3, 4, 6, 9, 13, 18, 24, 31, 38, 44, 51, 58, 65, 72, 79, 86, 93, 98]


@pytest.mark.soak
def test_a_seal_killed_at_twenty_points_resumes_to_the_same_digests(tmp_path):
    assert kill_at(tmp_path, KILLED_AT) > 10


def test_a_seal_that_is_killed_resumes_to_the_same_digests(tmp_path):
    assert kill_at(tmp_path, [4, 65, 93]) == 2


def kill_at(tmp_path, points):
    """Kill a seal at each of these calls; return how often there was something to go on from."""
    lay(tmp_path)
    wanted = expected(tmp_path)
    resumed = 0
    for left in points:
        place = tmp_path / str(left)
        place.mkdir()
        for name in ("source", "order.pdf"):
            (tmp_path / name).rename(place / name)
        done = child(place, left)
        assert done.returncode == -9, (left, done.stderr)
        assert not (place / "package").exists()
        resumed += journal_path(place / "package").stat().st_size > 2000
        # Some are killed again on their way back.
        again = 0 if left % 2 else child(place, 9).returncode
        assert again in {0, -9}
        if left % 2 or again:
            done = child(place, 0)
            assert done.returncode == 0, (left, done.stderr)
        assert digests(place) == wanted
        assert {each.name for each in place.iterdir()} == {"source", "order.pdf", "package", "bag"}
        for name in ("source", "order.pdf"):
            (place / name).rename(tmp_path / name)
    return resumed


@pytest.fixture
def interrupted(tmp_path, monkeypatch):
    """A seal that was interrupted after some files had been saved."""
    monkeypatch.setattr(saving, "SAVE_ENTRIES", 20)
    monkeypatch.setattr(segments, "SEGMENT_SIZE", 3 * MIB)
    source = lay(tmp_path)
    save, count = saving.Saving.save, []

    def stop(self, *given, **named):
        save(self, *given, **named)
        count.append(1)
        if len(count) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(saving.Saving, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            make(tmp_path, source, random=counting_random("first"))
    return tmp_path


def again(folder, **changes):
    return make(folder, folder / "source", random=counting_random("second"), **changes)


def test_what_was_saved_is_not_read_again_and_what_was_not_gets_a_new_salt(interrupted, monkeypatch):
    taken = []
    take = filling.Filling._take

    def watch(self, found):
        taken.append(found.path)
        take(self, found)

    monkeypatch.setattr(filling.Filling, "_take", watch)
    sealed = again(interrupted)
    assert taken[0] == "source/060"
    assert verify_with_key(sealed.path, decryption(ASKING), basis()).files == sealed.files == 93


def test_progress_counts_what_was_sealed_before(interrupted):
    seen = []
    sealed = seal(
        [interrupted / "source"],
        [pair(ASKING, Purpose.ENCRYPTION).public],
        signing(SEALER, Purpose.SEAL),
        interrupted / "package",
        now=NOON,
        random=os.urandom,
        progress=seen.append,
    )
    assert sum(seen) == sealed.size


def test_recipients_and_terms_are_those_of_the_run_that_ends_it(interrupted):
    again(interrupted, recipients=(THIRD,), terms=Terms(case="c" * 64))
    found = verify_with_key(interrupted / "package", decryption(THIRD), basis())
    assert found.document.case == "c" * 64


def refused(code, folder, act):
    before = {str(each): each.lstat().st_size for each in folder.rglob("*")}
    with pytest.raises(EvidenceError) as caught:
        act()
    assert caught.value.code == code
    assert {str(each): each.lstat().st_size for each in folder.rglob("*")} == before


def change(path, how):
    if how == "content":
        path.write_bytes(b"x" * path.stat().st_size)
        os.utime(path, ns=(1, 1))
    elif how == "gone":
        path.unlink()
    elif how == "replaced":
        path.rename(path.with_name("renamed"))
        path.write_bytes(b"")
    elif how == "before":
        path.with_name("0000").write_bytes(b"")
    else:
        path.unlink()
        path.symlink_to("elsewhere")


@pytest.mark.parametrize("how", ["content", "gone", "replaced", "before", "link"])
def test_a_source_that_changed_meanwhile_is_refused_and_nothing_is_lost(interrupted, how):
    change(interrupted / "source/010", how)
    with pytest.raises(EvidenceError, match="EVID-015"):
        again(interrupted)
    assert part_path(interrupted / "package").is_dir()
    assert journal_path(interrupted / "package").stat().st_size


def test_sources_that_ended_meanwhile_are_refused(interrupted):
    for path in (interrupted / "source").iterdir():
        if path.name > "050":
            path.unlink()
    with pytest.raises(EvidenceError, match="EVID-015"):
        again(interrupted)


def test_other_sources_do_not_continue_it(interrupted):
    refused("EVID-013", interrupted, lambda: make(interrupted, interrupted / "order.pdf"))


def test_a_paper_in_another_role_does_not_continue_it(interrupted):
    paper = Paper(interrupted / "order.pdf", "order")
    terms = Terms(legal=[paper])
    refused("EVID-013", interrupted, lambda: make(interrupted, interrupted / "source", terms=terms))


def test_another_key_does_not_continue_it(interrupted):
    def act():
        seal(
            [interrupted / "source"],
            [pair(ASKING, Purpose.ENCRYPTION).public],
            signing(THIRD, Purpose.SEAL),
            interrupted / "package",
            now=NOON,
            random=counting_random(),
        )

    refused("EVID-013", interrupted, act)


def test_a_package_shorter_than_what_was_saved_is_refused(interrupted):
    for path in (part_path(interrupted / "package") / "data").glob("*.bin"):
        os.truncate(path, 5)
    with pytest.raises(EvidenceError, match="EVID-013"):
        again(interrupted)


def test_what_a_disk_did_not_keep_is_not_gone_on_with(interrupted):
    # What was saved ends in the first segment; what lies in a later one was never counted on.
    first = part_path(interrupted / "package") / "data/000001.bin"
    data = bytearray(first.read_bytes())
    data[40] ^= 1
    first.write_bytes(data)
    with pytest.raises(EvidenceError, match=r"EVID-013.*EVID-032"):
        again(interrupted)


def test_a_segment_that_lost_its_end_is_not_gone_on_with(interrupted):
    first = part_path(interrupted / "package") / "data/000001.idx"
    first.write_bytes(first.read_bytes()[:-64])
    with pytest.raises(EvidenceError, match=r"EVID-013.*EVID-025"):
        again(interrupted)


def test_images_that_are_read_in_another_way_do_not_continue_it(interrupted):
    refused_images = Terms(images="stored")
    with pytest.raises(EvidenceError, match="EVID-013"):
        again(interrupted, terms=refused_images)


def test_a_folder_that_is_in_the_way_is_neither_used_nor_removed(tmp_path):
    source = lay(tmp_path)
    part_path(tmp_path / "package").mkdir()
    refused("EVID-013", tmp_path, lambda: make(tmp_path, source))


def test_two_processes_do_not_seal_to_one_place(tmp_path):
    source = lay(tmp_path)
    path = journal_path(tmp_path / "package")
    with path.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused("EVID-014", tmp_path, lambda: make(tmp_path, source))


def test_a_journal_without_its_package_is_begun_anew(tmp_path):
    source = lay(tmp_path)
    journal_path(tmp_path / "package").write_bytes(b"left over")
    assert make(tmp_path, source).files == 93
    assert not journal_path(tmp_path / "package").exists()


def test_the_journal_tells_nothing_without_the_key(interrupted):
    data = journal_path(interrupted / "package").read_bytes()
    assert b"source" not in data
    assert journal_path(interrupted / "package").stat().st_mode & 0o777 == 0o600


def journal(path, key=b"k" * 32):
    return Journal(Journal.lock(path), b"p" * 32, key, counting_random())


def test_a_record_that_is_torn_is_as_if_it_had_never_been_begun(tmp_path):
    path = tmp_path / "journal"
    handle = Journal.lock(path)
    written = Journal.begin(handle, b"p" * 32, b"k" * 32, counting_random())
    ends = []
    for number in range(3):
        written.append({"number": number}, [b"x" * 700_000 + b"\n"] * number)
        ends.append(path.stat().st_size)
    os.close(handle)
    whole = path.read_bytes()
    for size in (40, ends[0] - 1, ends[0], ends[0] + 1, ends[1] + 1_048_700, ends[2] - 1, ends[2]):
        path.write_bytes(whole[:size])
        handle = Journal.lock(path)
        opened = Journal.resume(handle, b"k" * 32, counting_random("again"))
        assert opened is not None
        found = list(opened.records())
        assert [each.head["number"] for each in found] == list(range(sum(end <= size for end in ends)))
        opened.append({"number": "more"}, [])
        os.close(handle)
        handle = Journal.lock(path)
        opened = Journal.resume(handle, b"k" * 32, counting_random())
        assert [each.head for each in opened.records()][len(found) :] == [{"number": "more"}]
        os.close(handle)


def test_a_disk_that_fills_after_much_was_saved_keeps_it(interrupted, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(segments, "replace_file", full)
        with pytest.raises(EvidenceError, match="EVID-009"):
            again(interrupted)
    assert again(interrupted).files == 93


def test_a_source_that_changes_while_it_is_continued_voids_it(interrupted, monkeypatch):
    def changed(*_):
        raise EvidenceError("EVID-002", path="a")

    monkeypatch.setattr(filling.walk, "check_end", changed)
    with pytest.raises(EvidenceError, match="EVID-002"):
        again(interrupted)
    assert {each.name for each in interrupted.iterdir()} == {"source", "order.pdf"}
    assert resuming.VERSION == 2
