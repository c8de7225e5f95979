"""The time of a simulation. In production these calls refuse."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from rogatory.values import parse_instant
from rogatory_node.api.calls import REFUSALS, acting
from rogatory_node.api.shapes import Given
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.people import selectors as people

__all__ = ["router"]

router = Router(tags=["simulation"])


class Played(Given):
    """The instant to play, RFC 3339 with Z, and whether it stands still."""

    instant: str
    frozen: bool = False


@router.post("/clock", response={200: dict[str, datetime], **REFUSALS})
def set_clock(request: HttpRequest, given: Played) -> Any:
    """Set the simulated time of web and worker; an operator's act, in a simulation alone."""
    officer = acting(request)
    if not clock.simulated():
        raise NodeError("NODE-005")
    if not any(people.holds(officer, each, Role.OPERATOR) for each in people.authorities(officer)):
        raise NodeError("NODE-100", authority="-", roles=Role.OPERATOR)
    clock.set_to(parse_instant(given.instant), frozen=given.frozen)
    return {"now": clock.now()}
