"""The tables of the truth. Each row names the authority for which the node keeps it.

Bytes are the record. A column marked *derived* is written by ``columns`` alone and rebuilt by ``reindex``;
no code changes it otherwise. Rows are never deleted; an erased event leaves its hash.
"""

from __future__ import annotations

from typing import Any

from django.db import models

__all__ = [
    "Calls",
    "Due",
    "Leaf",
    "LogFile",
    "LogHead",
    "LogState",
    "PeerHead",
    "Seen",
    "SignedReceipt",
    "SignedStatement",
    "Way",
]

DIGEST = 64
AUTHORITY = 64


def _digest(**options: Any) -> models.CharField[str, str]:
    return models.CharField(max_length=DIGEST, **options)


def _authority(**options: Any) -> models.CharField[str, str]:
    return models.CharField(max_length=AUTHORITY, **options)


class Way(models.TextChoices):
    """Which way signed bytes went, seen from the authority that keeps them."""

    SENT = "sent"
    RECEIVED = "received"


class SignedStatement(models.Model):
    """A statement exactly as it was signed, and an index over it."""

    authority = _authority()
    way = models.CharField(max_length=8, choices=Way.choices)
    envelope = models.BinaryField()
    stored_at = models.DateTimeField()
    log_index = models.BigIntegerField()

    # Derived.
    statement_id = _digest()
    media_type = models.CharField(max_length=100)
    type = models.CharField(max_length=40)
    case = _digest()
    thread = _digest()
    sender = _authority()
    recipient = _authority()
    seq = models.PositiveIntegerField()
    prev = _digest(blank=True)
    seen = models.JSONField()
    about = _digest(blank=True)
    issued_at = models.DateTimeField()
    language = models.CharField(max_length=20)
    instrument = models.CharField(max_length=200)
    rehearsal = models.BooleanField()

    class Meta:
        """Two statements at one place of a thread are both kept: they prove equivocation (PROTOCOL 2)."""

        constraints = (
            models.UniqueConstraint("authority", "statement_id", name="statement_once"),
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="statement_way"),
        )
        indexes = (
            models.Index("authority", "thread", "seq", name="statement_thread"),
            models.Index("authority", "case", name="statement_case"),
            models.Index("about", name="statement_about"),
        )

    def __str__(self) -> str:
        """Return type and id; never content."""
        return f"{self.type} {self.statement_id}"


class SignedReceipt(models.Model):
    """A receipt exactly as it was signed: the one we gave, or the one we hold."""

    authority = _authority()
    way = models.CharField(max_length=8, choices=Way.choices)
    envelope = models.BinaryField()
    stored_at = models.DateTimeField()

    # Derived.
    receipt_id = _digest()
    of = _digest()
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=200, blank=True)
    received = models.DateTimeField()
    register_snapshot = _digest()
    signer_log_index = models.BigIntegerField(null=True)
    sender = _authority()

    class Meta:
        """The same id has the same receipt for ever (PROTOCOL rule 10)."""

        constraints = (
            models.UniqueConstraint("authority", "of", "way", name="receipt_once"),
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="receipt_way"),
        )

    def __str__(self) -> str:
        """Return which statement was receipted, and how."""
        return f"{self.outcome} {self.of}"


class Due(models.Model):
    """Something that must be done at or after an instant, by whichever worker takes it first.

    The row is the truth and a queue would be a hint. A worker takes a row with a lease and a fence; it may
    close the row only while the fence is still its own.
    """

    class State(models.TextChoices):
        """Whether it is still to be done."""

        DUE = "due"
        DONE = "done"
        GIVEN_UP = "given_up"

    authority = _authority()
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    recipient = _authority(blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    last_code = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One thing is due once."""

        constraints = (
            models.UniqueConstraint("authority", "topic", "subject", "recipient", name="due_once"),
        )
        indexes = (models.Index("state", "due_at", name="due_next"),)

    def __str__(self) -> str:
        """Return what is due."""
        return f"{self.topic} {self.subject}"


class Seen(models.Model):
    """A value that may be accepted once: an HTTP nonce, a transfer id."""

    authority = _authority()
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    seen_at = models.DateTimeField()
    forget_at = models.DateTimeField()

    class Meta:
        """The constraint is the check: the loser of a race sees it."""

        constraints = (models.UniqueConstraint("authority", "kind", "value", name="seen_once"),)
        indexes = (models.Index("forget_at", name="seen_forget"),)

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class Calls(models.Model):
    """How often a peer called within one minute."""

    authority = _authority()
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a peer and minute."""

        constraints = (models.UniqueConstraint("authority", "minute", name="calls_once"),)

    def __str__(self) -> str:
        """Return whose calls."""
        return self.authority


class Leaf(models.Model):
    """One leaf of the custody log: its commitment for ever, its salt and event until they are erased."""

    index = models.BigIntegerField(primary_key=True)
    authority = _authority()
    tag = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    statement_id = _digest(blank=True)
    commitment = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=32, null=True)
    event = models.BinaryField(null=True)

    class Meta:
        """A counterpart sees proofs of the leaves of its own statements only."""

        indexes = (
            models.Index("statement_id", name="leaf_statement"),
            models.Index("authority", "at", name="leaf_time"),
        )

    def __str__(self) -> str:
        """Return the place and the tag."""
        return f"{self.index} {self.tag}"


class LogState(models.Model):
    """The one row that says how many leaves there are; whoever appends locks it first."""

    size = models.BigIntegerField(default=0)

    class Meta:
        """One log a node (PROTOCOL section 5)."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="log_state_alone"),)

    def __str__(self) -> str:
        """Return the size."""
        return str(self.size)


class LogFile(models.Model):
    """A tile or bundle of the published log, by its path (C2SP tlog-tiles)."""

    path = models.CharField(max_length=200, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        """Return the path."""
        return self.path


class LogHead(models.Model):
    """A signed head of our log, with whatever witnesses' lines it has gathered."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the size."""
        return str(self.size)


class PeerHead(models.Model):
    """The newest head of another log that we have found consistent with all we had seen of it."""

    origin = models.CharField(max_length=255, primary_key=True)
    size = models.BigIntegerField(default=0)
    note = models.BinaryField(default=bytes)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the log's name."""
        return self.origin
