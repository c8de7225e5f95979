"""What is due: put, take with a lease and a fence, close, postpone, give up.

Due times are the node's (a legal timer is a row that a person can read); leases are the machine's, so that a
worker that dies in a frozen simulation does not hold its row for ever.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from rogatory_node.base import NodeError
from rogatory_node.base.stops import stop_at
from rogatory_node.records.models import Due

__all__ = ["close", "extend", "give_up", "next_due", "postpone", "put", "take"]


def put(
    topic: str,
    subject: str,
    *,
    authority: str,
    now: datetime,
    recipient: str = "",
    due: datetime | None = None,
) -> Due:
    """Make something due, in the caller's transaction; if it is due already, leave it as it is.

    What was given up becomes due anew; what was done stays done.

    Args:
        topic: What kind of thing, such as ``deliver``; a worker has one handler a topic.
        subject: Which one, such as a statement's id.
        authority: For whom.
        now: The node's time.
        recipient: To whom, where that matters.
        due: Not before this instant; now, if None.
    """
    fresh = {"made_at": now, "due_at": now if due is None else due}
    found, new = Due.objects.get_or_create(
        authority=authority, topic=topic, subject=subject, recipient=recipient, defaults=fresh
    )
    over = Due.objects.filter(pk=found.pk, state=Due.State.GIVEN_UP)
    again = {**fresh, "state": Due.State.DUE, "attempts": 0, "last_code": "", "closed_at": None}
    if not new and over.update(fence=F("fence") + 1, **again):
        found.refresh_from_db()
    return found


def take(
    topics: tuple[str, ...],
    *,
    now: datetime,
    machine: datetime,
    lease: timedelta,
    avoiding: Collection[str] = (),
) -> Due | None:
    """Return the row that has waited longest, leased to the caller, or None if nothing is due.

    Args:
        topics: What the caller can do.
        now: The node's time, against which rows are due.
        machine: The machine's time, against which leases end.
        lease: How long nobody else may take it.
        avoiding: Recipients whose rows are left for now.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=machine)
    ready = Due.objects.filter(free, state=Due.State.DUE, topic__in=topics, due_at__lte=now)
    ready = ready.exclude(recipient__in=avoiding) if avoiding else ready
    while (found := ready.order_by("due_at", "pk").first()) is not None:
        stop_at(f"{found.topic}.lease:before")
        mine = Due.objects.filter(free, pk=found.pk, state=Due.State.DUE, fence=found.fence)
        if mine.update(lease_until=machine + lease, fence=F("fence") + 1):
            found.lease_until, found.fence = machine + lease, found.fence + 1
            return found
        # Somebody else took it between the two statements; look again.
    return None


def close(row: Due, *, now: datetime) -> None:
    """Mark the row done, in the transaction that stores what was done.

    Raises:
        NodeError: NODE-204 the fence is no longer the caller's; its transaction must not commit.
    """
    _change(row, state=Due.State.DONE, closed_at=now, lease_until=None, last_code="")


def extend(row: Due, *, machine: datetime, lease: timedelta) -> None:
    """Keep the row for another lease, from the machine's present.

    Raises:
        NodeError: NODE-204 the fence is no longer the caller's; its work must stop.
    """
    _change(row, lease_until=machine + lease)


def postpone(row: Due, until: datetime, code: str) -> None:
    """Make the row due again later, with the code of what went wrong.

    Raises:
        NodeError: NODE-204 the fence is no longer the caller's.
    """
    _change(row, due_at=until, lease_until=None, last_code=code, attempts=F("attempts") + 1)


def give_up(row: Due, code: str, *, now: datetime) -> None:
    """Mark the row as not to be tried again; a person must look.

    Raises:
        NodeError: NODE-204 the fence is no longer the caller's.
    """
    _change(
        row,
        state=Due.State.GIVEN_UP,
        closed_at=now,
        lease_until=None,
        last_code=code,
        attempts=F("attempts") + 1,
    )


def next_due(topics: tuple[str, ...]) -> datetime | None:
    """Return when the next row becomes due, in the node's time; None if there is none."""
    rows = Due.objects.filter(state=Due.State.DUE, topic__in=topics)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()


def _change(row: Due, **values: object) -> None:
    with transaction.atomic():
        mine = Due.objects.filter(pk=row.pk, state=Due.State.DUE, fence=row.fence)
        if not mine.update(**values):
            raise NodeError("NODE-204", topic=row.topic)
    row.refresh_from_db()
