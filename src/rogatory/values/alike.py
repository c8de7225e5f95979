"""Characters that can be taken for others; for doubts only, so tables may differ between two nodes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["ambiguous", "imitates_latin", "invisible", "mixes_scripts"]

# Letters of Cyrillic, Greek and Armenian that a screen shows as Latin ones (UTS 39, the plain cases).
_LIKE_LATIN: Final = frozenset("асԁеһіјӏорԛѕԝхуαονρικυωոսցհօɑɡıⅼ")
_EAST_ASIAN: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})
_DIGIT_BY_LETTER: Final = re.compile(
    r"(?<=[A-Za-z])[01]|[01](?=[A-Za-z])|(?<=[0-9a-z])[IO]|l(?=[0-9])|(?<=[0-9])l"
)


def ambiguous(text: str) -> tuple[int, ...]:
    """Return the positions, from 1, of characters that a reader can take for another.

    Digits 0 and 1 beside a letter, capital I and O after a small letter or digit, small l beside a digit, and
    letters of other scripts that look Latin.

    Examples:
        >>> ambiguous("svadm1n")
        (6,)
    """
    found = {match.start() + 1 for match in _DIGIT_BY_LETTER.finditer(text)}
    if any(each.isascii() and each.isalpha() for each in text) or imitates_latin(text):
        found |= {place for place, each in enumerate(text, 1) if each in _LIKE_LATIN}
    return tuple(sorted(found))


def imitates_latin(text: str) -> bool:
    """Return whether every letter is of another script and looks like a Latin one."""
    letters = [each for each in text if each.isalpha()]
    return bool(letters) and all(each in _LIKE_LATIN for each in letters)


def mixes_scripts(text: str) -> bool:
    """Return whether letters of scripts stand together that no language writes together."""
    scripts = {_script(each) for each in text if each.isalpha()}
    if scripts & _EAST_ASIAN:
        scripts -= _EAST_ASIAN | {"LATIN"}
        return bool(scripts)
    return len(scripts) > 1


def _script(letter: str) -> str:
    return re.split("[ -]", unicodedata.name(letter, "UNNAMED"))[0]


def invisible(text: str) -> tuple[int, ...]:
    """Return the positions, from 1, of characters that a screen does not show."""
    return tuple(place for place, each in enumerate(text, 1) if unicodedata.category(each) == "Cf")
