"""The part of JSON Schema that the treaty data use, read so that every fault names file, line and id.

The schema itself is plain JSON Schema (draft 2020-12) and stands in ``spec/instruments``; any validator gives
the same verdict. This one exists because a verdict without a line does not help who writes the data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from rogatory.errors import InstrumentError
from rogatory.instruments._rows import Page, Row, fault, is_day

__all__ = ["disobeyed"]

Schema = Mapping[str, Any]
TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "date": is_day,
    "date-or-month": lambda value: is_day(value, month_is_enough=True),
}


@dataclass(frozen=True)
class _Place:
    """Where in the sources a value stands: the page, the row around it and its member there."""

    page: Page
    defs: Schema
    row: Row | None = None
    member: str | None = None
    owner: str = "-"

    def fault(self, problem: str) -> InstrumentError:
        return self.blame("INST-006", problem=problem)

    def blame(self, code: str, **fields: object) -> InstrumentError:
        return fault(code, self.page, self.row, self.member, owner=self.owner, **fields)

    @property
    def told(self) -> str:
        return "the page" if self.row is None else f"the member {self.member}" if self.member else "a row"


def disobeyed(page: Page, value: Any, schema: Schema, defs: Schema) -> Iterator[InstrumentError]:
    """Yield a fault for everything in a value that its schema does not allow.

    Args:
        page: The page the value stands on, for the faults.
        value: Parsed content; its mappings are ``Row``s, so that a fault can name its line.
        schema: What the value has to obey.
        defs: Where ``#/$defs/...`` leads to.
    """
    yield from _check(_Place(page, defs), value, schema)


def _check(place: _Place, value: Any, schema: Schema) -> Iterator[InstrumentError]:
    if "$ref" in schema:
        schema = place.defs[schema["$ref"].removeprefix("#/$defs/")]
    allowed = schema.get("type", ())
    allowed = [allowed] if isinstance(allowed, str) else allowed
    if allowed and not any(TYPES[each](value) for each in allowed):
        yield place.fault(f"{place.told} is not {' or '.join(_article(each) for each in allowed)}")
    elif "enum" in schema and value not in schema["enum"]:
        yield place.blame("INST-009", member=place.member, value=value)
    elif isinstance(value, str):
        yield from _text(place, value, schema)
    elif isinstance(value, list):
        yield from _list(place, value, schema)
    elif isinstance(value, dict):
        yield from _mapping(place, value, schema)


def _article(kind: str) -> str:
    words = {"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number"}
    return words.get(kind, {"boolean": "true or false", "null": "null"}.get(kind, kind))


def _text(place: _Place, value: str, schema: Schema) -> Iterator[InstrumentError]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield place.fault(f"{place.told} is malformed")
    if "format" in schema and not FORMATS[schema["format"]](value):
        yield place.blame("INST-010", value=value)


def _list(place: _Place, value: list[Any], schema: Schema) -> Iterator[InstrumentError]:
    if len(value) < schema.get("minItems", 0):
        yield place.fault(f"{place.told} is empty")
    for each in value:
        yield from _check(place, each, schema.get("items", {}))


def _mapping(place: _Place, value: dict[str, Any], schema: Schema) -> Iterator[InstrumentError]:
    row = value if isinstance(value, Row) else Row(value)
    inside = replace(place, row=row, member=None, owner=_name(row, place.owner))
    for name in schema.get("required", ()):
        if name not in row:
            yield inside.fault(f"the member {name} is absent")
    properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    others = schema.get("additionalProperties", {})
    for name, each in row.items():
        matching = [properties[name]] if name in properties else []
        matching += [found for pattern, found in patterns.items() if re.search(pattern, name)]
        at = replace(inside, member=name)
        if not matching and others is False:
            yield at.fault(f"the member {name} is unknown")
        for found in matching or [others or {}]:
            yield from _check(at, each, found)


def _name(row: Row, owner: str) -> str:
    name = row.get("id")
    return name if isinstance(name, str) else owner
