"""Rows of the treaty sources that remember their lines, and the faults that name file, line and id.

A row is a YAML mapping. The reader of YAML is ``tools/compile_instruments.py`` (PyYAML is a build tool, not a
dependency of the library); what is checked here is plain data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rogatory.errors import InstrumentError

__all__ = ["Listing", "Page", "Row", "fault", "given_twice", "is_day", "line_of", "unreadable"]


class Row(dict[str, Any]):
    """A mapping that knows the line of its page on which it begins, and the line of each member."""

    def __init__(self, *given: Any, **members: Any) -> None:
        """Begin as any mapping; nobody knows the lines yet."""
        super().__init__(*given, **members)
        self.line = 0
        self.lines: dict[str, int] = {}


class Listing(list[Any]):
    """A list that knows the line of each of its entries."""

    def __init__(self, *given: Any) -> None:
        """Begin as any list; nobody knows the lines yet."""
        super().__init__(*given)
        self.lines: list[int] = []


class Page:
    """One source file: its instrument's folder, its path below it, and what stands on it, unchecked."""

    def __init__(self, folder: str, path: str, content: Any) -> None:
        """Keep where the page stands, which faults name, and its parsed content."""
        self.path = path
        self.where = f"{folder}/{path}".rstrip("/")
        self.content = content


def line_of(row: object, member: str | None = None, value: object = None) -> int:
    """Return the line of a value in a list, else of a member, else of the row; 0 where nobody knows."""
    if not isinstance(row, Row):
        return 0
    if member is None:
        return row.line
    listed = row.get(member)
    if isinstance(listed, Listing) and listed.lines and value in listed:
        return listed.lines[listed.index(value)]
    return row.lines.get(member, row.line)


def fault(
    code: str,
    page: Page,
    row: Mapping[str, Any] | None,
    at: str | None = None,
    *,
    owner: str = "-",
    **fields: object,
) -> InstrumentError:
    """Return (never raise) an error that names the file, the line and the id.

    Args:
        code: ``INST-nnn``.
        page: Where the row stands.
        row: The row at fault; None where there is none.
        at: The member at fault, whose line is named; the row's own line if None.
        owner: The id to name where the row itself has none.
        fields: What else the sentence names. A ``value`` that stands in a list is named by its own line.
    """
    line = line_of(row, at, fields.get("value", fields.get("target")))
    name = row.get("id", owner) if row is not None else owner
    return InstrumentError(code, file=page.where, line=line, id=name, **fields)


def unreadable(page: Page, line: int) -> InstrumentError:
    """Return (never raise) an error for a page that is no YAML."""
    return InstrumentError("INST-004", file=page.where, line=line)


def given_twice(page: Page, line: int, member: object) -> InstrumentError:
    """Return (never raise) an error for a member that stands twice, or is named by no text."""
    return InstrumentError("INST-005", file=page.where, line=line, member=member)


def is_day(value: str, *, month_is_enough: bool = False) -> bool:
    """Tell whether a text is a calendar day that exists (``2025-10-25``), or a month where that is enough."""
    if month_is_enough and re.fullmatch(r"\d{4}-\d\d", value):
        value = f"{value}-01"
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
