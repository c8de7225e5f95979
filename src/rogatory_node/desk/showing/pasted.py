"""What stands in pasted lines: identifiers, times, and what an officer says about them.

Candidates for a person, never a decision: nothing is supplied that nobody stated, and the line stays beside
what was read in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.values import Identifier, Moment
from rogatory_node.look.pictures.when import Place

__all__ = ["DESCRIBED", "Line", "merge", "read"]

MOST = 200
# Named in words, not in signs.
DESCRIBED = ("person", "thing", "matter")
_WHEN = re.compile(
    r"(?P<day>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})?[ T]?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?P<zone> ?(?:Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?(?!\d)",
    re.ASCII,
)

Order = Literal["ymd", "dmy"]


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line and how it was read.

    Attributes:
        number: Its place, from 1.
        text: The line as pasted.
        identifiers: What stands in it.
        moment: The time in it; its instant is None where zone or day are not stated.
        day_first: Whether the day was read before the month.
        zoned: Whether the text itself states a zone.
        given: What the officer said of the line, by question.
    """

    number: int
    text: str
    identifiers: tuple[Identifier, ...]
    moment: Moment | None
    day_first: bool
    zoned: bool
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def unread(self) -> bool:
        """Whether nothing at all was read in it."""
        return not self.identifiers and self.moment is None


def read(
    text: str, given: Mapping[str, Mapping[str, str]], here: Place, expected: str = ""
) -> tuple[Line, ...]:
    """Return the lines of a pasted text, as they are read with what the officer said of each.

    Args:
        text: All of it, as the unit sent it.
        given: Answers by the number of the line: ``zone``, ``error``, ``port``, ``kind``, ``provider``.
        here: The clock of the desk, for "our own zone".
        expected: What the page asked for, where every line is one: ``person``, ``thing`` or ``matter``.
    """
    lines = [each.strip() for each in text.splitlines() if each.strip()][:MOST]
    return tuple(_line(at, each, given.get(str(at), {}), here, expected) for at, each in enumerate(lines, 1))


def _line(number: int, text: str, given: Mapping[str, str], here: Place, expected: str) -> Line:
    found = [] if expected else [each for _kind, each in values.recognise(text)]
    said = _said(text, {"kind": expected, **given}) if not found else None
    if said is not None:
        found = [said]
    found = [_with_port(each, given.get("port", "")) for each in found]
    moment, day_first, zoned = _moment(text, given, here) if said is None else (None, False, False)
    return Line(number, text, tuple(found), moment, day_first, zoned, given)


def _said(text: str, given: Mapping[str, str]) -> Identifier | None:
    """Return a line that a person said is an account, a number, a person, a thing or a matter."""
    kind, provider = given.get("kind", ""), given.get("provider", "")
    particulars: dict[str, Any] = {}
    if kind == "account":
        particulars = {"provider": provider}
    elif kind == "bank_account":
        particulars = {"party": provider[:3].lower(), "bank_name": provider[3:].strip(" ,") or provider}
    elif kind not in ("phone", *DESCRIBED):
        return None
    try:
        return values.read(kind, text, **particulars)
    except ValuesError:
        return None


def _with_port(identifier: Identifier, port: str) -> Identifier:
    if identifier.kind != "ip_address" or not (port.isascii() and port.isdecimal()):
        return identifier
    try:
        return values.read("ip_address", identifier.verbatim, source_port=int(port))
    except ValuesError:
        return identifier


def _moment(text: str, given: Mapping[str, str], here: Place) -> tuple[Moment | None, bool, bool]:
    match = _WHEN.search(text)
    if match is None:
        return None, False, False
    verbatim = text[match.start() : match.end()].strip()
    day, zoned = match["day"] or "", bool(match["zone"])
    order: Order = "ymd" if not day or len(re.split("[-/.]", day)[0]) == 4 else "dmy"
    zone = None if zoned else _zone(verbatim, order, given, here)
    error = given.get("error", "")
    try:
        found = values.read_moment(
            verbatim,
            order=order,
            zone=zone,
            clock_source=given.get("clock") or None,
            error_seconds=int(error) if error.isascii() and error.isdecimal() else None,
        )
    except ValuesError:
        found = Moment(verbatim=verbatim)
    return found, order == "dmy" and bool(day), zoned


def _zone(verbatim: str, order: Order, given: Mapping[str, str], here: Place) -> str | None:
    """Return the zone that the officer chose, as an offset on that day."""
    chosen = given.get("zone", "")
    if chosen == "utc":
        return "+00:00"
    if chosen != "own" or not isinstance(here.zone, ZoneInfo):
        return "+00:00" if chosen == "own" else None
    at = values.read_moment(verbatim, order=order, zone="+00:00").normalised
    local = (at or datetime(2000, 1, 1, tzinfo=UTC)).replace(tzinfo=here.zone)
    return local.isoformat()[-6:]


def merge(raw: dict[str, Any], lines: tuple[Line, ...], before: list[list[str]]) -> list[list[str]]:
    """Bring the items of a body up to date with what was read, and return what was read.

    An item whose line is still there takes its reading; a new identifier becomes a new item; an item that
    came from a line that is gone goes with it, unless somebody has said more of it.

    Args:
        raw: The body, changed in place.
        lines: What was read now.
        before: What was read the last time, as pairs of kind and text.
    """
    items: list[dict[str, Any]] = [each for each in raw.get("items", []) if isinstance(each, dict)]
    known = {_key(each.get("identifier", {})) for each in items}
    now: list[list[str]] = []
    for line in lines:
        for found in line.identifiers:
            members = found.model_dump(mode="json", exclude_none=True)
            key = _key(members)
            now.append(list(key))
            _update(items, key, members, line.moment)
            if key not in known:
                known.add(key)
                items.append(_item(items, members, line.moment))
    gone = {tuple(each) for each in before} - {tuple(each) for each in now}
    kept = [each for each in items if _key(each.get("identifier", {})) not in gone or "category" in each]
    for number, each in enumerate(kept, 1):
        each["number"] = number
    raw["items"] = kept
    return now


def _key(identifier: Any) -> tuple[str, str]:
    if not isinstance(identifier, Mapping):
        return ("", str(identifier))
    return (str(identifier.get("kind", "")), str(identifier.get("verbatim", "")))


def _update(
    items: list[dict[str, Any]], key: tuple[str, str], members: dict[str, Any], moment: Moment | None
) -> None:
    for item in items:
        if _key(item.get("identifier", {})) == key:
            # What was said of it on other pages, such as the port of the service, stays.
            item["identifier"] = {**item["identifier"], **members}
            if moment is not None and "category" not in item:
                item["period"] = _period(moment)


def _item(items: list[dict[str, Any]], members: dict[str, Any], moment: Moment | None) -> dict[str, Any]:
    found: dict[str, Any] = {"number": len(items) + 1, "identifier": members}
    return found | ({"period": _period(moment)} if moment is not None else {})


def _period(moment: Moment) -> dict[str, Any]:
    members = moment.model_dump(mode="json", exclude_none=True)
    return {"start": members, "end": dict(members)}
