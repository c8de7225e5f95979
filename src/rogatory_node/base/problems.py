"""RFC 9457 problem documents: an error for a machine, by the code that never changes."""

from __future__ import annotations

from typing import Any, Final

from rogatory import wire
from rogatory.errors import RogatoryError

__all__ = ["MEDIA_TYPE", "problem", "problem_bytes"]

MEDIA_TYPE: Final = "application/problem+json"


def problem(error: RogatoryError, status: int, *, language: str = "en") -> dict[str, Any]:
    """Return the members of a problem document.

    ``type`` is a reference that resolves on this node to the paragraph for a person. The fields of the
    error are members of ``fields``, as text: they hold no secret and no personal data.

    Args:
        error: What was refused.
        status: The HTTP status that goes with it.
        language: The reader's language.

    Source:
        RFC 9457 section 3.
    """
    return {
        "type": f"/problems/{error.code}",
        "title": str(error).partition(" ")[2],
        "status": status,
        "detail": error.explain(language),
        "code": error.code,
        "fields": {name: _plain(str(value)) for name, value in error.fields.items()},
    }


def _plain(text: str) -> str:
    # A field may quote what somebody sent. What no document of ours may hold must not stop the answer.
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def problem_bytes(error: RogatoryError, status: int, *, language: str = "en") -> bytes:
    """Return the canonical bytes of :func:`problem`; the media type is ``MEDIA_TYPE``."""
    return wire.canonical(problem(error, status, language=language))
