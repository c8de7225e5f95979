"""The tables of casework. Nothing here crosses a border, but for what sending takes out of a draft.

Each row names the authority for which it is kept.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

__all__ = ["CaseFile", "DomesticAct", "Draft", "IdentifierIndex", "ThreadIndex", "ThreadShare"]

DIGEST = 64
AUTHORITY = 64


class CaseFile(models.Model):
    """What this authority calls a case: a title for its own people, a number, who opened it."""

    authority = models.CharField(max_length=AUTHORITY)
    case = models.CharField(max_length=DIGEST)
    title = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """One file a case and authority; numbers are not used twice."""

        constraints = (
            models.UniqueConstraint("authority", "case", name="case_file_once"),
            models.UniqueConstraint("authority", "number", name="case_number_once"),
        )

    def __str__(self) -> str:
        """Return the number; the title may name what a list should not show."""
        return self.number


class Draft(models.Model):
    """A statement before it leaves: raw as typed, then frozen, then sent.

    ``raw`` may be incomplete or malformed; gaps never block saving (PRACTICE). ``content`` is set by
    freezing and never changes afterwards; ``content_id`` is what people approve.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open"
        FROZEN = "frozen"
        SENT = "sent"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=AUTHORITY)
    recipient = models.CharField(max_length=AUTHORITY)
    act = models.CharField(max_length=40)
    case = models.CharField(max_length=DIGEST)
    thread = models.CharField(max_length=DIGEST, blank=True)
    language = models.CharField(max_length=20)
    instrument = models.CharField(max_length=200)
    raw = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField(null=True)
    content_id = models.CharField(max_length=DIGEST, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    statement_id = models.CharField(max_length=DIGEST, blank=True)

    class Meta:
        """Content and its id come together, and stay."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "discarded")) | ~models.Q(content_id=""),
                name="draft_content",
            ),
        )
        indexes = (models.Index("authority", "state", name="draft_state"),)

    def __str__(self) -> str:
        """Return act and state."""
        return f"{self.act} {self.state}"


class DomesticAct(models.Model):
    """The act at home that allows or orders what is done: an order, or the rule that none is needed.

    Prosecutors and judges are not users; an officer records what they signed on paper (PRACTICE section 1).
    """

    class Kind(models.TextChoices):
        """What it is."""

        ORDER = "order"
        CONSENT = "consent"
        NONE_NEEDED = "none_needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=AUTHORITY)
    thread = models.CharField(max_length=DIGEST)
    request = models.CharField(max_length=DIGEST)
    items = models.JSONField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    issued_by = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=500)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    secrecy_until = models.DateField(null=True)
    scope = models.TextField(blank=True)
    document = models.CharField(max_length=DIGEST, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Found by the request that it serves."""

        indexes = (models.Index("authority", "request", name="domestic_request"),)

    def __str__(self) -> str:
        """Return kind and reference."""
        return f"{self.kind} {self.reference}"


class ThreadShare(models.Model):
    """An authority of this Party was let into a thread at home; the other Party does not know of it."""

    authority = models.CharField(max_length=AUTHORITY)
    thread = models.CharField(max_length=DIGEST)
    shared_by = models.CharField(max_length=AUTHORITY)
    shared_at = models.DateTimeField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Let in once."""

        constraints = (models.UniqueConstraint("authority", "thread", name="thread_share_once"),)

    def __str__(self) -> str:
        """Return who was let in."""
        return self.authority


class ThreadIndex(models.Model):
    """What a list needs of a thread, derived from the fold and rebuilt by ``reindex``. Never the truth."""

    authority = models.CharField(max_length=AUTHORITY)
    thread = models.CharField(max_length=DIGEST)
    case = models.CharField(max_length=DIGEST)
    requesting = models.CharField(max_length=3)
    requested = models.CharField(max_length=3)
    kind = models.CharField(max_length=40)
    items = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    statements = models.PositiveIntegerField()

    class Meta:
        """One row an authority and thread."""

        constraints = (models.UniqueConstraint("authority", "thread", name="thread_once"),)
        indexes = (models.Index("authority", "last_at", name="thread_recent"),)

    def __str__(self) -> str:
        """Return kind and id."""
        return f"{self.kind} {self.thread}"


class IdentifierIndex(models.Model):
    """Which threads asked about an identifier, by its keyed digest; rebuilt by ``reindex``."""

    authority = models.CharField(max_length=AUTHORITY)
    thread = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        """Found by the digest, once a thread and authority."""

        constraints = (models.UniqueConstraint("digest", "authority", "thread", name="identifier_once"),)
        indexes = (models.Index("authority", "thread", name="identifier_thread"),)

    def __str__(self) -> str:
        """Return the thread; the digest says nothing to a person."""
        return self.thread
