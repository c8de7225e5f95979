"""Carrying: a package from one place to another that is no folder here, through memory that is bounded.

Each file is checked as it passes, and its last bytes are sent once all of it was right: a store keeps no file
that is cut short, so a wrong one never stands there. Then it is read back. The seal is sent last.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Final, Protocol

from rogatory.envelopes.chunks import ROW_SIZE
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import checks, models, reading
from rogatory.evidence.carrying import crews
from rogatory.evidence.carrying.crews import Again, AsSource, Line, Tell
from rogatory.evidence.models import Area, Covered, Seal, Segment
from rogatory.evidence.opening import verifying
from rogatory.evidence.opening.verifying import MAX_RECEIPT, Basis, Verification
from rogatory.evidence.segments import segment_name
from rogatory.evidence.sources import BLOCK, Source, read_seal, read_whole

__all__ = ["Target", "carry"]

# What is read of a place in which a file is not yet, or is another one.
NOT_THERE: Final = frozenset(
    {
        "ENV-030",
        "EVID-020",
        "EVID-021",
        "EVID-024",
        "EVID-025",
        "EVID-031",
        "EVID-032",
        "EVID-034",
        "EVID-093",
    }
)


class Target(Source, Protocol):
    """Somewhere a package is to lie; what was written there is read back."""

    @property
    def takes(self) -> Collection[str]:
        """The files that can be written."""
        ...

    def shares(self, source: Source) -> Collection[str]:
        """Return the files whose place here is one of that source's: they would be read from there."""
        ...

    def put(self, path: str, size: int, pieces: Iterator[bytes]) -> None:
        """Leave a file of exactly that size there, whole or not at all.

        Raises:
            EvidenceError: EVID-091 not this one; EVID-093 not with this right; EVID-095 not now.
        """
        ...


class _Way(Line):
    """A line that leads to a place, and back from there."""

    def __init__(self, source: Source, target: Target, again: Again, stopping: Event) -> None:
        super().__init__(source, again, stopping)
        self.target, self.again = target, again
        self.back = AsSource(Line(target, again, stopping))


@dataclass(frozen=True, slots=True)
class _Job:
    """A small file, or a segment with its rows."""

    area: Area
    number: int
    what: Segment | Covered

    @property
    def name(self) -> str:
        return self.what.path if isinstance(self.what, Covered) else segment_name(self.area, self.number)


def carry(
    source: Source,
    target: Target,
    basis: Basis,
    *,
    further: Sequence[tuple[Source, Target]] = (),
    again: Again = crews.never,
) -> Verification:
    """Leave a copy of a package in another place, once every step of ``verify`` holds for what lies there.

    1. the seal holds (steps 1 and 2 of ``verify``) and every file has its place, none of which is one of the
    source's; 2. no other package stands there; 3. each small file and each segment that is not there yet is
    sent, and read back; 4. the receipt, if there is one; 5. the seal, last: before it there is no package;
    6. steps 1 to 6 and 8 of ``verify`` hold for what is read back. Begun again, it reads what stands there
    and sends the rest. A file of which the sending broke is sent again from its beginning, at most 1 GiB; a
    reading that breaks goes on where it was. Nothing is decrypted.

    Args:
        source: Where it lies; it is not believed.
        target: Where it is to lie; it is not believed either.
        basis: Whom to believe; its ``progress`` is told of bytes as they pass, and of fewer than none if
            they have to pass again.
        further: The same by other lines, each used by a thread of its own.
        again: As ``fetch`` has it.

    Raises:
        EvidenceError: EVID-091 a link is lacking; EVID-094 one leads to the source; EVID-093, EVID-095 the
            target; EVID-096 it gives back something else; EVID-097 another package stands there; as
            ``fetch``.

    Source:
        spec/evidence.md 9.8.
    """
    stopping = Event()
    ways = [_Way(*each, again, stopping) for each in ((source, target), *further)]
    # The crew ends its lines; what comes before and after it goes by one of its own.
    first = _Way(source, target, again, Event())
    origin = AsSource(first)
    # Step 1.
    examined = verifying.begin(origin, replace(basis, on_step=lambda _: None))
    verifying.check_ciphertext(examined.seal)
    jobs = _jobs(examined.seal)
    check_takes(_names(jobs), target.takes)
    check_apart(target.shares(source))
    # Step 2.
    sealed = read_seal(origin)
    checks.check_announced(hashlib.sha256(sealed).hexdigest(), examined.digest)
    check_place(_seal_at(first.back), sealed)
    # Step 3.
    crews.run(ways, jobs, _bring, basis.progress, stopping)
    # Step 4.
    verifying.check_receipt(examined, None)
    if examined.receipt_there:
        check_takes([models.RECEIPT], target.takes)
        _send(first, models.RECEIPT, read_whole(origin, models.RECEIPT, MAX_RECEIPT))
    # Step 5.
    _send(first, models.SEAL, sealed)
    # Step 6. Every segment was read back above, and its root was the one under this seal.
    final = verifying.begin(first.back, replace(basis, announced=examined.digest))
    verifying.check_package(final)
    final.step(8)
    return verifying.conclude(final, files=None)


def check_takes(needed: Collection[str], takes: Collection[str]) -> None:
    """Refuse to begin what could not be ended: every file needs its place."""
    for each in needed:
        if each not in takes:
            raise EvidenceError("EVID-091", path=each)


def check_apart(shared: Collection[str]) -> None:
    """Refuse a target that is the source, were it in one file: it would stand there before it was sent."""
    for each in shared:
        raise EvidenceError("EVID-094", path=each, reason="the source itself")


def check_place(found: bytes | None, sealed: bytes) -> None:
    """Refuse a place at which another package stands: evidence is not written over."""
    if found is not None and found != sealed:
        raise EvidenceError("EVID-097")


def check_read_back(path: str, *, stands: bool) -> None:
    """Refuse a store that took a file and does not give it back."""
    if not stands:
        raise EvidenceError("EVID-096", path=path)


def _jobs(seal: Seal) -> list[_Job]:
    checks.check_covered_names(
        [each.path for each in seal.files], (models.README, models.RECIPIENTS, models.ENTRIES)
    )
    small = [_Job("data", 0, each) for each in seal.files]
    large = [
        _Job(area, number, segment)
        for area in models.AREAS
        for number, segment in enumerate(verifying.segments(seal, area), 1)
    ]
    return [*small, *large]


def _names(jobs: Sequence[_Job]) -> list[str]:
    names = [models.SEAL]
    for each in jobs:
        small = isinstance(each.what, Covered)
        names += [each.name] if small else [f"{each.name}.bin", f"{each.name}.idx"]
    return names


def _seal_at(target: Source) -> bytes | None:
    try:
        return read_seal(target)
    except EvidenceError as error:
        if error.code not in NOT_THERE:
            raise
        return None


def _bring(way: Line, job: _Job, tell: Tell) -> None:
    """Leave a file in its place; once it stands there, nothing is sent."""
    assert isinstance(way, _Way)
    size = 0 if isinstance(job.what, Covered) else job.what.size
    if _stands(way.back, job):
        tell(size)
        return
    if isinstance(job.what, Covered):
        what = job.what
        _put(way, what.path, what.size, lambda: _small(AsSource(way), what))
    else:
        _bring_segment(way, job, job.what, tell)
    check_read_back(job.name, stands=_stands(way.back, job))


def _bring_segment(way: _Way, job: _Job, segment: Segment, tell: Tell) -> None:
    passed, rows = 0, bytearray()

    def told(size: int) -> None:
        nonlocal passed
        passed += size
        tell(size)

    def begin() -> Iterator[bytes]:
        nonlocal passed
        tell(-passed)
        passed = 0
        rows.clear()
        for chunk in reading.read_segments(AsSource(way), job.area, [segment], told, first=job.number):
            rows.extend(chunk.row.pack())
            yield bytes(chunk.sealed[: chunk.row.length])

    _put(way, f"{job.name}.bin", segment.size, begin)
    # The rows are those of which, with the ciphertext, the root was the sealed one.
    _put(way, f"{job.name}.idx", len(rows), lambda: _cut(rows))


def _cut(data: bytearray) -> Iterator[bytes]:
    for start in range(0, len(data), BLOCK):
        yield bytes(data[start : start + BLOCK])


def _put(way: _Way, path: str, size: int, begin: Callable[[], Iterator[bytes]]) -> None:
    failures = 0
    while True:
        try:
            way.target.put(path, size, _held_back(begin()))
        except EvidenceError as error:
            if error.code != "EVID-095" or not way.again(failures):
                raise
            failures += 1
        else:
            return


def _held_back(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Hand on what comes, in pieces of about 1 MiB, the last one once nothing was wrong with all of it."""
    held = bytearray()
    for piece in pieces:
        if held and len(held) + len(piece) > BLOCK:
            yield bytes(held)
            held.clear()
        held += piece
    if held:
        yield bytes(held)


def _small(source: Source, file: Covered) -> Iterator[bytes]:
    digest, done = hashlib.sha256(), 0
    while done < file.size:
        buffer = memoryview(bytearray(min(BLOCK, file.size - done)))
        got = source.read_into(file.path, done, buffer)
        checks.check_size(file.path, got, len(buffer))
        digest.update(buffer)
        done += got
        yield bytes(buffer)
    checks.check_digest(file.path, digest.hexdigest(), file.sha256)


def _send(way: _Way, path: str, data: bytes) -> None:
    """Send a file that is held whole, and compare what is read back."""
    _put(way, path, len(data), lambda: iter((data,)))
    check_read_back(path, stands=read_whole(way.back, path, len(data)) == data)


def _stands(target: Source, job: _Job) -> bool:
    """Return whether a file stands in its place as it was sealed, and no longer: all of it is read."""
    try:
        if isinstance(job.what, Covered):
            found = reading.digest_of(target, job.name, job.what.size)
            checks.check_digest(job.name, found, job.what.sha256)
            _ends(target, job.name, job.what.size)
        else:
            chunks = reading.read_segments(target, job.area, [job.what], lambda _: None, first=job.number)
            deque(chunks, maxlen=0)
            _ends(target, f"{job.name}.idx", job.what.chunks * ROW_SIZE)
            _ends(target, f"{job.name}.bin", job.what.size)
    except RogatoryError as error:
        if error.code not in NOT_THERE:
            raise
        return False
    return True


def _ends(target: Source, path: str, size: int) -> None:
    checks.check_size(path, target.read_into(path, size, memoryview(bytearray(1))), 0)
