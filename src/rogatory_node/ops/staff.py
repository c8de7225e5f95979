"""Officers from the command line: whoever holds the machine may enlist the first ones."""

from __future__ import annotations

from rogatory_node.base import Role
from rogatory_node.people import officers, selectors
from rogatory_node.people.models import Officer

__all__ = ["appoint", "enlist_or_find", "held"]


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
