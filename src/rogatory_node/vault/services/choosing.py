"""Choosing: what words select of a package, counted in its table before anybody is asked to approve it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

from rogatory import wire
from rogatory.envelopes.chunks import CHUNK_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence import Entry, Selection
from rogatory.evidence.disclosing.selecting import part_of
from rogatory.evidence.models import AREAS
from rogatory_node.base import NodeError
from rogatory_node.vault.models import Onward

__all__ = ["COUNTED", "MOST", "Chosen", "Given", "Line", "check_bound", "choose", "commitment"]

COUNTED: Final = 50_000
"""Entries up to which a table is read to count what is chosen; a longer one would keep an officer waiting."""
MOST: Final = 500
"""Lines of one selection: people read all of them before they approve."""
LARGEST: Final = (1 << 53) - 1
LABEL: Final = b"rogatory/onward-selection/v1\x00"

Where = tuple[str, str]
"""An area, and a path below it; empty for the whole area."""


class Given(NamedTuple):
    """What is given on: the whole to an authority, or else files and ranges of bytes by file."""

    recipient: str = ""
    files: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[int, int]] = {}


@dataclass(slots=True)
class Line:
    """What one line of a selection gives.

    Attributes:
        words: As written.
        kind: ``file``, ``folder`` (everything below it), ``range``, ``entry`` (a line without content), or
            empty where the table was not read.
        files: How many files.
        size: Their bytes; of a range, those of its chunks.
        first, last: Of a range, the bytes that are given: rounded out to chunks of 1 MiB.
    """

    words: str
    kind: str = ""
    files: int = 0
    size: int = 0
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a selection gives: each line of it, and all of them.

    Attributes:
        counted: Whether the table was read; otherwise the counts are nothing.
    """

    lines: tuple[Line, ...]
    counted: bool

    def members(self) -> dict[str, Any]:
        """Return it as members; no two lines give the same file, so their sums are the whole."""
        return {
            "counted": self.counted,
            "files": sum(each.files for each in self.lines),
            "size": sum(each.size for each in self.lines),
            "lines": [asdict(each) for each in self.lines],
        }


def choose(given: Given, entries: Iterator[Entry] | None) -> Chosen:
    """Return what the words select of a table.

    1. each line is a path, or a path and a range, and none means everything; 2. no line repeats another, nor
    lies below one that is given whole; 3. each names something, and each range is within its file.

    Args:
        given: Files and ranges.
        entries: The table; None if it is too long to be read, then step 3 is left to the worker.

    Raises:
        NodeError: NODE-467 a line that is none, NODE-468 a line within another, NODE-469 too many lines.
        EvidenceError: EVID-207 a line names nothing, EVID-208 a range is not in the file, EVID-210 no line.
    """
    Selection(files=given.files, ranges=given.ranges)
    if len(given.files) + len(given.ranges) > MOST:
        raise NodeError("NODE-469", most=MOST)
    # Steps 1 and 2.
    wanted = _wanted(given)
    ranges = {words: tuple(ends) for words, ends in given.ranges.items()}
    lines = {where: Line(words) for where, words in wanted.items()}
    if entries is None:
        for line in lines.values():
            line.first, line.last = ranges.get(line.words, (-1, -1))
        return Chosen(tuple(lines.values()), counted=False)
    # Step 3.
    for number, entry in enumerate(entries):
        for where in _above(entry.area, entry.path):
            if where in lines:
                _count(lines[where], entry, number, where, given.ranges)
    for line in lines.values():
        if not line.kind:
            raise EvidenceError("EVID-207", path=line.words)
    return Chosen(tuple(lines.values()), counted=True)


def commitment(made: Onward) -> str:
    """Return what stands in the statement as its nonce: a digest of the selection, blinded by the row's salt.

    So the approved content says what is given, and who gets the statement learns nothing of it.
    """
    members = {
        "package": made.package.package,
        "seal": made.package.seal,
        "kind": str(made.kind),
        "recipient": made.recipient,
        "selection": made.selection,
        "holds": made.holds,
        "consent": made.consent,
    }
    return hashlib.sha256(LABEL + bytes.fromhex(made.salt) + wire.canonical(members)).hexdigest()


def check_bound(made: Onward, nonce: str) -> None:
    """Refuse what is given on if it is not what people approved.

    Raises:
        NodeError: NODE-470.
    """
    if len(made.salt) != 2 * hashlib.sha256().digest_size or commitment(made) != nonce:
        raise NodeError("NODE-470")


def _wanted(given: Given) -> dict[Where, str]:
    found: dict[Where, str] = {}
    for number, words in enumerate((*given.files, *given.ranges), 1):
        where = _where(words)
        if where is None or not _is_range(given.ranges.get(words, (0, 0))):
            raise NodeError("NODE-467", line=number)
        if where in found:
            raise NodeError("NODE-468", path=words)
        found[where] = words
    for where, words in found.items():
        above = [each for each in _above(*where) if each != where]
        if any(found.get(each, words) != words for each in above):
            raise NodeError("NODE-468", path=words)
    return found


def _where(words: str) -> Where | None:
    """Return what a line means, as ``evidence`` reads it; None if it means nothing, or cannot be meant."""
    clean = words.strip("/")
    parts = clean.split("/")
    if not clean.strip() or not clean.isprintable() or {"", ".", ".."} & set(parts):
        return None
    top, _slash, below = clean.partition("/")
    return (top, below) if top in AREAS else ("data", clean)


def _is_range(ends: tuple[int, int]) -> bool:
    first, last = ends
    return 0 <= first <= last <= LARGEST


def _above(area: str, path: str) -> Iterator[Where]:
    """Yield a path, each folder above it, and its area."""
    while path:
        yield area, path
        path = path.rpartition("/")[0]
    yield area, ""


def _count(
    line: Line, entry: Entry, number: int, where: Where, ranges: Mapping[str, tuple[int, int]]
) -> None:
    exact = where == (entry.area, entry.path)
    size = entry.size or 0
    if line.words in ranges:
        if exact:
            part = part_of(ranges[line.words], number, {"kind": entry.kind, "size": entry.size})
            line.kind, line.files = "range", 1
            line.first = part.first * CHUNK_SIZE
            line.last = min((part.first + part.count) * CHUNK_SIZE, size) - 1
            line.size = line.last - line.first + 1
        return
    line.kind = "folder" if not exact else "file" if entry.kind == "file" else "entry"
    line.files += entry.kind == "file"
    line.size += size
