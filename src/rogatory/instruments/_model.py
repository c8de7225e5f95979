"""What the room hands out: frozen views of one provision, one index entry, one Party, one instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "Communication",
    "Counting",
    "Entry",
    "Instrument",
    "Party",
    "Provision",
    "Relation",
    "Ruling",
    "Words",
]

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
        parts = (
            "text",
            "what",
            "rule",
            "ground",
            "label",
            "function",
            "title",
            "name",
            "who",
            "word",
            "reason",
        )
        return next((line for part in parts if (line := _line(self.words, part))), "")


@dataclass(frozen=True, slots=True)
class Party:
    """One Party's standing as far as found: signed when, consented when, communicated what.

    A date that no source gave is None; nothing is inferred from it.

    Attributes:
        status: ``party``, ``signatory``, ``invited`` or ``non_party``; None where the days say it all.
        reservations: The provisions it reserved, as references.
        communications: Its reservations, declarations and notifications, as references to entries.
        completeness: ``complete``, ``partial`` or ``not_read``: whether an entry that is absent means
            anything. With ``not_read`` it means nothing.
    """

    code: str
    name: str
    type: str
    confidence: str
    signature: Mapping[str, object]
    consent: Mapping[str, object]
    reservations: tuple[str, ...]
    source: str | None
    words: Words
    status: str | None = None
    communications: tuple[str, ...] = ()
    completeness: str = "not_read"


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

    @property
    def name(self) -> str:
        """What it is called within a sentence, such as ``the Budapest Convention``."""
        return _line(self.words, "name") or self.title


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an instrument says of one matter, without its words.

    Attributes:
        refs: Where it says so, as references; empty where it says nothing (known) or nobody read it.
        yields: Whether another mutual assistance treaty between the pair takes its place.
        confidence: ``unknown`` where nobody read it.
    """

    refs: tuple[str, ...]
    yields: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Communication:
    """A reservation, declaration or notification of one Party, without its words.

    Attributes:
        ref: Its entry, such as ``ets_185/party.fra.c4``.
        matters: The matters it bears on.
        provisions: What it is about, as references.
        languages: The languages that it says the Party accepts, in the part of a tag that names one alone.
    """

    ref: str
    party: str
    kind: str
    matters: tuple[str, ...]
    provisions: tuple[str, ...]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """How an instrument counts from a deposit to a day.

    Attributes:
        type: ``exact_ordinal_day`` (the nth day after), ``exact``, or ``first_day_of_month_after``.
        instruments: How many deposits bring it into force; None for a later Party.
        reio_counted: Whether an instrument of an organisation counts among them.
        of_which_member_states: How many of them have to come from member States; 0 where that is nothing.
    """

    value: int
    unit: str
    type: str
    ref: str
    instruments: int | None
    reio_counted: bool
    of_which_member_states: int


@dataclass(frozen=True, slots=True)
class Relation:
    """One instrument among others: whom it can bind, what it rules, and how it is joined.

    Attributes:
        rank: Its place among the conventions, 1 first; None for a treaty between named Parties.
        named_parties: Between whom alone it can be in force; empty for a convention.
        mutual_assistance: Whether it is a mutual assistance treaty in criminal matters.
        in_force: The day of its general entry into force; None where there is none or nobody knows.
        partial: Whether its Parties are listed in part only, so that one not listed is unknown.
        fallback: The provision by which it yields to another mutual assistance treaty, if it has one.
        joining: By ``first``, ``later``, ``accession`` and ``denunciation``.
        parties: Facts by Party code: ``type``, ``signed``, ``deposit``, ``in_force``, ``confidence``.
    """

    key: str
    kind: str
    rank: int | None
    named_parties: frozenset[str]
    mutual_assistance: bool
    in_force: str | None
    confidence: str
    partial: bool
    fallback: str | None
    joining: Mapping[str, Counting]
    matters: Mapping[str, Ruling]
    parties: Mapping[str, Mapping[str, object]]
    communications: tuple[Communication, ...]


def _line(words: Words, part: str) -> str:
    value = words.get(part, "")
    return value if isinstance(value, str) else "; ".join(value)
