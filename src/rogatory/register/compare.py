"""What a new version may change: it adds and it shortens; nothing once published is taken back.

The publisher asks before it signs, a reader asks before it believes; the answer is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tuf.api.metadata import Targets

from rogatory.errors import RegisterError
from rogatory.keys import KeyEntry
from rogatory.register import layout, shape
from rogatory.register.documents import CallBack, PartyAuthorities, PartyIdentity, RegisterFile
from rogatory.register.verify import PartyFiles, Walk

__all__ = ["check_party", "check_successor"]


def check_successor(old: Walk, new: Walk) -> None:
    """Return only if the new state of a register may follow the old one.

    1. no role is older than known or vanished, 2. none says another thing under one version,
    3. ``register.json`` keeps its log and its keys, and the minimum suite has not fallen,
    4. no Party got other custodians, 5. no Party has lost a key, an authority or a number.

    Raises:
        RegisterError: REG-008 rolled back, REG-009 vanished, REG-018 to REG-023 what changed.

    Source:
        TUF 5.3.5, 5.4.3, 5.5.5; PROTOCOL section 4: nothing is deleted; spec/register.md, section 5.
    """
    # Step 1.
    check_versions(old.versions, new.versions)
    # Step 2.
    check_one_version(old.files, new.files)
    # Step 3.
    assert old.register is not None
    assert new.register is not None
    _check_register(old.register, new.register)
    # Step 4.
    assert old.targets is not None
    assert new.targets is not None
    for party in shape.delegated(old.targets):
        check_custodians(party, old.targets, new.targets)
    # Step 5.
    for party in sorted(set(old.parties) & set(new.parties)):
        check_party(old.parties[party], new.parties[party])


def check_versions(old: Mapping[str, int], new: Mapping[str, int]) -> None:
    """Refuse a role that is older than it was, or gone (rollback)."""
    for role, version in old.items():
        if role not in new:
            raise RegisterError("REG-009", file=f"{role}.json")
        if new[role] < version:
            raise RegisterError("REG-008", file=f"{role}.json", version=new[role], known=version)


def check_custodians(party: str, old: Targets, new: Targets) -> None:
    """Refuse other custodians for a Party: whoever keeps the register may not hand a Party over.

    A change will need the signatures of the old ones, or 72 hours in daylight (PROTOCOL rule 6); until
    that procedure is there, every change is refused.
    """
    before, after = ((role.delegations and role.delegations.roles) or {} for role in (old, new))
    if party not in after:
        raise RegisterError("REG-009", file=f"{party}.json")
    mine, theirs = before[party], after[party]
    if (set(mine.keyids), mine.threshold) != (set(theirs.keyids), theirs.threshold):
        raise RegisterError("REG-041", party=party)


def check_one_version(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Refuse two contents of one versioned file."""
    for path, data in old.items():
        if path != layout.TIMESTAMP and new.get(path, data) != data:
            raise RegisterError("REG-008", file=path, version="another content", known="the first")


def _check_register(old: RegisterFile, new: RegisterFile) -> None:
    check_origin(old.origin, new.origin)
    check_minimum(old.minimum_suite, new.minimum_suite)
    check_issued(old.issued_at, new.issued_at, "register.json")
    check_keys(old.log_keys, new.log_keys)


def check_origin(old: str, new: str) -> None:
    """Refuse another log: the one that was known would end without a proof."""
    if old != new:
        raise RegisterError("REG-023")


def check_minimum(old: int, new: int) -> None:
    """Refuse a lower minimum suite: it only rises (PROTOCOL rule 4)."""
    if new < old:
        raise RegisterError("REG-021", old=old, new=new)


def check_party(old: PartyFiles, new: PartyFiles) -> None:
    """Return only if a Party's files may follow its earlier ones.

    Raises:
        RegisterError: REG-018 to REG-020, REG-022.
    """
    _check_identity(old.identity, new.identity)
    if old.authorities is not None:
        if new.authorities is None:
            raise RegisterError("REG-020", what=f"authorities.json of {old.identity.party}")
        _check_authorities(old.authorities, new.authorities)


def _check_identity(old: PartyIdentity, new: PartyIdentity) -> None:
    check_issued(old.issued_at, new.issued_at, f"identity.json of {old.party}")
    found = {each.id: each for each in new.authorities}
    for before in old.authorities:
        after = found.get(before.id)
        check_kept(before.id, after)
        if after is not None:
            check_keys(before.keys, after.keys)
            check_call_back(before.call_back, after.call_back, old.issued_at)
    _check_new(
        (entry for each in old.authorities for entry in each.keys),
        (entry for each in new.authorities for entry in each.keys),
        old.issued_at,
    )


def _check_authorities(old: PartyAuthorities, new: PartyAuthorities) -> None:
    check_issued(old.issued_at, new.issued_at, f"authorities.json of {old.party}")
    found = {each.id: each for each in new.authorities}
    for before in old.authorities:
        after = found.get(before.id)
        check_kept(before.id, after)
        if after is not None:
            check_keys(before.keys, after.keys)
    _check_new(
        (entry for each in old.authorities for entry in each.keys),
        (entry for each in new.authorities for entry in each.keys),
        old.issued_at,
    )


def check_kept(name: str, after: object) -> None:
    """Refuse to let an authority vanish; it is closed instead."""
    if after is None:
        raise RegisterError("REG-020", what=name)


def check_issued(old: datetime, new: datetime, file: str) -> None:
    """Refuse a file that says it is older than the one before it."""
    if new < old:
        raise RegisterError("REG-008", file=file, version=new.isoformat(), known=old.isoformat())


def check_keys(old: Iterable[KeyEntry], new: Iterable[KeyEntry]) -> None:
    """Refuse a new version that lacks a key ever held, or states it otherwise.

    Raises:
        RegisterError: REG-018 gone, REG-019 changed.
    """
    found = {entry.key.key_id: entry for entry in new}
    for before in old:
        after = found.get(before.key.key_id)
        check_not_dropped(before, after)
        if after is not None:
            check_not_altered(before, after)


def check_not_dropped(before: KeyEntry, after: KeyEntry | None) -> None:
    """Refuse to let a key vanish: an old signature must stay judgeable."""
    if after is None:
        raise RegisterError("REG-018", key=before.key.key_id[:16])


def check_not_altered(before: KeyEntry, after: KeyEntry) -> None:
    """Refuse any change to a key but a shorter life or a graver doubt; it may prove possession anew."""
    same = (before.key, before.valid_from) == (after.key, after.valid_from)
    shorter = after.sign_until <= before.sign_until and after.verify_until <= before.verify_until
    graver = _graver(before.revoked, after.revoked) and _graver(
        before.compromised_since, after.compromised_since
    )
    if not (same and shorter and graver):
        raise RegisterError("REG-019", key=before.key.key_id[:16])


def _graver(old: datetime | None, new: datetime | None) -> bool:
    return old is None or (new is not None and new <= old)


def _check_new(old: Iterable[KeyEntry], new: Iterable[KeyEntry], since: datetime) -> None:
    known = {entry.key.key_id for entry in old}
    for entry in new:
        if entry.key.key_id not in known:
            check_not_backdated(entry, since)


def check_not_backdated(entry: KeyEntry, since: datetime) -> None:
    """Refuse a new key that claims a time for which an earlier version did not have it.

    Otherwise whoever steals an online role today could sign statements of last year.
    """
    if entry.valid_from < since:
        raise RegisterError("REG-022", key=entry.key.key_id[:16], since=since.isoformat())


def check_call_back(old: Sequence[CallBack], new: Sequence[CallBack], since: datetime) -> None:
    """Refuse a call-back number that vanished, came back to life, or claims to have stood before it did."""
    found = {(each.number, each.since): each for each in new}
    known = {(each.number, each.since) for each in old}
    for before in old:
        after = found.get((before.number, before.since))
        if after is None or not _graver(before.until, after.until):
            raise RegisterError("REG-020", what="a call-back number")
    if any(name not in known and each.since < since for name, each in found.items()):
        raise RegisterError("REG-020", what="a call-back number")
