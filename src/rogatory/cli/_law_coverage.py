"""What ``rogatory law coverage`` says: article by article what is at work, or why nothing is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rogatory import law
from rogatory.law import Covered, Sort, Work

__all__ = ["HEADS", "report", "told"]

HEADS: Final = {
    Sort.RULE: "Rules",
    Sort.CLOCK: "Clocks",
    Sort.KIND: "Kinds of request",
    Sort.ROW: "Data that the code asks",
    Sort.STATEMENT: "Statements",
    Sort.SCREEN: "Screens",
    Sort.RECORD: "Records",
    Sort.COMMAND: "Commands",
    Sort.THROUGH: "At work through another article",
    Sort.NOT_YET: "Not at work yet",
    Sort.NONE: "No part for software",
}
"""How each sort is headed, in the order in which they are told."""

# Of these a name says enough; of the others the sentence does.
BY_NAME: Final = frozenset((Sort.RULE, Sort.CLOCK, Sort.KIND))
NAMELESS: Final = frozenset((Sort.ROW, Sort.THROUGH, Sort.NOT_YET, Sort.NONE))
WIDTH: Final = 100


def report(found: Iterable[Covered]) -> dict[str, Any]:
    """Return coverage as data."""
    return {"articles": [_article(each) for each in found]}


def _article(covered: Covered) -> dict[str, Any]:
    return {
        "ref": covered.ref,
        "citation": covered.citation,
        "title": covered.title,
        "at_work": covered.at_work,
        "works": [
            {"sort": str(each.sort), "ref": each.ref, "name": each.name, "text": each.text}
            for each in covered.works
        ],
    }


def told(found: Iterable[Covered]) -> Iterator[str]:
    """Yield coverage for a person: each article, and under it what is at work."""
    for covered in found:
        yield f"{covered.citation}  {covered.title}"
        for sort, head in HEADS.items():
            works = [each for each in covered.works if each.sort is sort]
            if works and sort in BY_NAME:
                names = dict.fromkeys(_short(each) for each in works)
                yield from _wrapped(f"{head}: {', '.join(names)}")
            for each in works if sort not in BY_NAME else ():
                name = f" {each.name}:" if sort not in NAMELESS else ""
                yield from _wrapped(f"{head}:{name} {each.text}")
        yield ""
    yield "That something is at work is not that it is enough; a person decides, and the texts prevail."


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False)


def _short(work: Work) -> str:
    name = work.name.partition("/")[2] or work.name
    cited = law.cited_as(work.ref) if work.sort in (Sort.RULE, Sort.CLOCK) else ""
    return f"{name.replace('_', ' ')} ({cited})" if cited else name.replace("_", " ")
