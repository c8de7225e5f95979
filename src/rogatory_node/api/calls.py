"""What every group of calls needs: the acting officer, and the refusals that any call can give."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rogatory_node.api.shapes import Problem
from rogatory_node.base import NodeError
from rogatory_node.people.models import Officer

__all__ = ["MOST", "REFUSALS", "acting", "enrolling"]

MOST = 500
"""Rows that a list holds at most."""

REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 422, 503), Problem)
"""Every refusal that a call can give, so that the document declares them."""


def acting(request: HttpRequest) -> Officer:
    """Return the officer for whom the call acts; the token was checked before."""
    officer = request.auth  # type: ignore[attr-defined]  # ninja sets it once the token holds
    assert isinstance(officer, Officer)
    return officer


def enrolling(request: HttpRequest) -> Officer:
    """Return the officer for whom the call acts, if passkeys can be enrolled and confirmed with its token.

    Raises:
        NodeError: NODE-706 they cannot.
    """
    officer = acting(request)
    if not request.access_token.passkeys:  # type: ignore[attr-defined]  # set where the token was checked
        raise NodeError("NODE-706")
    return officer
