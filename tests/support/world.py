"""A small world for tests: two Parties, their keys, a ring, and statements that pass between them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from rogatory.exchange import Place
from rogatory.keys import EncryptionPair, KeyEntry, KeyRing, Purpose, SigningPair, pair_from_seed
from rogatory.statements import Item, Offence, Request, RequestBody, Statement, Words
from rogatory.values import DataCategory, Period, read, read_moment

NOON = datetime(2028, 3, 13, 18, 32, tzinfo=UTC)
BEGIN = datetime(2028, 1, 1, tzinfo=UTC)
ASKING, ASKED, THIRD = "vnm/a05", "fra/ofac", "xtp/cyber"


@cache
def pair(authority: str, purpose: Purpose, generation: int = 0, *, rehearsal: bool = False) -> Any:
    """Return a key that is the same in every run: tests may not depend on luck."""
    seed = hashlib.sha256(f"{authority} {purpose} {generation} {rehearsal}".encode()).digest()
    return pair_from_seed(seed, purpose, authority, rehearsal=rehearsal)


def signing(authority: str, purpose: Purpose = Purpose.STATEMENT) -> SigningPair:
    key: SigningPair = pair(authority, purpose)
    return key


def decryption(authority: str) -> EncryptionPair:
    key: EncryptionPair = pair(authority, Purpose.ENCRYPTION)
    return key


def entry(key: Any, **changes: Any) -> KeyEntry:
    dates = {
        "valid_from": BEGIN,
        "sign_until": BEGIN + timedelta(days=365),
        "verify_until": BEGIN + timedelta(days=3650),
    }
    return KeyEntry(key=key.public, **(dates | changes))


PURPOSES = (Purpose.STATEMENT, Purpose.TRANSPORT, Purpose.ENCRYPTION, Purpose.SEAL, Purpose.LOG)


@cache
def ring(*authorities: str) -> KeyRing:
    names = authorities or (ASKING, ASKED, THIRD)
    entries = [entry(pair(name, purpose)) for name in names for purpose in PURPOSES]
    return KeyRing(entries, snapshot="0" * 64)


def counting_random(start: str = "random") -> Callable[[int], bytes]:
    """Return a source of bytes that never repeats within a test and repeats in the next run."""
    state = [hashlib.sha256(start.encode()).digest()]

    def draw(size: int) -> bytes:
        state[0] = hashlib.sha256(state[0]).digest()
        return hashlib.shake_256(state[0]).digest(size)

    return draw


def header(**changes: Any) -> dict[str, Any]:
    """Return the header members of an opening statement from Viet Nam to France."""
    members: dict[str, Any] = {
        "case": "c" * 64,
        "sender": ASKING,
        "recipient": ASKED,
        "seq": 1,
        "issued_at": NOON,
        "language": "en",
        "instrument": "hanoi_2024",
        "nonce": hashlib.sha256(repr(sorted(changes)).encode()).hexdigest(),
    }
    return members | changes


def words(text: str, language: str = "en") -> Words:
    return Words(original=text, language=language)


def item(number: int = 1, **changes: Any) -> Item:
    members: dict[str, Any] = {
        "number": number,
        "identifier": read("ip_address", "203.0.113.57"),
        "category": DataCategory.TRAFFIC_DATA,
        "period": Period(
            start=read_moment("2028-03-10T00:00:00+07:00"), end=read_moment("2028-03-13T23:59:59+07:00")
        ),
    }
    return Item(**(members | changes))


def request(*items: Item, **changes: Any) -> Request:
    body_changes = changes.pop("body", {})
    body = {
        "kind": "preservation",
        "items": items or (item(),),
        "offence": Offence(conduct=words("A false trading site took money.")),
    }
    return Request(**header(**changes), body=RequestBody(**(body | body_changes)))


@dataclass
class Remembered:
    """A door's memory, kept in dictionaries."""

    nonces: set[tuple[str, str]] = field(default_factory=set)
    receipts: dict[str, bytes] = field(default_factory=dict)
    places: dict[tuple[str, str, int], str] = field(default_factory=dict)
    threads: dict[str, tuple[frozenset[str], str, bool]] = field(default_factory=dict)
    open_to: bool = True

    def nonce_is_new(self, key_id: str, nonce: str) -> bool:
        new = (key_id, nonce) not in self.nonces
        self.nonces.add((key_id, nonce))
        return new

    def within_quota(self, authority: str) -> bool:
        return self.open_to

    def receipt(self, statement_id: str) -> bytes | None:
        return self.receipts.get(statement_id)

    def place(self, statement: Statement) -> Place:
        thread = statement.thread or ""
        parties, case, rehearsal = self.threads.get(thread, (frozenset(), "", None))
        party, seq = statement.sending_party, statement.seq
        return Place(
            thread_known=thread in self.threads,
            parties=parties,
            case=case,
            rehearsal=rehearsal,
            holder=self.places.get((thread, party, seq)),
            previous=self.places.get((thread, party, seq - 1)),
        )
