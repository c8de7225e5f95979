"""``kill -9`` in the middle of fetch and of open: what is made afterwards is the same to the byte."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from support.nodes import clean
from support.packages import files_of, make
from support.ranges import Server

POINTS = 20
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """About 24 MiB in segments of 2 chunks: a large file, some of 1 MiB, and small ones."""
    folder = tmp_path_factory.mktemp("sealed")
    top = folder / "case"
    top.mkdir()
    (top / "disk.img").write_bytes(Random(1).randbytes((12 << 20) + 77))
    for number in range(40):
        (top / f"{number}.log").write_bytes(b"203.0.113.57 - - GET /\n" * number)
    for number in range(12):
        (top / f"{number}.raw").write_bytes(Random(number).randbytes(1 << 20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 2)
        return make(folder, top)


@pytest.fixture(scope="module")
def server(package):
    with Server(package.path, ("127.0.0.1", 0)) as made:
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        yield made
        made.shutdown()


def digests(folder):
    return {each: hashlib.sha256((folder / each).read_bytes()).hexdigest() for each in files_of(folder)}


def start(*words):
    environment = clean() | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.PIPE)


def held(staging):
    """Return how many bytes lie in a folder, while somebody writes, renames and removes there."""
    total = 0
    for folder, _, names in os.walk(staging):
        for each in names:
            with contextlib.suppress(FileNotFoundError):
                total += Path(folder, each).stat().st_size
    return total


def done(*words):
    """Run something to its end."""
    process = start(*words)
    said, _ = process.communicate()
    assert process.returncode == 0
    return said


def kill_once_it_holds(process, staging, size):
    """Kill a process with -9 once so much has arrived; return whether it was still at it."""
    while process.poll() is None and held(staging) < size:
        time.sleep(0.002)
    process.kill()
    process.communicate()
    return process.returncode == -9


def test_a_fetch_that_is_killed_at_twenty_points_goes_on_and_nothing_comes_twice(package, server, tmp_path):
    random, out = Random(20), tmp_path / "copy"
    words = {
        "host": "127.0.0.1",
        "port": server.server_address[1],
        "lines": 3,
        "out": str(out),
        "seal": package.seal,
        "rate": 24 << 20,
    }
    size = held(package.path)
    received, kills = 0, 0
    for point in sorted(random.randrange(1, size - (1 << 20)) for _ in range(POINTS)):
        before = held(tmp_path / ".copy.fetch")
        kills += kill_once_it_holds(
            start("-m", "support.ranges", "fetch", json.dumps(words)), tmp_path / ".copy.fetch", point
        )
        received += held(tmp_path / ".copy.fetch") - before
        assert not out.exists()
    said = done("-m", "support.ranges", "fetch", json.dumps(words))
    assert kills == POINTS
    assert digests(out) == digests(package.path)
    # What the last one had to bring is what the others had not.
    assert json.loads(said)["received"] < size - received + (1 << 20)
    assert not (tmp_path / ".copy.fetch").exists()


def test_an_opening_that_is_killed_at_twenty_points_leaves_nothing_half_and_goes_on(package, tmp_path):
    whole, bag = tmp_path / "whole", tmp_path / "bag"
    every = json.loads(done("-m", "support.ranges", "open", str(package.path), str(whole)))["decrypted"]
    size, random, kills = held(whole), Random(21), 0
    for point in sorted(random.randrange(1, size * 3 // 4) for _ in range(POINTS)):
        opening = start("-m", "support.ranges", "open", str(package.path), str(bag))
        kills += kill_once_it_holds(opening, tmp_path / ".bag.opening", point)
        assert not bag.exists()
        # Decrypted files are never many times there.
        assert len(list(tmp_path.glob(".bag.*"))) <= 1
    said = json.loads(done("-m", "support.ranges", "open", str(package.path), str(bag)))
    assert kills == POINTS
    assert said["decrypted"] < every
    assert not list(tmp_path.glob(".bag.*"))
    found, expected = digests(bag), digests(whole)
    assert {each: found[each] for each in expected if each.startswith("data/")} == {
        each: expected[each] for each in expected if each.startswith("data/")
    }
    assert found.keys() == expected.keys()
