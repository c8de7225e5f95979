"""Which key to use and which to believe, with what the register's age allows.

Thin over ``KeyRing``. A stale register goes on with the keys it knows, marked, and takes no new ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from rogatory.errors import KeysError, RegisterError
from rogatory.keys import KeyEntry, KeyRing, Purpose
from rogatory.keys.ring import check_not_revoked, check_purpose
from rogatory.register.snapshots import Snapshot, ring_from
from rogatory.values import party_of

__all__ = [
    "Freshness",
    "Trust",
    "encryption_key",
    "freshness",
    "known_ring",
    "numbers_to_call",
    "signing_allowed",
    "signing_key",
    "trust_in",
]


CALL_BACK_AFTER: Final = timedelta(hours=72)


class Freshness(StrEnum):
    """Whether a snapshot still speaks for now."""

    FRESH = "fresh"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Trust:
    """A ring, and until when new keys in it count.

    Attributes:
        ring: Every key of the snapshot.
        fresh_until: When the first of the register's top-level roles expires.
        parties: When the first of each Party's roles expires.
    """

    ring: KeyRing
    fresh_until: datetime
    parties: Mapping[str, datetime] = field(default_factory=dict)

    def until(self, authority: str) -> datetime:
        """Return until when the register speaks for an authority."""
        return min(self.fresh_until, self.parties.get(party_of(authority), self.fresh_until))


def trust_in(snapshot: Snapshot) -> Trust:
    """Return what a snapshot lets its reader do."""
    parties = {party: each.fresh_until for party, each in snapshot.found.parties.items()}
    return Trust(ring_from(snapshot), snapshot.fresh_until, parties)


def freshness(trust: Trust, now: datetime, authority: str | None = None) -> Freshness:
    """Return whether the register still spoke at an instant; a stale one is shown as such everywhere.

    Args:
        trust: Of ``trust_in``.
        now: The instant, UTC.
        authority: For whom; the register as a whole if None.
    """
    until = trust.fresh_until if authority is None else trust.until(authority)
    return Freshness.FRESH if now < until else Freshness.STALE


def encryption_key(trust: Trust, authority: str, at: datetime, *, rehearsal: bool = False) -> KeyEntry:
    """Return the key to which an authority's statements are encrypted.

    Raises:
        KeysError: KEY-009 it has none in force.
        RegisterError: REG-039 it has only a key that began after the register went stale.
    """
    return _usable(trust, authority, Purpose.ENCRYPTION, at, rehearsal=rehearsal)


def signing_key(
    trust: Trust, authority: str, purpose: Purpose, at: datetime, *, rehearsal: bool = False
) -> KeyEntry:
    """Return the key with which an authority signs for a purpose.

    Raises:
        KeysError: KEY-009 it has none in force.
        RegisterError: REG-039 it has only a key that began after the register went stale.
    """
    return _usable(trust, authority, purpose, at, rehearsal=rehearsal)


def signing_allowed(trust: Trust, key_id: str, purpose: Purpose, at: datetime) -> KeyEntry:
    """Return the entry of a key that may make new signatures for a purpose at an instant.

    It asks more than ``KeyRing.find``: a key that is still believed may have ceased to sign.

    Raises:
        KeysError: KEY-005 unknown, KEY-003 another purpose, KEY-006 not signing, KEY-007 revoked.
        RegisterError: REG-039 it began after the register went stale.
    """
    entry = trust.ring.entries.get(key_id)
    if entry is None:
        raise KeysError("KEY-005", key=key_id[:16])
    check_purpose(entry, purpose)
    if not entry.valid_from <= at <= entry.sign_until:
        raise KeysError("KEY-006", key=key_id[:16])
    check_not_revoked(entry, at)
    check_not_new(trust, entry, at)
    return entry


def known_ring(trust: Trust, at: datetime) -> KeyRing:
    """Return the keys to go by at an instant: all of them, or in a stale register those that it can know of.

    It judges no key otherwise: what is revoked or outlived stays in the ring, as in every ring.

    Source:
        PROTOCOL section 4, Stale register; spec/register.md 6.7.
    """
    known = [entry for entry in trust.ring.entries.values() if not _too_new(trust, entry, at)]
    if len(known) == len(trust.ring.entries):
        return trust.ring
    return KeyRing(known, snapshot=trust.ring.snapshot)


def check_not_new(trust: Trust, entry: KeyEntry, at: datetime) -> None:
    """Refuse a key that begins in a time of which a stale register can know nothing."""
    if _too_new(trust, entry, at):
        raise RegisterError("REG-039", key=entry.key.key_id[:16])


def _too_new(trust: Trust, entry: KeyEntry, at: datetime) -> bool:
    return at >= trust.until(entry.key.authority) <= entry.valid_from


def _usable(trust: Trust, authority: str, purpose: Purpose, at: datetime, *, rehearsal: bool) -> KeyEntry:
    """Return the newest key in force; in a stale register, the newest that it can know of."""
    entry = trust.ring.current(authority, purpose, at, rehearsal=rehearsal)
    try:
        check_not_new(trust, entry, at)
    except RegisterError:
        until = trust.until(authority)
        known = (each for each in trust.ring.entries.values() if each.valid_from < until)
        try:
            return KeyRing(known).current(authority, purpose, at, rehearsal=rehearsal)
        except KeysError:
            pass
        raise
    return entry


def numbers_to_call(snapshot: Snapshot, authority: str, at: datetime) -> tuple[str, ...]:
    """Return the numbers on which an authority may be called back: those that have stood for 72 hours.

    Source:
        PROTOCOL section 8; spec/register.md 6.5.
    """
    known = snapshot.identities.get(authority)
    return tuple(
        each.number
        for each in (known.call_back if known else ())
        if each.since <= at - CALL_BACK_AFTER and (each.until is None or at < each.until)
    )
