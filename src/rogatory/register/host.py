"""The host's side: admit Parties, take their releases, and publish them under one new timestamp.

The host signs snapshot, timestamp and log. It does not sign for a Party, and it walks its own register as
every reader will before it lets a timestamp name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Key,
    MetaFile,
    Role,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)

from rogatory import wire
from rogatory.errors import RegisterError
from rogatory.keys import KeyEntry, PublicKey, SigningPair
from rogatory.register import compare, files, layout, log, metadata, rings
from rogatory.register.documents import RegisterFile
from rogatory.register.releases import Release
from rogatory.register.verify import Reader, Walk, walk

__all__ = ["RENEW", "Admission", "Custodians", "init", "last_instant", "publish", "released_version"]

PUBLIC: Final = "public"
# How long before its end a role is signed again.
RENEW: Final = timedelta(days=30)
DAYS: Final = {"root": 730, "targets": 365, "snapshot": 30, "timestamp": 7}


@dataclass(frozen=True, slots=True)
class Custodians:
    """Who signs for the register itself; each tuple meets its role's threshold.

    Attributes:
        root: Offline.
        targets: Offline; admits Parties.
        snapshot: Online.
        timestamp: Online.
        log: Signs the heads of the register's log.
        log_entry: That key's entry, for ``register.json``.
        thresholds: Custodians that a role demands; one where none is given.
    """

    root: tuple[SigningPair, ...]
    targets: tuple[SigningPair, ...]
    snapshot: tuple[SigningPair, ...]
    timestamp: tuple[SigningPair, ...]
    log: SigningPair
    log_entry: KeyEntry
    thresholds: Mapping[str, int] = field(default_factory=dict)

    def of(self, role: str) -> tuple[SigningPair, ...]:
        """Return the pairs that sign for a top-level role."""
        pairs: tuple[SigningPair, ...] = getattr(self, role)
        return pairs


@dataclass(frozen=True, slots=True)
class Admission:
    """A Party to admit: the keys of its offline role, and how many of them must sign."""

    party: str
    keys: tuple[PublicKey, ...]
    threshold: int = 1


def init(folder: Path, by: Custodians, origin: str, now: datetime) -> bytes:
    """Return the first root, which readers must get by hand; the register with no Party is in the folder.

    Args:
        folder: Where; its ``public`` folder is what to serve.
        by: The custodians.
        origin: The name of the register's log, such as ``register.example/log``.
        now: The instant, UTC.

    Raises:
        RegisterError: REG-029 a register is there already; REG-036 the folder cannot be written.
    """
    public = folder / PUBLIC
    if (public / layout.root_path(1)).exists():
        raise RegisterError("REG-029")
    files.make(public)
    with files.locked(folder):
        root = metadata.sign(_root(by, now), by.root)
        register = RegisterFile(issued_at=now, origin=origin, log_keys=(by.log_entry,))
        data = wire.encode(register)
        targets = Targets(
            1, None, _expiry("targets", now), {layout.REGISTER_FILE: metadata.target_file("", data)}
        )
        targets.targets[layout.REGISTER_FILE].path = layout.REGISTER_FILE
        fresh = {
            layout.root_path(1): root,
            layout.target_path(layout.REGISTER_FILE, metadata.digest(data)): data,
            layout.metadata_path("targets", 1): metadata.sign(targets, by.targets),
        }
        _commit(public, fresh, {}, root, None, by, now)
    return root


def _root(by: Custodians, now: datetime) -> Root:
    keys: dict[str, Key] = {}
    roles: dict[str, Role] = {}
    for role in DAYS:
        mine = metadata.custodians(pair.public for pair in by.of(role))
        keys |= mine
        roles[role] = Role(sorted(mine), by.thresholds.get(role, 1))
    return Root(1, None, _expiry("root", now), dict(keys), roles, consistent_snapshot=True)


def _expiry(role: str, now: datetime) -> datetime:
    return now + timedelta(days=DAYS[role])


def publish(
    folder: Path,
    by: Custodians,
    now: datetime,
    *,
    admit: Iterable[Admission] = (),
    releases: Iterable[Release] = (),
) -> Walk:
    """Return the register as now published: Parties admitted, releases taken, everything walked and logged.

    1. the register as it is, 2. new Parties into the top-level targets, 3. a new snapshot and timestamp,
    4. walk the result as a reader will, and prove its keys, 5. nothing deleted,
    6. files, log, head, and last the timestamp.
    A release that fails leaves the register as it was.

    Args:
        folder: Of ``init``.
        by: The custodians; ``root`` is not needed, ``targets`` to admit, and in its last 30 days to renew.
        now: The instant, UTC.
        admit: Parties to admit.
        releases: Of admitted Parties; each role's version is one above its last.

    Raises:
        RegisterError: REG-027 the Party was admitted before; all that a reader would raise.
    """
    public = folder / PUBLIC
    read = files.from_folder(public)
    with files.locked(folder):
        # Step 1: as of its own newest timestamp, so that a host that slept can wake.
        root = _first_root(read)
        known = walk(read, root, last_instant(read, now))
        # Step 2.
        fresh: dict[str, bytes] = {}
        admissions = tuple(admit)
        if admissions or _ends_soon(known, now):
            version, data = _admitted(known, admissions, by, now)
            fresh[layout.metadata_path("targets", version)] = data
        for release in releases:
            fresh |= release.files
        # Steps 3 to 6.
        return _commit(public, fresh, _meta(known, read), root, known, by, now)


def _ends_soon(known: Walk, now: datetime) -> bool:
    """Return whether the top-level targets have to be signed again, though nothing in them changes."""
    assert known.targets is not None
    return bool(known.targets.expires - now < RENEW)


def _first_root(read: Reader) -> bytes:
    root = read(layout.root_path(1), layout.MAX_FILE)
    if root is None:
        raise RegisterError("REG-030")
    return root


def last_instant(read: Reader, now: datetime) -> datetime:
    """Return now, or the last second for which the stored register still speaks."""
    data = read(layout.TIMESTAMP, layout.MAX_TIMESTAMP)
    if data is None:
        raise RegisterError("REG-030")
    stamp = metadata.read(Timestamp, layout.TIMESTAMP, data, limit=layout.MAX_TIMESTAMP)
    return min(now, stamp.signed.expires - timedelta(seconds=1))


def _admitted(known: Walk, admit: Sequence[Admission], by: Custodians, now: datetime) -> tuple[int, bytes]:
    """Return the top-level targets with more delegations, signed."""
    assert known.targets is not None
    old = known.targets
    version = old.version + 1
    delegations = old.delegations or Delegations({}, {})
    assert delegations.roles is not None
    for each in admit:
        if each.party in delegations.roles:
            raise RegisterError("REG-027", party=each.party)
        keys = metadata.custodians(each.keys)
        delegations.keys.update(keys)
        delegations.roles[each.party] = DelegatedRole(
            each.party,
            sorted(keys),
            each.threshold,
            terminating=True,
            paths=[layout.own_paths(each.party)[0]],
        )
    targets = Targets(version, None, _expiry("targets", now), dict(old.targets), delegations)
    return version, metadata.sign(targets, by.targets)


def _meta(known: Walk, read: Reader) -> dict[str, MetaFile]:
    """Return what the snapshot in force says of every role."""
    file = layout.metadata_path("snapshot", known.versions["snapshot"])
    data = read(file, layout.MAX_FILE) or b""
    return dict(metadata.read(Snapshot, file, data).signed.meta)


def released_version(known: Walk | None, role: str) -> int:
    """Return the version that a role's next release must bear."""
    return (known.versions.get(role, 0) if known else 0) + 1


def _commit(  # noqa: PLR0917 - one private step, its arguments are its state
    public: Path,
    fresh: dict[str, bytes],
    meta: dict[str, MetaFile],
    root: bytes,
    known: Walk | None,
    by: Custodians,
    now: datetime,
) -> Walk:
    """Sign snapshot and timestamp over the new files, prove the result, and only then let it be seen."""
    # Step 3.
    for path, data in fresh.items():
        _list(meta, path, data)
    version = released_version(known, "snapshot")
    snapshot = metadata.sign(Snapshot(version, None, _expiry("snapshot", now), meta), by.snapshot)
    fresh[layout.metadata_path("snapshot", version)] = snapshot
    stamp = Timestamp(
        released_version(known, "timestamp"),
        None,
        _expiry("timestamp", now),
        metadata.meta_file(version, snapshot),
    )
    fresh[layout.TIMESTAMP] = metadata.sign(stamp, by.timestamp)
    # Step 4.
    stored = files.from_folder(public)
    new = walk(lambda path, limit: fresh.get(path) or stored(path, limit), root, now)
    rings.ring_of(new, "")
    # Step 5.
    if known is not None:
        compare.check_successor(known, new)
    # Step 6: the timestamp is what a reader asks for first, so it is written last.
    assert new.register is not None
    leaves = log.leaves_of(fresh, now)
    timestamp = fresh.pop(layout.TIMESTAMP)
    for path, data in fresh.items():
        files.write(public / layout.check_path(path), data)
    head = log.append(public, leaves, by.log, new.register.origin, now)
    files.write(public / layout.CHECKPOINT, head)
    files.write(public / layout.TIMESTAMP, timestamp)
    return new


def _list(meta: dict[str, MetaFile], path: str, data: bytes) -> None:
    """Enter a role's metadata into the snapshot; root and timestamp are not listed there (TUF 4.4)."""
    name = path.removeprefix("metadata/")
    version, _, role = name.partition(".")
    if name == path or role == "root.json" or not version.isdigit():
        return
    meta[role] = metadata.meta_file(int(version), data)
