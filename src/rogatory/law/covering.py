"""Coverage: for every article of the Convention, what of it is at work, or why software has no part in it.

What the code can say of itself is read from it: the rules and what they cite, the clocks, the gates of each
kind of request, the rows of indexes that the code asks. The rest (statements, screens, records, commands, and
the sentences on why not) is data, ``instruments/hanoi_2024/indexes/coverage.yaml``. It claims nothing of
quality: that a rule stands is not that it is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from rogatory import instruments
from rogatory.instruments import Entry
from rogatory.law.judging import rules
from rogatory.law.ticking import kinds

__all__ = ["Covered", "Sort", "Work", "coverage"]

HANOI: Final = "hanoi_2024"
INDEX: Final = "coverage"

ASKED: Final = {
    "offences": "named by requests; opens every form of cooperation",
    "refusal_grounds": "offered to whoever decides",
    "forbidden_grounds": "never offered as a ground",
    "matters": "answered for every pair of Parties",
    "never_automated": "left to a person; no finding says that it is met",
}
"""The indexes whose every row the code asks, and for what; ``gates`` are told as kinds of request."""


class Sort(StrEnum):
    """In which way software is at work for an article, or is not."""

    RULE = "rule"
    CLOCK = "clock"
    KIND = "kind"
    ROW = "row"
    STATEMENT = "statement"
    SCREEN = "screen"
    RECORD = "record"
    COMMAND = "command"
    THROUGH = "through"
    NOT_YET = "not_yet"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Work:
    """One thing at work for an article, or one sentence why there is none.

    Attributes:
        ref: What it rests on: a provision, a practice or a row.
        name: A rule's id, a clock, a kind of request, a statement, a module of the node, a command; or empty.
        text: In words.
    """

    sort: Sort
    ref: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Covered:
    """One article and everything at work for it."""

    ref: str
    citation: str
    title: str
    works: tuple[Work, ...]

    @property
    def at_work(self) -> bool:
        """Whether anything is at work at all; ``THROUGH`` counts, ``NOT_YET`` and ``NONE`` do not."""
        return any(each.sort not in (Sort.NOT_YET, Sort.NONE) for each in self.works)


@cache
def coverage() -> tuple[Covered, ...]:
    """Return the articles of the Convention in their order, each with what is at work for it.

    A test holds that none is blank, that every name leads to something, and that nothing is said to be absent
    that is there.

    Raises:
        InstrumentError: INST-001 a rule, a clock or a row names a provision that does not exist.
    """
    found: dict[str, list[Work]] = {ref: [] for ref in instruments.instrument(HANOI).articles}
    for work in (*_rules(), *_clocks(), *_gates(), *_rows(), *_told()):
        for article in _articles(work.ref):
            if work not in found[article]:
                found[article].append(work)
    return tuple(_covered(ref, works) for ref, works in found.items())


def _covered(ref: str, works: list[Work]) -> Covered:
    article = instruments.provision(ref)
    # That something is wanting is said only where it is: the code knows better than the data.
    wanting = [each for each in works if each.sort is not Sort.NONE] or works
    return Covered(ref, article.citation, article.title, tuple(wanting))


def _articles(ref: str) -> tuple[str, ...]:
    """Return the articles that a place belongs to; of a row, those that it rests on first."""
    refs = instruments.entry(ref).refs if instruments.is_entry(ref) else (instruments.provision(ref).ref,)
    own = (each for each in refs if each.startswith(f"{HANOI}/art"))
    return tuple(dict.fromkeys(each.partition(".")[0] for each in own))


def _rules() -> Iterator[Work]:
    for each in rules():
        yield Work(Sort.RULE, each.cites, each.id, each.sentence)


def _clocks() -> Iterator[Work]:
    for each in kinds():
        text = instruments.text(each.cites)
        yield Work(Sort.CLOCK, each.cites, each.id, text)
        if each.limit is not None and each.limit != each.cites:
            yield Work(Sort.CLOCK, each.limit, each.id, instruments.text(each.limit))


def _gates() -> Iterator[Work]:
    for row in instruments.index(HANOI, "gates"):
        yield Work(Sort.KIND, row.ref, row.id.removeprefix("gate."), row.text)


def _rows() -> Iterator[Work]:
    for name, use in ASKED.items():
        for row in instruments.index(HANOI, name):
            # Of an offence that is none of the Convention's, the code only knows that it opens nothing.
            if row.values.get("convention_offence") is not False:
                yield Work(Sort.ROW, row.ref, row.id, f"{row.text}: {use}")


def _told() -> Iterator[Work]:
    for row in instruments.index(HANOI, INDEX):
        yield Work(Sort(str(row.values["type"])), row.ref, _name(row), row.text)


def _name(row: Entry) -> str:
    through = row.links.get("through", ())
    return str(row.values.get("value") or "".join(through[:1]))
