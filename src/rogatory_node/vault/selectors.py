"""What may be read of packages: the acting officer comes first."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from rogatory_node.base import NodeError, Role
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.vault.models import Onward, Package

__all__ = ["OPENERS", "failed", "for_peer", "onward", "onward_of_draft", "package", "packages"]

OPENERS = (Role.CUSTODIAN, Role.INVESTIGATOR)
READERS = (*OPENERS, Role.DUTY_OFFICER, Role.LEGAL_REVIEWER, Role.APPROVER, Role.OVERSIGHT)


def packages(officer: Officer) -> QuerySet[Package]:
    """Return the packages of the authorities that the officer serves, the newest first."""
    served = [each for each in people.authorities(officer) if people.holds(officer, each, *READERS)]
    return Package.objects.filter(authority__in=served).order_by("-recorded_at", "pk")


def failed(officer: Officer) -> QuerySet[Package]:
    """Return the packages that could not be sealed, fetched or opened: a person has to look."""
    return packages(officer).exclude(failure="")


def package(officer: Officer, package_id: UUID | str) -> Package:
    """Return a package.

    Raises:
        NodeError: NODE-451 it does not exist, or is not theirs.
    """
    try:
        found = packages(officer).filter(pk=UUID(str(package_id))).first()
    except ValueError as error:
        raise NodeError("NODE-451") from error
    if found is None:
        raise NodeError("NODE-451")
    return found


def onward(officer: Officer, onward_id: UUID | str) -> Onward:
    """Return what is given on of a package.

    Raises:
        NodeError: NODE-451 it does not exist, or is not theirs.
    """
    try:
        found = Onward.objects.filter(pk=UUID(str(onward_id)), package__in=packages(officer))
    except ValueError as error:
        raise NodeError("NODE-451") from error
    made = found.select_related("package").first()
    if made is None:
        raise NodeError("NODE-451")
    return made


def onward_of_draft(draft: UUID) -> Onward | None:
    """Return what a draft tells of, if that is given on; whoever reads the draft may see it."""
    return Onward.objects.filter(draft=draft).select_related("package").first()


def for_peer(package_name: str, authority: str) -> Package | None:
    """Return a package of ours that was delivered to this authority; None for anybody else.

    Whether that delivery still stands, beyond not having been recalled, is casework's to say.
    """
    rows = Package.objects.filter(way=Package.Way.SENT, package=package_name, counterpart=authority)
    return rows.filter(recalled_by="").exclude(package="").exclude(delivery="").first()
