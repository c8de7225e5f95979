"""The tokens with which another system acts for an officer."""

from __future__ import annotations

from django.conf import settings
from django.db import models

__all__ = ["AccessToken"]


class AccessToken(models.Model):
    """A token, kept as its digest: whoever reads this table cannot use it.

    ``passkeys`` says whether passkeys for approvals can be enrolled and confirmed with it. Whoever stole two
    ordinary tokens could otherwise approve whatever they liked.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_tokens"
    )
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=100)
    passkeys = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the label; never anything of the token."""
        return self.label
