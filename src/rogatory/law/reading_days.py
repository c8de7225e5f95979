"""Which days and hours that a draft states are none: 30 February, 31 June, half past twenty-five.

What the calendar lacks is read as an absence everywhere else, and nobody would see that it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

__all__ = ["unreal"]

DEPTH: Final = 6
WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ].{0,40})?", re.ASCII)
# Members that hold a day or an instant and nothing else.
MEMBERS: Final = frozenset(
    (
        *("answer_by", "born", "date", "deadline", "documents_by", "ends", "enacted", "follow_up"),
        *("follow_up_planned", "hearing_on", "known_since", "reported", "return_by", "review_by"),
        *("serve_by", "starts", "until", "vanishes"),
    )
)


def unreal(body: Mapping[str, Any], base: str) -> tuple[str, ...]:
    """Return the JSON Pointer of each day or instant that is written as one and is none."""
    return tuple(_walk(body, base, DEPTH))


def _walk(value: object, path: str, deeper: int) -> Iterator[str]:
    if not deeper:
        return
    if isinstance(value, Mapping):
        for name, each in value.items():
            if isinstance(each, str):
                if name in MEMBERS and _is_unreal(each.strip()):
                    yield f"{path}/{name}"
            elif isinstance(name, str) and name.isascii() and name.isidentifier():
                yield from _walk(each, f"{path}/{name}", deeper - 1)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        for at, each in enumerate(value):
            yield from _walk(each, f"{path}/{at}", deeper - 1)


def _is_unreal(text: str) -> bool:
    if not WRITTEN.fullmatch(text):
        return False
    try:
        date.fromisoformat(text[:10])
        datetime.fromisoformat(text)
    except ValueError:
        return True
    return False
