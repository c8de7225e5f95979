"""Officers from the command line: whoever holds the machine may enlist the first ones."""

from __future__ import annotations

from datetime import timedelta

from rogatory_node.api import tokens
from rogatory_node.base import NodeError, Role
from rogatory_node.people import officers, selectors
from rogatory_node.people.models import Officer

__all__ = ["appoint", "enlist_or_find", "held", "known", "make_token", "revoke_tokens"]


def enlist_or_find(username: str, name: str, *, language: str, password: str | None) -> Officer:
    """Return the officer of this name for signing in, enlisted now if there is none.

    Raises:
        NodeError: NODE-102 the name or the password is not acceptable.
    """
    known = Officer.objects.filter(username=username).first()
    return known or officers.enlist(username, name, password=password, language=language)


def appoint(officer: Officer, authority: str, role: Role) -> None:
    """Give a role; see ``officers.appoint``."""
    officers.appoint(None, officer, authority, role)


def held(officer: Officer) -> list[str]:
    """Return the roles that the officer holds, as words of the command line."""
    return [
        f"{authority}:{role}"
        for authority in selectors.authorities(officer)
        for role in sorted(selectors.roles(officer, authority))
    ]


def known(username: str) -> Officer:
    """Return the officer who signs in with this name.

    Raises:
        NodeError: NODE-308 there is none.
    """
    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise NodeError("NODE-308")
    return found


def make_token(officer: Officer, label: str, *, days: int, passkeys: bool) -> str:
    """Make a token for the API and return it; see ``tokens.make``.

    Raises:
        NodeError: NODE-707 the label or the days are not acceptable; NODE-309 the officer has left.
    """
    if not officer.is_active:
        raise NodeError("NODE-309")
    return tokens.make(officer, label, life=timedelta(days=days), passkeys=passkeys)


def revoke_tokens(officer: Officer, label: str) -> int:
    """End an officer's tokens of a label, from now, and return how many there were."""
    return tokens.revoke(officer, label)
