"""Who joined an instrument, what each communicated, and how one instrument stands among the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from rogatory.errors import InstrumentError
from rogatory.instruments import _compiled
from rogatory.instruments._model import Communication, Counting, Party, Relation, Ruling
from rogatory.instruments._views import words

__all__ = ["parties", "relation", "relations"]


@cache
def parties(key: str = "hanoi_2024", language: str = "en") -> tuple[Party, ...]:
    """Return the Parties and signatories of an instrument, as far as sources told, by code.

    Raises:
        InstrumentError: INST-002 for an unknown instrument, INST-003 where the data are absent.
    """
    page = _compiled.structure(key)
    return tuple(_party(key, row, page["rows"], language) for row in page["parties"])


def _party(key: str, row: Mapping[str, Any], rows: Mapping[str, Any], language: str) -> Party:
    own = words(f"{key}/{row['id']}", language)
    told = [rows[name][1] for name in row["communications"]]
    reserved = [ref for each in told if each["values"]["kind"] == "reservation" for ref in each["refs"]]
    return Party(
        code=row["code"],
        name=str(own.get("name", row["code"])),
        type=row["type"],
        confidence=row["confidence"],
        signature=row["signature"],
        consent=row["consent"],
        reservations=tuple(f"{key}/{ref}" for ref in reserved),
        source=row["source"],
        words=own,
        status=row.get("status"),
        communications=tuple(f"{key}/{name}" for name in row["communications"]),
        completeness=row.get("completeness", "not_read"),
    )


def relations() -> tuple[Relation, ...]:
    """Return how each instrument at hand stands among the others: conventions by rank, then the rest."""
    found = [relation(key) for key in sorted(_compiled.relations())]
    return tuple(sorted(found, key=lambda each: (each.rank is None, each.rank or 0)))


@cache
def relation(key: str) -> Relation:
    """Return how one instrument stands among the others; it reads one small page and no words.

    Raises:
        InstrumentError: INST-002 for an unknown instrument, INST-003 where the data are absent.
    """
    page = _compiled.relations().get(key)
    if page is None:
        raise InstrumentError("INST-002", name=key)
    facts = page["facts"]
    return Relation(
        key=key,
        kind=facts["kind"],
        rank=facts.get("rank"),
        named_parties=frozenset(facts.get("named_parties", ())),
        mutual_assistance=facts.get("mutual_assistance", False),
        in_force=facts.get("in_force"),
        confidence=facts.get("in_force_confidence", "verified"),
        partial=facts.get("participation") == "partial",
        fallback=None if page["fallback"] is None else f"{key}/{page['fallback']}",
        joining=MappingProxyType({name: _counting(key, row) for name, row in page["joining"].items()}),
        matters=MappingProxyType({name: _ruling(key, *row) for name, row in page["matters"].items()}),
        parties=MappingProxyType(page["parties"]),
        communications=tuple(_communication(key, row) for row in page["communications"]),
    )


def _ruling(key: str, refs: list[str], yields: bool, confidence: str) -> Ruling:  # noqa: FBT001 -- a row of data
    return Ruling(tuple(f"{key}/{ref}" for ref in refs), yields, confidence)


def _communication(key: str, row: list[Any]) -> Communication:
    name, party, kind, matters, refs, languages = row
    about = tuple(f"{key}/{ref}" for ref in refs)
    return Communication(f"{key}/{name}", party, kind, tuple(matters), about, tuple(languages))


def _counting(key: str, row: Mapping[str, Any]) -> Counting:
    return Counting(
        value=row["value"],
        unit=row["unit"],
        type=row["type"],
        ref=f"{key}/{row['ref']}",
        instruments=row.get("instruments"),
        reio_counted=row.get("reio_counted", True),
        of_which_member_states=row.get("of_which_member_states", 0),
    )
