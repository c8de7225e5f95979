"""Names that open everywhere: portable paths, made without loss from whatever a source holds.

A name that some system could not hold, or would take for another, is written with ``=`` and two
hexadecimal digits for each byte that stands in the way. What it was at the source is kept beside it.
So no file is refused for its name, and none can climb out of the folder it is opened into.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

__all__ = ["MAX_COMPONENT", "MAX_DEPTH", "MAX_PATH", "fault", "fold", "portable", "portable_names"]

MAX_COMPONENT: Final = 255
MAX_PATH: Final = 4096
MAX_DEPTH: Final = 128

# Controls, what reorders text on a screen, line separators, and what Windows cannot hold. The percent
# sign is there because BagIt 1.0 writes it as %25 in a manifest, which sha256sum takes literally.
_UNSAFE: Final = re.compile(
    '[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\\\:*?"<>|%]'
)
_LOOKS_ESCAPED: Final = re.compile("=(?=[0-9A-Fa-f]{2})")
# Nearly every name: nothing in it stands in the way, unless it is a device's.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.ASCII)
# Device names of Windows, with any extension.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def fold(component: str) -> str:
    """Return what two names share if some file system takes them for one (Unicode D145)."""
    if component.isascii():
        return component.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", component).casefold())


def _escape(text: str) -> str:
    return "".join(f"={byte:02X}" for byte in os.fsencode(text))


def portable(name: str, *, head: int = 0) -> str:
    """Return the portable form of one component of a path; the same name if it is portable already.

    Args:
        name: One component as the system gives it; undecodable bytes as surrogates.
        head: How many leading characters to write as bytes whatever they are.

    Examples:
        >>> portable("access.log"), portable("12:30.log"), portable("aux.c"), portable("100%")
        ('access.log', '12=3A30.log', '=61ux.c', '100=25')
    """
    if not head and _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    forced, rest = name[:head], name[head:]
    text = _LOOKS_ESCAPED.sub("=3D", rest)
    text = _escape(forced) + _UNSAFE.sub(lambda found: _escape(found[0]), text)
    if _RESERVED.fullmatch(text) or text in {".", ".."}:
        text = _escape(text[0]) + text[1:]
    if text.endswith((".", " ")):
        text = text[:-1] + _escape(text[-1])
    return text


def portable_names(names: Iterable[str]) -> dict[str, str]:
    """Return each name of one folder with its portable form; no two of them fold alike.

    Of names that some file system takes for one, the first in byte order keeps its form; in the
    others as many leading characters as needed are written as bytes.
    """
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in sorted(names, key=os.fsencode):
        head = 0
        while (folded := fold(form := portable(name, head=head))) in taken:
            head += 1
        found[name] = form
        taken.add(folded)
    return found


def fault(path: str) -> str | None:
    """Return why a path of an entry may not be opened, or None if it may.

    Source:
        spec/evidence.md 6.4.
    """
    components = path.split("/")
    if len(path.encode("utf-8", "replace")) > MAX_PATH or len(components) > MAX_DEPTH:
        return "too long"
    return next((reason for reason in map(_component_fault, components) if reason), None)


# The folders above a file are asked for once more with each of its neighbours.
@lru_cache(maxsize=256)
def _component_fault(component: str) -> str | None:
    if len(component) <= MAX_COMPONENT and _PLAIN.fullmatch(component):
        return "a name that some systems reserve" if _RESERVED.fullmatch(component) else None
    if component in {"", ".", ".."}:
        return "it is empty or climbs"
    if len(component.encode("utf-8", "replace")) > MAX_COMPONENT:
        return "too long"
    if _UNSAFE.search(component):
        return "a character that no name may hold"
    if _RESERVED.fullmatch(component) or component.endswith((".", " ")):
        return "a name that some systems reserve"
    return None
