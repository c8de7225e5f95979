"""What looks wrong in the identifiers of a request, as codes: never the identifier, never text of it.

The values room reads and doubts; here its answers become questions that a rule can ask of an item, also where
a draft holds a line that somebody is still typing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from rogatory.errors import ValuesError
from rogatory.values import KINDS, Moment, doubts, read, recognise

__all__ = ["DISPLAY_NAME", "SEVERAL", "UNREADABLE", "faults_of", "is_odd", "twins"]

UNREADABLE: Final = "unreadable"
"""The text is no identifier of the kind that it is said to be."""
SEVERAL: Final = "several"
"""One item holds two identifiers."""
DISPLAY_NAME: Final = "display_name"
"""An account by a name with spaces, as people see it; providers look for a handle or a number."""

# An hour and a minute as people write them, and no day such as 12.03.2028.
CLOCK_TIME: Final = re.compile(r"(?<![0-9.])[0-9]{1,2}[:h][0-9]{2}(?![0-9])")
WRONG_HOUR: Final = "DOUBT-029"

# These are described in words, so that what stands in them proves nothing.
_DESCRIBED: Final = ("person", "thing", "matter")
# A documentation ending is as it should be in an exercise; the others are in no public register.
_EXERCISE: Final = "example"


def faults_of(kind: str, verbatim: str, identifier: Mapping[str, Any]) -> frozenset[str]:
    """Return codes of what looks wrong: those of ``values.doubts``, and the three of this module."""
    if not verbatim:
        return frozenset()
    found = {SEVERAL} if kind not in (*_DESCRIBED, "url") and _several(verbatim) else set()
    if kind not in KINDS:
        return frozenset(found)
    if kind == "account" and identifier.get("form") != "number" and len(verbatim.lstrip("@").split()) > 1:
        found.add(DISPLAY_NAME)
    try:
        value = read(kind, verbatim, **_particulars(identifier))
    except ValuesError:
        return frozenset({*found, UNREADABLE})
    told = doubts(value)
    return frozenset(found | {each.code for each in told if each.fields.get("ending") != _EXERCISE})


def is_odd(moment: Mapping[str, Any]) -> bool:
    """Tell whether an instant does not show, in its zone, the hour and minute that its text gives."""
    verbatim, instant = moment.get("verbatim"), moment.get("normalised")
    if not (isinstance(verbatim, str) and CLOCK_TIME.search(verbatim) and instant):
        return False
    try:
        read_as = Moment.model_validate(
            {"verbatim": verbatim, "normalised": instant, "zone": moment.get("zone")}
        )
    except (ValidationError, ValuesError):
        return True
    return any(each.code == WRONG_HOUR for each in doubts(read_as))


def _several(verbatim: str) -> bool:
    return len({found.normalised for _, found in recognise(verbatim)}) > 1


def _particulars(identifier: Mapping[str, Any]) -> dict[str, object]:
    """Return what stands beside the text; a day as text, as a reader takes it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in identifier.items()
        if isinstance(name, str)
        and name not in ("kind", "verbatim", "normalised", "source")
        and value is not None
    }


def twins(keys: Sequence[tuple[str, ...]]) -> tuple[int | None, ...]:
    """Return for each item the place of an earlier one that asks the same, or None.

    Args:
        keys: What each item asks, part by part; an item without an identifier is nobody's twin.
    """
    first: dict[tuple[str, ...], int] = {}
    return tuple(
        first[key] if key[0] and first.setdefault(key, place) != place else None
        for place, key in enumerate(keys)
    )
