"""Releasing: the package key for one more authority, signed by who wrapped it; the data stay untouched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.envelopes import dsse, wraps
from rogatory.errors import EvidenceError
from rogatory.evidence import disclosure_checks, models
from rogatory.evidence.models import Recipients, Seal
from rogatory.evidence.sources import Folder, Source, read_seal, read_whole
from rogatory.keys import EncryptionPair, KeyRing, PublicKey, Purpose, SigningPair
from rogatory.statements import UseConditions, WrappedKey
from rogatory.values import AuthorityId, Digest, Frozen, Instant, Nonce, StatementId

__all__ = ["Release", "ReleaseStatement", "package_key", "read_release", "release"]

MAX_RECIPIENTS: Final = 1 << 20


class ReleaseStatement(Frozen):
    """What is signed: for whom a package key was wrapped, by whom, for which use.

    Source:
        PROTOCOL section 6; spec/disclosures.md 7.
    """

    type: Literal["release"] = "release"
    version: Literal[1] = 1
    package: Nonce
    seal: Digest
    released_by: AuthorityId
    released_at: Instant
    rehearsal: bool = False
    conditions: UseConditions | None = None
    consent: StatementId | None = None
    wraps: tuple[WrappedKey, ...] = Field(min_length=1, max_length=32)


@dataclass(frozen=True, slots=True)
class Release:
    """Wraps, and who vouches for them: a release that was read, or a delivery that was admitted.

    Attributes:
        by: The authority that signed.
        at: When, by its word.
        wraps: The package key for each authority it was released to.
        conditions: What they may do with the evidence.
        consent: The statement that allowed it, if one is named; that it exists is not known here.
    """

    by: str
    at: datetime
    wraps: tuple[WrappedKey, ...]
    conditions: UseConditions | None = None
    consent: str | None = None


def media_type(*, rehearsal: bool) -> str:
    """Return the payload type under which a release is signed."""
    return wire.media_type("release", 1, rehearsal=rehearsal)


def package_key(
    source: Source, seal: Seal, pair: EncryptionPair, wrapped: Sequence[WrappedKey] | None = None
) -> bytes:
    """Return the package key, once it is the one to which the seal commits.

    Raises:
        EvidenceError: EVID-060 no wrap names this key.
        EnvelopeError: ENV-033, ENV-034 the wrap.
    """
    found = wrapped
    if found is None:
        data = read_whole(source, models.RECIPIENTS, MAX_RECIPIENTS)
        found = wire.decode(data, Recipients, limit=MAX_RECIPIENTS).wraps
    mine = [each for each in found if each.key == pair.key_id]
    if not mine:
        raise EvidenceError("EVID-060", key=pair.key_id[:16])
    return wraps.unwrap(mine[0].wrap, bytes.fromhex(seal.package), bytes.fromhex(seal.commitment), pair)


def release(
    package: Path | Source,
    pair: EncryptionPair,
    recipients: Sequence[PublicKey],
    signer: SigningPair,
    *,
    now: datetime,
    conditions: UseConditions | None = None,
    consent: str | None = None,
    wrapped: Sequence[WrappedKey] | None = None,
) -> bytes:
    """Return a signed release of a package to more authorities; nothing of the package is changed.

    Whoever releases should have verified the package: here only the package key is compared with
    the seal. A release cannot be taken back: who has unwrapped the key has it.

    Args:
        package: A folder, or another source.
        pair: The private key of somebody who can open it.
        recipients: Encryption or archive keys, from the register.
        signer: The releasing authority's key of the purpose ``statement``.
        now: The instant of releasing, UTC; a claim.
        conditions: Conditions of use; the seal's if none are given. They may be narrower, never wider.
        consent: The id of the statement by which the sealer agreed, if its conditions ask for one.
        wrapped: Wraps from another release or a statement, in place of the package's own.

    Raises:
        EvidenceError: EVID-008 no recipients; EVID-011 rehearsal and real keys mixed; EVID-226 a key of
            another purpose; EVID-060 the key; EVID-223, EVID-225 the conditions; EVID-228 it is too late.
        EnvelopeError: ENV-033, ENV-034 the wrap.

    Source:
        spec/disclosures.md 7.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return release(
                folder,
                pair,
                recipients,
                signer,
                now=now,
                conditions=conditions,
                consent=consent,
                wrapped=wrapped,
            )
    if not recipients:
        raise EvidenceError("EVID-008", what="recipients")
    if signer.public.purpose is not Purpose.STATEMENT:
        raise EvidenceError("EVID-226", purpose=signer.public.purpose)
    envelope = read_seal(package)
    seal = wire.decode(dsse.read(envelope).payload, Seal, limit=dsse.MAX_ENVELOPE)
    if any(each.rehearsal != seal.rehearsal for each in (*recipients, signer.public)):
        raise EvidenceError("EVID-011")
    key, identity = package_key(package, seal, pair, wrapped), bytes.fromhex(seal.package)
    statement = ReleaseStatement(
        package=seal.package,
        seal=hashlib.sha256(envelope).hexdigest(),
        released_by=signer.public.authority,
        released_at=now,
        rehearsal=seal.rehearsal,
        conditions=conditions or seal.conditions,
        consent=consent,
        wraps=tuple(
            WrappedKey(recipient=each.authority, key=each.key_id, wrap=wraps.wrap(key, identity, each))
            for each in recipients
        ),
    )
    _check_conditions(statement, seal)
    return dsse.sign(media_type(rehearsal=seal.rehearsal), wire.encode(statement), signer)


def _check_conditions(statement: ReleaseStatement, seal: Seal) -> None:
    disclosure_checks.check_no_wider(statement.conditions, seal.conditions)
    # The release's day is the seal's or an earlier one. A release that was made in time can be read later.
    if statement.conditions is not None:
        disclosure_checks.check_still_held(statement.conditions.destroy_by, statement.released_at)
    sides = [seal.sealed_by, *(each.authority for each in seal.recipients)]
    named = [each.recipient for each in statement.wraps]
    disclosure_checks.check_consent(named, sides, seal.conditions, statement.consent)


def read_release(data: bytes, package: Path | Source, ring: KeyRing, now: datetime) -> Release:
    """Return the wraps of a release, once it holds and is about this package.

    1. its two signatures hold under one key of the purpose ``statement``, believed as of the reader's own
    instant; 2. it is a release; 3. of this package and seal; 4. by the authority it names, at a
    time that its key could sign; 5. on conditions no wider than the seal's, and by its own date not after
    their day of destruction: one that was made in time is read later, too. It does not verify the package.

    Args:
        data: The release, at most 1.5 MiB.
        package: The package that it is about.
        ring: The keys of a named register snapshot.
        now: The reader's instant, UTC.

    Raises:
        EvidenceError: EVID-220 to EVID-225, EVID-228.
        EnvelopeError, KeysError, WireError: The envelope, its key, its form.

    Source:
        spec/disclosures.md 7.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return read_release(data, folder, ring, now)
    # Step 1.
    verified = dsse.verify(data, ring, Purpose.STATEMENT, now)
    # Step 2. The type is looked at first: another kind of statement is no release, whatever its members.
    wanted = [media_type(rehearsal=each) for each in (False, True)]
    disclosure_checks.check_release_type(verified.payload_type, wanted[verified.signer.key.rehearsal])
    found = wire.decode(verified.payload, ReleaseStatement, limit=dsse.MAX_ENVELOPE)
    envelope = read_seal(package)
    seal = wire.decode(dsse.read(envelope).payload, Seal, limit=dsse.MAX_ENVELOPE)
    disclosure_checks.check_rehearsals(found.rehearsal, seal.rehearsal, verified.signer)
    # Step 3.
    here = (seal.package, hashlib.sha256(envelope).hexdigest())
    disclosure_checks.check_released_seal((found.package, found.seal), here)
    # Step 4.
    disclosure_checks.check_releaser(found.released_by, verified.signer)
    disclosure_checks.check_release_time(found.released_at, seal.sealed_at, now, verified.signer)
    # Step 5.
    _check_conditions(found, seal)
    return Release(found.released_by, found.released_at, found.wraps, found.conditions, found.consent)
