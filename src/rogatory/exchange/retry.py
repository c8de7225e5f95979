"""Retrying: when a delivery is tried again, and when a person is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

__all__ = ["Outcome", "Retry", "retry"]

FIRST: Final = timedelta(seconds=2)
LONGEST: Final = timedelta(minutes=15)
TELL_AFTER: Final = timedelta(minutes=5)


class Outcome(StrEnum):
    """How one attempt ended."""

    RECEIPT = "receipt"  # the peer's signed receipt is here
    UNREACHABLE = "unreachable"  # no answer, or one that is not the peer's
    REFUSED = "refused"  # the peer's signed problem: repeating the same bytes cannot help
    BUSY = "busy"  # the peer's signed problem: later


@dataclass(frozen=True, slots=True)
class Retry:
    """What follows an attempt: the next one, or none; and whether a person should know."""

    due: datetime | None
    tell: bool


def retry(outcome: Outcome, attempts: int, first_tried: datetime, now: datetime, *, jitter: int) -> Retry:
    """Return when to try again after an attempt.

    Delays double from 2 seconds to 15 minutes and never end: only the receipt, or the peer's signed
    refusal, ends a delivery. After five minutes without a receipt a person is told.

    Args:
        outcome: How the attempt ended.
        attempts: Attempts made so far, this one included; at least 1.
        first_tried: When the first was made, UTC.
        now: UTC.
        jitter: 0 to 255; spreads nodes that lost the same line.

    Source:
        spec/exchange.md, section 5.
    """
    if outcome is Outcome.RECEIPT:
        return Retry(None, tell=False)
    if outcome is Outcome.REFUSED:
        return Retry(None, tell=True)
    delay = min(FIRST * 2 ** min(attempts - 1, 20), LONGEST)
    spread = delay * jitter / 1020  # up to a quarter more
    return Retry(now + delay + spread, tell=now - first_tried >= TELL_AFTER)
