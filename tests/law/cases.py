"""Cases for jurists: a sentence, what is changed in a complete request, the outcome and why."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rogatory import law
from rogatory.instruments import Communication
from rogatory.law.facts import Desk

HERE = Path(__file__).parent
MEMBERS = {
    "case",
    "of",
    "rule",
    "with",
    "without",
    "between",
    "on",
    "agreed",
    "reserved",
    "notified",
    "in_force",
    "sender",
    "recipient",
    "outcome",
    "because",
    "cure",
}


class _Loader(yaml.SafeLoader):
    """Plain scalars are text, null, true, false and whole numbers; no date and no ``no`` is guessed."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^null$"), ["n"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^(0|[1-9][0-9]*)$"), list("0123456789"))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)


def complete(kind: str) -> dict[str, Any]:
    """Return the complete request of a kind, a fresh copy."""
    return read(HERE / f"complete_{kind}.yaml")


@dataclass(frozen=True)
class Case:
    page: str
    row: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.page}: {self.row['case']}"

    def request(self) -> dict[str, Any]:
        page = complete(self.row["of"])
        for path in self.row.get("without", []):
            *way, last = path.split(".")
            del _at(page, way)[_key(last)]
        for path, value in self.row.get("with", {}).items():
            *way, last = path.split(".")
            _at(page, way)[_key(last)] = copy.deepcopy(value)
        return page

    def basis(self) -> law.Basis:
        one, other = self.row.get("between", ["vnm", "fra"])
        day = date.fromisoformat(str(self.row.get("on", "2028-03-14")))
        participation = law.as_found()
        if self.row.get("in_force", True):
            participation = law.assume_in_force(participation, (one, other), date(2028, 1, 1))
        agreed = frozenset([law.pair(one, other)]) if self.row.get("agreed") else frozenset()
        reserved = {
            ("hanoi_2024", party): frozenset(f"hanoi_2024/{each}" for each in provisions)
            for party, provisions in self.row.get("reserved", {}).items()
        }
        both = {**participation.reservations, **reserved}
        told = {
            ("hanoi_2024", party): (
                Communication(
                    ref, party, "notification", ("language",), ("hanoi_2024/art40.p13",), tuple(tags)
                ),
            )
            for party, tags in self.row.get("notified", {}).items()
            for ref in ("hanoi_2024/notif.art40.languages",)
        }
        made = law.Participation(participation.standings, both, agreed, communications=told)
        return law.basis(one, other, day, made)

    def desks(self) -> dict[str, Desk]:
        """Return what the register says of the two authorities, where the case tells it."""
        told = {name: self.row[name] for name in ("sender", "recipient") if name in self.row}
        return {name: desk(row) for name, row in told.items()}

    def finding(self) -> law.Finding | None:
        rule = f"hanoi_2024/{self.row['rule']}"
        found = law.findings(self.request(), self.basis(), **self.desks())
        return next((each for each in found if each.rule == rule), None)


def all_cases() -> Iterator[Case]:
    for path in sorted((HERE / "hanoi_2024").glob("*.yaml")):
        for row in read(path):
            assert set(row) <= MEMBERS, (path.name, set(row) - MEMBERS)
            yield Case(path.stem, row)


def desk(row: dict[str, Any]) -> Desk:
    """Return an authority as the register would tell of it."""
    kinds, languages = (frozenset(row.get(each, ())) for each in ("kinds", "languages"))
    return Desk(row.get("nature", ""), kinds, languages)


def _key(name: str) -> str | int:
    return int(name) if name.isdigit() else name


def _at(page: Any, way: list[str]) -> Any:
    for name in way:
        page = page[_key(name)]
    return page
