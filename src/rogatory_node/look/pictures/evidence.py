"""The evidence page: what may be opened, what leaves, through whose hands, what is proved."""

from __future__ import annotations

from dataclasses import dataclass

from .custody import CustodyLadder, Shelf
from .frame import Link
from .thread import Fact, NextAct

__all__ = ["EvidencePage", "FileRow", "Kept", "Proves", "ShelfSection"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file that leaves: its path, what it is, its digest in groups."""

    path: str
    what: str
    digest: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays shut or is withheld, and why, in words."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ShelfSection:
    """What leaves and what stays shut: the squares, then both in words."""

    shelf: Shelf
    title: str
    files: tuple[FileRow, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Proves:
    """What a verification proves and does not, side by side and of equal weight."""

    title: str
    proves: tuple[str, ...]
    does_not: tuple[str, ...]
    command: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One package."""

    crumbs: tuple[Link, ...]
    title: str
    lead: str
    facts: tuple[Fact, ...]
    next: NextAct | None = None
    shelf: ShelfSection | None = None
    ladder: CustodyLadder | None = None
    proves: Proves | None = None
