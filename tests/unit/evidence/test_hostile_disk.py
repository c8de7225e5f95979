"""A disk that fills in the middle: one line with a code, nothing half-written, and with room it goes on."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import atomic, export, open_package
from rogatory.evidence.carrying.medium import MANIFEST
from rogatory.evidence.opening import bag
from support.full_disk import ACTS, PAPER
from support.packages import ASKING, basis, decryption, make
from support.world import counting_random

TESTS = Path(__file__).parents[2]
KIB = 1 << 10
ROOM = [4 * KIB, 12 * KIB, 28 * KIB, 300 * KIB, 1100 * KIB, 2000 * KIB, 2100 * KIB]
LONGEST = [10, 100, 1000, 6000, 7000, 64 * KIB, 1100 * KIB]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("full")
    made = make(top)
    (top / "medium").mkdir()
    export(made.path, top / "medium", PAPER, basis())
    return top, made.seal


def run(folder, how, act, sizes):
    line = [sys.executable, "-X", "dev", "-W", "error", "-m", "support.full_disk", how, act, str(folder)]
    within = {"tmpfs": ["unshare", "--user", "--map-root-user", "--mount"], "thin": ["unshare", "--mount"]}
    done = subprocess.run(
        [*within.get(how, []), *line, *map(str, sizes)],
        cwd=TESTS,
        check=False,
        capture_output=True,
        text=True,
    )
    # A file that nobody closed, or an error that nobody took, speaks here.
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(each) for each in done.stdout.splitlines()]


def wanted(act, seal):
    """Return what an act may leave when it fails, and what it leaves when it is done."""
    if act == "export":
        # A medium without a manifest is not finished, whatever else is on it.
        return {f".{seal}.fetch", seal}, [MANIFEST, seal]
    # What has arrived, or was saved while sealing, is there to go on from, and never bears the name.
    kept = {"seal": {".out.part", ".out.journal"}, "fetch": {".out.fetch"}, "import": {".out.fetch"}}
    return kept.get(act, set()), ["out"]


def judge(found, act, seal):
    partly, whole = wanted(act, seal)
    for each in found:
        if each["code"]:
            assert each["code"] == "EVID-009"
            assert set(each["left"]) <= partly, each
            assert (each["again"], each["then"]) == ("", sorted(whole)), each
        else:
            assert each["left"] == sorted(whole)
    assert sum(bool(each["code"]) for each in found) > 2


def may_mount():
    if shutil.which("unshare") is None:
        return False
    line = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(line, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fills_in_the_middle_keeps_nothing_half_written(folder, act):
    if not may_mount():
        pytest.skip("a file system of a few KiB needs a kernel that lets users mount one in a namespace")
    judge(run(folder[0], "tmpfs", act, ROOM), act, folder[1])


@pytest.mark.parametrize("act", ACTS)
def test_a_file_that_may_not_grow_keeps_nothing_half_written(folder, act):
    judge(run(folder[0], "limit", act, LONGEST), act, folder[1])


@pytest.mark.soak
@pytest.mark.parametrize("act", ["seal", "open", "fetch", "disclose", "import"])
def test_a_disk_that_takes_what_it_cannot_keep_is_found_out(folder, act):
    """It has no room behind it, and says so only when it is asked to write everything now."""
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None or not Path("/dev/loop-control").exists():
        pytest.skip("a disk on a file in a smaller file system needs root, a loop device and mkfs.ext4")
    found = run(folder[0], "thin", act, [1200 * KIB, 1800 * KIB])
    assert [each["code"] for each in found] == ["EVID-009", "EVID-009"]
    assert all("out" not in each["left"] for each in found)


def test_a_bag_that_the_disk_lost_is_not_called_one(folder, tmp_path, monkeypatch):
    def lost(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(bag, "sync_file_system", lost)
    act = (folder[0] / "package", decryption(ASKING), tmp_path / "bag", basis())
    with pytest.raises(EvidenceError, match="EVID-009"):
        open_package(*act, random=counting_random())
    assert not list(tmp_path.iterdir())


def test_a_sync_that_fails_is_told(tmp_path, monkeypatch):
    handle = os.open(tmp_path, os.O_RDONLY)
    atomic.sync_file_system(handle)
    os.close(handle)
    with pytest.raises(OSError, match="Bad file descriptor"):
        atomic.sync_file_system(handle)
    monkeypatch.setattr(atomic.ctypes, "CDLL", lambda *_, **__: object())
    atomic.sync_file_system(handle)
