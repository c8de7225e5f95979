"""Key rings: which key may be believed for what, and at which instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from pydantic import Field, model_validator

from rogatory.errors import KeysError
from rogatory.keys import public
from rogatory.keys.pairs import SigningPair
from rogatory.keys.public import PublicKey
from rogatory.keys.purposes import Purpose
from rogatory.values import Base64, Frozen, Instant
from rogatory.wire import encode

__all__ = ["KeyEntry", "KeyRing", "check_possession", "prove_possession"]

POSSESSION_LABEL = b"rogatory/possession/v1\x00"


class KeyEntry(Frozen):
    """One key as the register states it: whose, for what, from when to when, and any doubt."""

    key: PublicKey
    valid_from: Instant = Field(alias="from")
    sign_until: Instant
    verify_until: Instant
    revoked: Instant | None = None
    compromised_since: Instant | None = None
    # Proof of possession: a signing key signs itself; an encryption key cannot, so its
    # authority's identity key vouches for it.
    possession: tuple[Base64, Base64] | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        check_order(self)
        return self


def check_order(entry: KeyEntry) -> None:
    """Refuse dates out of order: a key begins, signs last, and is believed at least that long."""
    if not entry.valid_from < entry.sign_until <= entry.verify_until:
        raise KeysError("KEY-015")


def prove_possession(pair: SigningPair, key: PublicKey) -> tuple[bytes, bytes]:
    """Return two signatures over a public key: its own, or an identity key's over another."""
    return pair.sign(POSSESSION_LABEL + encode(key))


class KeyRing:
    """Every key that one snapshot of the register states, searchable by id, purpose and instant.

    A ring is a view of one snapshot; it never changes. Revoked and outlived keys stay in it,
    so that old statements can be judged as of their day.
    """

    def __init__(self, entries: Iterable[KeyEntry], *, snapshot: str = "") -> None:
        """Index the entries.

        Args:
            entries: All keys ever held, of all authorities.
            snapshot: Digest that names the register snapshot they come from.

        Raises:
            KeysError: KEY-002 one key half stands under two authorities or purposes; KEY-016 one key
                is stated twice, and not alike.
        """
        self.snapshot = snapshot
        self._entries: dict[str, KeyEntry] = {}
        halves: dict[bytes, str] = {}
        for entry in entries:
            name = entry.key.key_id
            for half in entry.key.halves:
                check_one_use(halves.setdefault(half, name), name)
            check_stated_once(self._entries.setdefault(name, entry), entry)

    @property
    def entries(self) -> Mapping[str, KeyEntry]:
        """All entries by key id."""
        return self._entries

    def find(self, key_id: str, purpose: Purpose, at: datetime) -> KeyEntry:
        """Return the entry of a key that may be believed for a purpose at an instant.

        1. known, 2. of that purpose, 3. in force, 4. not revoked, 5. not compromised.
        Whether it could still sign when it did is ``check_could_sign``, for who knows that instant.

        Args:
            key_id: The key's identity, 64 hex characters.
            purpose: What the signature or wrap was for; the caller's, never the message's.
            at: The proven instant; at the door, the receiver's own time. UTC.

        Raises:
            KeysError: KEY-005 unknown, KEY-003 another purpose, KEY-006 not in force,
                KEY-007 revoked or compromised by then.

        Source:
            PROTOCOL rules 4, 5, 9; section 4, Compromise.
        """
        # Step 1.
        entry = self._entries.get(key_id)
        if entry is None:
            raise KeysError("KEY-005", key=key_id[:16])
        # Step 2.
        check_purpose(entry, purpose)
        # Step 3.
        check_in_force(entry, at)
        # Steps 4 and 5.
        check_not_revoked(entry, at)
        return entry

    def current(self, authority: str, purpose: Purpose, at: datetime, *, rehearsal: bool = False) -> KeyEntry:
        """Return the newest key that an authority may use for a purpose at an instant.

        Raises:
            KeysError: KEY-009 the authority has none.
        """
        usable = [
            entry
            for entry in self._entries.values()
            if (entry.key.authority, entry.key.purpose, entry.key.rehearsal)
            == (authority, purpose, rehearsal)
            and entry.valid_from <= at <= entry.sign_until
            and not _doubted(entry, at)
        ]
        if not usable:
            raise KeysError("KEY-009", authority=authority, purpose=purpose)
        return max(usable, key=lambda entry: (entry.valid_from, entry.key.key_id))


def check_one_use(first: str, second: str) -> None:
    """Refuse a key half that stands in two entries (PROTOCOL rule 5)."""
    if first != second:
        raise KeysError("KEY-002", key=second[:16])


def check_stated_once(first: KeyEntry, second: KeyEntry) -> None:
    """Refuse a key that is stated twice with different dates: the later would undo a revocation."""
    if first != second:
        raise KeysError("KEY-016", key=second.key.key_id[:16])


def check_purpose(entry: KeyEntry, purpose: Purpose) -> None:
    """Refuse a key of another purpose, however good its signature."""
    if entry.key.purpose is not purpose:
        raise KeysError("KEY-003", purpose=entry.key.purpose, wanted=purpose)


def check_in_force(entry: KeyEntry, at: datetime) -> None:
    """Refuse a key not yet, or no longer, to be believed."""
    if not entry.valid_from <= at <= entry.verify_until:
        raise KeysError("KEY-006", key=entry.key.key_id[:16])


def check_not_revoked(entry: KeyEntry, at: datetime) -> None:
    """Refuse a key that its Party had revoked, or says was compromised, by the instant."""
    if _doubted(entry, at):
        raise KeysError("KEY-007", key=entry.key.key_id[:16])


def _doubted(entry: KeyEntry, at: datetime) -> bool:
    return any(since is not None and since <= at for since in (entry.revoked, entry.compromised_since))


def check_could_sign(entry: KeyEntry, made: datetime) -> None:
    """Refuse what a key signed after its last day of signing, by the signer's own date.

    The date is a claim. It can only be made earlier than it was, so a true one is never refused, and
    who backdates has signed a lie (PROTOCOL rule 12).

    Raises:
        KeysError: KEY-017 the key could no longer sign then.

    Source:
        spec/keys.md 4.2; PROTOCOL section 3.
    """
    if made > entry.sign_until:
        raise KeysError("KEY-017", key=entry.key.key_id[:16])


def check_possession(entry: KeyEntry, vouching: PublicKey) -> None:
    """Return only if the entry's proof of possession was signed by the vouching key.

    Raises:
        KeysError: KEY-013 no proof, or KEY-010 to KEY-012 a proof that does not hold.
    """
    if entry.possession is None:
        raise KeysError("KEY-013", key=entry.key.key_id[:16])
    public.verify(vouching, POSSESSION_LABEL + encode(entry.key), entry.possession)
