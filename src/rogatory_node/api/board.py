"""The caller, and what needs them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from rogatory_node.api.calls import REFUSALS, acting
from rogatory_node.base import clock
from rogatory_node.people import selectors as people

__all__ = ["router"]

router = Router(tags=["board"])


@router.get("/me", response={200: dict[str, Any], **REFUSALS})
def read_me(request: HttpRequest) -> Any:
    """Return who the token acts for, with their roles, and the node's time."""
    officer = acting(request)
    roles = {each: sorted(people.roles(officer, each)) for each in people.authorities(officer)}
    return {"id": str(officer.pk), "name": officer.name, "roles": roles, "now": clock.now().isoformat()}
