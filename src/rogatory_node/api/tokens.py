"""Tokens: made, checked, revoked. A token is shown once and kept as its digest."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from rogatory_node.api.models import AccessToken
from rogatory_node.base import clock
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["LIFE", "make", "officer_of", "revoke"]

LIFE: Final = timedelta(days=90)
PREFIX: Final = "rgt_"


def make(officer: Officer, label: str, *, life: timedelta = LIFE) -> str:
    """Make a token that acts for an officer, and return it; it cannot be shown again.

    Whoever calls has decided that this may be done: the operator at the command line of the machine.
    """
    token = PREFIX + random_bytes(32).hex()
    now = clock.now()
    with transaction.atomic():
        AccessToken.objects.create(
            officer=officer, digest=_digest(token), label=label, made_at=now, expires_at=now + life
        )
        log.append(Event("token:make:done", now, "-", {"officer": str(officer.pk)}))
    return token


def officer_of(token: str, now: datetime) -> Officer | None:
    """Return the officer for whom a token acts now; None if it is unknown, over or revoked.

    The token is looked up by its digest, so how long this takes tells nothing about stored tokens.
    """
    found = (
        AccessToken.objects.select_related("officer")
        .filter(digest=_digest(token), revoked_at=None, expires_at__gt=now, officer__is_active=True)
        .first()
    )
    return None if found is None else found.officer


def revoke(officer: Officer, label: str) -> int:
    """Revoke an officer's tokens of a label, and return how many there were."""
    with transaction.atomic():
        count = AccessToken.objects.filter(officer=officer, label=label, revoked_at=None).update(
            revoked_at=clock.now()
        )
        log.append(Event("token:revoke:done", clock.now(), "-", {"officer": str(officer.pk), "count": count}))
    return count


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
