"""Many gibibytes over a slow line that breaks every 20 seconds, in network namespaces of their own.

``ROGATORY_SOAK_GIB`` says how many (20), ``ROGATORY_SOAK_MBIT`` how fast the line is (160, so that a gibibyte
takes about a minute). It needs root, ``ip``, ``tc`` and ``ss`` (Debian: iproute2) and twice the space.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from rogatory.evidence import verify
from support import ranges
from support.nodes import clean
from support.packages import basis, files_of, make

GIB = float(os.environ.get("ROGATORY_SOAK_GIB", "20"))
MBIT = int(os.environ.get("ROGATORY_SOAK_MBIT", "160"))
EVERY, GONE = 20.0, 2.0
CHUNK, LIMIT = 1 << 20, 200 << 20
LINES = 4
ROOT = Path(__file__).parents[2]
HERE, THERE = "10.213.77.1", "10.213.77.2"
PORT = 9077


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


def missing(folder):
    """Say what this machine lacks for the run; nothing, if it has everything."""
    if os.geteuid() != 0:
        return "root, who may make network namespaces"
    lacking = [each for each in ("ip", "tc", "ss") if shutil.which(each) is None]
    if lacking:
        return f"{', '.join(lacking)} (Debian: iproute2)"
    if shutil.disk_usage(folder).free < GIB * 2.1 * (1 << 30) + (1 << 30):
        return f"space: {GIB} GiB twice in {folder}; ROGATORY_SOAK_GIB makes it less"
    try:
        ip("netns", "add", "rogatory-probe")
        ip("netns", "delete", "rogatory-probe")
    except subprocess.CalledProcessError as error:
        return f"a kernel with network namespaces: {error.stderr.decode().strip()}"
    return ""


@pytest.fixture
def line(tmp_path):
    """Two namespaces and a slow line between them; yields their names and what breaks the line."""
    if lacking := missing(tmp_path):
        pytest.skip(f"the soak needs {lacking}")
    asking, asked = f"rogatory-{os.getpid()}-a", f"rogatory-{os.getpid()}-b"
    with ExitStack() as held:
        for name in (asking, asked):
            ip("netns", "add", name)
            held.callback(ip, "netns", "delete", name)
        ip("link", "add", "line0", "netns", asking, "type", "veth", "peer", "name", "line0", "netns", asked)
        for name, address in ((asking, HERE), (asked, THERE)):
            ip("-n", name, "address", "add", f"{address}/24", "dev", "line0")
            ip("-n", name, "link", "set", "line0", "up")
            shape = ("tbf", "rate", f"{MBIT}mbit", "burst", "256kb", "latency", "50ms")
            within(name, "tc", "qdisc", "add", "dev", "line0", "root", *shape)
        yield asking, asked


def within(name, *words):
    done = subprocess.run(["ip", "netns", "exec", name, *words], check=True, capture_output=True, text=True)
    return done.stdout


def start(name, *words):
    environment = clean() | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    line = ["ip", "netns", "exec", name, sys.executable, "-m", "support.ranges", *words]
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True)


class Counter:
    """What each connection has sent for the first time, as its kernel counts it."""

    def __init__(self, name):
        self.name, self.sent = name, {}

    def look(self):
        said = within(self.name, "ss", "-tinHO", "state", "all", f"sport = :{PORT}")
        for each in said.splitlines():
            port = re.search(rf"{HERE}:(\d+)", each)
            sent = re.search(r"bytes_sent:(\d+)", each)
            again = re.search(r"bytes_retrans:(\d+)", each)
            if port and sent:
                self.sent[port[1]] = max(
                    int(sent[1]) - int(again[1] if again else 0), self.sent.get(port[1], 0)
                )


def break_line(asking, asked, counter):
    """Cut every connection, and let there be no line for a while."""
    counter.look()
    ip("-n", asked, "link", "set", "line0", "down")
    counter.look()
    for name in (asking, asked):
        within(name, "ss", "-K", f"( sport = :{PORT} or dport = :{PORT} )")
    time.sleep(GONE)
    ip("-n", asked, "link", "set", "line0", "up")


@pytest.fixture
def package(tmp_path):
    source = tmp_path / "disk.img"
    # Zeros: what travels is ciphertext, which is random whatever it was made of.
    with source.open("wb") as file:
        file.truncate(int(GIB * (1 << 30)))
    # Smaller segments where there is little, so that there is one for each line.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", max(16, min(1024, int(GIB * 1024 / 8))))
        yield make(tmp_path, source)
    shutil.rmtree(tmp_path / "package")


@pytest.mark.soak
def test_a_slow_line_that_breaks_every_twenty_seconds_brings_all_of_it(line, package, tmp_path):
    asking, asked = line
    counter, breaks, ended = Counter(asked), 0, threading.Event()
    server = start(asked, "serve", str(package.path), THERE, str(PORT))
    assert server.stdout.readline() == "ready\n"
    words = {"host": THERE, "port": PORT, "lines": LINES, "out": str(tmp_path / "copy"), "seal": package.seal}
    reader = start(asking, "fetch", json.dumps(words))
    begun = time.monotonic()
    try:
        while reader.poll() is None:
            following = time.monotonic() + EVERY
            while reader.poll() is None and time.monotonic() < following:
                counter.look()
                ended.wait(0.2)
            if reader.poll() is None:
                break_line(asking, asked, counter)
                breaks += 1
        took = time.monotonic() - begun
        said = json.loads(reader.communicate()[0])
        counter.look()
        served = ranges.peak(child(server.pid))
    finally:
        for each in (reader, server):
            each.kill()
            each.wait()
            each.stdout.close()
    size = sum((package.path / each).stat().st_size for each in files_of(package.path))
    sent = sum(counter.sent.values())
    report(took, size, sent, breaks, said, served)
    assert reader.returncode == 0
    assert breaks >= 1
    assert said["breaks"] >= breaks
    found = verify(tmp_path / "copy", basis(announced=package.seal))
    assert found.size == package.size
    for each in files_of(package.path):
        if not each.endswith(".bin"):
            assert (tmp_path / "copy" / each).read_bytes() == (package.path / each).read_bytes()
    # Heads of answers, and what was asked for and was not there.
    heads = 64 * 1024
    assert said["received"] - size <= breaks * CHUNK
    assert sent - size <= breaks * CHUNK + heads
    assert said["peak"] < LIMIT
    assert served < LIMIT


def child(pid):
    """Return the process itself, where ``ip netns exec`` is not replaced by it."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(found[0]) if found else pid


def report(took, size, sent, breaks, said, served):
    sys.stderr.write(
        f"\n{size:,} bytes in {took:.0f} s, {breaks} breaks of {LINES} lines; sent {sent:,} "
        f"({sent - size:,} more), received {said['received']:,}; memory: reader {said['peak'] >> 20} MiB, "
        f"server {served >> 20} MiB\n"
    )
