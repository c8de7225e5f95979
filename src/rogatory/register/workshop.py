"""A register whose keys all lie in one folder: for a rehearsal, a demonstration, a first trial.

Beside ``public`` the folder holds ``keys`` (0600) and ``drafts``. In earnest the root's, the host's and
each Party's custodians hold their own keys, and Parties send releases; ``publish`` takes those too.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from rogatory import keys, wire
from rogatory.errors import RegisterError
from rogatory.keys import KeyEntry, Purpose, SigningPair
from rogatory.register import files, host, layout, verify
from rogatory.register.documents import AuthorityEntry, AuthorityIdentity, PartyAuthorities, PartyIdentity
from rogatory.register.entries import key_entry
from rogatory.register.host import Admission, Custodians
from rogatory.register.releases import Release, sign_authorities, sign_identity
from rogatory.register.verify import PartyFiles, Walk
from rogatory.values import party_of

__all__ = ["add", "begin", "publish_drafts", "published", "role_key"]

ROLES: Final = ("root", "targets", "snapshot", "timestamp")
# What a register's folder holds from its first day on.
OWN: Final = ("keys", "root.json", host.PUBLIC)


def begin(folder: Path, origin: str, operator: str, now: datetime, random: Callable[[int], bytes]) -> bytes:
    """Return the root of a new register with fresh keys; it is also ``root.json`` in the folder.

    Args:
        folder: Made if it is not there.
        origin: The name of the register's log, such as ``register.example/log``.
        operator: The authority that keeps the register, such as ``xun/register``.
        now: The instant, UTC.
        random: A source of random bytes.

    Raises:
        RegisterError: REG-029 there is a register already; REG-036 the folder cannot be written.
        KeysError: KEY-021 a key file cannot be written.
    """
    if any((folder / name).exists() for name in OWN):
        raise RegisterError("REG-029")
    # Made beside its place and put there at once: one half begun could neither go on nor be begun again.
    there, place = folder.is_dir(), folder.resolve()
    part = (place if there else place.parent) / f".{place.name}.{random(4).hex()}.part"
    try:
        root = _begin(part, origin, operator, now, random)
        _put(part, place, there=there)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return root


def _begin(folder: Path, origin: str, operator: str, now: datetime, random: Callable[[int], bytes]) -> bytes:
    files.make(folder / "keys")
    for role in ROLES:
        _new_key(folder, role, Purpose.REGISTER, operator, random)
    _new_key(folder, "log", Purpose.LOG, operator, random)
    root = host.init(folder, _custodians(folder, now), origin, now)
    files.write(folder / "root.json", root)
    return root


def _put(part: Path, place: Path, *, there: bool) -> None:
    """Give a finished register its place: a new folder, or the names of a register in one that is there."""
    try:
        if there:
            # What others read comes last; before it is there nobody takes this for a register.
            for path in sorted(part.iterdir(), key=lambda path: path.name == host.PUBLIC):
                path.rename(place / path.name)
        else:
            part.rename(place)
    except OSError as error:
        if place.is_dir() and error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
            raise RegisterError("REG-029") from None
        raise RegisterError("REG-036", reason=error.strerror) from error


def add(
    folder: Path, identity: AuthorityIdentity, entry: AuthorityEntry, random: Callable[[int], bytes]
) -> None:
    """Draft an authority, or more of its keys; its Party gets custodians' keys of its own the first time.

    Nothing is published and nothing is checked against what was; ``publish_drafts`` does both.

    Args:
        folder: Of ``begin``.
        identity: Who the authority is.
        entry: How to deal with it, and its other keys.
        random: A source of random bytes.

    Raises:
        RegisterError: REG-015 the two speak of different authorities; REG-030 no register is there.
    """
    if identity.id != entry.id:
        raise RegisterError("REG-015", party=party_of(identity.id), authority=entry.id)
    if not (folder / host.PUBLIC).exists():
        raise RegisterError("REG-030")
    party = party_of(identity.id)
    for role in (party, layout.online_role(party)):
        if not _key_path(folder, role).exists():
            _new_key(folder, role, Purpose.REGISTER, f"{party}/register", random)
    place = folder / "drafts" / identity.id
    files.write(place / layout.IDENTITY, wire.encode(identity))
    files.write(place / layout.AUTHORITIES, wire.encode(entry))


def publish_drafts(folder: Path, now: datetime, *, releases: Iterable[Release] = ()) -> Walk:
    """Return the register as now published, drafts and given releases in it; the drafts are gone.

    Keys of a draft are added to those published before; an entry that is drafted again replaces the
    rest of the authority's particulars. A Party whose keys are here, and one of whose roles ends within 30
    days, is signed again too.

    Raises:
        RegisterError: REG-030 no register is there; all that ``host.publish`` raises.
    """
    known = published(folder, now)
    drafts = _drafts(folder)
    ending = (party for party, each in known.parties.items() if each.fresh_until - now < host.RENEW)
    here = {party for party in ending if _key_path(folder, party).exists()}
    parties = sorted(here | {party_of(each.id) for each, _ in drafts})
    assert known.targets is not None
    delegations = known.targets.delegations
    admitted = set((delegations and delegations.roles) or ())
    admit = [
        Admission(party, (role_key(folder, party).public,)) for party in parties if party not in admitted
    ]
    own = [_release(folder, known, party, drafts, now) for party in parties]
    found = host.publish(folder, _custodians(folder, now), now, admit=admit, releases=[*own, *releases])
    for identity, _ in drafts:
        for name in (layout.IDENTITY, layout.AUTHORITIES):
            (folder / "drafts" / identity.id / name).unlink(missing_ok=True)
    return found


def published(folder: Path, now: datetime) -> Walk:
    """Return the register of a host's folder as last published, even if its timestamp has lapsed.

    Raises:
        RegisterError: REG-030 no register is there; all that ``verify.walk`` raises.
    """
    read = files.from_folder(folder / host.PUBLIC)
    root = read(layout.root_path(1), layout.MAX_FILE)
    if root is None:
        raise RegisterError("REG-030")
    return verify.walk(read, root, host.last_instant(read, now))


def _release(
    folder: Path,
    known: Walk,
    party: str,
    drafts: list[tuple[AuthorityIdentity, AuthorityEntry]],
    now: datetime,
) -> Release:
    """Sign both files of a Party, drafts joined to what was published."""
    before = known.parties.get(party)
    mine = [draft for draft in drafts if party_of(draft[0].id) == party]
    identity, authorities = _joined(party, before, mine, now)
    offline, online = role_key(folder, party), role_key(folder, layout.online_role(party))
    first = sign_identity(identity, host.released_version(known, party), [offline], [online.public], now)
    version = host.released_version(known, layout.online_role(party))
    return first.merged(sign_authorities(authorities, version, [online], now))


def _joined(
    party: str,
    before: PartyFiles | None,
    drafts: Iterable[tuple[AuthorityIdentity, AuthorityEntry]],
    now: datetime,
) -> tuple[PartyIdentity, PartyAuthorities]:
    identities = {each.id: each for each in before.identity.authorities} if before else {}
    entries = (
        {each.id: each for each in before.authorities.authorities} if before and before.authorities else {}
    )
    for identity, entry in drafts:
        identities[identity.id] = _identity(identities.get(identity.id), identity)
        entries[entry.id] = _entry(entries.get(entry.id), entry)
    return (
        PartyIdentity(party=party, issued_at=now, authorities=tuple(identities.values())),
        PartyAuthorities(party=party, issued_at=now, authorities=tuple(entries.values())),
    )


def _identity(old: AuthorityIdentity | None, new: AuthorityIdentity) -> AuthorityIdentity:
    if old is None:
        return new
    numbers = {each.number: each for each in (*new.call_back, *old.call_back)}
    change = {"keys": _keys(old.keys, new.keys), "call_back": tuple(numbers.values())}
    return new.model_copy(update=change)


def _entry(old: AuthorityEntry | None, new: AuthorityEntry) -> AuthorityEntry:
    return new if old is None else new.model_copy(update={"keys": _keys(old.keys, new.keys)})


def _keys(old: Iterable[KeyEntry], new: Iterable[KeyEntry]) -> tuple[KeyEntry, ...]:
    """Return both; of a key in both, the one published before, unless the draft casts doubt on it."""
    found = {entry.key.key_id: entry for entry in old}
    for entry in new:
        if entry.revoked or entry.compromised_since or entry.key.key_id not in found:
            found[entry.key.key_id] = entry
    return tuple(found.values())


def _drafts(folder: Path) -> list[tuple[AuthorityIdentity, AuthorityEntry]]:
    place = folder / "drafts"
    found = []
    for path in sorted(place.glob(f"*/*/{layout.IDENTITY}")):
        identity = wire.decode(path.read_bytes(), AuthorityIdentity)
        entry = wire.decode(path.with_name(layout.AUTHORITIES).read_bytes(), AuthorityEntry)
        found.append((identity, entry))
    return found


def _key_path(folder: Path, role: str) -> Path:
    return folder / "keys" / f"{role}.key"


def _new_key(folder: Path, role: str, purpose: Purpose, owner: str, random: Callable[[int], bytes]) -> None:
    keys.save(keys.new_pair(purpose, owner, random), _key_path(folder, role))


def role_key(folder: Path, role: str, purpose: Purpose = Purpose.REGISTER) -> SigningPair:
    """Return the private key of a role, out of the folder's ``keys``.

    Raises:
        KeysError: KEY-022 there is none; KEY-023 others can read it.
    """
    pair = keys.load(_key_path(folder, role), purpose=purpose)
    assert isinstance(pair, SigningPair)
    return pair


def _custodians(folder: Path, now: datetime) -> Custodians:
    root, targets, snapshot, timestamp = ((role_key(folder, role),) for role in ROLES)
    log = role_key(folder, "log", Purpose.LOG)
    return Custodians(root, targets, snapshot, timestamp, log, key_entry(log, now))
