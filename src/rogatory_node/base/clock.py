"""The only place of the node that reads the time.

In production ``now`` is the machine's clock and nothing can change that. In simulation a file in the
node's folder holds the instant that is played and the real instant at which it began; web and worker read
the same file, so they see the same time. The simulated clock never goes back: the custody log's order is
its instants' order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.values import instant_text, parse_instant
from rogatory_node.base import configuration, home
from rogatory_node.base.errors import NodeError
from rogatory_node.base.randomness import random_bytes

__all__ = ["advance", "machine", "now", "set_to", "simulated"]


@dataclass(frozen=True, slots=True)
class _Played:
    base: datetime
    real: datetime
    frozen: bool


# The file is read again only when it is another file: writers replace it as a whole.
_seen: dict[Path, tuple[tuple[int, int], _Played]] = {}


def now() -> datetime:
    """Return the present instant, aware and in UTC, with microseconds.

    Raises:
        NodeError: NODE-007 the simulation's clock file cannot be read.
    """
    real = machine()
    played = _played() if simulated() else None
    if played is None:
        return real
    return played.base if played.frozen else played.base + max(real - played.real, timedelta())


def machine() -> datetime:
    """Return the machine's own instant, in a simulation too: for leases and timeouts, never for law."""
    return datetime.now(UTC)


def simulated() -> bool:
    """Return whether this node plays a case and may be told the time."""
    return configuration.current().mode == "simulation"


def set_to(instant: datetime, *, frozen: bool = False) -> None:
    """Make the node's time this instant, for web and worker alike.

    Args:
        instant: Aware, UTC, not before the node's present time.
        frozen: Whether the time stands still there, or runs on from it.

    Raises:
        NodeError: NODE-005 the node is not a simulation; NODE-006 the instant lies in the node's past.
    """
    if not simulated():
        raise NodeError("NODE-005")
    if home.current().clock.exists() and instant < now():
        raise NodeError("NODE-006", asked=instant_text(instant), now=instant_text(now()))
    document = {
        "base": instant_text(instant),
        "real": instant_text(machine()),
        "frozen": frozen,
    }
    home.write_over(home.current().clock, wire.canonical(document), random_bytes(8).hex())


def advance(by: timedelta) -> datetime:
    """Move the simulated time forward and return the new present; a frozen clock stays frozen.

    Raises:
        NodeError: NODE-005 the node is not a simulation; NODE-006 the step is negative.
    """
    played = _played() if simulated() else None
    set_to(now() + by, frozen=played is not None and played.frozen)
    return now()


def _played() -> _Played | None:
    path = home.current().clock
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    mark = (found.st_ino, found.st_mtime_ns)
    known = _seen.get(path)
    if known is None or known[0] != mark:
        known = _seen[path] = (mark, _read(path))
    return known[1]


def _read(path: Path) -> _Played:
    try:
        document = wire.parse(path.read_bytes(), limit=1024)
        frozen = document["frozen"] is True
        return _Played(parse_instant(document["base"]), parse_instant(document["real"]), frozen)
    except (RogatoryError, OSError, KeyError, TypeError) as error:
        raise NodeError("NODE-007", path=path.name) from error
