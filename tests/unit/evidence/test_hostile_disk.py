"""A disk that fills in the middle: one line with a code, nothing half-written, and with room it goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rogatory.evidence import export
from rogatory.evidence.medium import MANIFEST
from support.full_disk import ACTS, PAPER
from support.packages import basis, make

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
    within = ["unshare", "--user", "--map-root-user", "--mount"] if how == "tmpfs" else []
    done = subprocess.run(
        [*within, *line, *map(str, sizes)], cwd=TESTS, check=False, capture_output=True, text=True
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
