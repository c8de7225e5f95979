"""Several processes seal one package: it is as if it had been one, whatever becomes of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import open_package
from rogatory.evidence.sealing import packers
from rogatory.evidence.secret import Keys
from support.packages import ASKING, basis, decryption, make
from support.world import counting_random

TESTS = Path(__file__).parents[2]

# A process of one thread, which pytest's is not always.
CHILD = """
import os, signal, sys, time
from pathlib import Path
from rogatory.errors import EvidenceError
from rogatory.evidence import segments
from rogatory.evidence.sealing import batches, benches, packers, saving
from support.packages import make

benches.os.cpu_count = lambda: 3
folder, how = Path(sys.argv[1]), sys.argv[2]
mine, sent, pack, send = os.getpid(), [], batches.pack, packers.Packer.send

def packing(batch, *rest):
    if os.getpid() != mine:
        {"changes": lambda: (folder / "source/00700").write_bytes(b"another"),
         "dies": lambda: os.kill(os.getpid(), signal.SIGKILL),
         "hangs": lambda: (folder / "hangs").touch() or time.sleep(600)}.get(how, int)()
    elif how == "apart":
        # So that the packers do the most of it.
        time.sleep(0.05)
    return pack(batch, *rest)

def sending(self, *given):
    sent.append(1)
    return send(self, *given)

batches.pack, packers.Packer.send = packing, sending
segments.SEGMENT_CHUNKS, saving.SAVE_ENTRIES = 150, 100
try:
    # What a killed run drew must not come again in the next: nonces would stand twice in a segment.
    print(make(folder, folder / "source", random=os.urandom).files, len(sent))
except EvidenceError as error:
    print(error)
"""


def lay(folder, count=900):
    source = folder / "source"
    source.mkdir()
    draw = counting_random("many")
    for number in range(count):
        (source / f"{number:05d}").write_bytes(draw(number * 53 % 7000))
    (source / "large").write_bytes(draw((3 << 20) + 5))
    (source / "zlink").symlink_to("00000")
    return source


def begin(folder, how):
    line = [sys.executable, "-c", CHILD, str(folder), how]
    return subprocess.Popen(line, cwd=TESTS, stdout=subprocess.PIPE, text=True)


def said(folder, how):
    with begin(folder, how) as process:
        answer, _ = process.communicate(timeout=60)
        return answer.strip()


def opened(folder):
    found = open_package(folder / "package", decryption(ASKING), folder / "bag", basis(), random=os.urandom)
    for path in (folder / "source").iterdir():
        if not path.is_symlink():
            assert (folder / "bag/data/source" / path.name).read_bytes() == path.read_bytes()
    return found


def test_what_several_processes_seal_opens_as_it_was(tmp_path):
    lay(tmp_path)
    files, sent = said(tmp_path, "apart").split()
    assert opened(tmp_path).files == int(files) == 901
    assert int(sent) > 5


def test_a_file_that_changes_before_another_process_reads_it_voids_the_seal(tmp_path):
    lay(tmp_path)
    assert "EVID-002" in said(tmp_path, "changes")
    assert {each.name for each in tmp_path.iterdir()} == {"source"}


def test_a_process_that_dies_ends_the_seal_with_an_error(tmp_path):
    lay(tmp_path)
    assert "EVID-009" in said(tmp_path, "dies")
    assert {each.name for each in tmp_path.iterdir()} == {"source"}


def wait_for(wanted):
    for _ in range(600):
        if wanted():
            return
        time.sleep(0.05)
    raise AssertionError


def size_of(path):
    return path.stat().st_size if path.exists() else 0


def packers_of(parent):
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.skipif(not packers.TASKS.exists(), reason="the system has no /proc, and then no packers")
def test_nobody_goes_on_while_a_process_of_a_killed_seal_can_still_write(tmp_path):
    lay(tmp_path)
    with begin(tmp_path, "hangs") as process:
        wait_for((tmp_path / "hangs").exists)
        left = packers_of(process.pid)
        process.kill()
    assert len(left) == 2
    with pytest.raises(EvidenceError, match="EVID-014"):
        make(tmp_path, tmp_path / "source")
    for each in left:
        os.kill(each, signal.SIGKILL)
    wait_for(lambda: not any(map(running, left)))
    assert make(tmp_path, tmp_path / "source", random=os.urandom).files == 901
    assert opened(tmp_path).files == 901


def running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_a_seal_that_is_killed_leaves_no_process(tmp_path):
    lay(tmp_path)
    with begin(tmp_path, "apart") as process:
        wait_for((tmp_path / ".package.part/data").exists)
        left = packers_of(process.pid)
        process.kill()
    assert len(left) == 2
    wait_for(lambda: not any(map(running, left)))
    assert make(tmp_path, tmp_path / "source", random=os.urandom).files == 901
    assert opened(tmp_path).files == 901


@pytest.mark.soak
def test_a_seal_killed_at_twenty_moments_goes_on_to_the_same_files(tmp_path):
    lay(tmp_path)
    random, journal, saved, kills = Random(22), tmp_path / ".package.journal", 0, 0
    for number in range(20):
        with begin(tmp_path, "apart") as process:
            # Every other one is killed once something was saved, however slow the machine is.
            least = 2000 if number % 2 else 0
            wait_for(lambda p=process, m=least: size_of(journal) > m or p.poll() is not None)
            time.sleep(random.uniform(0, 0.3))
            left = packers_of(process.pid) if process.poll() is None else []
            process.kill()
        wait_for(lambda left=left: not any(map(running, left)))
        kills += process.returncode == -signal.SIGKILL
        saved += size_of(journal) > 2000
        if (tmp_path / "package").exists():
            shutil.rmtree(tmp_path / "package")
    said(tmp_path, "apart")
    assert opened(tmp_path).files == 901
    assert (kills > 10, saved > 5) == (True, True)
    assert {each.name for each in tmp_path.iterdir()} == {"source", "package", "bag"}


def test_a_process_of_several_threads_is_never_forked(alone, monkeypatch):
    monkeypatch.undo()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert packers.start(Keys(bytes(32), bytes(32), os.urandom), 3) == []
    finally:
        done.set()
        thread.join()
