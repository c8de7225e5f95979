"""What every group of calls needs: the acting officer, and the refusals that any call can give."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rogatory_node.api.shapes import Problem
from rogatory_node.people.models import Officer

__all__ = ["REFUSALS", "acting"]

REFUSALS: dict[Any, Any] = {
    401: None,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
    503: Problem,
}
"""Every refusal that a call can give, so that the document declares them."""


def acting(request: HttpRequest) -> Officer:
    """Return the officer for whom the call acts; the token was checked before."""
    officer = request.auth  # type: ignore[attr-defined]  # ninja sets it once the token holds
    assert isinstance(officer, Officer)
    return officer
