"""What django-allauth and django-axes ask the node: nobody signs up, and no mail leaves the node."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

__all__ = ["ClosedAccounts", "signs_in_as"]


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by an operator, with ``officers.enlist``."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Return False."""
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: an officer's address is not kept, and mail is not a safe channel."""
        del template_prefix, email, context


def signs_in_as(request: Any, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the name under which somebody tries to sign in, for django-axes to count.

    allauth's form calls the field ``login`` and its credentials ``username``; counted apart, a guesser would
    never be locked out.
    """
    named = (credentials or {}).get("username") or request.POST.get("login")
    return None if named is None else str(named)
