"""The pseudo-language: accented, 40 per cent longer, right-to-left; made by this function only.

It shows what a translation will do to a page: words that are not translated stay plain, boxes that
are too small burst, and a page that is not mirrored is seen at once.
"""

from __future__ import annotations

import re

__all__ = ["RIGHT", "pseudo"]

_PLAIN = "abcdefghijklmnoprstuvwyzABCDEFGHIJKLMNOPRSTUVWYZ"
_ACCENTED = "àƀçđéƒĝĥîĵķļɱñöƥŕšţûṽŵýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖƤŔŠŢÛṼŴÝŽ"
_TABLE = str.maketrans(_PLAIN, _ACCENTED)
_LONGER = frozenset("àéîöûýÀÉÎÖÛÝ")
# What must stay as it is: placeholders of both styles, tags, entities.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;)")
RIGHT = "\u200f"  # RIGHT-TO-LEFT MARK: punctuation and first-strong detection go to the right


def _longer(text: str) -> str:
    """Return the text with vowels doubled until it has grown by two fifths."""
    missing = -(-len(text) * 2 // 5)
    out = []
    for letter in text:
        twice = missing > 0 and letter in _LONGER
        out.append(letter * 2 if twice else letter)
        missing -= twice
    tail = "~" * missing
    return "".join(out) + " ".join(tail[n : n + 5] for n in range(0, missing, 5))


def pseudo(text: str) -> str:
    """Return a message in the pseudo-language; placeholders, tags and entities survive.

    A message without a letter (a sign, a number) is returned as it is.
    """
    if not any(letter.isalpha() for letter in _KEPT.sub("", text)):
        return text
    parts = _KEPT.split(text)
    told = [part if n % 2 else _longer(part.translate(_TABLE)) for n, part in enumerate(parts)]
    return RIGHT + "".join(told) + RIGHT
