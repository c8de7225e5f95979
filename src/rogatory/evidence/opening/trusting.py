"""From a root that the reader holds to a basis for verifying: no network, nobody asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from rogatory import custody
from rogatory.custody import COURT_QUORUM, LogRing
from rogatory.envelopes.notes import NoteKey
from rogatory.errors import EvidenceError, KeysError, RegisterError, RogatoryError
from rogatory.evidence import models
from rogatory.evidence.models import Seal
from rogatory.evidence.opening.inspecting import inspect
from rogatory.evidence.opening.verifying import MAX_RECEIPT, Basis, proven_time
from rogatory.evidence.sources import Folder, Source, read_whole
from rogatory.keys import KeyEntry, KeyRing, Purpose
from rogatory.register.history import ring_from

__all__ = ["basis_from", "log_ring"]

MAX_BUNDLE: Final = 32 << 20
# The names under which an authority's keys stand in notes.
NOTE_NAMES: Final = {Purpose.LOG: "log", Purpose.WITNESS: "witness"}


def log_ring(ring: KeyRing, at: datetime) -> LogRing:
    """Return the logs and witnesses that the register states as of an instant.

    A witness whose key was ever compromised is not among them, whatever the instant: who holds such a key
    can write any time beside it. An authority's log is named ``<authority>/log``, its witness
    ``<authority>/witness``; the newest key counts. A log under another name has to be given by hand.
    """
    found: dict[Purpose, dict[str, NoteKey]] = {Purpose.LOG: {}, Purpose.WITNESS: {}}
    # Oldest first, so that a newer key takes its place.
    for entry in sorted(ring.entries.values(), key=lambda each: each.valid_from):
        key = entry.key
        stolen = key.purpose is Purpose.WITNESS and entry.compromised_since is not None
        if key.purpose in NOTE_NAMES and not stolen and _believed(ring, entry, at):
            name = f"{key.authority}/{NOTE_NAMES[key.purpose]}"
            found[key.purpose][name] = custody.note_key(name, key)
    return LogRing(found[Purpose.LOG], found[Purpose.WITNESS])


def _believed(ring: KeyRing, entry: KeyEntry, at: datetime) -> bool:
    try:
        ring.find(entry.key.key_id, entry.key.purpose, at)
    except KeysError:
        return False
    return True


def basis_from(
    package: Path | Source,
    root: bytes,
    *,
    now: datetime,
    as_of: datetime | None = None,
    bundle: bytes | None = None,
    quorum: int = COURT_QUORUM,
) -> Basis:
    """Return whom to believe about a package, and as of when, from one root.

    Keys are judged as of ``as_of`` if it is given; else as of the instant at which enough believed
    witnesses had seen the seal's receipt; else as of now. Nothing of the package is verified by this.

    Args:
        package: A folder, or another source.
        root: Root metadata of the register, from somebody whom the reader trusts.
        now: The reader's instant, UTC.
        as_of: An instant that the reader knows to be proven in another way.
        bundle: A trust bundle in place of the package's own, such as a newer one.
        quorum: Witnesses that prove a time.

    Raises:
        EvidenceError: EVID-020 there is no package; EVID-062 it has no bundle; EVID-064 the bundle no longer
            speaks and nothing proves an earlier day.
        RegisterError: The bundle does not follow from the root, or did not speak as of that day.

    Source:
        PROTOCOL rules 12 and 15; spec/evidence.md 7.3.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return basis_from(folder, root, now=now, as_of=as_of, bundle=bundle, quorum=quorum)
    inspected = inspect(package)
    trusted = bundle if bundle is not None else _own_bundle(package)
    known = as_of or _proven(package, inspected.seal, trusted, root, quorum)
    at = known or now
    try:
        ring = ring_from(trusted, root, at)
    except RegisterError as error:
        if known is None and error.code == "REG-005":
            # Nothing is wrong with the package: the question was put without a day.
            raise EvidenceError("EVID-064", expired=error.fields["expired"]) from error
        raise
    return Basis(ring=ring, at=at, logs=log_ring(ring, at), quorum=quorum)


def _own_bundle(source: Source) -> bytes:
    try:
        return read_whole(source, models.TRUST, MAX_BUNDLE)
    except EvidenceError as error:
        if error.code == "EVID-021":
            raise EvidenceError("EVID-062") from None
        raise


def _proven(source: Source, seal: Seal, bundle: bytes, root: bytes, quorum: int) -> datetime | None:
    """Return the instant that the receipt proves, if it does; the claimed one only finds the witnesses."""
    claimed = seal.sealed_at
    try:
        receipt = custody.read_receipt(read_whole(source, models.RECEIPT, MAX_RECEIPT))
        logs = log_ring(ring_from(bundle, root, claimed), claimed)
        return proven_time(custody.verify(receipt, logs, quorum=quorum), quorum, seal)
    except RogatoryError:
        # No receipt, or none that proves a time: verification says which, as of now.
        return None
