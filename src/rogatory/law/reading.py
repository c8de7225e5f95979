"""Reading a draft: whatever stands in a place becomes a text, a day, an instant, a mapping, or an absence.

It repairs nothing and judges nothing; what cannot be read is absent, and no error leaves this module.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

__all__ = ["day", "entries", "instant", "members", "moment", "party", "said", "text", "words"]

# White space, and what has no shape of its own: joiners, marks of direction, a byte-order mark.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0" + string.whitespace + "\u00a0\u3000"
)


def text(value: object) -> str:
    """Return what can be seen of a text; marks that no screen shows state nothing."""
    return value.strip(_UNSEEN).strip() if isinstance(value, str) else ""


def words(value: object) -> str:
    """Return a text of any shape, for a look at its set phrases."""
    return text(value) or text(members(value).get("original"))


def said(value: object) -> bool:
    """Tell whether free text is there, as a plain text or as ``Words``."""
    return bool(text(value) or text(members(value).get("original")))


def members(value: object) -> Mapping[str, Any]:
    """Return a mapping, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def entries(value: object) -> Sequence[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else ()


def day(value: object) -> date | None:
    """Return a day, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def instant(value: object) -> datetime | None:
    """Return an instant whose zone is stated, or None."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


def moment(value: object) -> datetime | None:
    """Return the instant of a moment whose zone is stated; a time without a zone is no instant."""
    row = members(value)
    return instant(row.get("normalised") if row else value)


def party(value: object) -> str:
    """Return the code of a Party, or nothing."""
    code = text(value).lower()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""
