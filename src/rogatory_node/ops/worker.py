"""The worker: loops over due rows. The row is the truth; a worker that dies leaves nothing but a lease.

Any number of workers may run, each with a few lanes: a lane is a loop in a thread of its own, so that
evidence which takes hours and a peer that hangs do not keep statements waiting. ``start`` begins one; this
module needs Django to be ready.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connections

from rogatory.errors import RogatoryError
from rogatory_node.base import clock, configuration
from rogatory_node.base.stops import stop_at
from rogatory_node.records import outbox
from rogatory_node.records.models import Due

__all__ = ["Handler", "Lane", "Turns", "loop", "run", "step"]

logger = logging.getLogger("rogatory.worker")

Handler = Callable[[Due], None]
FAULT: Final = "NODE-300"
FIRST: Final = timedelta(seconds=2)
LONGEST: Final = timedelta(minutes=15)
LEFT_ALONE: Final = timedelta(seconds=60)


class Turns:
    """Whose turn it is in the lanes that share it: one row at a time for each recipient.

    A recipient that did not answer is left alone for a while, by the machine's clock; the others go on. It is
    a hint that one process keeps: the rows say what is due.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody's turn.

        Args:
            seconds: Counts seconds and never goes back.
        """
        self._seconds = seconds
        self._lock = threading.Lock()
        self._busy: dict[str, float] = {}

    def take(self, topics: tuple[str, ...], lease: timedelta) -> Due | None:
        """Return a row whose recipient is nobody else's just now, leased; None if there is none."""
        with self._lock:
            now = self._seconds()
            self._busy = {name: until for name, until in self._busy.items() if until > now}
            row = outbox.take(
                topics,
                now=clock.now(),
                machine=clock.machine(),
                lease=lease,
                avoiding=tuple(self._busy),
            )
            if row is not None and row.recipient:
                self._busy[row.recipient] = math.inf
            return row

    def over(self, row: Due) -> None:
        """End a row's turn; if it is still to be done, its recipient is left alone for a while."""
        if not row.recipient:
            return
        with self._lock:
            self._busy.pop(row.recipient, None)
            if row.state == Due.State.DUE and row.attempts:
                pause = min(FIRST * 2 ** min(row.attempts - 1, 20), LEFT_ALONE)
                self._busy[row.recipient] = self._seconds() + pause.total_seconds()


@dataclass(frozen=True, slots=True)
class Lane:
    """What one loop does: topics with their handlers, and a beat; ``count`` loops share it."""

    name: str
    handlers: Mapping[str, Handler]
    beat: Callable[[], None] = lambda: None
    count: int = 1


def run(lanes: Iterable[Lane], stopping: threading.Event) -> None:
    """Run every lane until told to stop, and return when each has finished the row in hand."""
    threads = []
    for lane in lanes:
        turns = Turns()
        for number in range(lane.count):
            words = (lane.handlers, lane.beat, stopping, turns)
            threads.append(threading.Thread(target=loop, args=words, name=f"{lane.name}-{number}"))
    for each in threads:
        each.start()
    # The main thread waits here, where a signal finds it.
    stopping.wait()
    for each in threads:
        each.join()


def loop(
    handlers: Mapping[str, Handler],
    beat: Callable[[], None],
    stopping: threading.Event,
    turns: Turns | None = None,
) -> None:
    """Do what is due, until told to stop; pause when nothing is.

    Args:
        handlers: For each topic, what does it. A handler closes, postpones or gives up its row.
        beat: What is done between batches, on its own time.
        stopping: Set from outside; the row in hand is finished first.
        turns: Shared with the other loops of a lane.
    """
    mine = turns or Turns()
    settings = configuration.current().worker
    pause = settings.poll_milliseconds / 1000
    while not stopping.is_set():
        try:
            beat()
            done = step(handlers, settings.batch, stopping, mine)
        except Exception:
            # The database may be busy or away. Nothing is lost: what was not closed is due again.
            logger.exception("the loop failed and goes on")
            connections.close_all()
            done = 0
        if not done:
            stopping.wait(pause)


def step(
    handlers: Mapping[str, Handler], batch: int, stopping: threading.Event, turns: Turns | None = None
) -> int:
    """Do up to a batch of what is due now and return how many rows were taken."""
    mine = turns or Turns()
    lease = timedelta(seconds=configuration.current().worker.lease_seconds)
    for taken in range(batch):
        if stopping.is_set():
            return taken
        row = mine.take(tuple(handlers), lease)
        if row is None:
            return taken
        stop_at(f"{row.topic}.lease:after")
        try:
            _handle(row, handlers[row.topic])
        finally:
            mine.over(row)
    return batch


def _handle(row: Due, handler: Handler) -> None:
    try:
        handler(row)
    except RogatoryError as error:
        if error.code == "NODE-204":
            # Another worker took the row over; it records what came of it.
            logger.warning("lost the row: %s", error)
            return
        _postpone(row, error.code)
    except Exception:
        logger.exception("a handler of %s failed", row.topic)
        _postpone(row, FAULT)


def _postpone(row: Due, code: str) -> None:
    # A row that always fails must not keep the others waiting: each try is later than the one before.
    delay = min(FIRST * 2 ** min(row.attempts, 20), LONGEST)
    try:
        outbox.postpone(row, clock.now() + delay, code)
    except RogatoryError as error:
        logger.warning("lost the row: %s", error)
