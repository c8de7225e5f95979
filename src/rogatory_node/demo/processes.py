"""The demo's processes: started on free ports of loopback, ended together, leaving none behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import httpx

from rogatory_node.demo.caller import wait_for
from rogatory_node.ops.processes import PARENT

__all__ = ["Processes", "free_ports"]


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that nobody listens on now."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


class Processes:
    """What the demo has started; leaving the block ends all of it."""

    def __init__(self, logs: Path) -> None:
        """Keep each process's output in a file of the folder."""
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything, the newest first."""
        for name in reversed(list(self._running)):
            self.stop(name)
        for file in self._files:
            file.close()

    def start(self, name: str, *words: str) -> None:
        """Start ``python -m`` with these words, its output in the log of that name."""
        log = (self._logs / f"{name}.log").open("ab")
        self._files.append(log)
        environment = {**os.environ, PARENT: str(os.getpid())}
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            process_group=0,
        )

    def stop(self, name: str) -> None:
        """End a process in order; if it does not end in 20 seconds, at once."""
        process = self._running.pop(name, None)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def release(self, name: str) -> subprocess.Popen[bytes]:
        """Return a process that runs; from now on whoever took it has to end it."""
        return self._running.pop(name)

    def alive(self) -> Iterator[str]:
        """Yield the names of the processes that still run."""
        yield from (name for name, process in self._running.items() if process.poll() is None)

    def wait_until_up(self, name: str, url: str) -> None:
        """Return once an address answers.

        Raises:
            NodeError: NODE-801 it does not within a minute.
        """

        def look() -> bool:
            try:
                return httpx.get(url, trust_env=False, timeout=5).status_code < 500
            except httpx.HTTPError:
                return False

        wait_for(f"{name} at {url}", look)
