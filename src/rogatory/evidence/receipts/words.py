"""The words of the receipt for people, a page a language, and text from elsewhere made harmless."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rogatory.errors import EvidenceError

__all__ = ["LANGUAGES", "breakable", "day", "escaped", "instant", "letters", "plain", "words"]

Words = Mapping[str, Any]

PLACE: Final = files("rogatory").joinpath("locale", "receipt")
LANGUAGES: Final = tuple(sorted(each.name.removesuffix(".toml") for each in PLACE.iterdir()))
# More marks than this on one letter would cover the lines above and below.
MOST_MARKS: Final = 4
# A word longer than this could run off the page; a line may break in it without a sign.
LONGEST_WORD: Final = 30
BREAK: Final = "\N{ZERO WIDTH SPACE}"


@cache
def words(language: str) -> Words:
    """Return the page of words of a language.

    Raises:
        EvidenceError: EVID-172 there is none.
    """
    if language not in LANGUAGES:
        raise EvidenceError("EVID-172", language=language[:20], known=", ".join(LANGUAGES))
    return tomllib.loads(PLACE.joinpath(f"{language}.toml").read_text(encoding="utf-8"))


@cache
def letters(language: str) -> str:
    """Return the letters of a language's page of words, each once; its notes are not among them."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)

    return "".join(sorted({each for text in texts(words(language)) for each in text}))


def day(said: Words, at: date) -> str:
    """Return a day with its month in words: 3/4 is read in two ways."""
    text: str = said["day"].format(day=at.day, month=said["months"][at.month - 1], year=at.year)
    return text


def instant(said: Words, at: datetime) -> str:
    """Return an instant, UTC, with its month in words."""
    month, time = said["months"][at.month - 1], f"{at:%H:%M:%S}"
    text: str = said["instant"].format(day=at.day, month=month, year=at.year, time=time)
    return text


def escaped(character: str) -> str:
    r"""Return a character as its number: ``\u{202E}``."""
    return f"\\u{{{ord(character):04X}}}"


def plain(text: str) -> str:
    """Return text from elsewhere as letters that stand where they are read.

    Whatever is not printable (controls, marks that turn text round, joiners that nobody sees), a line
    break among it, and marks heaped on one letter become their numbers. Nothing is left out.
    """
    return "".join(_plain(text))


def _plain(text: str) -> Iterator[str]:
    marks = 0
    for each in text:
        marks = marks + 1 if unicodedata.category(each) in {"Mn", "Me"} else 0
        yield each if each.isprintable() and marks <= MOST_MARKS else escaped(each)


def breakable(text: str) -> str:
    """Return text in which a line can break within a long word; no letter is added that is seen."""
    return "".join(_breaks(text))


def _breaks(text: str) -> Iterator[str]:
    run = 0
    for each in text:
        run = 0 if each in " /" else run + 1
        yield each
        # A mark stays with its letter.
        if run >= LONGEST_WORD and not unicodedata.combining(each):
            yield BREAK
            run = 0
