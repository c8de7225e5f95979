"""Delivering: the statement that names a sealed package, for which items, under which conditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rogatory_node.base import NodeError
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.people.models import Officer
from rogatory_node.vault.models import Package

__all__ = ["begin_delivery", "delivered"]


def begin_delivery(
    officer: Officer, package: Package, items: Iterable[int], *, certificate: str = ""
) -> Draft:
    """Begin the delivery of a sealed package; what it says of the package is taken from the seal.

    Args:
        officer: Who begins it.
        package: A package that this authority sealed in answer to a request.
        items: The numbers of the request's items that it answers.
        certificate: How the custodian's certificate is called.

    Raises:
        NodeError: NODE-100 not permitted, NODE-454 not sealed yet, NODE-500 no such thread.
    """
    if package.state != Package.State.SEALED:
        raise NodeError("NODE-454")
    raw: dict[str, Any] = {
        "of": package.request,
        "items": sorted(set(items)),
        "package": package.package,
        "seal": package.seal,
        "files": package.files,
        "size": package.size,
        "wraps": package.wraps,
        "conditions": package.conditions,
    }
    if certificate:
        raw["certificate"] = certificate
    folded = index.fold_thread(package.thread, authority=package.authority)
    asked = next((each for each in folded.requests if each.id == package.request), None)
    aim = draft.Aim(
        authority=package.authority,
        recipient=package.counterpart,
        thread=package.thread,
        language=asked.request.language if asked else "en",
        instrument=asked.request.instrument if asked else "hanoi_2024",
    )
    return draft.begin(officer, "delivery", aim, raw)


def delivered(authority: str, package: str, statement_id: str) -> None:
    """Let the recipient fetch a package, now that the delivery that names it is sent."""
    Package.objects.filter(authority=authority, way=Package.Way.SENT, package=package).update(
        delivery=statement_id
    )
