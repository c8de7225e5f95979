"""The custody chain of a package, as far as seal, releases and custody proofs tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from rogatory import custody, wire
from rogatory.custody import LogRing, Verified
from rogatory.errors import EvidenceError, ValuesError
from rogatory.evidence import models
from rogatory.evidence.opening.verifying import MAX_RECEIPT, Basis, Verification, proven_time
from rogatory.evidence.releasing import Release
from rogatory.evidence.sources import Folder, Source, read_whole
from rogatory.values import parse_instant, party_of

__all__ = ["EVENTS", "Known", "Link", "chain"]

Known = Literal["said", "logged", "seen", "kept"]

# The acts of an authority that its custody log records, as tags of their events.
EVENTS: Final[Mapping[str, str]] = {
    "evidence:seal:ordered": "ordered",
    "evidence:seal:done": "sealed",
    "statement:send:signed": "delivered",
    "statement:deliver:receipted": "receipted",
    "evidence:fetch:ordered": "announced",
    "evidence:fetch:verified": "fetched",
    "evidence:export:done": "exported",
    "evidence:import:verified": "imported",
    "evidence:open:ordered": "opening",
    "evidence:open:done": "opened",
    "evidence:onward:made": "given",
    "evidence:onward:told": "told",
    "evidence:destroy:done": "destroyed",
    "evidence:destroy:told": "destruction",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that happened to a package, by whom, and how that is known.

    Attributes:
        what: A name of ``EVENTS``, or ``released``, or ``other``.
        by: The authority that did it.
        at: When, by whoever says so; None where nobody does.
        to: For which authorities.
        known: ``said`` a signed claim of who did it; ``logged`` in a custody log that signs it; ``seen`` and
            independent witnesses prove by when; ``kept`` in a node's own records, checked by nobody else.
        log: The log.
        index: The place in it.
        seen: The instant that the witnesses prove.
        tag: The event's own name.
    """

    what: str
    by: str
    at: datetime | None
    to: tuple[str, ...] = ()
    known: Known = "said"
    log: str = ""
    index: int | None = None
    seen: datetime | None = None
    tag: str = ""


def chain(
    package: Path | Source,
    found: Verification,
    basis: Basis,
    *,
    proofs: Iterable[bytes] = (),
    release: Release | None = None,
) -> tuple[Link, ...]:
    """Return what is known of a verified package's way, in the order of the instants that are stated.

    1. the sealing, with the package's own custody receipt if it has one; 2. a release that was read; 3. one
    link for each custody proof, once the proof holds and its event names this package. It does not say that
    nothing else happened: who does not log an act leaves no trace here.

    Args:
        package: The package, which ``found`` speaks of.
        found: What its verification said.
        basis: Whom to believe, as it was verified.
        proofs: Custody receipts with their events, as logs issue them.
        release: The release by which it was opened.

    Raises:
        EvidenceError: EVID-173 to EVID-175 a proof; EVID-035 the package's own.
        CustodyError, WireError: A proof that does not hold.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return chain(folder, found, basis, proofs=proofs, release=release)
    logs = basis.logs or LogRing({}, {})
    # Step 1.
    links = [_sealing(package, found, basis, logs)]
    # Step 2.
    if release is not None:
        to = tuple(each.recipient for each in release.wraps)
        links.append(Link("released", release.by, release.at, to))
    # Step 3.
    links += [_proved(custody.read_receipt(data), found, basis, logs) for data in proofs]
    return _ordered(links)


def _ordered(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return links by instant; one without an instant stands behind all that have one."""
    return tuple(
        sorted(links, key=lambda each: (each.at is None, each.at or datetime.max.replace(tzinfo=UTC)))
    )


def _sealing(source: Source, found: Verification, basis: Basis, logs: LogRing) -> Link:
    to = tuple(each.authority for each in found.document.recipients)
    said = Link("sealed", found.sealed_by, found.sealed_at, to)
    try:
        data = read_whole(source, models.RECEIPT, MAX_RECEIPT)
    except EvidenceError as error:
        if error.code != "EVID-021":
            raise
        return said
    if basis.logs is None:
        return said
    # That it is about this seal is step 6 of the verification.
    return _placed(said, custody.verify(custody.read_receipt(data), logs, quorum=0), found, basis)


def _proved(receipt: custody.Receipt, found: Verification, basis: Basis, logs: LogRing) -> Link:
    """Return the link that a custody proof proves."""
    verified = custody.verify(receipt, logs, quorum=0)
    event = _event(verified)
    tag, by = str(event.get("tag", "")), str(event.get("authority", ""))
    fields = event.get("fields")
    check_about(fields if isinstance(fields, dict) else {}, tag, found)
    check_own_log(verified.origin, by)
    link = Link(EVENTS.get(tag, "other"), by, _instant(event.get("at")), tag=tag)
    return _placed(link, verified, found, basis)


def _placed(link: Link, verified: Verified, found: Verification, basis: Basis) -> Link:
    seen = proven_time(verified, basis.quorum, found.document)
    known: Known = "logged" if seen is None else "seen"
    return replace(link, known=known, log=verified.origin, index=verified.index, seen=seen)


def _event(verified: Verified) -> dict[str, Any]:
    event = None if verified.event is None else wire.parse(verified.event)
    if not isinstance(event, dict):
        raise EvidenceError("EVID-174", index=verified.index, log=verified.origin)
    return event


def check_about(fields: Mapping[str, Any], tag: str, found: Verification) -> None:
    """Refuse an event that names another package or seal, or neither."""
    named = (fields.get("package", found.package), fields.get("seal", found.seal))
    if not {"package", "seal"} & set(fields) or named != (found.package, found.seal):
        raise EvidenceError("EVID-173", tag=tag[:60])


def check_own_log(origin: str, authority: str) -> None:
    """Refuse an event of one Party in the log of another."""
    try:
        own = party_of(authority)
    except ValuesError:
        own = ""
    if own != custody.party_in(origin):
        raise EvidenceError("EVID-175", log=origin, authority=authority[:64])


def _instant(value: object) -> datetime | None:
    try:
        return parse_instant(value) if isinstance(value, str) else None
    except ValuesError:
        return None
