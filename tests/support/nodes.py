"""Real nodes for tests: their own folder, processes and port; everything that was started is ended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 60.0
CLOCK = "2028-03-13T14:40:00Z"


def free_port() -> int:
    """Return a port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cli(*words: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``rogatory`` as a user would."""
    line = [sys.executable, "-m", "rogatory", *map(str, words)]
    return subprocess.run(
        line, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False, env=clean()
    )


def clean() -> dict[str, str]:
    """Return the environment without what the tests' own node put there."""
    ours = {"ROGATORY_NODE", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def until(true: Any, what: Any) -> Any:
    """Return what ``true`` returns once it is; a condition that never comes is the failure, not its time."""
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while time.monotonic() < end:
        if found := true():
            return found
        pause.wait(0.05)
    raise AssertionError(f"waited in vain for {what() if callable(what) else what}")


def alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and was not collected yet does not.

    Its first thread may end before the others, which hold its files and its port until they have ended too.
    """
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in {"Z", "X"} or len([*Path(f"/proc/{pid}/task").iterdir()]) > 1
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


@dataclass
class Node:
    """One node: made, started, killed, started again, ended."""

    folder: Path
    authorities: tuple[str, ...] = ("vnm/a05",)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[Any] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def make(self, *more: object, mode: str = "simulation") -> Node:
        """Make the node with ``rogatory node init``."""
        named = [word for each in self.authorities for word in ("--authority", each)]
        begin = ("--clock", CLOCK) if mode == "simulation" else ()
        done = cli(
            "node", "init", self.folder, "--party", self.authorities[0][:3], *named,
            "--mode", mode, "--port", self.port, "--public-url", self.url, *begin, *more,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return self

    def copy_of(self, other: Node) -> Node:
        """Become a copy of a node that was made and never started, on a port of its own."""
        shutil.copytree(other.folder, self.folder)
        file = self.folder / "node.toml"
        file.write_text(file.read_text().replace(str(other.port), str(self.port)))
        return self

    def start(self) -> Node:
        line = [sys.executable, "-m", "rogatory", "node", "run", str(self.folder)]
        with (self.folder / "run" / "out").open("a") as out:
            self.process = subprocess.Popen(
                line, env=clean() | self.environment, stdout=out, stderr=subprocess.STDOUT, text=True
            )
        until(self.answers, f"node on port {self.port}")
        return self

    def answers(self) -> bool:
        assert self.process is None or self.process.poll() is None, self.said()
        try:
            return httpx.get(f"{self.url}/health", timeout=5).text == "ok\n"
        except httpx.HTTPError:
            return False

    def listens(self) -> bool:
        """Return whether anything holds the node's port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def said(self) -> str:
        return (self.folder / "run" / "out").read_text()

    def pids(self) -> dict[str, int]:
        found: dict[str, int] = json.loads((self.folder / "run" / "pids.json").read_text())
        return found

    def family(self) -> list[int]:
        """Return every process of the node: supervisor, web, web workers, worker."""
        known = self.pids()
        return [*known.values(), *children(known["web"])]

    def kill(self, name: str) -> int:
        """Kill a part with -9 and return the process id that it had; ``web`` is its serving process."""
        pid = self.pids()[name]
        victim = children(pid)[0] if name == "web" else pid
        os.kill(victim, signal.SIGKILL)
        until(lambda: not alive(victim), f"end of {name}")
        return victim

    def stop(self) -> int | None:
        """Ask the supervisor to end, and return its exit status."""
        if self.process is None:
            return None
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        self.process = None
        return status
