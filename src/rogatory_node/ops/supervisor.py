"""The supervisor: starts web and worker, starts again what dies, and leaves no orphan.

It loads no Django, opens no database and keeps no data. It waits for signals and does nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rogatory_node.base import NodeError
from rogatory_node.base.configuration import Configuration
from rogatory_node.base.home import VARIABLE, Home, write_over
from rogatory_node.base.randomness import random_bytes
from rogatory_node.ops.processes import PARENT

__all__ = ["Child", "command", "run"]

GRACE: Final = 15.0
# A child that dies at once is started again after a pause that doubles, so a broken one does not spin.
STEADY: Final = 5.0
PAUSES: Final = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
SIGNALS: Final = frozenset({signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


def command(part: str) -> tuple[str, ...]:
    """Return the command line of one part of the node."""
    return (sys.executable, "-m", "rogatory_node.ops.start", part)


@dataclass
class Child:
    """One process that must be alive, how often it fell over, and when it may start."""

    name: str
    line: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0.0
    start_at: float = field(default=0.0)


def run(home: Home, settings: Configuration, *, workers: int = 1, say: Callable[[str], None]) -> None:
    """Keep the node's parts alive until a signal says stop; then end them, and return.

    Args:
        home: The node's folder.
        settings: What it says.
        workers: Worker processes.
        say: Gets a line when something starts, falls or stops.

    Raises:
        NodeError: NODE-301 the node runs already; NODE-302 the port is taken; NODE-303 a part that must be
            done before anything starts has failed.
    """
    lock = _lock(home)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        _check_port(settings)
        _prepare(home)
        children = [Child("web", command("web"))]
        children += [Child(f"worker {number}", command("worker")) for number in range(1, workers + 1)]
        try:
            _watch(home, children, say)
        finally:
            _stop(children)
            say("stopped")
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(lock)


def _watch(home: Home, children: list[Child], say: Callable[[str], None]) -> None:
    while True:
        for child in children:
            if child.process is None and child.start_at <= time.monotonic():
                _start(home, child)
                say(f"{child.name} started, process {child.process.pid if child.process else '-'}")
                _write_pids(home, children)
        if _wait(children) in SIGNALS - {signal.SIGCHLD}:
            return
        for child in children:
            if child.process is not None and child.process.poll() is not None:
                say(f"{child.name} ended with status {child.process.returncode}; starting it again")
                _fell(child)


def _wait(children: list[Child]) -> int | None:
    """Return the next signal, or None when it is time to start a child."""
    waiting = [each.start_at for each in children if each.process is None]
    pause = max(min(waiting) - time.monotonic(), 0.0) if waiting else 3600.0
    found = signal.sigtimedwait(SIGNALS, pause)
    return None if found is None else found.si_signo


def _start(home: Home, child: Child) -> None:
    environment = {**os.environ, VARIABLE: str(home.folder), PARENT: str(os.getpid())}
    # A group of its own: Ctrl-C at a terminal reaches the supervisor alone, which ends the rest in order.
    child.process = subprocess.Popen(child.line, env=environment, process_group=0, stdin=subprocess.DEVNULL)  # noqa: S603 - our own module
    child.started = time.monotonic()


def _fell(child: Child) -> None:
    now = time.monotonic()
    child.falls = 0 if now - child.started >= STEADY else child.falls + 1
    child.start_at = now + PAUSES[min(child.falls, len(PAUSES) - 1)]
    child.process = None


def _stop(children: list[Child]) -> None:
    alive = [each.process for each in children if each.process is not None]
    for process in alive:
        process.terminate()
        # What stands still (SIGSTOP) hears nothing until it goes on; its group is its own.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)
    end = time.monotonic() + GRACE
    for process in alive:
        try:
            process.wait(max(end - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            # A child that hangs does not hear a request to end.
            process.kill()
            process.wait()


def _lock(home: Home) -> int:
    home.run.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(home.run / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise NodeError("NODE-301") from error
    return descriptor


def _check_port(settings: Configuration) -> None:
    # The server shares ports between its own workers; two nodes on one port would answer by turns.
    address = (settings.web.host, settings.web.port)
    family = socket.AF_INET6 if ":" in settings.web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise NodeError("NODE-302", port=settings.web.port, reason=error.strerror) from error


def _prepare(home: Home) -> None:
    child = Child("prepare", command("prepare"))
    _start(home, child)
    status = child.process.wait() if child.process else 1
    if status:
        raise NodeError("NODE-303", status=status)


def _write_pids(home: Home, children: list[Child]) -> None:
    pids = {each.name: each.process.pid for each in children if each.process is not None}
    pids["supervisor"] = os.getpid()
    path: Path = home.run / "pids.json"
    write_over(path, json.dumps(pids).encode(), random_bytes(8).hex())
