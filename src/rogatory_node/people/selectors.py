"""What may be read of people: the acting officer comes first, and sees colleagues of shared authorities."""

from __future__ import annotations

from django.db.models import QuerySet

from rogatory_node.base import NodeError, Role
from rogatory_node.people.models import Appointment, ApprovalCredential, Officer

__all__ = ["authorities", "colleagues", "credentials_to_confirm", "holds", "require", "roles"]


def authorities(officer: Officer) -> tuple[str, ...]:
    """Return the authorities that the officer serves now, sorted."""
    rows = Appointment.objects.filter(officer=officer, officer__is_active=True, until=None)
    return tuple(sorted(set(rows.values_list("authority", flat=True))))


def roles(officer: Officer, authority: str) -> frozenset[Role]:
    """Return the roles that the officer holds for the authority now."""
    rows = Appointment.objects.filter(
        officer=officer, officer__is_active=True, authority=authority, until=None
    )
    return frozenset(Role(each) for each in rows.values_list("role", flat=True))


def holds(officer: Officer, authority: str, *wanted: Role) -> bool:
    """Return whether the officer holds one of the roles for the authority; any role, if none is named."""
    held = roles(officer, authority)
    return bool(held.intersection(wanted) if wanted else held)


def require(officer: Officer, authority: str, *wanted: Role) -> None:
    """Return only if the officer holds one of the roles for the authority.

    Raises:
        NodeError: NODE-100 the officer does not.
    """
    if not holds(officer, authority, *wanted):
        raise NodeError("NODE-100", authority=authority, roles=", ".join(wanted) or "any")


def colleagues(officer: Officer) -> QuerySet[Officer]:
    """Return those who serve an authority that the officer serves."""
    shared = Appointment.objects.filter(until=None, authority__in=authorities(officer))
    return Officer.objects.filter(pk__in=shared.values("officer"), is_active=True).order_by("name")


def credentials_to_confirm(officer: Officer) -> QuerySet[ApprovalCredential]:
    """Return the credentials that wait for this officer, as an operator, to confirm whose they are."""
    mine = [each for each in authorities(officer) if holds(officer, each, Role.OPERATOR)]
    served = Appointment.objects.filter(until=None, authority__in=mine)
    waiting = ApprovalCredential.objects.filter(confirmed_at=None, revoked_at=None)
    return waiting.filter(officer__in=served.values("officer")).exclude(officer=officer)
