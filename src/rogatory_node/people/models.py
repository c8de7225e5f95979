"""The tables of people. Nothing here ever crosses a border."""

from __future__ import annotations

from typing import ClassVar

import rules as permissions
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from rogatory_node.base import Role
from rogatory_node.base.randomness import new_id

__all__ = ["Appointment", "Approval", "ApprovalCredential", "EnrolmentChallenge", "Officer"]

ROLES = [(each.value, each.value.replace("_", " ")) for each in Role]


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by the name with which they sign in."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """Return the officer who signs in with this name."""
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person who works at this node.

    ``id`` is what events and commitments use: it says nothing about the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=100, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = OfficerManager()

    def __str__(self) -> str:
        """Return the name; it is shown to colleagues only."""
        return self.name

    def get_full_name(self) -> str:
        """Return the name."""
        return self.name

    def has_perm(self, permission: str, target: object = None) -> bool:
        """Return whether a rule of ``people.rules`` allows it; there is no superuser."""
        allowed: bool = permissions.has_perm(permission, self, target)
        return self.is_active and allowed


class Appointment(models.Model):
    """A role that an officer holds for an authority, from an instant, until it ends; never deleted."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    authority = models.CharField(max_length=64)
    role = models.CharField(max_length=40, choices=ROLES)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """A role is held once at a time."""

        constraints = (
            models.UniqueConstraint(
                "officer",
                "authority",
                "role",
                condition=models.Q(until=None),
                name="appointment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[each.value for each in Role]), name="appointment_role"
            ),
        )

    def __str__(self) -> str:
        """Return role and authority."""
        return f"{self.role} of {self.authority}"


class ApprovalCredential(models.Model):
    """A passkey that approves acts, and cannot sign in: it is bound to another relying party id.

    It counts only once a second person has confirmed whose it is.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="approval_credentials")
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    algorithm = models.IntegerField()
    rp_id = models.CharField(max_length=253)
    sign_count = models.BigIntegerField(default=0)
    backup_eligible = models.BooleanField()
    label = models.CharField(max_length=100)
    enrolled_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody confirms a credential of their own."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("officer")),
                name="credential_second_person",
            ),
        )

    def __str__(self) -> str:
        """Return the label that its holder gave."""
        return self.label


class EnrolmentChallenge(models.Model):
    """The challenge of a passkey that is being enrolled; one an officer, for ten minutes."""

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="+")
    challenge = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return nothing of the challenge."""
        return "enrolment"


class Approval(models.Model):
    """One person's gesture under one statement, in one role.

    ``record`` is the canonical assertion record; with the salt it opens the commitment that the statement
    carries, and can be produced to a court. The record and the salt never leave otherwise.
    """

    authority = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="approvals")
    role = models.CharField(max_length=40, choices=ROLES)
    credential = models.ForeignKey(ApprovalCredential, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    record = models.BinaryField()
    salt = models.BinaryField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        """A person stands once under a statement."""

        constraints = (models.UniqueConstraint("authority", "subject", "officer", name="approval_once"),)

    def __str__(self) -> str:
        """Return the act and its subject."""
        return f"{self.act} {self.subject}"
