"""The caller, and what they have to know of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router

from rogatory.values import instant_text
from rogatory_node.api.calls import REFUSALS, acting
from rogatory_node.api.shapes import TroubleOut
from rogatory_node.base import clock
from rogatory_node.casework import selectors
from rogatory_node.people import selectors as people

__all__ = ["router"]

router = Router(tags=["board"])


@router.get("/me", response={200: dict[str, Any], **REFUSALS})
def read_me(request: HttpRequest) -> Any:
    """Return who the token acts for, with their roles, and the node's time."""
    officer = acting(request)
    roles = {each: sorted(people.roles(officer, each)) for each in people.authorities(officer)}
    now = instant_text(clock.now())
    return {"id": str(officer.pk), "name": officer.name, "roles": roles, "now": now}


@router.get("/troubles", response={200: list[TroubleOut], **REFUSALS})
def list_troubles(request: HttpRequest) -> Any:
    """Return what does not go on by itself: statements refused, void or waiting, packages that failed."""
    return [asdict(each) for each in selectors.troubles(acting(request))]
