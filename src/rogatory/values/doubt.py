"""A doubt: what looks wrong in a value that can be parsed. It warns a person; it refuses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rogatory import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Doubt", "doubt"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look again, by a code that never changes.

    It is advice at this node: it never travels and is never a score (PRACTICE section 3).

    Attributes:
        code: ``DOUBT-nnn``, described in ``locale/en/values.toml``.
        details: What the sentence names, as sorted pairs; never the identifier itself.
    """

    code: str
    details: tuple[tuple[str, str | int], ...] = ()

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return the details by name."""
        return dict(self.details)

    def sentence(self, language: str = messages.FALLBACK) -> str:
        """Return one line for a screen, without the code."""
        return messages.sentence(self.code, self.fields, language)

    def explain(self, language: str = messages.FALLBACK) -> str:
        """Return the paragraph: what was seen, what it may mean, what to do next."""
        return messages.explain(self.code, self.fields, language)


def doubt(code: str, **fields: str | int) -> Doubt:
    """Return a doubt with its fields in order, so that equal doubts are equal."""
    return Doubt(code, tuple(sorted(fields.items())))
