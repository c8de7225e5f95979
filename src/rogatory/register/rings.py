"""From a snapshot to a key ring: every key it states, once each has proved possession."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rogatory.errors import KeysError, RegisterError
from rogatory.keys import KeyEntry, KeyRing, PublicKey, Suite, check_possession
from rogatory.keys import ring as key_ring
from rogatory.register import shape
from rogatory.register.hybrid import CustodianKey
from rogatory.register.verify import PartyFiles, Walk

__all__ = ["SUITE_RANKS", "ring_of"]

# PROTOCOL rule 4: suites are data, and the least that counts only rises.
SUITE_RANKS = {Suite.SIGNATURE: 1, Suite.NOTE: 1, Suite.ENCRYPTION: 1}


def ring_of(found: Walk, snapshot: str) -> KeyRing:
    """Return the ring of every key that a walk believed.

    1. every key proves possession, 2. its suite counts, 3. no half stands in two keys, those of the
    register's own custodians among them.

    Args:
        found: A complete walk.
        snapshot: The digest that names it.

    Raises:
        KeysError: KEY-002 a half stands twice; KEY-010 to KEY-013 possession.
        RegisterError: REG-032 a suite below the minimum.
    """
    assert found.register is not None
    entries = list(found.register.log_keys)
    for entry in entries:
        check_possession(entry, entry.key)
    for party in found.parties.values():
        entries.extend(_proved(party))
    for entry in entries:
        check_suite(entry, found.register.minimum_suite)
    ring = KeyRing(entries, snapshot=snapshot)
    check_apart(entries, _custodians(found))
    return ring


def _proved(party: PartyFiles) -> Iterator[KeyEntry]:
    """Yield every key of a Party, identity keys first."""
    vouching: dict[str, tuple[KeyEntry, ...]] = {}
    for identity in party.identity.authorities:
        vouching[identity.id] = identity.keys
        for entry in identity.keys:
            check_possession(entry, entry.key)
            yield entry
    for authority in party.authorities.authorities if party.authorities else ():
        for entry in authority.keys:
            check_proved(entry, vouching.get(authority.id, ()))
            yield entry


def check_proved(entry: KeyEntry, vouching: Iterable[KeyEntry]) -> None:
    """Return only if a signing key proved itself, or an identity key in force vouches for another.

    Raises:
        KeysError: KEY-010 to KEY-013.

    Source:
        PROTOCOL rule 5; spec/register.md 6.1.
    """
    if entry.key.suite is not Suite.ENCRYPTION:
        check_possession(entry, entry.key)
        return
    fault = KeysError("KEY-013", key=entry.key.key_id[:16])
    for identity in vouching:
        try:
            check_vouching(identity, entry)
            check_possession(entry, identity.key)
        except KeysError as error:
            fault = error
        else:
            return
    raise fault


def check_vouching(identity: KeyEntry, entry: KeyEntry) -> None:
    """Refuse an identity key that did not sign, or was not to be believed, when the other key began."""
    doubts = [since for since in (identity.revoked, identity.compromised_since) if since is not None]
    in_force = identity.valid_from <= entry.valid_from <= identity.sign_until
    if not in_force or any(since <= entry.valid_from for since in doubts):
        raise KeysError("KEY-006", key=identity.key.key_id[:16])


def check_suite(entry: KeyEntry, minimum: int) -> None:
    """Refuse a key of a suite below the register's minimum."""
    if SUITE_RANKS[entry.key.suite] < minimum:
        raise RegisterError("REG-032", key=entry.key.key_id[:16], minimum=minimum)


def _custodians(found: Walk) -> list[PublicKey]:
    assert found.targets is not None
    keys = [key.public for key in found.root.keys.values() if isinstance(key, CustodianKey)]
    return [*keys, *shape.delegation_keys(found.targets), *found.online_keys]


def check_apart(entries: Iterable[KeyEntry], custodians: Iterable[PublicKey]) -> None:
    """Refuse a key half that signs for the register and for anything else (PROTOCOL rule 5).

    Raises:
        KeysError: KEY-002.
    """
    halves: dict[bytes, str] = {}
    for key in (*(entry.key for entry in entries), *custodians):
        for half in key.halves:
            key_ring.check_one_use(halves.setdefault(half, key.key_id), key.key_id)
