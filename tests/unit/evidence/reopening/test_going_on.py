"""An opening that is killed goes on where it was synced."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import open_package, opening_of
from rogatory.evidence.opening import resuming
from support.packages import ASKING, THIRD, basis, decryption
from support.reopening import Killed, contents, cut_short, deciphering, opened
from support.world import counting_random

TESTS = Path(__file__).parents[3]

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


def child(folder, left):
    line = [sys.executable, "-c", CHILD, str(folder), str(left)]
    return subprocess.run(line, cwd=TESTS, check=False, capture_output=True, text=True)


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
    inodes = [(opening_of(place.bag) / "bag" / each).stat().st_ino for each in kept]
    decrypted.clear()
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")
    assert len(decrypted) == every - 35
    assert [(place.bag / each).stat().st_ino for each in kept] == inodes


def test_what_was_opened_before_is_compared_once_more_as_ciphertext(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    told = []
    at = basis(progress=told.append)
    open_package(place.package.path, decryption(ASKING), place.bag, at, random=counting_random())
    assert sum(told) == place.package.size


def test_many_small_files_are_saved_by_their_number(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    monkeypatch.setattr(resuming, "SAVE_BYTES", 1 << 40)
    monkeypatch.setattr(resuming, "SAVE_FILES", 8)
    cut_short(place, monkeypatch, after=20)
    decrypted.clear()
    opened(place.package, place.bag)
    assert len(decrypted) == every - 16


def test_an_interrupted_opening_leaves_nothing(place, at_once, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    deciphering(monkeypatch, interrupt)
    with pytest.raises(KeyboardInterrupt):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))


def test_the_journal_names_no_file_in_the_clear(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    journal = (opening_of(place.bag) / "journal").read_bytes()
    assert len(journal) > 2000
    assert b"large" not in journal
    assert place.package.seal.encode() not in journal


def test_a_torn_journal_goes_on_from_its_last_whole_record(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    cut_short(place, monkeypatch, after=40)
    journal = opening_of(place.bag) / "journal"
    for size in (journal.stat().st_size - 1, 300, 33, 7):
        os.truncate(journal, size)
        decrypted.clear()
        opened(place.package, place.bag)
        assert (len(decrypted) < every) == (size > 300)
        assert contents(place.bag) == contents(place.folder / "whole")
        subprocess.run(["rm", "-r", str(place.bag)], check=True)
        cut_short(place, monkeypatch, after=40)


def test_only_one_process_opens_to_a_place(place):
    part = opening_of(place.bag)
    part.mkdir(0o700)
    handle = os.open(part, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(EvidenceError, match="EVID-014"):
        opened(place.package, place.bag)
    assert part.is_dir()
    os.close(handle)
    opened(place.package, place.bag)


def test_an_opening_to_another_name_leaves_it_alone(place, at_once, monkeypatch):
    place.bag = place.folder / "bag.more"
    cut_short(place, monkeypatch, after=40)
    opened(place.package, place.folder / "bag")
    assert opening_of(place.bag).is_dir()


def test_killed_once_the_bag_had_its_name_nothing_is_in_the_way(place, at_once, monkeypatch):
    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(resuming, "publish", lambda bag, out: bag.rename(out) and killed())
        patch.setattr(resuming.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            opened(place.package, place.bag)
    assert (opening_of(place.bag) / "journal").exists()
    wanted = contents(place.bag)
    # Nobody recorded it, so it is done again, as a node does.
    place.bag.rename(place.folder / "unrecorded")
    opened(place.package, place.bag)
    assert contents(place.bag) == wanted
    opening_of(place.bag).mkdir(0o700)
    with pytest.raises(EvidenceError, match="EVID-004"):
        opened(place.package, place.bag)
    assert not opening_of(place.bag).exists()


def test_killed_as_it_began_anew_nothing_is_in_the_way(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=0)
    subprocess.run(["rm", "-r", str(opening_of(place.bag) / "bag")], check=True)
    opened(place.package, place.bag)


def test_a_disk_that_loses_what_was_to_be_saved_ends_the_opening(place, monkeypatch):
    def lost(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(resuming, "SAVE_BYTES", 1)
    monkeypatch.setattr(resuming, "sync_file_system", lost)
    with pytest.raises(EvidenceError, match="EVID-009"):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))


def test_a_wrong_key_takes_nothing_away(place, at_once, monkeypatch, decrypted):
    cut_short(place, monkeypatch, after=40)
    with pytest.raises(EvidenceError, match="EVID-060"):
        open_package(place.package.path, decryption(THIRD), place.bag, basis(), random=counting_random())
    decrypted.clear()
    opened(place.package, place.bag)
    assert len(decrypted) < 20
