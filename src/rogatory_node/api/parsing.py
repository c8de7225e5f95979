"""Reading bodies: as strict as the wire, so that nothing means two things."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from rogatory import wire
from rogatory.errors import WireError

__all__ = ["StrictParser"]


class StrictParser(Parser):
    """Refuses what two readers could read in two ways: duplicate members, floats, hidden characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the members of a body.

        Raises:
            WireError: WIRE-001 to WIRE-008; WIRE-003 it is no object.
        """
        found = wire.parse(request.body)
        if not isinstance(found, dict):
            raise WireError("WIRE-003", at=0)
        return found
