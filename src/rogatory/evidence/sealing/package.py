"""Sealing: a package from sources, complete or absent, signed once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rogatory import wire
from rogatory.envelopes import chunks, dsse, wraps
from rogatory.errors import EvidenceError
from rogatory.evidence import description, description_file, models, readme, trees
from rogatory.evidence.atomic import write_file
from rogatory.evidence.description import Origin, Particulars
from rogatory.evidence.models import Area, Covered, EntryTree, RecipientKey, Recipients, Seal, Segments
from rogatory.evidence.sealing import images, legal, resuming
from rogatory.evidence.sealing.filling import Filling, locked
from rogatory.evidence.sealing.images import Images
from rogatory.evidence.sealing.legal import Paper
from rogatory.evidence.sealing.resuming import Unfinished
from rogatory.evidence.sealing.streams import Stream
from rogatory.evidence.sealing.walk import Found, absolute
from rogatory.evidence.secret import Keys
from rogatory.keys import PublicKey, Purpose, SigningPair
from rogatory.statements import UseConditions, WrappedKey
from rogatory.values import instant_text

__all__ = ["Sealed", "Terms", "seal"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is sealed beside the files.

    Attributes:
        case: The case it belongs to, 64 hex characters.
        conditions: What a receiving Party may do with it.
        legal: The papers that courts ask for first, each alone or with its role; encrypted like the evidence.
        trust: A trust bundle of the register, so that the package verifies offline.
        particulars: What is to be said of the case, its devices and actions; encrypted like the table.
        images: Whether the digests that are stored in disk images (E01) become claims: not at all, as they
            are stored, or compared with the image's content too, which reads it once more.
    """

    case: str | None = None
    conditions: UseConditions | None = None
    legal: Sequence[Path | Paper] = ()
    trust: bytes | None = None
    particulars: Particulars | None = None
    images: Images = "no"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package that has been sealed.

    Attributes:
        path: Where it lies.
        package: Its id.
        seal: SHA-256 of ``seal.dsse.json``, by which a ``delivery`` names it.
        files: Entries that have content.
        size: Bytes of ciphertext.
        wraps: The package key for each recipient, as a ``delivery`` carries them.
    """

    path: Path
    package: str
    seal: str
    files: int
    size: int
    wraps: tuple[WrappedKey, ...]


def seal(
    sources: Sequence[Path | Stream],
    recipients: Sequence[PublicKey],
    signer: SigningPair,
    out: Path,
    *,
    now: datetime,
    random: Callable[[int], bytes],
    terms: Terms | None = None,
    progress: Callable[[int], None] | None = None,
) -> Sealed:
    """Leave a sealed package at ``out``: everything under the sources, encrypted, listed and signed.

    Each file is read once, and never written to; a file that changes meanwhile voids the whole. Links
    are recorded and not followed. The package is complete or absent. If the process is killed, the same
    call goes on from what was synced, unless a stream is among the sources. It does not prove when it was
    sealed or where the files came from: a custody log and a time-stamp do the one, people the other.

    Args:
        sources: Files, folders, block devices and streams.
        recipients: Encryption keys, from the register, of the authorities that may open it.
        signer: A key of the purpose ``seal``.
        out: The folder to be; nothing of that name may exist.
        now: The instant of sealing, UTC; a claim.
        random: Source of keys, salts and nonces.
        terms: What is sealed beside the files.
        progress: Told of bytes as they are read.

    Raises:
        EvidenceError: EVID-001 to EVID-003, EVID-006 to EVID-008, EVID-015 to EVID-019 a source; EVID-085 the
            particulars; EVID-004,
            EVID-005, EVID-009, EVID-013, EVID-014 ``out``.
        KeysError: KEY-003 a key of another purpose.

    Source:
        PROTOCOL section 6; spec/evidence.md.
    """
    terms = terms or Terms()
    # One that is named twice is one.
    recipients = list({each.key_id: each for each in recipients}.values())
    _check_keys(recipients, signer)
    beside = legal.places(terms.legal)
    _check_apart([*sources, *beside], out)
    if terms.particulars is not None:
        description.check_references(terms.particulars)
    with _place(sources, signer, out, random, terms) as begun:
        part = begun.part
        work = Filling(begun, progress or (lambda _: None), _claims(terms))
        work.fill(sources, beside)
        wrapped = tuple(_wrap(work, each) for each in recipients)
        table = Covered(path=models.ENTRIES, size=work.table.size, sha256=work.table_digest)
        small = _small_files(begun.keys, wrapped, signer, now, terms)
        listed = (table, *(_write(part, *each) for each in small))
        statement = _statement(work, wrapped, listed, signer.public, now=now, terms=terms)
        envelope = dsse.sign(models.media_type(rehearsal=statement.rehearsal), wire.encode(statement), signer)
        write_file(part / models.SEAL, envelope)
    size = sum(each.size for segments in work.segments.values() for each in segments)
    digest = hashlib.sha256(envelope).hexdigest()
    return Sealed(out, work.keys.package.hex(), digest, work.files, size, wrapped)


def _place(
    sources: Sequence[Path | Stream],
    signer: SigningPair,
    out: Path,
    random: Callable[[int], bytes],
    terms: Terms,
) -> AbstractContextManager[Unfinished]:
    """Return where the package is made: so that it can be gone on with, unless a stream is among it."""
    draw, paths = locked(random), [each for each in sources if isinstance(each, Path)]
    if len(paths) < len(sources):
        return resuming.at_once(out, draw)
    given = [[str(absolute(each)) for each in paths], legal.identities(terms.legal), [str(terms.images)]]
    return resuming.unfinished(out, given, signer.local_key(resuming.LOCAL_USE), draw)


def _claims(terms: Terms) -> Callable[[Area, Found], dict[str, str]]:
    """Return what says the claims about something that was found, in one area or the other."""
    of_image, of_paper = images.claims_about(terms.images), legal.claims_about(terms.legal)
    return lambda area, found: {**of_image(found), **of_paper(area, found)}


def _check_keys(recipients: Sequence[PublicKey], signer: SigningPair) -> None:
    if not recipients:
        raise EvidenceError("EVID-008", what="recipients")
    if signer.public.purpose is not Purpose.SEAL:
        raise EvidenceError("EVID-010", purpose=signer.public.purpose)
    if any(each.rehearsal != signer.public.rehearsal for each in recipients):
        raise EvidenceError("EVID-011")


def _check_apart(sources: Sequence[Path | Stream], out: Path) -> None:
    place = out.parent.resolve()
    if any(isinstance(each, Path) and place.is_relative_to(each.resolve()) for each in sources):
        raise EvidenceError("EVID-005", path=out)


def _wrap(work: Filling, recipient: PublicKey) -> WrappedKey:
    wrapped = wraps.wrap(work.keys.key, work.keys.package, recipient)
    return WrappedKey(recipient=recipient.authority, key=recipient.key_id, wrap=wrapped)


def _small_files(
    keys: Keys, wrapped: tuple[WrappedKey, ...], signer: SigningPair, now: datetime, terms: Terms
) -> list[tuple[str, bytes]]:
    """Return the small files of a package but the table and the seal, by path."""
    package, sealer = keys.package.hex(), signer.public.authority
    page = readme.text(package, sealer, instant_text(now))
    files = [
        (models.README, page),
        (models.RECIPIENTS, wire.encode(Recipients(package=package, wraps=wrapped))),
    ]
    if terms.trust is not None:
        files.append((models.TRUST, terms.trust))
    if terms.particulars is not None:
        origin = Origin(package, terms.case, sealer, now)
        files.append((models.CASE, description_file.case_file(terms.particulars, origin, keys)))
    return files


def _write(part: Path, path: str, data: bytes) -> Covered:
    (part / path).parent.mkdir(exist_ok=True)
    write_file(part / path, data)
    return Covered(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _statement(
    work: Filling,
    wrapped: tuple[WrappedKey, ...],
    listed: tuple[Covered, ...],
    sealer: PublicKey,
    *,
    now: datetime,
    terms: Terms,
) -> Seal:
    """Return what the seal will say."""
    segments = Segments(data=work.segments["data"], legal=work.segments.get("legal", ()))
    return Seal(
        package=work.keys.package.hex(),
        sealed_by=sealer.authority,
        sealed_at=now,
        rehearsal=sealer.rehearsal,
        case=terms.case,
        conditions=terms.conditions,
        commitment=chunks.package_commitment(work.keys.key, work.keys.package).hex(),
        files=tuple(sorted(listed, key=lambda each: each.path)),
        segments=segments,
        ciphertext=trees.segments_root([each.root for each in (*segments.data, *segments.legal)]),
        entries=EntryTree(size=work.tree.size, root=work.tree.root()),
        recipients=tuple(RecipientKey(authority=each.recipient, key=each.key) for each in wrapped),
    )
