"""An opening that is killed goes on where it was synced, and nothing is trusted that was not."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rogatory.envelopes import chunks
from rogatory.errors import EvidenceError
from rogatory.evidence import open_package, segments
from rogatory.evidence.opening import decrypting, resuming
from rogatory.evidence.opening.resuming import part_path
from support.packages import ASKED, ASKING, THIRD, basis, decryption, files_of, make
from support.world import counting_random

TESTS = Path(__file__).parents[2]
MIB = 1 << 20

# Small steps, so that a small package passes through many of them; each is saved before the next file.
CHILD = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
from rogatory.envelopes import chunks
from rogatory.evidence import open_package
from rogatory.evidence.opening import decrypting, resuming
from support.packages import ASKING, basis, decryption

resuming.SAVE_BYTES = 1 << 19
place, left, decrypted = Path(sys.argv[1]), int(sys.argv[2]), 0
decrypt = chunks.decrypt_chunk

def counted(act):
    def do(*given, **named):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **named)
    return do

def counting(key, *given, **named):
    global decrypted
    decrypted += 1
    return decrypt(key, *given, **named)

# Before any of the calls that leave something on the disk.
for name in ("open", "pwrite", "fsync", "rename", "unlink", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
# The journal and the table use the same cipher; only files count.
decrypting.chunks = SimpleNamespace(**vars(chunks) | {"decrypt_chunk": counting})
open_package(place / "package", decryption(ASKING), place / "bag", basis(), random=os.urandom)
print(left, decrypted)
"""


def lay(folder):
    top = folder / "case"
    (top / "deep").mkdir(parents=True)
    for number in range(30):
        (top / f"{number:03d}").write_bytes(counting_random(str(number))(number * 131))
    for number in range(4):
        (top / "deep" / f"large-{number}").write_bytes(counting_random(str(number))((1 + number) * MIB + 7))
    (top / "zlink").symlink_to("000")
    return top


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A package in segments of two chunks, and the digests of a bag of it."""
    monkeypatch.setattr(segments, "SEGMENT_CHUNKS", 2)
    return SimpleNamespace(folder=tmp_path, package=make(tmp_path, lay(tmp_path)), bag=tmp_path / "bag")


def opened(package, out):
    return open_package(package.path, decryption(ASKING), out, basis(), random=counting_random())


def contents(bag):
    return {each: (bag / each).read_bytes() for each in files_of(bag)}


def child(folder, left):
    line = [sys.executable, "-c", CHILD, str(folder), str(left)]
    return subprocess.run(line, cwd=TESTS, check=False, capture_output=True, text=True)


@pytest.fixture
def at_once(monkeypatch):
    """Hashes and saves every file before the next."""

    class Inline:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def submit(self, act, *given):
            act(*given)
            return SimpleNamespace(done=lambda: True, result=lambda: None)

    monkeypatch.setattr(resuming, "ThreadPoolExecutor", Inline)
    monkeypatch.setattr(resuming, "SAVE_BYTES", 1)
    monkeypatch.setattr(decrypting, "INLINE", 8 * MIB)


def deciphering(patch, decrypt):
    """Decrypt files by that function; the journal and the table use the same cipher, and go on as before."""
    patch.setattr(decrypting, "chunks", SimpleNamespace(**vars(chunks) | {"decrypt_chunk": decrypt}))


class Killed(BaseException):
    """Ends an opening as a kill does: nothing is removed."""


def cut_short(place, monkeypatch, *, after):
    """Leave an opening as a kill leaves it once so many chunks have been decrypted."""
    count = 0

    def counting(*given, **named):
        nonlocal count
        count += 1
        if count > after:
            raise Killed
        return chunks.decrypt_chunk(*given, **named)

    with monkeypatch.context() as patch:
        deciphering(patch, counting)
        patch.setattr(resuming.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            opened(place.package, place.bag)
    assert part_path(place.bag).is_dir()


@pytest.fixture
def decrypted(monkeypatch):
    """The chunks that are decrypted from here on."""
    done = []

    def counting(*given, **named):
        done.append(given)
        return chunks.decrypt_chunk(*given, **named)

    deciphering(monkeypatch, counting)
    return done


def test_an_opening_that_is_killed_anywhere_goes_on_to_the_same_bag(place):
    opened(place.package, place.folder / "whole")
    wanted = contents(place.folder / "whole")
    done = child(place.folder, 0)
    assert done.returncode == 0, done.stderr
    calls, every = map(int, done.stdout.split())
    resumed = 0
    for point in (2, 4, 9, -calls // 3, -calls // 2, -calls * 3 // 4, -calls - 20):
        assert contents(place.bag) == wanted
        subprocess.run(["rm", "-r", str(place.bag)], check=True)
        assert child(place.folder, point).returncode == -9
        assert not place.bag.exists()
        done = child(place.folder, 0)
        assert done.returncode == 0, done.stderr
        resumed += int(done.stdout.split()[1]) < every
        assert not list(place.folder.glob(".bag*"))
    assert contents(place.bag) == wanted
    # How soon the disk has what was written is the disk's affair.
    assert resumed


def test_what_was_complete_is_neither_decrypted_nor_written_again(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    # In the middle of the third large file: behind 30 small ones, and large ones of two and three chunks.
    cut_short(place, monkeypatch, after=37)
    kept = [f"data/case/deep/large-{number}" for number in (0, 1)]
    inodes = [(part_path(place.bag) / "bag" / each).stat().st_ino for each in kept]
    decrypted.clear()
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")
    assert len(decrypted) == every - 35
    assert [(place.bag / each).stat().st_ino for each in kept] == inodes


def test_segments_that_were_read_whole_are_not_read_again(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    told = []
    open_package(
        place.package.path,
        decryption(ASKING),
        place.bag,
        basis(progress=told.append),
        random=counting_random(),
    )
    # What was read before is told at once, so that a bar of progress is right.
    assert told[0] > MIB
    assert sum(told) == place.package.size


def test_a_file_that_was_changed_meanwhile_is_not_trusted(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    cut_short(place, monkeypatch, after=40)
    changed = part_path(place.bag) / "bag/data/case/deep/large-0"
    facts = changed.stat()
    changed.write_bytes(b"x" * facts.st_size)
    os.utime(changed, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    decrypted.clear()
    opened(place.package, place.bag)
    assert len(decrypted) == every
    assert contents(place.bag) == contents(place.folder / "whole")


def test_a_file_that_is_gone_is_opened_again(place, at_once, monkeypatch):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    (part_path(place.bag) / "bag/data/case/deep/large-0").unlink()
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")


def test_another_package_to_the_same_place_begins_anew(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    (place.folder / "other").mkdir()
    other = make(place.folder / "other")
    opened(other, place.bag)
    opened(other, place.folder / "whole")
    assert contents(place.bag) == contents(place.folder / "whole")


def test_the_same_files_sealed_again_are_another_package(place, at_once, monkeypatch, decrypted):
    cut_short(place, monkeypatch, after=40)
    again = make(place.folder, place.folder / "case", out="again")
    decrypted.clear()
    opened(again, place.bag)
    assert len(decrypted) > 40


def test_a_package_that_was_damaged_meanwhile_is_refused_and_nothing_stays(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    file = max((place.package.path / "data").glob("*.bin"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(Exception, match=r"ENV-|EVID-"):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))
    assert not place.bag.exists()


def test_an_interrupted_opening_leaves_nothing(place, at_once, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    deciphering(monkeypatch, interrupt)
    with pytest.raises(KeyboardInterrupt):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))


def test_the_journal_names_no_file_in_the_clear(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    journal = (part_path(place.bag) / "journal").read_bytes()
    assert len(journal) > 2000
    assert b"large" not in journal
    assert place.package.seal.encode() not in journal


def test_a_torn_journal_goes_on_from_its_last_whole_record(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    cut_short(place, monkeypatch, after=40)
    journal = part_path(place.bag) / "journal"
    for size in (journal.stat().st_size - 1, 300, 33, 7):
        os.truncate(journal, size)
        decrypted.clear()
        opened(place.package, place.bag)
        assert (len(decrypted) < every) == (size > 300)
        assert contents(place.bag) == contents(place.folder / "whole")
        subprocess.run(["rm", "-r", str(place.bag)], check=True)
        cut_short(place, monkeypatch, after=40)


def test_only_one_process_opens_to_a_place(place):
    part = part_path(place.bag)
    part.mkdir(0o700)
    handle = os.open(part, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(EvidenceError, match="EVID-014"):
        opened(place.package, place.bag)
    assert part.is_dir()
    os.close(handle)
    opened(place.package, place.bag)


def test_a_folder_that_others_may_look_into_gets_no_plaintext(place):
    part = part_path(place.bag)
    part.mkdir()
    part.chmod(0o755)
    with pytest.raises(EvidenceError, match="open to others") as refused:
        opened(place.package, place.bag)
    assert refused.value.code == "EVID-009"
    assert not list(part.iterdir())


def test_a_link_in_the_place_of_the_folder_is_not_followed(place):
    (place.folder / "elsewhere").mkdir(0o700)
    part_path(place.bag).symlink_to("elsewhere")
    with pytest.raises(EvidenceError):
        opened(place.package, place.bag)
    assert not list((place.folder / "elsewhere").iterdir())


def test_a_disk_that_loses_what_was_to_be_saved_ends_the_opening(place, monkeypatch):
    def lost(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(resuming, "SAVE_BYTES", 1)
    monkeypatch.setattr(resuming, "sync_file_system", lost)
    with pytest.raises(EvidenceError, match="EVID-009"):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))


def test_an_opening_with_another_key_goes_on_too(place, at_once, monkeypatch, decrypted):
    cut_short(place, monkeypatch, after=40)
    decrypted.clear()
    # The journal is encrypted under the package's key, which each recipient has.
    open_package(place.package.path, decryption(ASKED), place.bag, basis(), random=counting_random())
    assert len(decrypted) < 20
    report = json.loads((place.bag / "rogatory/verification.json").read_text())
    assert report["seal"] == place.package.seal


def test_who_has_no_key_does_not_go_on(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    with pytest.raises(EvidenceError, match="EVID-060"):
        open_package(place.package.path, decryption(THIRD), place.bag, basis(), random=counting_random())
