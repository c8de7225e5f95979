"""Sentences: a code and its fields now, words late and in the reader's language.

A message is data until somebody reads it. The words live in ``locale/<language>/<room>.toml``,
one table a code with two entries: ``sentence`` (one line, for a log or a screen) and
``explain`` (a paragraph for the person: what happened, what it means, what to do next).
No secret and no personal data is ever a field. A package above the library brings its own pages with
``add_catalogue``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["Own", "add_catalogue", "codes", "explain", "sentence"]

FALLBACK = "en"
LONGEST = 200
# A table stands under its code, alone on its line; no text of a message begins a line so.
HEAD: Final = re.compile(r"^\[([A-Z]+-\d+)\]$", re.MULTILINE)


class Own(str):
    """Words of our own in a field, such as an instrument's: shown whole, however long."""

    __slots__ = ()


_packages: list[str] = ["rogatory"]


def add_catalogue(package: str) -> None:
    """Make the messages under ``<package>/locale`` known too; a second call changes nothing."""
    if package not in _packages:
        _packages.append(package)
        _tables.cache_clear()
        _message.cache_clear()


@cache
def _tables(language: str) -> Mapping[str, str]:
    """Return the text of every message's table in one language, by code; none for a language not translated.

    A page of messages is long and a reader sees three of them, so a table is parsed when it is shown.
    """
    found: dict[str, str] = {}
    for package in _packages:
        folder = files(package).joinpath("locale", language)
        pages = sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else []
        for page in pages:
            if page.name.endswith(".toml"):
                parts = HEAD.split(page.read_text(encoding="utf-8"))
                found.update(zip(parts[1::2], parts[2::2], strict=True))
    return found


@cache
def _message(code: str, language: str) -> Mapping[str, str] | None:
    """Return the words of one message; None where the language has none."""
    table = _tables(language).get(code)
    return None if table is None else tomllib.loads(table)


def codes() -> frozenset[str]:
    """Return every code that can be shown to a person."""
    return frozenset(_tables(FALLBACK))


def _words(code: str, part: str, fields: Mapping[str, Any], language: str) -> str:
    entry = _message(code, language) or _message(code, FALLBACK)
    if entry is None:
        raise KeyError(code)
    shown = {name: _harmless(value) for name, value in fields.items()}
    return " ".join(entry[part].format_map(shown).split())


def _harmless(value: Any) -> str:
    """Return a field as one line that a terminal shows as it is.

    Hostile input must not forge a second log line, move the cursor or turn text round: whatever
    is not printable is shown as a replacement character. What is long is cut, and the cut is shown.
    """
    longest = len(value) if isinstance(value, Own) else LONGEST
    text = str(value)
    line = " ".join(text[: 5 * longest].split())
    if len(line) > longest:
        line = f"{line[: longest - 1]}…"
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)


def sentence(code: str, fields: Mapping[str, Any], language: str = FALLBACK) -> str:
    """Return the one-line sentence of a message, without its code."""
    return _words(code, "sentence", fields, language)


def explain(code: str, fields: Mapping[str, Any], language: str = FALLBACK) -> str:
    """Return the paragraph of a message: what happened, what it means, what to do next."""
    return _words(code, "explain", fields, language)
