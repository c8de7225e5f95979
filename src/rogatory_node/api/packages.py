"""Packages: sealed, delivered, fetched, opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from rogatory import wire
from rogatory.evidence import Particulars
from rogatory.statements import UseConditions
from rogatory_node.api.calls import MOST, REFUSALS, acting
from rogatory_node.api.drafts import draft_out
from rogatory_node.api.shapes import DraftOut, Given
from rogatory_node.casework.services.deliver import begin_delivery, order_sealing
from rogatory_node.vault import selectors
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving, opening
from rogatory_node.vault.services.sealing import Beside

__all__ = ["router"]

router = Router(tags=["packages"])


class PaperIn(Given):
    """A paper for the court: its name in the intake, and its role in the package."""

    name: str
    role: str


class SealIn(Given):
    """What is to be sealed, for whom, in answer to which request, with which papers, and particulars."""

    authority: str
    recipient: str
    thread: str
    request: str
    intake: str
    conditions: dict[str, Any]
    papers: list[PaperIn] = Field(default=[])
    particulars: dict[str, Any] | None = None


class DeliverIn(Given):
    """For which items a package is delivered."""

    items: list[int]
    certificate: str = ""


class PackageOut(Schema):
    """A package as it stands."""

    id: UUID
    authority: str
    counterpart: str
    way: str
    state: str
    thread: str
    request: str
    delivery: str
    recalled_by: str
    package: str
    seal: str
    files: int
    size: int
    conditions: dict[str, Any]
    failure: str
    papers: list[dict[str, str]]
    particulars: dict[str, Any]
    recorded_at: datetime


@router.get("", response={200: list[PackageOut], **REFUSALS})
def list_packages(request: HttpRequest, thread: str = "") -> Any:
    """Return the packages that the officer may see, the newest first."""
    rows = selectors.packages(acting(request))
    return [_out(each) for each in (rows.filter(thread=thread) if thread else rows)[:MOST]]


@router.post("", response={201: PackageOut, **REFUSALS})
def seal_package(request: HttpRequest, given: SealIn) -> Any:
    """Order the sealing of what lies in the intake; a worker seals it."""
    made = order_sealing(
        acting(request),
        given.authority,
        recipient=given.recipient,
        thread=given.thread,
        request=given.request,
        intake=given.intake,
        conditions=wire.decode(wire.canonical(given.conditions), UseConditions),
        beside=Beside(
            tuple((each.name, each.role) for each in given.papers),
            None
            if given.particulars is None
            else wire.decode(wire.canonical(given.particulars), Particulars),
        ),
    )
    return Status(201, _out(made))


@router.get("/{package_id}", response={200: PackageOut, **REFUSALS})
def read_package(request: HttpRequest, package_id: UUID) -> Any:
    """Return a package as it stands."""
    return _out(selectors.package(acting(request), package_id))


@router.post("/{package_id}/delivery", response={201: DraftOut, **REFUSALS})
def begin_delivering(request: HttpRequest, package_id: UUID, given: DeliverIn) -> Any:
    """Begin the delivery of a sealed package."""
    officer = acting(request)
    found = selectors.package(officer, package_id)
    return Status(201, draft_out(begin_delivery(officer, found, given.items, certificate=given.certificate)))


@router.post("/{package_id}/fetch", response={202: PackageOut, **REFUSALS})
def order_fetching(request: HttpRequest, package_id: UUID) -> Any:
    """Order another fetch of a package that was refused; a worker fetches it."""
    officer = acting(request)
    found = selectors.package(officer, package_id)
    arriving.order_again(officer, found)
    found.refresh_from_db()
    return Status(202, _out(found))


@router.post("/{package_id}/open", response={202: PackageOut, **REFUSALS})
def order_opening(request: HttpRequest, package_id: UUID) -> Any:
    """Order the opening of a package that is held; a worker opens it."""
    officer = acting(request)
    found = selectors.package(officer, package_id)
    opening.order(officer, found)
    return Status(202, _out(found))


def _out(found: Package) -> dict[str, Any]:
    return {name: getattr(found, name) for name in PackageOut.model_fields}
