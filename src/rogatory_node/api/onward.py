"""What a package holds, and what is given on of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema, Status

from rogatory_node.api.calls import MOST, REFUSALS, acting
from rogatory_node.api.drafts import draft_out
from rogatory_node.api.shapes import DraftOut, Given
from rogatory_node.casework.services import onward as giving
from rogatory_node.vault import selectors
from rogatory_node.vault.models import Onward
from rogatory_node.vault.services import listing

__all__ = ["router"]

router = Router(tags=["packages"])


class OnwardIn(Given):
    """All of a package to an authority, or files and ranges to anybody; told to the side that gave it."""

    recipient: str = ""
    files: list[str] = Field(default=[])
    ranges: dict[str, tuple[int, int]] = Field(default={})
    purpose: str
    language: str = "en"
    to_party: str = ""
    to: str = ""
    consent: str = ""


class OnwardOut(Schema):
    """What is given on, as it stands."""

    id: UUID
    kind: str
    state: str
    recipient: str
    selection: dict[str, Any]
    holds: dict[str, Any]
    consent: str
    draft: UUID
    statement: str
    digest: str
    size: int
    failure: str
    recorded_at: datetime


class EntriesOut(Schema):
    """Some entries of a package: how many there are, the number of the first, and they."""

    count: int
    first: int
    entries: list[dict[str, Any]]


@router.get("/{package_id}/entries", response={200: EntriesOut, **REFUSALS})
def list_entries(request: HttpRequest, package_id: UUID, first: int = 0) -> Any:
    """Return what a package holds, from a number on; each call leaves a leaf in the custody log."""
    officer = acting(request)
    found = listing.entries(officer, selectors.package(officer, package_id), first=first)
    # What leads to a file's key is no business of a list.
    shown = [each.model_dump(mode="json", exclude_none=True, exclude={"keys"}) for each in found.entries]
    return {"count": found.seal.entries.size, "first": found.first, "entries": shown}


@router.get("/{package_id}/onward", response={200: list[OnwardOut], **REFUSALS})
def list_onward(request: HttpRequest, package_id: UUID) -> Any:
    """Return what was given on of a package, or is prepared, the newest first."""
    found = selectors.package(acting(request), package_id)
    return [_out(each) for each in found.onward.order_by("-recorded_at", "pk")[:MOST]]


@router.post("/{package_id}/onward", response={201: DraftOut, **REFUSALS})
def begin_giving_on(request: HttpRequest, package_id: UUID, given: OnwardIn) -> Any:
    """Prepare the statement that tells what is given on; it is made once the statement is sent."""
    officer = acting(request)
    wanted = giving.Onward(
        giving.Given(given.recipient, tuple(given.files), given.ranges),
        {"original": given.purpose, "language": given.language},
        given.to_party,
        given.to,
        given.consent,
    )
    return Status(201, draft_out(giving.begin(officer, selectors.package(officer, package_id), wanted)))


@router.post("/onward/{onward_id}/file", response={200: None, **REFUSALS})
def take_onward(request: HttpRequest, onward_id: UUID) -> Any:
    """Return a release as it was signed, or a disclosure as a zip file; the log says who took it."""
    officer = acting(request)
    file = giving.take(officer, selectors.onward(officer, onward_id))
    return FileResponse(file.open("rb"), content_type="application/octet-stream")


def _out(made: Onward) -> dict[str, Any]:
    return {name: getattr(made, name) for name in OnwardOut.model_fields}
