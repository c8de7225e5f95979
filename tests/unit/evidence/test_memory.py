"""Memory stays below 64 MiB above a started process, whatever the size (DESIGN section 6)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT = 64 << 20
TESTS = Path(__file__).parents[2]

# The peak is the kernel's own (VmHWM), set back once everything is imported: the peak that getrusage
# tells is that of the process which forked this one, if that was larger.
CHILD = """
import json, sys
from pathlib import Path
from rogatory.evidence import Folder, fetch, open_package, seal, verify
from rogatory.evidence.sealing import packers
from support.packages import ASKING, SEALER, NOON, basis, decryption, pair
from support.world import counting_random, signing
from rogatory.keys import Purpose

def memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))

# What other processes have that this one has not; there is no such process on one core.
beside, end = [], packers.Packer.end

def ending(packer):
    lines = Path(f"/proc/{packer.process}/smaps_rollup").read_text().splitlines()
    beside.extend(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
    end(packer)

packers.Packer.end = ending

def peak(act):
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    act()
    return memory("VmHWM") - before + sum(beside)

folder = Path(sys.argv[1])
signer, mine = signing(SEALER, Purpose.SEAL), decryption(ASKING)
random, package = counting_random(), folder / "package"
def act_fetch():
    with Folder(package) as source:
        fetch(source, folder / "copy", basis())
acts = {
    "seal": lambda: seal([folder / "source"], [mine.public], signer, package, now=NOON, random=random),
    "verify": lambda: verify(package, basis()),
    "fetch": act_fetch,
    "open": lambda: open_package(package, mine, folder / "bag", basis(), random=random),
}
print(json.dumps({name: peak(act) for name, act in acts.items()}))
"""


def peaks(folder):
    line = [sys.executable, "-c", CHILD, str(folder)]
    done = subprocess.run(line, cwd=TESTS, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def lay(folder, large, count):
    source = folder / "source"
    source.mkdir()
    for number, size in enumerate(large):
        with (source / f"large-{number}").open("wb") as file:
            file.truncate(size)
    for number in range(count):
        (source / f"small-{number}").write_bytes(bytes([number % 256]) * (number % 5000))


def test_memory_does_not_grow_with_the_size(tmp_path):
    lay(tmp_path, [100 << 20, 30 << 20], 200)
    found = peaks(tmp_path)
    assert {name: size for name, size in found.items() if size > LIMIT} == {}
    # Something was measured at all; what a later act needs may still be there from an earlier one.
    assert found["seal"] > 0


@pytest.mark.soak
def test_memory_stays_bounded_for_a_gibibyte_of_mixed_files(tmp_path):
    lay(tmp_path, [800 << 20, 300 << 20, 7 << 20], 20_000)
    found = peaks(tmp_path)
    assert {name: size for name, size in found.items() if size > LIMIT} == {}


LISTING = """
import hashlib, json
from pathlib import Path
from rogatory.evidence.sealing import sorting

def memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))

Path("/proc/self/clear_refs").write_text("5")
before = memory("VmRSS")
given = (hashlib.sha256(str(number).encode()).hexdigest() for number in range(100_000))
count = sum(1 for _ in sorting.ordered(given))
print(json.dumps([count, memory("VmHWM") - before]))
"""


def test_the_names_of_one_folder_are_sorted_in_memory_that_their_number_does_not_move():
    done = subprocess.run([sys.executable, "-c", LISTING], check=True, capture_output=True, text=True)
    count, peak = json.loads(done.stdout)
    assert count == 100_000
    # Held as text they would take four times as much.
    assert 0 < peak < 8 << 20


@pytest.mark.soak
def test_sealing_one_folder_of_300_000_entries_stays_within_the_limit(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "first").write_bytes(b"one file, many names")
    for number in range(300_000):
        # Ten thousand names a file: most file systems allow 65,000.
        if not number % 10_000:
            (source / f"{number:06d}").write_bytes(b"one file, many names")
        else:
            os.link(source / f"{number // 10_000 * 10_000:06d}", source / f"{number:06d}")
    line = [sys.executable, "-c", CHILD.replace("in acts.items()", "in [*acts.items()][:1]"), str(tmp_path)]
    done = subprocess.run(line, cwd=TESTS, check=True, capture_output=True, text=True)
    assert 0 < json.loads(done.stdout)["seal"] <= LIMIT
