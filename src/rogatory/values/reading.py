"""Small steps that several normalisations share; each gives the same answer on every machine.

Tables come from Unicode 3.2 as the standard library freezes it, so that two nodes with different versions of
Python normalise alike.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import ucd_3_2_0

__all__ = ["fold_digits", "nfc", "refang", "without"]

# Reports write addresses so that nobody clicks them: 203[.]0[.]113[.]57, hxxps://, name[at]host.
# The counts are bounded, so that a line of brackets costs no more than its length.
_DEFANGED: Final = (
    (re.compile(r"\[{1,4}://\]{1,4}"), "://"),
    (re.compile(r"[\[({]{1,4}(?:\.|dot)[\])}]{1,4}", re.IGNORECASE), "."),
    (re.compile(r"\[{1,4}:\]{1,4}"), ":"),
    (re.compile(r"\[{1,4}/\]{1,4}"), "/"),
    (re.compile(r"[\[({]{1,4}(?:@|at)[\])}]{1,4}", re.IGNORECASE), "@"),
    (re.compile(r"^h(?:xx|\*\*|\[tt\])p", re.IGNORECASE), "http"),
)
_PASSES: Final = 4


def refang(text: str) -> str:
    """Return the text as it reads without surrounding spaces, angle brackets and defanging.

    Source:
        spec/values.md 5.4.

    Examples:
        >>> refang("hxxps://login[.]example")
        'https://login.example'
    """
    # One step can uncover another; a text that needs more than four was made to waste time.
    for _ in range(_PASSES):
        cleaned = _refang_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _refang_once(text: str) -> str:
    text = text.strip(" \u00a0<>")
    for pattern, plain in _DEFANGED:
        text = pattern.sub(plain, text)
    return text


def fold_digits(text: str) -> str:
    """Return the text with every decimal digit of any script as 0 to 9."""
    return "".join(_digit(each) for each in text)


def _digit(character: str) -> str:
    value = ucd_3_2_0.decimal(character, None)
    return character if value is None else str(value)


def nfc(text: str) -> str:
    """Return the text in normalisation form C of Unicode 3.2; newer characters stay as they are."""
    return ucd_3_2_0.normalize("NFC", text)


def without(text: str, separators: str) -> str:
    """Return the text without any of the separators."""
    return text.translate({ord(each): None for each in separators})
