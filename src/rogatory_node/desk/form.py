"""Reading a form: what was typed is kept, what cannot be read is said beside its field."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.http import HttpRequest

from rogatory.errors import RogatoryError, ValuesError
from rogatory.values import parse_day, read_moment
from rogatory_node.base import NodeError
from rogatory_node.desk.door import problem
from rogatory_node.look.pictures.questions import Problem

__all__ = ["Reader", "number_in", "numbers_in"]

LONGEST = 20_000
MOST = 999


class Reader:
    """One reading of a form; it gathers what is wrong, with the field that cures it."""

    def __init__(self, request: HttpRequest) -> None:
        """Read the form that was sent; nothing of it is trusted."""
        self._given = request.POST
        self.problems: list[Problem] = []

    def text(self, field: str) -> str:
        """Return what was typed, without the spaces around it; browsers end lines with CR LF."""
        return self._given.get(field, "").replace("\r\n", "\n").strip()[:LONGEST]

    def many(self, field: str) -> list[str]:
        """Return everything that was ticked."""
        return self._given.getlist(field)

    def required(self, field: str, label: str) -> str:
        """Return what was typed; its absence is noted."""
        typed = self.text(field)
        if not typed:
            self.refuse(NodeError("NODE-753", field=label), field)
        return typed

    def day(self, field: str, label: str, *, required: bool = False) -> date | None:
        """Return the day that was typed; what is no day is noted."""
        typed = self.required(field, label) if required else self.text(field)
        if not typed:
            return None
        try:
            return parse_day(typed)
        except ValuesError:
            self.refuse(NodeError("NODE-754", field=label), field)
            return None

    def instant(self, field: str, label: str, *, required: bool = False) -> datetime | None:
        """Return the instant that was typed with its zone; what is none is noted."""
        typed = self.required(field, label) if required else self.text(field)
        if not typed:
            return None
        try:
            found = read_moment(typed).normalised
        except ValuesError:
            found = None
        if found is None:
            self.refuse(NodeError("NODE-755", field=label), field)
        return found

    def refuse(self, error: RogatoryError, field: str = "") -> None:
        """Note what is wrong with a field."""
        self.problems.append(problem(error, field))

    def problem_of(self, field: str) -> str:
        """Return what is wrong with a field; empty if nothing is."""
        return next((each.text for each in self.problems if each.field == field), "")


def number_in(typed: str) -> int | None:
    """Return the number that an address or a button names; None if it is none, or too long for any."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


def numbers_in(typed: str) -> list[int]:
    """Return the numbers that people mean by ``1 to 3, 5``; runs may be written with a dash or words.

    Examples:
        >>> numbers_in("1 to 3, 5")
        [1, 2, 3, 5]
    """
    found: set[int] = set()
    for part in re.split(r"[,;\n]", typed):
        ends = [int(each) for each in re.findall(r"\d{1,3}", part)]
        if len(ends) == 2 and ends[0] <= ends[1]:
            found.update(range(ends[0], ends[1] + 1))
        else:
            found.update(ends)
    return sorted(each for each in found if 1 <= each <= MOST)
