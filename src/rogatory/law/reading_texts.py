"""What rules may know of the texts of a request: their languages, and a few set phrases; never the texts.

A phrase that is found is a hint that somebody should read the text again. A text in which none is found may
still ask too much.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["Spoken", "asks_everything", "asks_to_extend", "asks_to_hand_over", "language_of", "spoken"]

DEPTH: Final = 6
# How much of a text is looked at for a set phrase, so that a hostile one costs no more than another.
LOOKED_AT: Final = 2_000
# No set phrase is longer; a longer text says something.
LONGEST_MARK: Final = 60
MARKS: Final = " \t.,;:!?()[]{}<>\"'«»“”„…·*-–—_/|"  # noqa: RUF001 -- marks that people put around a word
FEW_WORDS: Final = 2
LABEL: Final = 30
FEW_SIGNS: Final = 6
FIRST_UNSPACED: Final = "\u2e80"  # radicals, kana, ideographs and hangul stand above
# Varieties that one reader takes for one language.
SAME: Final = {"nb": "no", "nn": "no", "fil": "tl", "cmn": "zh", "prs": "fa"}
MEMBER: Final = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)

PHRASES: Final = files("rogatory.law") / "phrases.toml"


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return the set phrases of that name as one pattern."""
    page = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    return re.compile("|".join(page[name]), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """In which languages one text can be read.

    Attributes:
        path: Its JSON Pointer.
        languages: Of the original and of every translation, in the part that names the language alone.
        machine: Those that only a machine rendered and nobody revised.
        hollow: Whether the original says nothing by itself, such as "see annex" or "n/a".
        short: Whether it is a word or two, as a label is.
    """

    path: str
    languages: frozenset[str]
    machine: frozenset[str]
    hollow: bool
    short: bool


def asks_everything(*texts: str) -> bool:
    """Tell whether a text asks for all data, in some language."""
    return any(_phrases("everything").search(each[:LOOKED_AT]) for each in texts)


def asks_to_extend(*texts: str) -> bool:
    """Tell whether a text speaks of extending an earlier measure."""
    return any(_phrases("extend").search(each[:LOOKED_AT]) for each in texts)


def asks_to_hand_over(*texts: str) -> bool:
    """Tell whether a text asks the reader to disclose or send data, as a plea and not as a plan."""
    return any(_phrases("hand_over").search(each[:LOOKED_AT]) for each in texts)


def spoken(body: Mapping[str, Any], base: str) -> tuple[Spoken, ...]:
    """Return the languages of each text of a body that states one, in the order of the body."""
    return tuple(_walk(body, base, DEPTH))


def _walk(value: object, path: str, deeper: int) -> Iterator[Spoken]:
    if not deeper:
        return
    if isinstance(value, Mapping):
        if isinstance(value.get("original"), str) and isinstance(value.get("language"), str):
            yield _spoken(value, path)
            return
        for name, each in value.items():
            # A member that no request has is no place to send a reader to.
            if not (isinstance(name, str) and MEMBER.fullmatch(name)):
                continue
            yield from _walk(each, f"{path}/{name}", deeper - 1)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        for at, each in enumerate(value):
            yield from _walk(each, f"{path}/{at}", deeper - 1)


def _spoken(words: Mapping[str, Any], path: str) -> Spoken:
    human: set[str] = {language_of(words["language"])}
    machine: set[str] = set()
    rendered = words.get("translations")
    for each in rendered if isinstance(rendered, Sequence) and not isinstance(rendered, (str, bytes)) else ():
        if isinstance(each, Mapping) and isinstance(each.get("language"), str):
            into = machine if each.get("kind") == "machine_unrevised" else human
            into.add(language_of(each["language"]))
    original = words["original"].strip()
    return Spoken(
        path,
        frozenset(human | machine),
        frozenset(machine - human),
        hollow=len(original) <= LONGEST_MARK
        and bool(_phrases("placeholder").fullmatch(original.strip(MARKS))),
        short=_is_label(original),
    )


def _is_label(text: str) -> bool:
    """Tell whether a text is a word or two; where words are not spaced, whether it has a few signs only."""
    if any(each >= FIRST_UNSPACED for each in text):
        return len(text) < FEW_SIGNS
    return len(text.split()) <= FEW_WORDS and len(text) < LABEL


def language_of(tag: str) -> str:
    """Return the language that a tag names, without its script, region or variety."""
    primary = tag.partition("-")[0].strip().lower()[:8]
    return SAME.get(primary, primary)
