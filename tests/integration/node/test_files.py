"""Long answers over the real server: bounded memory, no thread held, closed when the reader is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from support.nodes import alive, children, clean, free_port, until

SIZE = 256 << 20
THREADS = 2
READERS = 6

SERVER = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from rogatory_node.ops.bridge import Limits, bridge

folder, port, size, threads = Path(sys.argv[1]), *map(int, sys.argv[2:])
held = []


class Answer:
    def __init__(self):
        held.append(self)

    def __iter__(self):
        return (b"x" * (1 << 20) for _ in range(size >> 20))

    def close(self):
        held.remove(self)


def application(environ, start):
    path = environ["PATH_INFO"]
    start("200 OK", [("content-length", str(size))] if path == "/long" else [])
    if path == "/long":
        return Answer()
    if path == "/wait":
        (folder / "begun").touch()
        while not (folder / "go on").exists():
            time.sleep(0.02)
    return [str(len(held)).encode()]


def load(target):
    return bridge(application, ThreadPoolExecutor(threads), Limits(1000, 3, 1000))


Granian(
    "x", port=port, interface=Interfaces.ASGINL, websockets=False, log_enabled=False, workers_kill_timeout=10
).serve(target_loader=load)
"""


@pytest.fixture
def served(tmp_path):
    """A server of one long answer; returns a folder, its address and its process."""
    port = free_port()
    line = [sys.executable, "-c", SERVER, str(tmp_path), str(port), str(SIZE), str(THREADS)]
    process = subprocess.Popen(line, env=clean())
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(url), "the server")
    yield tmp_path, url, process
    process.terminate()
    process.wait(30)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).text == "0"
    except httpx.HTTPError:
        return False


def read(url: str) -> str:
    """Return how many answers are open, from a server that answers promptly."""
    return httpx.get(url, timeout=2).text


def most_memory(pid: int) -> int:
    """Return the most bytes that a process has had in memory."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(each for each in status if each.startswith("VmHWM")).split()[1]) << 10


def test_slow_readers_hold_no_thread_and_little_memory_and_are_given_up(served) -> None:
    _, url, process = served
    (worker,) = children(process.pid)
    before = most_memory(worker)
    with contextlib.ExitStack() as held:
        for _ in range(READERS):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", httpx.URL(url).port)))
            slow.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
            assert slow.recv(12) == b"HTTP/1.1 200"
        assert read(url) == str(READERS)
        with httpx.stream("GET", f"{url}/long", timeout=30) as whole:
            assert sum(map(len, whole.iter_raw())) == SIZE
        assert most_memory(worker) - before < READERS * (16 << 20)
        until(lambda: read(url) == "0", lambda: f"the end of {read(url)} answers")


def test_an_answer_is_closed_when_its_reader_goes_away(served) -> None:
    _, url, _ = served
    with httpx.stream("GET", f"{url}/long", timeout=30) as begun:
        blocks = begun.iter_raw()
        next(blocks)
        assert read(url) == "1"
    until(lambda: read(url) == "0", "the end of the answer")


def test_a_request_in_hand_is_answered_before_the_server_stops(served) -> None:
    folder, url, process = served
    (worker,) = children(process.pid)
    got: list[str] = []
    asking = threading.Thread(target=lambda: got.append(httpx.get(f"{url}/wait", timeout=30).text))
    asking.start()
    until((folder / "begun").exists, "a request in hand")
    os.kill(process.pid, signal.SIGTERM)
    until(lambda: not answers(url), "a server that takes no more")
    (folder / "go on").touch()
    asking.join()
    assert got == ["0"]
    until(lambda: not alive(worker), "the end of the server")
