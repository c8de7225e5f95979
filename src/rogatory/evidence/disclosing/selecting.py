"""What is given of a package: whole files, ranges, single members; or everything but what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rogatory.envelopes.chunks import CHUNK_SIZE, chunk_count
from rogatory.errors import EvidenceError
from rogatory.evidence.disclosed import Part
from rogatory.evidence.models import AREAS, Area, Entry

__all__ = ["Selection", "Withholding", "part_of"]

NAMES: Final = frozenset(Entry.model_fields)


@dataclass(frozen=True, slots=True)
class Withholding:
    """A file or folder that is withheld, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be given; paths as in the opened bag, such as ``data/case/access.log``.

    ``data/`` may be left away. A path of a folder means everything below it.

    Attributes:
        files: Files that are given whole.
        ranges: Bytes of a file, first and last, both included, from 0; rounded out to chunks of 1 MiB.
        members: Names of members to be shown of an entry of which no more is given.
        withheld: If it is there, everything else is given, and this is listed as withheld.
    """

    files: Sequence[str] = ()
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    withheld: Sequence[Withholding] | None = None

    def __post_init__(self) -> None:
        """Refuse a selection that cannot be meant."""
        if not (self.files or self.ranges or self.members) and self.withheld is None:
            raise EvidenceError("EVID-210")
        for names in self.members.values():
            for name in names:
                if name not in NAMES:
                    raise EvidenceError("EVID-209", name=name)


@dataclass(slots=True)
class Choice:
    """What is given of one entry."""

    whole: bool = False
    part: tuple[int, int] | None = None
    members: frozenset[str] = frozenset()
    reason: str | None = None


class Chooser:
    """Answers for each entry, and knows in the end which paths named none."""

    def __init__(self, selection: Selection) -> None:
        """Begin with nothing found."""
        self._all = selection.withheld is not None
        self._files = _index(selection.files)
        self._ranges = _index(selection.ranges)
        self._members = _index(selection.members)
        self._reasons = {each.path: each.reason for each in selection.withheld or ()}
        self._withheld = _index(self._reasons)
        self._ranged, self._named = selection.ranges, selection.members
        self._wanted = [*selection.files, *selection.ranges, *selection.members, *self._reasons]
        self._found: set[str] = set()

    def choose(self, area: Area, path: str) -> Choice:
        """Return what is given of an entry."""
        whole = self._seek(self._files, area, path)
        ranged = self._seek(self._ranges, area, path, exact=True)
        named = self._seek(self._members, area, path)
        withheld = self._seek(self._withheld, area, path)
        choice = Choice(whole=whole is not None)
        if withheld is not None:
            # Who withholds a folder and names a file below it has said two things; the narrower holds.
            choice.reason = self._reasons[withheld]
        elif self._all and ranged is None:
            choice.whole = True
        if ranged is not None and not choice.whole:
            choice.part = self._ranged[ranged]
            choice.reason = choice.reason or ("the rest is withheld" if self._all else None)
        if named is not None:
            choice.members = frozenset(self._named[named])
        if choice.whole:
            choice.reason = None
        return choice

    def _seek(
        self, index: Mapping[tuple[Area, str], str], area: Area, path: str, *, exact: bool = False
    ) -> str | None:
        """Return the words that name this path, or a folder above it; the longest counts."""
        if not index:
            return None
        at = path
        while True:
            found = index.get((area, at))
            if found is not None:
                self._found.add(found)
                return found
            at, slash, _ = at.rpartition("/")
            if exact or not slash:
                whole = index.get((area, ""))
                if whole is not None and not exact:
                    self._found.add(whole)
                    return whole
                return None

    def finish(self) -> None:
        """Refuse words that named nothing: a slip of the pen must not pass as an empty answer."""
        for each in self._wanted:
            if each not in self._found:
                raise EvidenceError("EVID-207", path=each)


def _index(words: Iterable[str]) -> dict[tuple[Area, str], str]:
    """Return each word under what it means: below the area it begins with, else below ``data``."""
    found: dict[tuple[Area, str], str] = {}
    for word in words:
        clean = word.strip("/")
        top, _, below = clean.partition("/")
        # One meaning only: of two files that a word could mean, the wrong one must not leave as well.
        area = next((each for each in AREAS if each == top), None)
        found["data" if area is None else area, clean if area is None else below] = word
    return found


def part_of(wanted: tuple[int, int], number: int, entry: Mapping[str, Any]) -> Part:
    """Return the chunks that hold a range of bytes.

    Raises:
        EvidenceError: EVID-208 the range is not in the file, or the entry is none.
    """
    first, last = wanted
    size = entry.get("size")
    if entry.get("kind") != "file" or not isinstance(size, int) or not 0 <= first <= last < size:
        raise EvidenceError("EVID-208", entry=number, first=first, last=last)
    begin, end = first // CHUNK_SIZE, last // CHUNK_SIZE
    assert end < chunk_count(size)
    return Part(first=begin, count=end - begin + 1)
