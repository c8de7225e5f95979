"""Rows of the treaty sources, and the checks that name file, line and id of a fault.

A row is a YAML mapping that remembers its line. The reader of YAML is ``tools/compile_instruments.py``
(PyYAML is a build tool, not a dependency of the library); what is checked here is plain data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rogatory.errors import InstrumentError

__all__ = [
    "Page",
    "Row",
    "checked_row",
    "day",
    "fault",
    "given_twice",
    "members",
    "text_list",
    "unreadable",
    "vocabulary",
]

ID = re.compile(r"[a-z]+[a-z0-9_]*(\.[a-z0-9_]+)*")


class Row(dict[str, Any]):
    """A mapping that knows the line of its page on which it begins; 0 where nobody knows."""

    line: int = 0


class Page:
    """One source file: its instrument's folder, its path below it, and what stands on it, unchecked."""

    def __init__(self, folder: str, path: str, content: Any) -> None:
        """Keep where the page stands, which faults name, and its parsed content."""
        self.path = path
        self.where = f"{folder}/{path}".rstrip("/")
        self.content = content

    def rows(self) -> Iterator[Row]:
        """Yield the rows of a page that is a list of mappings; a fault names the line that is not one."""
        if not isinstance(self.content, list):
            raise fault("INST-006", self, None, problem="a list of rows is expected")
        for row in self.content:
            yield checked_row(self, row)


def checked_row(page: Page, row: object) -> Row:
    """Return the row if it is a mapping with a well-formed id."""
    if not isinstance(row, Row):
        raise fault("INST-006", page, None, problem="a row is not a mapping")
    if not isinstance(row.get("id"), str) or not ID.fullmatch(row["id"]):
        raise fault("INST-006", page, row, problem="the id is absent or malformed")
    return row


def fault(code: str, page: Page, row: Mapping[str, Any] | None, **fields: object) -> InstrumentError:
    """Return (never raise) an error that names the file, the line and the id."""
    line = row.line if isinstance(row, Row) else 0
    name = row.get("id", "-") if row is not None else "-"
    return InstrumentError(code, file=page.where, line=line, id=name, **fields)


def unreadable(page: Page, line: int) -> InstrumentError:
    """Return (never raise) an error for a page that is no YAML."""
    return InstrumentError("INST-004", file=page.where, line=line)


def given_twice(page: Page, line: int, member: object) -> InstrumentError:
    """Return (never raise) an error for a member that stands twice, or is named by no text."""
    return InstrumentError("INST-005", file=page.where, line=line, member=member)


def members(page: Page, row: Row, required: Iterable[str], allowed: Iterable[str]) -> None:
    """Check that every required member is there and no unknown one; a typing slip is not a new member."""
    unknown = set(row) - {*required, *allowed}
    if unknown:
        raise fault("INST-006", page, row, problem=f"the member {min(unknown)} is unknown")
    for name in required:
        if name not in row:
            raise fault("INST-006", page, row, problem=f"the member {name} is absent")


def text_list(page: Page, row: Row, name: str) -> list[str]:
    """Return a member that is a list of texts; empty where absent."""
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise fault("INST-006", page, row, problem=f"the member {name} is not a list of texts")
    return value


def vocabulary(page: Page, row: Row, words: Mapping[str, list[str]]) -> None:
    """Check that a member with a closed vocabulary holds one of its words."""
    for name, allowed in words.items():
        if name in row and row[name] not in allowed:
            raise fault("INST-009", page, row, member=name, value=row[name])


def day(page: Page, row: Row, value: object, *, month_is_enough: bool = False) -> str:
    """Return a calendar day (``2025-10-25``) that exists; a month (``2026-02``) where that is enough."""
    text = f"{value}-01" if month_is_enough and re.fullmatch(r"\d{4}-\d\d", str(value)) else str(value)
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise fault("INST-010", page, row, value=value) from error
    return str(value)
