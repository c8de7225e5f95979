"""What the door has to remember, kept in rows: the ``exchange.Memory`` of this node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from rogatory.exchange import Place
from rogatory.statements import Statement
from rogatory.values import party_of
from rogatory_node.records import seen
from rogatory_node.records.models import Calls, SignedReceipt, SignedStatement, Way

__all__ = ["DoorMemory", "forget"]

NODE = "-"
NONCE_LIFE = timedelta(seconds=600)


@dataclass(frozen=True, slots=True)
class DoorMemory:
    """The memory of one node at one instant.

    Args:
        now: The node's time.
        per_minute: How many calls of one authority are listened to in a minute.
        bucket: What is counted apart from everything else; empty for the rest.
    """

    now: datetime
    per_minute: int
    bucket: str = ""

    def nonce_is_new(self, key_id: str, nonce: str) -> bool:
        """Return whether this key has not used this HTTP nonce, and remember that it has now.

        A message is fresh for 300 seconds (PROTOCOL section 3); the nonce is kept twice as long.
        """
        forget_at = self.now + NONCE_LIFE
        return seen.first_time(
            "nonce", f"{key_id}:{nonce}", authority=NODE, now=self.now, forget_at=forget_at
        )

    def within_quota(self, authority: str) -> bool:
        """Return whether this authority may be listened to now, and count the call."""
        minute = self.now.replace(second=0, microsecond=0)
        counted = f"{authority}#{self.bucket}" if self.bucket else authority
        with transaction.atomic():
            row, _ = Calls.objects.get_or_create(authority=counted, minute=minute)
            Calls.objects.filter(pk=row.pk).update(count=F("count") + 1)
            row.refresh_from_db()
        return row.count <= self.per_minute

    def receipt(self, statement_id: str) -> bytes | None:
        """Return the receipt that this node gave for a statement, whichever authority gave it."""
        kept = SignedReceipt.objects.filter(of=statement_id, way=Way.SENT).first()
        return None if kept is None else bytes(kept.envelope)

    def place(self, statement: Statement) -> Place:
        """Return what is known of the place that a statement claims, from admitted statements alone."""
        if statement.thread is None:
            return Place(thread_known=False)
        thread = _standing(statement.recipient).filter(thread=statement.thread)
        known = thread.first()
        if known is None:
            return Place(thread_known=False)
        theirs = thread.filter(sender__startswith=f"{statement.sending_party}/")
        return Place(
            thread_known=True,
            parties=frozenset({party_of(known.sender), party_of(known.recipient)}),
            case=known.case,
            rehearsal=known.rehearsal,
            holder=_id(theirs.filter(seq=statement.seq)),
            previous=_id(theirs.filter(seq=statement.seq - 1)),
        )


def forget(now: datetime) -> int:
    """Forget how often peers called in minutes that are over, and return how many counts that were."""
    return Calls.objects.filter(minute__lt=now - NONCE_LIFE).delete()[0]


def _standing(authority: str) -> QuerySet[SignedStatement]:
    """Return the statements that stand for a Party: its own, and those that it admitted.

    The whole Party, since hands change inside a thread (DESIGN section 2).
    """
    ours = Q(authority__startswith=f"{party_of(authority)}/")
    admitted = SignedReceipt.objects.filter(way=Way.SENT, outcome="admitted").values("of")
    stands = Q(way=Way.SENT) | Q(statement_id__in=admitted)
    return SignedStatement.objects.filter(ours & stands)


def _id(rows: QuerySet[SignedStatement]) -> str | None:
    return rows.values_list("statement_id", flat=True).first()
