"""The walk from a trusted root to the files of the Parties, as of an instant; the one place that believes.

The same walk serves a refresh, a stored snapshot and a trust bundle; they differ in where bytes come from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

from rogatory import wire
from rogatory.errors import RegisterError, WireError
from rogatory.keys import PublicKey
from rogatory.register import layout, metadata, shape
from rogatory.register.documents import PartyAuthorities, PartyIdentity, RegisterFile
from rogatory.values import Frozen

__all__ = ["PartyFiles", "Reader", "Walk", "walk", "walk_party"]

Reader = Callable[[str, int], bytes | None]
"""``read(path, limit)``: the bytes at a path, at most ``limit`` + 1 of them, or None if there are none."""

Document = TypeVar("Document", bound=Frozen)

# TUF 5.3.10, 5.4.4, 5.5.6, 5.6.5: without these four nothing can be believed.
TOP: Final = ("root", "timestamp", "snapshot", "targets")


@dataclass(frozen=True, slots=True)
class PartyFiles:
    """What one Party says of itself.

    Attributes:
        identity: Signed offline.
        authorities: Signed online; None until the Party has published it.
        fresh_until: When the first of its roles expires.
    """

    identity: PartyIdentity
    authorities: PartyAuthorities | None
    fresh_until: datetime


@dataclass(slots=True)
class Walk:
    """What a walk has believed so far; complete once ``walk`` returns it.

    Attributes:
        read: Where bytes come from.
        at: The instant as of which it believes.
        root: The newest root.
        files: Every file that was believed, by path.
        versions: The version of every role.
        register: The file ``register.json``.
        targets: The top-level role.
        parties: By code.
        online_keys: The custodians of the Parties' online roles.
        fresh_until: When the first of the four top-level roles expires.
        lapsed: Parties of which a role had expired; whoever walks decides what that means.
    """

    read: Reader
    at: datetime
    root: Root
    files: dict[str, bytes] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    register: RegisterFile | None = None
    targets: Targets | None = None
    parties: dict[str, PartyFiles] = field(default_factory=dict)
    online_keys: list[PublicKey] = field(default_factory=list)
    fresh_until: datetime | None = None
    lapsed: set[str] = field(default_factory=set)


def walk(read: Reader, root: bytes, at: datetime, *, whole: bool = True) -> Walk:
    """Return what a register says, once every signature from the root down holds as of the instant.

    1. the trusted root, 2. newer roots, each signed by the one before and by itself, 3. the last root not
    expired, 4. timestamp, 5. snapshot, 6. top-level targets and ``register.json``, 7. each Party's roles
    and files. A Party's expired role stops nobody else: it is noted. The walk compares nothing with what
    was believed before (``compare``) and asks no log (``log``).

    Args:
        read: Where bytes come from; nothing it returns is trusted.
        root: The root metadata that the caller trusts.
        at: The instant, UTC: now for a refresh, the day of the act for a bundle.
        whole: Whether a Party whose role file is absent is an error, or left out.

    Raises:
        RegisterError: REG-001 to REG-007 a file, REG-010 to REG-016 what it says.

    Source:
        TUF specification 5.3 to 5.7; spec/register.md, section 4.
    """
    # Steps 1 and 2.
    state = _roots(read, root, at)
    # Step 3.
    metadata.check_not_expired(state.root, at, layout.root_path(state.root.version))
    # Step 4.
    stamp_data = _need(read, layout.TIMESTAMP, layout.MAX_TIMESTAMP)
    stamp = metadata.read(Timestamp, layout.TIMESTAMP, stamp_data, limit=layout.MAX_TIMESTAMP)
    _believe(state, state.root, "timestamp", stamp, stamp_data)
    # Step 5.
    snapshot = _follow(state, Snapshot, state.root, "snapshot", stamp.signed.snapshot_meta)
    # Step 6.
    shape.check_listed("targets", snapshot.meta)
    targets = _follow(state, Targets, state.root, "targets", snapshot.meta["targets.json"])
    shape.check_top_level(targets)
    shape.check_delegations(targets)
    metadata.check_keys(targets, "targets")
    state.targets = targets
    state.register = _document(state, targets, layout.REGISTER_FILE, RegisterFile)
    expiries = (state.root.expires, stamp.signed.expires, snapshot.expires, targets.expires)
    state.fresh_until = min(expiries)
    # Step 7.
    for party in shape.delegated(targets):
        if f"{party}.json" in snapshot.meta:
            walk_party(state, snapshot, party, whole=whole)
    return state


def _roots(read: Reader, trusted: bytes, at: datetime) -> Walk:
    """Follow the chain of roots from the trusted one (TUF 5.3)."""
    first = metadata.read(Root, "the trusted root", trusted)
    metadata.check_keys(first.signed, "root")
    metadata.check_signed(first.signed, "root", first, "the trusted root")
    state = Walk(read, at, first.signed)
    _keep_root(state, first.signed, trusted)
    for _ in range(layout.MAX_ROOTS):
        file = layout.root_path(state.root.version + 1)
        data = read(file, layout.MAX_FILE)
        if data is None:
            break
        newer = metadata.read(Root, file, data)
        metadata.check_keys(newer.signed, "root")
        # TUF 5.3.4: by the keys of the old root, so that nobody but they hand on; and by its own.
        check_old_root(state.root, newer, file)
        metadata.check_signed(newer.signed, "root", newer, file)
        check_version(file, newer.signed.version, state.root.version + 1)
        _keep_root(state, newer.signed, data)
    return state


def check_old_root(old: Root, newer: Metadata[Root], file: str) -> None:
    """Refuse a root that the one before did not sign."""
    metadata.check_signed(old, "root", newer, file)


def check_version(file: str, version: int, expected: int) -> None:
    """Refuse a file of another version than the one asked for: parts of two days do not mix."""
    if version != expected:
        raise RegisterError("REG-006", file=file, version=version, expected=expected)


def _keep_root(state: Walk, root: Root, data: bytes) -> None:
    state.root = root
    state.versions["root"] = root.version
    state.files[layout.root_path(root.version)] = data


def _need(read: Reader, file: str, limit: int = layout.MAX_FILE) -> bytes:
    data = read(file, limit)
    if data is None:
        raise RegisterError("REG-003", file=file)
    return data


Kind = TypeVar("Kind", Timestamp, Snapshot, Targets)


def _believe(state: Walk, delegator: Root | Targets, role: str, found: Metadata[Kind], data: bytes) -> None:
    """Keep metadata once its delegator's custodians signed it and it still speaks."""
    version = found.signed.version
    file = layout.TIMESTAMP if role == "timestamp" else layout.metadata_path(role, version)
    metadata.check_signed(delegator, role, found, file)
    if role in TOP:
        metadata.check_not_expired(found.signed, state.at, file)
    elif found.signed.is_expired(state.at):
        state.lapsed.add(role.partition(".")[0])
    state.versions[role] = version
    state.files[file] = data


def _follow(state: Walk, kind: type[Kind], delegator: Root | Targets, role: str, meta: MetaFile) -> Kind:
    """Return the role's metadata that the file above names: version, length and digest."""
    file = layout.metadata_path(role, meta.version)
    data = _need(state.read, file)
    metadata.check_named(meta, data, file)
    found = metadata.read(kind, file, data)
    check_version(file, found.signed.version, meta.version)
    _believe(state, delegator, role, found, data)
    return found.signed


def walk_party(state: Walk, snapshot: Snapshot, party: str, *, whole: bool) -> None:
    """Believe one Party's two roles, each for its own file alone; ``walk`` has come as far as the targets.

    Raises:
        RegisterError: As ``walk``.
    """
    assert state.targets is not None
    meta = snapshot.meta[f"{party}.json"]
    if not whole and state.read(layout.metadata_path(party, meta.version), layout.MAX_FILE) is None:
        return
    offline = _follow(state, Targets, state.targets, party, meta)
    metadata.check_keys(offline, party)
    shape.check_own_delegation(offline, party)
    shape.check_own_file(offline, party)
    state.online_keys.extend(shape.delegation_keys(offline))
    identity = _document(state, offline, f"parties/{party}/{layout.IDENTITY}", PartyIdentity)
    shape.check_same_party(identity.party, party)
    online, expires, authorities = layout.online_role(party), offline.expires, None
    if f"{online}.json" in snapshot.meta:
        role = _follow(state, Targets, offline, online, snapshot.meta[f"{online}.json"])
        shape.check_no_delegation(role, online)
        shape.check_own_file(role, online)
        file = f"parties/{party}/{layout.AUTHORITIES}"
        authorities = _document(state, role, file, PartyAuthorities)
        shape.check_same_party(authorities.party, party)
        shape.check_identified(identity, authorities)
        expires = min(expires, role.expires)
    state.parties[party] = PartyFiles(identity, authorities, expires)


def _document(state: Walk, role: Targets, name: str, model: type[Document]) -> Document:
    """Return the document that a role names, by length and digest."""
    if name not in role.targets:
        raise RegisterError("REG-003", file=name)
    named = role.targets[name]
    file = layout.target_path(name, named.hashes.get("sha256", ""))
    data = _need(state.read, layout.check_path(file))
    metadata.check_size(file, data, layout.MAX_FILE)
    metadata.check_named(named, data, file)
    document = decode(file, data, model)
    state.files[file] = data
    return document


def decode(file: str, data: bytes, model: type[Document]) -> Document:
    """Return the document in a file.

    Raises:
        RegisterError: REG-001 unreadable; REG-014 to REG-016 what it says.
    """
    try:
        return wire.decode(data, model, limit=layout.MAX_FILE)
    except WireError as error:
        reason = error.fields.get("reason", error.code)
        raise RegisterError("REG-001", file=file, reason=reason) from error
