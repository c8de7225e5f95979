"""The demo's register: its custodians, the releases of three Parties, and publishing as time goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx

from rogatory import keys, register
from rogatory.keys import KeyRing, Purpose, SigningPair, new_pair
from rogatory.register import (
    Admission,
    AuthorityEntry,
    AuthorityIdentity,
    CallBack,
    Channel,
    Custodians,
    Hours,
    Nature,
    PartyAuthorities,
    PartyIdentity,
)
from rogatory.statements import KINDS
from rogatory.values import party_of
from rogatory_node.base.randomness import random_bytes
from rogatory_node.demo.case import NEUTRAL, PARTIES

__all__ = ["RegisterDesk"]

HOST: Final = "xun/register"
ORIGIN: Final = "register.demo.example/log"
STATED: Final = {**PARTIES, party_of(NEUTRAL[0]): (NEUTRAL,)}
"""What the register states: each Party's authorities."""
ZONES: Final = {"vnm": "Asia/Ho_Chi_Minh", "fra": "Europe/Paris"}
NUMBERS: Final = {"vnm": "+842365550142", "fra": "+33155500142"}


def _pair(authority: str) -> SigningPair:
    pair = new_pair(Purpose.REGISTER, authority, random_bytes)
    assert isinstance(pair, SigningPair)
    return pair


@dataclass
class RegisterDesk:
    """The register's host and all Parties' custodians, in one process for the demo alone.

    Attributes:
        folder: The register's own.
        url: Where it is served.
        begin: When it began.
        doors: Each Party's peer door.
        homes: Each Party's folder, with its keys.
    """

    folder: Path
    url: str
    begin: datetime
    doors: dict[str, str]
    homes: dict[str, Path]
    root: bytes = b""
    by: Custodians = field(init=False)
    offline: dict[str, SigningPair] = field(default_factory=dict)
    online: dict[str, SigningPair] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    # An entry that was published is published again as it was: nothing is deleted and nothing restated.
    entries: dict[str, tuple[keys.KeyEntry, ...]] = field(default_factory=dict)

    def open(self) -> None:
        """Make the register, admit all Parties, publish their authorities and keys."""
        log = new_pair(Purpose.LOG, HOST, random_bytes)
        assert isinstance(log, SigningPair)
        self.by = Custodians(
            root=(_pair(HOST),),
            targets=(_pair(HOST),),
            snapshot=(_pair(HOST),),
            timestamp=(_pair(HOST),),
            log=log,
            log_entry=register.key_entry(log, self.begin),
        )
        self.root = register.init(self.folder, self.by, ORIGIN, self.begin)
        for party in STATED:
            self.offline[party], self.online[party] = _pair(f"{party}/custodian"), _pair(f"{party}/custodian")
        releases = [self._identity(party).merged(self._authorities(party, self.begin)) for party in STATED]
        admit = [Admission(party, (self.offline[party].public,)) for party in STATED]
        register.publish(self.folder, self.by, self.begin, admit=admit, releases=releases)

    def renew(self, now: datetime) -> None:
        """Publish again, as of now: a register that nobody renews expires."""
        releases = [self._authorities(party, now) for party in STATED]
        register.publish(self.folder, self.by, now, releases=releases)

    def mirror(self, now: datetime) -> None:
        """Bring both nodes' mirrors up to date, as their beat would."""
        with httpx.Client(trust_env=False, timeout=30) as session:
            read = register.from_http(session, self.url)
            for party in PARTIES:
                register.refresh(self.homes[party] / "register", read, now, root=self.root)

    def ring(self) -> KeyRing:
        """Return every key that the register states, as somebody with its root reads it."""
        return register.load_snapshot(self.homes[next(iter(PARTIES))] / "register").ring

    def _identity(self, party: str) -> register.Release:
        identity = PartyIdentity(
            party=party,
            issued_at=self.begin,
            authorities=tuple(
                AuthorityIdentity(
                    id=authority,
                    names={"en": name},
                    nature=Nature(nature),
                    keys=tuple(
                        entry
                        for entry in self._entries(party, authority)
                        if entry.key.purpose is Purpose.IDENTITY
                    ),
                    call_back=self._numbers(party),
                )
                for authority, name, nature in STATED[party]
            ),
        )
        online = [self.online[party].public]
        return register.sign_identity(identity, 1, [self.offline[party]], online, self.begin)

    def _authorities(self, party: str, now: datetime) -> register.Release:
        self.versions[party] = self.versions.get(party, 0) + 1
        authorities = PartyAuthorities(
            party=party,
            issued_at=now,
            authorities=tuple(
                AuthorityEntry(
                    id=authority,
                    door=self.doors[party],
                    # A witness takes no request: whoever wants something of its Party writes a letter.
                    kinds=tuple(KINDS) if party in PARTIES else (),
                    languages=("en",),
                    channel=Channel.NODE if party in PARTIES else Channel.LETTER,
                    hours=Hours(always=True, zone=ZONES.get(party, "UTC")),
                    keys=tuple(
                        entry
                        for entry in self._entries(party, authority)
                        if entry.key.purpose is not Purpose.IDENTITY
                    ),
                )
                for authority, _, _ in STATED[party]
            ),
        )
        return register.sign_authorities(authorities, self.versions[party], [self.online[party]], now)

    def _numbers(self, party: str) -> tuple[CallBack, ...]:
        return (CallBack(number=NUMBERS[party], since=self.begin),) if party in NUMBERS else ()

    def _entries(self, party: str, authority: str) -> tuple[keys.KeyEntry, ...]:
        if authority not in self.entries:
            self.entries[authority] = self._made(party, authority)
        return self.entries[authority]

    def _made(self, party: str, authority: str) -> tuple[keys.KeyEntry, ...]:
        """Return the entries of an authority's keys, from the node's own files."""
        stem = authority.replace("/", ".")
        pairs = [keys.load(path) for path in sorted((self.homes[party] / "keys").glob(f"{stem}.*.key"))]
        found = {entry.key.key_id: entry for entry in register.key_entries(pairs, self.begin)}
        # Encryption keys live 90 days and the case half a year: the second of two follows the first.
        encryption = [each for each in found.values() if each.key.purpose is Purpose.ENCRYPTION]
        for number, entry in enumerate(encryption):
            later = timedelta(days=80 * number)
            found[entry.key.key_id] = entry.model_copy(
                update={
                    "valid_from": entry.valid_from + later,
                    "sign_until": entry.sign_until + later,
                    "verify_until": entry.verify_until + later,
                }
            )
        return tuple(found.values())
