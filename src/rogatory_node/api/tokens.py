"""Tokens: made, checked, revoked. A token is shown once and kept as its digest."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from rogatory_node.api.models import AccessToken
from rogatory_node.base import NodeError, clock
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["LIFE", "LONGEST", "find", "make", "revoke"]

LIFE: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=365)
PREFIX: Final = "rgt_"
FORM: Final = re.compile(rf"{PREFIX}[0-9a-f]{{64}}")


def make(officer: Officer, label: str, *, life: timedelta = LIFE, passkeys: bool = False) -> str:
    """Make a token that acts for an officer, and return it; it cannot be shown again.

    Whoever calls has decided that this may be done: the operator at the command line of the machine.

    Args:
        officer: For whom it acts.
        label: What it is for; one officer's tokens of a label are revoked together.
        life: How long it holds, at most a year.
        passkeys: Whether passkeys can be enrolled and confirmed with it.

    Raises:
        NodeError: NODE-707 the label or the life is not acceptable.
    """
    if not 0 < len(label) <= 100 or not timedelta() < life <= LONGEST:
        raise NodeError("NODE-707", days=LONGEST.days)
    token = PREFIX + random_bytes(32).hex()
    now = clock.now()
    with transaction.atomic():
        AccessToken.objects.create(
            officer=officer,
            digest=_digest(token),
            label=label,
            made_at=now,
            expires_at=now + life,
            passkeys=passkeys,
        )
        fields: dict[str, str | int | bool] = {"officer": str(officer.pk), "passkeys": passkeys}
        log.append(Event("token:make:done", now, "-", fields))
    return token


def find(token: str, now: datetime) -> AccessToken | None:
    """Return what is known of a token that holds now; None if it is unknown, over or revoked.

    Nor does it hold once its officer has left. The token is looked up by its digest, so how long this takes
    tells nothing about stored tokens.
    """
    if not FORM.fullmatch(token):
        return None
    rows = AccessToken.objects.select_related("officer").filter(digest=_digest(token), revoked_at=None)
    return rows.filter(expires_at__gt=now, officer__is_active=True).first()


def revoke(officer: Officer, label: str) -> int:
    """Revoke an officer's tokens of a label, and return how many there were."""
    with transaction.atomic():
        count = AccessToken.objects.filter(officer=officer, label=label, revoked_at=None).update(
            revoked_at=clock.now()
        )
        log.append(Event("token:revoke:done", clock.now(), "-", {"officer": str(officer.pk), "count": count}))
    return count


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
