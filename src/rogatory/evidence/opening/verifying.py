"""Verifying: numbered steps from the bytes of a package to what they prove, and what they do not."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rogatory import custody, wire
from rogatory.custody import COURT_QUORUM, LogRing
from rogatory.envelopes import dsse
from rogatory.errors import EvidenceError
from rogatory.evidence import checks, models, papers, reading, trees
from rogatory.evidence.claims import STEPS, Claim, Step
from rogatory.evidence.models import Area, Recipients, Seal
from rogatory.evidence.papers import Role
from rogatory.evidence.segments import segment_name
from rogatory.evidence.sources import Folder, Source, read_seal, read_whole
from rogatory.keys import KeyEntry, KeyRing, Purpose
from rogatory.values import instant_text, party_of

__all__ = [
    "MAX_RECEIPT",
    "Basis",
    "Examined",
    "Verification",
    "begin",
    "check_ciphertext",
    "check_package",
    "check_receipt",
    "conclude",
    "doubts_of_key",
    "doubts_of_time",
    "proven_time",
    "proves_of_receipt",
    "segments",
    "verify",
]

MAX_RECIPIENTS: Final = 1 << 20
MAX_RECEIPT: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Basis:
    """Whom to believe, as of when, and who wants to be told of progress.

    Attributes:
        ring: The keys of a named register snapshot.
        at: The instant as of which the sealer's key is judged, UTC: a proven one, or now.
        logs: The custody logs and witnesses to believe; without them a receipt is not checked.
        announced: SHA-256 of the seal that a statement announced, if one did.
        quorum: Witnesses that prove a time.
        on_step: Told of each step as it begins.
        progress: Told of bytes of ciphertext as they are read.
    """

    ring: KeyRing
    at: datetime
    logs: LogRing | None = None
    announced: str | None = None
    quorum: int = COURT_QUORUM
    on_step: Callable[[Step], None] = field(default=lambda _: None)
    progress: Callable[[int], None] = field(default=lambda _: None)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was verified, and what that proves.

    Attributes:
        package: The package's id.
        seal: SHA-256 of ``seal.dsse.json``.
        sealed_by: The authority that signed.
        sealed_at: When it says it did.
        key: The id of its key.
        opened: Whether a recipient's key was at hand, so that the files themselves were checked.
        files: Files with content; None without a key.
        size: Bytes of ciphertext.
        steps: The steps that were done, in order.
        proves: What follows from them.
        does_not_prove: What a reader could think follows, and does not.
        document: The whole seal.
        papers: What the papers under ``legal/`` are, as the sealer says; None without a key.
    """

    package: str
    seal: str
    sealed_by: str
    sealed_at: datetime
    key: str
    opened: bool
    files: int | None
    size: int
    steps: tuple[Step, ...]
    proves: tuple[Claim, ...]
    does_not_prove: tuple[Claim, ...]
    document: Seal
    papers: tuple[Role, ...] | None = None


@dataclass(slots=True)
class Examined:
    """What the steps have found so far; ``opening`` goes on from here with a key."""

    source: Source
    basis: Basis
    seal: Seal
    digest: str
    signer: KeyEntry
    recipients: Recipients | None = None
    released: Claim | None = None
    papers: set[Role] = field(default_factory=set)
    receipt: custody.Verified | None = None
    receipt_there: bool = False
    steps: list[Step] = field(default_factory=list)

    def step(self, number: int) -> None:
        """Say that a step begins."""
        step = STEPS[number - 1]
        self.steps.append(step)
        self.basis.on_step(step)


def verify(package: Path | Source, basis: Basis) -> Verification:
    """Return what a package proves to somebody who has no key to it, once every step holds.

    1. the seal is signed twice by one believed key of the purpose ``seal``; 2. by the authority it
    names, at a time that key could sign; 3. the package holds exactly the files that it lists; 4. the
    small ones are unchanged; 5. the recipients are those it names; 6. a custody receipt, if there is
    one and logs are known, is about this seal; 8. every byte of every segment is the sealed one.
    Steps 7, 9 and 10 need a key: ``open_package``. It does not decrypt anything.

    Args:
        package: A folder, or another source.
        basis: Whom to believe, and as of when.

    Raises:
        EvidenceError: EVID-020 to EVID-036, EVID-070 what is wrong with the package.
        EnvelopeError, KeysError, WireError, CustodyError: The seal, its key or the receipt.

    Source:
        spec/evidence.md 7; PROTOCOL section 6.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return verify(folder, basis)
    examined = begin(package, basis)
    check_package(examined)
    # Step 8.
    examined.step(8)
    for area in models.AREAS:
        deque(reading.read_segments(package, area, segments(examined.seal, area), basis.progress), maxlen=0)
    check_ciphertext(examined.seal)
    return conclude(examined, files=None)


def segments(seal: Seal, area: Area) -> tuple[models.Segment, ...]:
    """Return the segments of an area, as the seal lists them."""
    return seal.segments.data if area == "data" else seal.segments.legal


def check_ciphertext(seal: Seal) -> None:
    """Refuse a seal whose root over the segments is not theirs; the end of step 8."""
    roots = [each.root for area in models.AREAS for each in segments(seal, area)]
    checks.check_ciphertext_root(trees.segments_root(roots), seal.ciphertext)


def begin(source: Source, basis: Basis) -> Examined:
    """Do steps 1 and 2: the seal, its signatures, its signer."""
    basis.on_step(STEPS[0])
    # Step 1.
    data = read_seal(source)
    digest = hashlib.sha256(data).hexdigest()
    checks.check_announced(digest, basis.announced)
    verified = dsse.verify(data, basis.ring, Purpose.SEAL, basis.at)
    seal = wire.decode(verified.payload, Seal, limit=dsse.MAX_ENVELOPE)
    checks.check_payload_type(verified.payload_type, models.media_type(rehearsal=seal.rehearsal))
    examined = Examined(source, basis, seal, digest, verified.signer, steps=[STEPS[0]])
    # Step 2.
    examined.step(2)
    checks.check_sealer(seal.sealed_by, verified.signer)
    checks.check_rehearsal(seal.rehearsal, verified.signer)
    checks.check_sealing_time(seal.sealed_at, basis.at, verified.signer)
    return examined


def check_package(examined: Examined) -> None:
    """Do steps 3 to 6: the files, their digests, the recipients, the receipt."""
    seal, source = examined.seal, examined.source
    # Step 3.
    examined.step(3)
    found = source.names()
    _check_files(seal, found)
    # Step 4.
    examined.step(4)
    for each in seal.files:
        if each.path != models.RECIPIENTS:
            checks.check_digest(each.path, reading.digest_of(source, each.path, each.size), each.sha256)
    # Step 5.
    examined.step(5)
    _check_recipients(examined)
    # Step 6.
    examined.step(6)
    check_receipt(examined, found)


def _check_files(seal: Seal, found: Mapping[str, int] | None) -> None:
    covered = [each.path for each in seal.files]
    checks.check_covered_names(covered, (models.README, models.RECIPIENTS, models.ENTRIES))
    if found is None:
        return
    listed = {each.path: each.size for each in seal.files}
    for area in models.AREAS:
        for number, segment in enumerate(segments(seal, area), 1):
            name = segment_name(area, number)
            listed[f"{name}.bin"] = segment.size
            listed[f"{name}.idx"] = segment.chunks * 64
    checks.check_no_missing_file([*listed, models.SEAL], found)
    checks.check_no_extra_file([*listed, models.SEAL, models.RECEIPT], found)
    checks.check_sizes(listed, found)


def _check_recipients(examined: Examined) -> None:
    seal = examined.seal
    data = read_whole(examined.source, models.RECIPIENTS, MAX_RECIPIENTS)
    sealed = next(each for each in seal.files if each.path == models.RECIPIENTS)
    checks.check_size(models.RECIPIENTS, len(data), sealed.size)
    checks.check_digest(models.RECIPIENTS, hashlib.sha256(data).hexdigest(), sealed.sha256)
    recipients = wire.decode(data, Recipients, limit=MAX_RECIPIENTS)
    wraps = [(each.recipient, each.key) for each in recipients.wraps]
    named = [(each.authority, each.key) for each in seal.recipients]
    checks.check_recipients(recipients.package, wraps, (seal.package, named))
    for authority, key in named:
        checks.check_recipient_key(authority, examined.basis.ring.entries.get(key))
    examined.recipients = recipients


def check_receipt(examined: Examined, found: Mapping[str, int] | None) -> None:
    """Do step 6: the custody receipt, if there is one, is about this seal, and holds if logs are known."""
    if found is not None and models.RECEIPT not in found:
        return
    try:
        data = read_whole(examined.source, models.RECEIPT, MAX_RECEIPT)
    except EvidenceError as error:
        # A source that cannot list says only now that there is no receipt; there need not be one.
        if error.code != "EVID-021":
            raise
        return
    receipt = custody.read_receipt(data)
    examined.receipt_there = True
    checks.check_receipt_is_of(_sealed_in(receipt), examined.digest)
    if examined.basis.logs is not None:
        # Too few witnesses are no fault of the package; then no time is claimed to be proved.
        examined.receipt = custody.verify(receipt, examined.basis.logs, quorum=0)


def _sealed_in(receipt: custody.Receipt) -> object:
    """Return the seal that the receipt's event names, whatever it is; None if it names none."""
    event: Any = None if receipt.opening is None else wire.parse(receipt.opening.event.encode())
    fields = event.get("fields") if isinstance(event, dict) else None
    return fields.get("seal") if isinstance(fields, dict) else None


def proven_time(receipt: custody.Verified, quorum: int, seal: Seal) -> datetime | None:
    """Return the instant by which that many independent witnesses had seen the log's head; None if fewer.

    Source:
        PROTOCOL section 5; spec/evidence.md 7.3.
    """
    times = independent_times(receipt, quorum, seal)
    return times[quorum - 1] if 0 < quorum <= len(times) else None


def independent_times(receipt: custody.Verified, quorum: int, seal: Seal) -> list[datetime]:
    """Return the instants of the witnesses that count, in order: one a Party, and none of the sealer's.

    A sealer that is its own witness could date a seal as it likes, past the day on which its key was
    declared stolen. Of several witnesses one is of neither side: those for whom a package is sealed have
    their own interest in its day.
    """
    own = party_of(seal.sealed_by)
    sides = {party_of(each.authority) for each in seal.recipients}
    counted = custody.independent(receipt.witnesses, receipt.origin)
    first = {party: each.at for each in counted if (party := custody.party_in(each.name)) != own}
    neutral = [at for party, at in first.items() if party not in sides]
    partial = sorted(at for party, at in first.items() if party in sides)
    return sorted([*neutral, *partial[: max(quorum - 1, 1)]])


def conclude(examined: Examined, files: int | None) -> Verification:
    """Return what the steps that were done prove, and what they do not."""
    seal, opened = examined.seal, files is not None
    sizes = (each.size for area in models.AREAS for each in segments(seal, area))
    return Verification(
        package=seal.package,
        seal=examined.digest,
        sealed_by=seal.sealed_by,
        sealed_at=seal.sealed_at,
        key=examined.signer.key.key_id,
        opened=opened,
        files=files,
        size=sum(sizes),
        steps=tuple(examined.steps),
        proves=tuple(_proves(examined, opened=opened)),
        does_not_prove=tuple(_does_not_prove(examined, opened=opened)),
        document=seal,
        papers=tuple(each for each in papers.ROLES if each in examined.papers) if opened else None,
    )


def _proves(examined: Examined, *, opened: bool) -> list[Claim]:
    seal = examined.seal
    claims = [
        Claim("EVID-121", {"authority": seal.sealed_by}),
        Claim("EVID-122"),
        Claim("EVID-123", {"count": len(seal.recipients)}),
    ]
    if opened:
        claims += [Claim("EVID-124", {"count": seal.entries.size}), *papers.proves(examined.papers)]
    if examined.released is not None:
        claims.append(examined.released)
    return [*claims, *proves_of_receipt(examined)]


def proves_of_receipt(examined: Examined) -> list[Claim]:
    """Return what follows from a custody receipt, if there is one."""
    if examined.receipt is None:
        return []
    claims = [Claim("EVID-125", {"log": examined.receipt.origin, "index": examined.receipt.index})]
    proven = proven_time(examined.receipt, examined.basis.quorum, examined.seal)
    if proven is not None:
        claims.append(Claim("EVID-126", {"instant": instant_text(proven)}))
    return claims


def _does_not_prove(examined: Examined, *, opened: bool) -> list[Claim]:
    claims = [Claim("EVID-141"), Claim("EVID-142"), *doubts_of_key(examined)]
    if examined.released is not None:
        claims.append(Claim("EVID-242", {"authority": examined.seal.sealed_by}))
    unknown = [each for each in examined.seal.recipients if each.key not in examined.basis.ring.entries]
    if unknown:
        claims.append(Claim("EVID-150", {"count": len(unknown)}))
    claims += papers.doubts(examined.papers) if opened else [Claim("EVID-143")]
    return [*claims, *doubts_of_time(examined)]


def doubts_of_key(examined: Examined) -> list[Claim]:
    """Return what does not follow about the sealer's key."""
    claims = [Claim("EVID-147", {"instant": instant_text(examined.basis.at)})]
    doubted = [each for each in (examined.signer.revoked, examined.signer.compromised_since) if each]
    if doubted:
        claims.append(Claim("EVID-149", {"since": instant_text(min(doubted))}))
    return claims


def doubts_of_time(examined: Examined) -> list[Claim]:
    """Return what does not follow about when a package was sealed."""
    claims, claimed = [], instant_text(examined.seal.sealed_at)
    if examined.receipt is None:
        there = "EVID-145" if examined.receipt_there else "EVID-144"
        claims.append(Claim(there, {"instant": claimed}))
    elif proven_time(examined.receipt, examined.basis.quorum, examined.seal) is None:
        quorum = examined.basis.quorum
        found = len(independent_times(examined.receipt, quorum, examined.seal))
        claims.append(Claim("EVID-148", {"instant": claimed, "found": found, "quorum": quorum}))
    if examined.seal.rehearsal:
        claims.append(Claim("EVID-146"))
    return claims
