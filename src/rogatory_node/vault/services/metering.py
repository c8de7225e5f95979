"""Metering: how far long work is, at which pace, for people who wait; it decides nothing.

What is written is at most two seconds old and may be lost with the worker: it is no record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from rogatory_node.base import clock
from rogatory_node.vault.models import Package

__all__ = ["Progress", "measured", "progress"]

EVERY: Final = timedelta(seconds=2)
FRESH: Final = timedelta(seconds=30)
"""Older than that, what was measured says nothing of the present: the work waits, or its worker died."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far work is.

    Attributes:
        done: Bytes.
        whole: Of how many, about; 0 if nobody knows.
        pace: Bytes a second, over the last stretch; 0 where the work stands still.
        left: Seconds that are left at this pace; None if that cannot be said.
    """

    done: int
    whole: int
    pace: int
    left: int | None


def measured(package: Package, whole: int, go_on: Callable[[int], None]) -> Callable[[int], None]:
    """Return what long work calls with bytes as it goes on: it keeps the lease, and notes the pace.

    Args:
        package: What is worked at.
        whole: Bytes of the whole work, about.
        go_on: What is called beside it, such as ``holding.hold``.
    """
    done, noted, noted_at, pace = 0, 0, clock.machine(), 0.0
    _note(package, done, whole, 0, noted_at)

    def told(count: int) -> None:
        nonlocal done, noted, noted_at, pace
        go_on(count)
        done += count
        now = clock.machine()
        past = (now - noted_at).total_seconds()
        if past < EVERY.total_seconds():
            return
        latest = (done - noted) / past
        # Half of what was and half of what is: it follows a line that slows down, and does not jump.
        pace = latest if not pace else (pace + latest) / 2
        noted, noted_at = done, now
        _note(package, done, whole, int(pace), now)

    return told


def progress(package: Package, now: datetime) -> Progress | None:
    """Return how far the work at a package is; None if nothing is being done to it that was measured.

    Args:
        package: The package.
        now: The machine's time.
    """
    if package.state not in (Package.State.SEALING, Package.State.ANNOUNCED) or package.measured_at is None:
        return None
    done = min(package.done, package.whole) if package.whole else package.done
    if now - package.measured_at > FRESH or not package.pace:
        return Progress(done, package.whole, 0, None)
    left = max(0, package.whole - done) // package.pace if package.whole else None
    return Progress(done, package.whole, package.pace, left)


def _note(package: Package, done: int, whole: int, pace: int, at: datetime) -> None:
    Package.objects.filter(pk=package.pk).update(done=done, whole=whole, pace=pace, measured_at=at)
