"""Another Party as one meets it: its card, and what binds us with it, matter by matter."""

from __future__ import annotations

from dataclasses import dataclass

from .frame import Link
from .shapes import StateBadge
from .thread import Fact

__all__ = ["BasisRow", "BasisTable", "ContactCard"]


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Can they be reached now, what may they do alone, what will they ask for."""

    title: str
    lead: str
    state: StateBadge
    facts: tuple[Fact, ...]
    act: Link | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One matter, the instrument that governs it, and why."""

    matter: str
    instrument: str
    why: str


@dataclass(frozen=True, slots=True)
class BasisTable:
    """What binds a pair of Parties on a day: one row a matter, since one pair can have several."""

    title: str
    caption: str
    rows: tuple[BasisRow, ...]
    note: str = ""
