"""What a rule says: an outcome, a reason at each anchor, and what would cure it.

A finding never refuses, never travels and is never a score. It is made of codes and fields; the words come
late, in the reader's language, and the words of the law come from the instrument itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from rogatory import instruments, messages
from rogatory.errors import LawError

__all__ = ["Cure", "Finding", "Outcome", "Reason", "cited_as", "explain", "never_automated", "sentence"]

ANCHORS_OF_NEVER: Final = "never_automated"


class Outcome(StrEnum):
    """What a rule found. Nothing between them, and no number."""

    MET = "met"
    NOT_MET = "not_met"
    FOR_A_PERSON = "for_a_person"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was seen, at one place of the law.

    Attributes:
        anchor: The provision or practice it rests on, such as ``hanoi_2024/art42.p3.d``.
        code: ``LAW-nnn``, a sentence of ``locale/en/law.toml``.
        fields: What the sentence names, as sorted pairs; numbers of items and dates, never identifiers
            and never text of the request.
    """

    anchor: str
    code: str
    fields: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cure:
    """What would cure a finding: a sentence, and the place in the request, as a JSON Pointer."""

    code: str
    path: str
    fields: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one request. Internal advice: it is never part of a statement.

    Attributes:
        outcome: ``MET``, ``NOT_MET`` or ``FOR_A_PERSON``.
        rule: The id of the rule, such as ``hanoi_2024/custodian_is_indicated``.
        cites: The provision or practice that the rule cites.
        reasons: At least one; each with its own anchor.
        cure: What would make it met; empty where nothing would.
    """

    outcome: Outcome
    rule: str
    cites: str
    reasons: tuple[Reason, ...]
    cure: tuple[Cure, ...] = ()

    def __post_init__(self) -> None:
        """Refuse to exist where the software would answer what only a person may answer."""
        check_left_to_a_person(self)

    @property
    def asked_by(self) -> str:
        """``practice`` where no provision asks for it, ``law`` otherwise."""
        return "practice" if instruments.confidence(self.cites) == "practice" else "law"


@cache
def never_automated(instrument: str = "hanoi_2024") -> frozenset[str]:
    """Return the provisions on which no finding is ever ``MET`` (PRACTICE section 3)."""
    rows = instruments.index(instrument, ANCHORS_OF_NEVER)
    return frozenset(ref for row in rows for ref in row.refs)


def check_left_to_a_person(finding: Finding) -> None:
    """Refuse a ``MET`` on persecution, emergency, proportionality, ordre public and their like.

    Raises:
        LawError: LAW-004 where a rule tries; it is a fault of the rule, not of the request.
    """
    if finding.outcome is not Outcome.MET:
        return
    for anchor in (finding.cites, *(reason.anchor for reason in finding.reasons)):
        if anchor in never_automated():
            raise LawError("LAW-004", rule=finding.rule, anchor=anchor)


def sentence(what: Reason | Cure, language: str = messages.FALLBACK) -> str:
    """Return the one line of a reason or a cure, with the words of its anchor."""
    return messages.sentence(what.code, _fields(what, language), language)


def explain(what: Reason | Cure, language: str = messages.FALLBACK) -> str:
    """Return the paragraph: what was seen, what it means, what to do next."""
    return messages.explain(what.code, _fields(what, language), language)


def _fields(what: Reason | Cure, language: str) -> dict[str, str | int]:
    fields = dict(what.fields)
    # A desk may have put its own name for an instrument there already.
    if (key := fields.get("instrument")) in instruments.instruments():
        fields["instrument"] = instruments.instrument(str(key), language).name
    if isinstance(what, Cure):
        fields["path"] = what.path
    else:
        # A provision that is cut in the middle says something else.
        fields["asked"] = messages.Own(instruments.text(what.anchor, language).rstrip(".;:"))
        fields["citation"] = cited_as(what.anchor)
    return fields


def cited_as(anchor: str) -> str:
    """Return how a lawyer would write an anchor: ``art. 42(3)(d)``, or ``practice`` where it is not law."""
    if instruments.confidence(anchor) == "practice":
        return "practice"
    name = anchor.partition("/")[2]
    if not instruments.is_entry(anchor):
        return instruments.citation(name)
    refs = instruments.entry(anchor).refs
    return ", ".join(instruments.citation(ref.partition("/")[2]) for ref in refs)
