"""How fast evidence is carried: so many bytes a second, by all lines together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

__all__ = ["Pace"]

AHEAD: Final = 0.25
"""Seconds by which what was read may run ahead of the pace: the line is not stopped for every packet."""


class Pace:
    """A limit that several threads keep together. Each process has its own."""

    def __init__(
        self,
        rate: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin now.

        Args:
            rate: Bytes a second; 0 is no limit.
            clock: Counts seconds and never goes back.
            sleep: Waits that many seconds.
        """
        self._rate, self._clock, self._sleep = rate, clock, sleep
        self._lock = threading.Lock()
        self._due = clock()

    def spend(self, size: int) -> None:
        """Count bytes that were read, and wait until they were due: the peer's line fills and waits too."""
        if not self._rate:
            return
        with self._lock:
            now = self._clock()
            # Time that was not used is lost, so that a pause is not made up for in a burst.
            self._due = max(self._due, now - AHEAD) + size / self._rate
            wait = self._due - now
        if wait > 0:
            self._sleep(wait)
