"""Values that are accepted once: HTTP nonces and transfer ids (PROTOCOL section 3)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from rogatory_node.records.models import Seen

__all__ = ["first_time", "forget", "was_seen"]


def first_time(kind: str, value: str, *, authority: str, now: datetime, forget_at: datetime) -> bool:
    """Return whether this is the value's first time, and remember it in the caller's transaction.

    Of two callers at once, one sees True.
    """
    try:
        with transaction.atomic():
            Seen.objects.create(authority=authority, kind=kind, value=value, seen_at=now, forget_at=forget_at)
    except IntegrityError:
        return False
    return True


def was_seen(kind: str, value: str, *, authority: str) -> bool:
    """Return whether the value was seen and is still remembered."""
    return Seen.objects.filter(authority=authority, kind=kind, value=value).exists()


def forget(now: datetime) -> int:
    """Forget what can no longer be replayed, and return how many values that were."""
    return Seen.objects.filter(forget_at__lt=now).delete()[0]
