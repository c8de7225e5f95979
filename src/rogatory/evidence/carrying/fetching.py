"""Fetching: a package from elsewhere, by several lines, kept only if every byte is the sealed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from rogatory.custody import leaf_hash
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, Row
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import checks, models, reading
from rogatory.evidence.carrying import crews
from rogatory.evidence.carrying.crews import Again, AsSource, Line, Tell
from rogatory.evidence.carrying.staging import LEAF_SIZE, Held, Staging
from rogatory.evidence.models import Segment
from rogatory.evidence.opening import verifying
from rogatory.evidence.opening.verifying import Basis, Examined, Verification
from rogatory.evidence.segments import segment_name
from rogatory.evidence.sources import Source, read_seal
from rogatory.evidence.trees import Tree

__all__ = ["fetch"]

# What one read asks a source for: so much is asked for again, at most, when a line breaks.
PIECE: Final = 64 * 1024
# What is on its way to the disk and not yet there; after a loss of power it may have to come again.
UNSYNCED: Final = 64 << 20
# These say nothing about the package: what has arrived is kept for the next attempt.
KEPT: Final = frozenset({"EVID-004", "EVID-009", "EVID-071", "EVID-080", "EVID-093", "LOG-025"})
ABOUT_THE_PACKAGE: Final = frozenset({"ENV", "EVID", "LOG", "WIRE"})


def fetch(
    source: Source,
    out: Path,
    basis: Basis,
    *,
    further: Sequence[Source] = (),
    again: Again = crews.never,
) -> Verification:
    """Leave a copy of a package at ``out``, once every step of ``verify`` holds for what arrived.

    Each byte is asked for once and checked as early as the format allows (spec/evidence.md 9.3); the copy
    has its name when it is complete, and not before. What has arrived lies beside it, in a hidden folder; if
    the line breaks or the process dies, the next call goes on from the byte that was reached, after hashing
    again what lies there. Only what the seal names is asked for. Nothing is decrypted.

    Args:
        source: Where it lies; it is not believed.
        out: The folder to be; nothing of that name may exist.
        basis: Whom to believe, as of when; ``announced`` ties the package to the statement about it. Its
            ``progress`` is called in this thread, with more lines than one at least every second.
        further: The same package by other lines, each used by a thread of its own.
        again: Called when a line brought nothing, with the number of times in a row before; waits as it
            sees fit, and returns whether to ask again.

    Raises:
        EvidenceError: EVID-004, EVID-009, EVID-080 ``out``; EVID-021 to EVID-035, EVID-070 the package;
            EVID-071 it cannot be read now.
        EnvelopeError, KeysError, WireError, CustodyError: The seal, its key or the receipt.

    Source:
        spec/evidence.md 9.
    """
    stopping = Event()
    lines = [Line(each, again, stopping) for each in (source, *further)]
    try:
        with Staging(out) as staging:
            try:
                return _fetch(_Fetch(lines, staging, basis, stopping))
            except RogatoryError as error:
                if error.family in ABOUT_THE_PACKAGE and error.code not in KEPT:
                    staging.remove()
                raise
    except OSError as error:
        raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error


@dataclass(frozen=True, slots=True)
class _Fetch:
    lines: list[Line]
    staging: Staging
    basis: Basis
    stopping: Event


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    segment: Segment


def _fetch(fetch: _Fetch) -> Verification:
    examined = _examine(fetch)
    # Step 8.
    examined.step(8)
    jobs = [
        _Job(segment_name(area, number), segment)
        for area in models.AREAS
        for number, segment in enumerate(verifying.segments(examined.seal, area), 1)
    ]
    staging = fetch.staging

    def work(line: Line, job: _Job, tell: Tell) -> None:
        _bring(line, staging, job, tell)

    crews.run(fetch.lines, jobs, work, fetch.basis.progress, fetch.stopping)
    verifying.check_ciphertext(examined.seal)
    verification = verifying.conclude(examined, files=None)
    staging.finish()
    return verification


def _examine(fetch: _Fetch) -> Examined:
    """Do steps 1 to 6, with what an earlier attempt left; without it, if that is why one fails."""
    # The seal comes anew each time: it says of which package the rest is.
    fetch.staging.begin(read_seal(AsSource(fetch.lines[0])))
    fetch.staging.drop(models.RECEIPT)
    try:
        return _steps(fetch)
    except RogatoryError as error:
        if error.family not in ABOUT_THE_PACKAGE or error.code in KEPT:
            raise
        fetch.staging.forget_files()
        return _steps(fetch)


def _steps(fetch: _Fetch) -> Examined:
    kept = _Kept(fetch.lines[0], fetch.staging, fetch.basis.progress)
    examined = verifying.begin(kept, fetch.basis)
    kept.ends.update({each.path: each.size for each in examined.seal.files})
    verifying.check_package(examined)
    return examined


class _Kept:
    """A source that writes down what is read through it, and asks only for what it has not yet."""

    def __init__(self, line: Line, staging: Staging, progress: Callable[[int], None]) -> None:
        self._line, self._staging, self._progress = line, staging, progress
        self.ends: dict[str, int] = {}

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        done = self._staging.read(path, start, buffer)
        # The seal is there already, whole.
        end = 0 if path == models.SEAL else self.ends.get(path, start + len(buffer))
        wanted = min(len(buffer), max(end - start, done))
        while done < wanted:
            piece = buffer[done : min(done + PIECE, wanted)]
            got = self._line.read(path, start + done, piece)
            self._staging.write(path, start + done, piece[:got])
            self._progress(0)
            done += got
            if got < len(piece):
                break
        return done

    def names(self) -> None:
        return None


def _bring(line: Line, staging: Staging, job: _Job, tell: Tell) -> None:
    """Bring one segment; once more from its beginning if what an earlier attempt left does not fit."""
    resumed = staging.has_part_of(job.name)
    try:
        _bring_once(line, staging, job, tell)
    except RogatoryError as error:
        if not resumed or error.code in KEPT:
            raise
        # Whether this disk or the peer spoiled it cannot be told. What comes now is the peer's alone.
        staging.forget_segment(job.name)
        _bring_once(line, staging, job, tell)


def _bring_once(line: Line, staging: Staging, job: _Job, tell: Tell) -> None:
    name, segment = job.name, job.segment
    rows = _rows(line, staging, job, tell)
    buffer = memoryview(bytearray(CHUNK_SIZE))
    held = staging.segment(name)
    way = _Way(line, held, f"{name}.bin", tell)
    try:
        tree, place, offset, synced = Tree(), 0, 0, 0
        while place < segment.chunks:
            batch = reading.next_rows(rows, place)
            part = _Part(place, rows[place * ROW_SIZE : (place + len(batch)) * ROW_SIZE], batch, offset)
            for leaf in _leaves(way, part, buffer[: part.size]):
                tree.add_leaf(leaf)
            place += len(batch)
            offset += part.size
            if offset - synced >= UNSYNCED:
                held.sync()
                synced = offset
        checks.check_segment_root(way.path, tree.root(), segment.root)
        held.cut(segment.size)
        held.sync()
    finally:
        held.close()


@dataclass(frozen=True, slots=True)
class _Part:
    """Some chunks in a row: where they begin, their rows, and where their ciphertext does."""

    first: int
    packed: bytes
    rows: list[Row]
    offset: int

    @property
    def size(self) -> int:
        return sum(row.length for row in self.rows)


def _rows(line: Line, staging: Staging, job: _Job, tell: Tell) -> bytes:
    """Return the rows of a segment, once they are well formed and add up: before any of its ciphertext."""
    path, size = f"{job.name}.idx", job.segment.chunks * ROW_SIZE
    kept = _Kept(line, staging, tell)
    rows = bytearray(size)
    got = kept.read_into(path, 0, memoryview(rows))
    checks.check_size(path, got, size)
    reading.check_rows(job.name, bytes(rows), job.segment)
    return bytes(rows)


@dataclass(frozen=True, slots=True)
class _Way:
    """From a line to a segment's files, and who is told."""

    line: Line
    held: Held
    path: str
    tell: Tell


def _leaves(way: _Way, part: _Part, buffer: memoryview) -> list[bytes]:
    """Return the leaves of some chunks: of those that are there, if they are as they came; else they come."""
    have = way.held.read(part.offset, buffer)
    noted = way.held.leaves(part.first, len(part.rows))
    if len(noted) == len(part.rows) * LEAF_SIZE:
        leaves = _hashed(part, buffer)
        if have == part.size and b"".join(leaves) == noted:
            way.tell(part.size)
            return leaves
        have = 0
    way.tell(have)
    while have < part.size:
        piece = buffer[have : have + PIECE]
        got = way.line.read(way.path, part.offset + have, piece)
        way.held.write(part.offset + have, piece[:got])
        checks.check_size(way.path, got, len(piece))
        have += got
        way.tell(got)
    leaves = _hashed(part, buffer)
    way.held.note(part.first, b"".join(leaves))
    return leaves


def _hashed(part: _Part, buffer: memoryview) -> list[bytes]:
    leaves, begin = [], 0
    for number, row in enumerate(part.rows):
        packed = part.packed[number * ROW_SIZE : (number + 1) * ROW_SIZE]
        leaves.append(leaf_hash(chunks.leaf_data(packed, buffer[begin : begin + row.length])))
        begin += row.length
    return leaves
