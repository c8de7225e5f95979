"""Releases from any path: what a Party itself says of its keys may be doubted at once, without the host.

A release that did not come through the register adds doubt and nothing else: a key revoked, compromised,
or shortened. New keys, numbers and authorities wait for the register and its log.
"""

from __future__ import annotations

from datetime import datetime

from tuf.api.metadata import Snapshot as Listing

from rogatory.errors import RegisterError
from rogatory.keys import KeyEntry, KeyRing
from rogatory.register import compare, layout, metadata, verify
from rogatory.register.releases import Release
from rogatory.register.snapshots import Snapshot
from rogatory.register.verify import PartyFiles, Walk

__all__ = ["doubted", "open_release"]


def open_release(snapshot: Snapshot, release: Release, now: datetime) -> PartyFiles:
    """Return what a Party's release says, once its own custodians' signatures hold.

    1. the Party is known and its delegation too, 2. each role is as new as the known one, 3. signatures,
    shape and documents as in a walk, 4. not expired, 5. nothing known is deleted.

    Args:
        snapshot: The register as last believed; its delegation says who signs for the Party.
        release: Of ``read_release``, from anywhere.
        now: The instant, UTC.

    Raises:
        RegisterError: REG-038 an unknown Party, REG-005 expired, REG-008 older than known, and all that a
            walk and ``compare`` raise.

    Source:
        PROTOCOL section 4: accepted from any path; spec/register.md 6.4.
    """
    # Step 1.
    known, party = snapshot.found, release.party
    if party not in known.parties or known.targets is None:
        raise RegisterError("REG-038", party=party)
    # Step 2.
    every = known.files | release.files
    listing = _listing(known, release)
    # Step 3.
    state = Walk(lambda path, _limit: every.get(path), now, known.root, targets=known.targets)
    verify.walk_party(state, listing, party, whole=True)
    found = state.parties[party]
    # Step 4.
    if party in state.lapsed:
        raise RegisterError("REG-005", file=f"{party}.json", expired=found.fresh_until.isoformat())
    # Step 5.
    compare.check_party(known.parties[party], found)
    return found


def doubted(snapshot: Snapshot, release: Release, now: datetime) -> KeyRing:
    """Return the snapshot's ring with every doubt that a release casts on the Party's known keys.

    Raises:
        RegisterError: REG-040 it casts none; all that ``open_release`` raises.
    """
    found = open_release(snapshot, release, now)
    stated = {entry.key.key_id: entry for entry in _entries(found)}
    ring = snapshot.ring
    changed = {
        name: stated[name]
        for name, entry in ring.entries.items()
        if _standing(stated.get(name, entry)) != _standing(entry)
    }
    if not changed:
        raise RegisterError("REG-040", party=release.party)
    return KeyRing((dict(ring.entries) | changed).values(), snapshot=ring.snapshot)


def _standing(entry: KeyEntry) -> tuple[datetime | None, ...]:
    return entry.sign_until, entry.verify_until, entry.revoked, entry.compromised_since


def _entries(found: PartyFiles) -> list[KeyEntry]:
    entries = [entry for each in found.identity.authorities for entry in each.keys]
    others = found.authorities.authorities if found.authorities else ()
    return entries + [entry for each in others for entry in each.keys]


def _listing(known: Walk, release: Release) -> Listing:
    """Return what a snapshot would say if it named this release's roles, else those known."""
    listing = Listing(1, None, known.at, {})
    for role in (release.party, layout.online_role(release.party)):
        versions = sorted(_versions(release, role))
        version = versions[-1] if versions else known.versions.get(role)
        if version is None:
            continue
        check_not_older(role, version, known.versions.get(role, 0))
        path = layout.metadata_path(role, version)
        data = release.files.get(path) or known.files[path]
        listing.meta[f"{role}.json"] = metadata.meta_file(version, data)
    return listing


def _versions(release: Release, role: str) -> list[int]:
    names = (path.removeprefix("metadata/").partition(".") for path in release.files)
    return [int(version) for version, _, rest in names if rest == f"{role}.json" and version.isdigit()]


def check_not_older(role: str, version: int, known: int) -> None:
    """Refuse a role of an older version: an old release must not take a doubt back."""
    if version < known:
        raise RegisterError("REG-008", file=f"{role}.json", version=version, known=known)
