"""The worker: a loop over due rows. The row is the truth; a worker that dies leaves nothing but a lease.

Any number of workers may run. ``start`` begins one; this module needs Django to be ready.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.db import connections

from rogatory.errors import RogatoryError
from rogatory_node.base import clock, configuration
from rogatory_node.base.stops import stop_at
from rogatory_node.records import outbox
from rogatory_node.records.models import Due

__all__ = ["Handler", "loop", "step"]

logger = logging.getLogger("rogatory.worker")

Handler = Callable[[Due], None]
FAULT: Final = "NODE-300"
FIRST: Final = timedelta(seconds=2)
LONGEST: Final = timedelta(minutes=15)


def loop(handlers: Mapping[str, Handler], beat: Callable[[], None], stopping: threading.Event) -> None:
    """Do what is due, until told to stop; pause when nothing is.

    Args:
        handlers: For each topic, what does it. A handler closes, postpones or gives up its row.
        beat: What is done between batches, on its own time.
        stopping: Set from outside; the row in hand is finished first.
    """
    settings = configuration.current().worker
    pause = settings.poll_milliseconds / 1000
    while not stopping.is_set():
        try:
            beat()
            done = step(handlers, settings.batch, stopping)
        except Exception:
            # The database may be busy or away. Nothing is lost: what was not closed is due again.
            logger.exception("the loop failed and goes on")
            connections.close_all()
            done = 0
        if not done:
            stopping.wait(pause)


def step(handlers: Mapping[str, Handler], batch: int, stopping: threading.Event) -> int:
    """Do up to a batch of what is due now and return how many rows were taken."""
    lease = timedelta(seconds=configuration.current().worker.lease_seconds)
    for taken in range(batch):
        if stopping.is_set():
            return taken
        row = outbox.take(tuple(handlers), now=clock.now(), machine=clock.machine(), lease=lease)
        if row is None:
            return taken
        stop_at(f"{row.topic}.lease:after")
        _handle(row, handlers[row.topic])
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
