"""Packages, and what was given on of them. A package itself is its folder; its row is how far it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

__all__ = ["Onward", "Package"]

DIGEST = 64
AUTHORITY = 64


class Package(models.Model):
    """A sealed package that this node made or was told of."""

    class Way(models.TextChoices):
        """Which way it goes, seen from this node."""

        SENT = "sent"
        RECEIVED = "received"

    class State(models.TextChoices):
        """How far it is."""

        SEALING = "sealing"
        SEALED = "sealed"
        ANNOUNCED = "announced"  # a delivery names it, and it is to be fetched
        HELD = "held"  # fetched, every byte is the sealed one
        OPENED = "opened"  # a bag of its files lies in the vault
        FAILED = "failed"
        DESTROYED = "destroyed"  # what was received is no longer here

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.CharField(max_length=AUTHORITY)
    counterpart = models.CharField(max_length=AUTHORITY)
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    case = models.CharField(max_length=DIGEST)
    thread = models.CharField(max_length=DIGEST)
    request = models.CharField(max_length=DIGEST)
    delivery = models.CharField(max_length=DIGEST, blank=True)
    recalled_by = models.CharField(max_length=DIGEST, blank=True)  # derived from the thread
    intake = models.CharField(max_length=200, blank=True)
    papers = models.JSONField(default=list)  # what lies in the intake for ``legal/``: name and role
    particulars = models.JSONField(default=dict)  # what the sealer says of case, devices and actions
    conditions = models.JSONField(default=dict)
    package = models.CharField(max_length=DIGEST, blank=True)
    seal = models.CharField(max_length=DIGEST, blank=True)
    files = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    wraps = models.JSONField(default=list)
    failure = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sealed_leaf = models.BigIntegerField(null=True)
    # How far the work of a worker is, by the machine's clock; see ``services.metering``.
    done = models.PositiveBigIntegerField(default=0)
    whole = models.PositiveBigIntegerField(default=0)
    pace = models.PositiveBigIntegerField(default=0)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        """A package is sealed once; each delivery announces one.

        The name of a package is unique among what we sealed, never among what peers announce: one of them
        could take the name of another's.
        """

        constraints = (
            models.UniqueConstraint(
                "package", condition=models.Q(way="sent") & ~models.Q(package=""), name="package_sealed_once"
            ),
            models.UniqueConstraint(
                "authority", "delivery", condition=models.Q(way="received"), name="package_announced_once"
            ),
            models.CheckConstraint(
                condition=models.Q(way="sent") | ~models.Q(delivery=""), name="package_announced_by"
            ),
        )
        indexes = (
            models.Index("authority", "thread", name="package_thread"),
            models.Index("delivery", name="package_delivery"),
        )

    def __str__(self) -> str:
        """Return way and state."""
        return f"{self.way} {self.state}"


class Onward(models.Model):
    """What is given on of a package that was received: all of it, or a part; a statement tells who gave it.

    It is made once that statement is signed, and not before.
    """

    class Kind(models.TextChoices):
        """How much of the package."""

        WHOLE = "whole"  # a release: the package key for one more authority
        PART = "part"  # a disclosure: files or ranges with their proof, and the keys to nothing else

    class State(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared"  # a draft says so; nobody has signed it
        DUE = "due"
        MADE = "made"
        FAILED = "failed"
        DESTROYED = "destroyed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="onward")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARED)
    recipient = models.CharField(max_length=AUTHORITY, blank=True)  # of a release
    selection = models.JSONField(default=dict)  # of a disclosure: files, and ranges by file
    holds = models.JSONField(default=dict)  # what the selection gives, counted: ``choosing.Chosen``
    salt = models.CharField(max_length=DIGEST, blank=True)  # opens the commitment in the statement
    consent = models.CharField(max_length=DIGEST, blank=True)
    draft = models.UUIDField(unique=True)
    statement = models.CharField(max_length=DIGEST, blank=True)
    digest = models.CharField(max_length=DIGEST, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    failure = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Looked up by its package, the newest first."""

        indexes = (models.Index("package", "recorded_at", name="onward_package"),)

    def __str__(self) -> str:
        """Return kind and state."""
        return f"{self.kind} {self.state}"
