"""The table of packages. The package itself is its folder; this row is how far it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

__all__ = ["Package"]

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
