"""Clocks: one engine, data only. For one thread and instant the same on both nodes, in any time zone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain

from rogatory.errors import LawError
from rogatory.law.finding import Reason
from rogatory.law.moments import Subject, length, plus
from rogatory.law.moments_asked import asked
from rogatory.law.moments_given import given, terms
from rogatory.law.moments_home import DomesticOrder, HomeRecord, at_home, orders_of
from rogatory.law.moments_view import View
from rogatory.threads import Side, Thread

__all__ = ["Clock", "ClockState", "Kind", "clocks", "home_clocks", "kinds"]


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    STOPPED = "stopped"  # what it waited for came in time
    STOPPED_LATE = "stopped_late"  # it came, after the end
    LAPSED = "lapsed"  # the end has passed and nothing came


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit of a thread, at one instant.

    Attributes:
        kind: ``preservation``, ``follow_up``, ``follow_up_gap``, ``data_vanish``, ``ratification``, ...
        cites: Where it comes from: a provision, or practice.
        request: The statement it counts for; ``item`` the number of an item.
        record: The reference of a record at home, such as a domestic order.
        owner: Whose act stops it.
        started, ends: The span, UTC.
        stopped: When what it waited for came.
        warned: The last fraction of the span that has passed (``3/4``); None before the first.
        next_warning: The next instant to warn at; None where the clock does not run or none is left.
        notes: What to know about it, each with its anchor.
        floor: For a preservation, the least that the treaty owes: 60 days from the instant effected.
    """

    kind: str
    cites: str
    request: str
    item: int | None
    record: str | None
    owner: Side
    started: datetime
    ends: datetime
    state: ClockState
    stopped: datetime | None
    warned: str | None
    next_warning: datetime | None
    notes: tuple[Reason, ...] = ()
    floor: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of ``clocks.toml``."""

    id: str
    per: str
    cites: str
    owner: Side
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    stops: tuple[str, ...]
    warns: tuple[str, ...]
    limit: str | None = None


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of clock, from the data file, in its order."""
    page = tomllib.loads(files("rogatory.law").joinpath("clocks.toml").read_text(encoding="utf-8"))
    return tuple(
        Kind(
            id=row["id"],
            per=row["per"],
            cites=row["cites"],
            owner=Side(row["owner"]),
            starts=tuple(row["starts"]),
            ends=tuple(row["ends"]),
            stops=tuple(row["stops"]),
            warns=tuple(row["warns"]),
            limit=row.get("limit"),
        )
        for row in page["clock"]
    )


def clocks(thread: Thread, now: datetime, orders: tuple[DomesticOrder, ...] = ()) -> tuple[Clock, ...]:
    """Return every clock of a thread that has started, as it stands at an instant.

    It decides nothing and proves nothing: instants are those that statements claim.

    Args:
        thread: A folded thread.
        now: The instant to look from, aware.
        orders: The domestic orders behind it; only the node that made them has them.

    Raises:
        LawError: LAW-006 for an instant without a zone.

    Source:
        spec/law.md 4; hanoi_2024/art42.p8, hanoi_2024/art25.p2.
    """
    view = View(thread)
    return _all(chain(asked(view), given(view), terms(view), orders_of(view, orders)), now)


def home_clocks(records: Iterable[HomeRecord], now: datetime) -> tuple[Clock, ...]:
    """Return the clocks of records that belong to no thread: what was heard, which contacts to test.

    Args:
        records: What this node keeps for itself.
        now: The instant to look from, aware.

    Raises:
        LawError: LAW-006 for an instant without a zone.

    Source:
        spec/law.md 4; hanoi_2024/art40.p13, hanoi_2024/art41.p1.
    """
    return _all(at_home(records), now)


def _all(subjects: Iterable[Subject], now: datetime) -> tuple[Clock, ...]:
    if now.utcoffset() is None:
        raise LawError("LAW-006")
    found = (
        _clock(kind, subject, now) for subject in subjects for kind in kinds() if kind.per == subject.per
    )
    return tuple(sorted((each for each in found if each is not None), key=_urgency))


def _urgency(clock: Clock) -> tuple[datetime, str, int, str, str]:
    return (clock.ends, clock.request, clock.item or 0, clock.kind, clock.record or "")


def _clock(kind: Kind, subject: Subject, now: datetime) -> Clock | None:
    moments = subject.moments
    started = next((moments[name] for name in kind.starts if name in moments), None)
    if started is None:
        return None
    limit = {"limit": plus(started, length(kind.limit))} if kind.limit else {}
    ends = next((both[name] for name in kind.ends if name in (both := {**limit, **moments})), None)
    if ends is None:
        return None
    stopped = min((moments[name] for name in kind.stops if name in moments), default=None)
    state = _state(ends, stopped, now)
    running = state is ClockState.RUNNING
    steps = [(_step(started, ends, fraction), fraction) for fraction in kind.warns]
    passed = [fraction for at, fraction in steps if at <= now]
    ahead = [at for at, _ in steps if at > now]
    return Clock(
        kind=kind.id,
        cites=kind.cites,
        request=subject.request,
        item=subject.item,
        record=subject.record,
        owner=kind.owner,
        started=started,
        ends=ends,
        state=state,
        stopped=stopped,
        warned=passed[-1] if passed and running else None,
        next_warning=ahead[0] if ahead and running else None,
        notes=subject.notes.get(kind.id, ()),
        floor=moments.get("floor") if kind.id == "preservation" else None,
    )


def _state(ends: datetime, stopped: datetime | None, now: datetime) -> ClockState:
    if stopped is not None:
        return ClockState.STOPPED if stopped <= ends else ClockState.STOPPED_LATE
    return ClockState.LAPSED if now >= ends else ClockState.RUNNING


def _step(started: datetime, ends: datetime, fraction: str) -> datetime:
    """Return the instant at a fraction of a span, in whole microseconds."""
    above, below = fraction.split("/")
    span = max(ends - started, timedelta(0))
    return started + span * int(above) // int(below)
