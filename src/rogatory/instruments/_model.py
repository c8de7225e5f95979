"""What the room hands out: frozen views of one provision, one index entry, one Party, one instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Entry", "Instrument", "Party", "Provision", "Words"]

Words = Mapping[str, "str | tuple[str, ...]"]
"""Words by part: ``title``, ``text``, ``summary``, ``note``, ``what``, ``rule``, ..."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One addressable place of a treaty, in our own words.

    The words are a paraphrase, never the treaty's text, and ``confidence`` says how sure it is.

    Attributes:
        ref: ``hanoi_2024/art42.p3.d``.
        level: ``chapter``, ``article``, ``paragraph`` or ``point``.
        citation: ``art. 42(3)(d)``, as a lawyer would write it.
        obligation: ``mandatory``, ``optional``, ... (``words("hanoi_2024/obligation.mandatory")``).
        confidence: ``verified`` or a weaker word of the instrument's legend.
        numbering: How sure the paragraph and point numbers are.
        links: References by kind (``time_limits``, ``refusals``, ...), each a full reference.
    """

    ref: str
    instrument: str
    id: str
    level: str
    citation: str
    kind: str | None
    obligation: str | None
    confidence: str | None
    numbering: str | None
    tags: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]]
    models: tuple[str, ...]
    parent: str | None
    children: tuple[str, ...]
    words: Words

    @property
    def title(self) -> str:
        """The heading of an article or chapter; empty below."""
        return _line(self.words, "title")

    @property
    def text(self) -> str:
        """The paraphrase; for an article its summary."""
        return _line(self.words, "text") or _line(self.words, "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an index (a time limit, a ground, a notification, a particular of a request).

    Attributes:
        ref: ``hanoi_2024/tl.art42.min``.
        index: The index it stands in, such as ``time_limits``.
        refs: The provisions it rests on, as full references; empty where the treaty is silent.
        values: Its own data (``value``, ``unit``, ``type``, ``requirement``, ...).
    """

    ref: str
    instrument: str
    id: str
    index: str
    refs: tuple[str, ...]
    links: Mapping[str, tuple[str, ...]]
    confidence: str | None
    values: Mapping[str, object]
    words: Words

    @property
    def text(self) -> str:
        """The one line that says what it is."""
        parts = ("text", "what", "rule", "ground", "label", "function", "title", "name", "who", "word")
        return next((line for part in parts if (line := _line(self.words, part))), "")


@dataclass(frozen=True, slots=True)
class Party:
    """One Party's standing as far as found: signed when, consented when, reserved what.

    A date that no source gave is None; nothing is inferred from it.
    """

    code: str
    name: str
    type: str
    confidence: str
    signature: Mapping[str, object]
    consent: Mapping[str, object]
    reservations: tuple[str, ...]
    source: str
    words: Words


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty as a whole: its facts, its articles and its indexes by name.

    Attributes:
        digest: SHA-256 (hex) of the compiled structure: which version of the data a finding used.
        facts: ``adopted``, ``in_force`` (None: not in force), ``named_parties``, ...
    """

    key: str
    title: str
    digest: str
    facts: Mapping[str, object]
    articles: tuple[str, ...]
    indexes: tuple[str, ...]
    words: Words


def _line(words: Words, part: str) -> str:
    value = words.get(part, "")
    return value if isinstance(value, str) else "; ".join(value)
