"""A register of two Parties, made with keys that are the same in every run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rogatory import register
from rogatory.keys import KeyEntry, Purpose
from rogatory.register import (
    Admission,
    AuthorityEntry,
    AuthorityIdentity,
    CallBack,
    Custodians,
    Hours,
    Nature,
    PartyAuthorities,
    PartyIdentity,
)
from support.world import ASKED, ASKING, NOON, PURPOSES, pair

HOST = "xun/register"
ORIGIN = "register.example/log"
START = NOON - timedelta(days=30)
PARTIES = {"vnm": ASKING, "fra": ASKED}


def custodians() -> Custodians:
    log = pair(HOST, Purpose.LOG)
    keys = {
        role: (pair(HOST, Purpose.REGISTER, n),)
        for n, role in enumerate(("root", "targets", "snapshot", "timestamp"))
    }
    return Custodians(**keys, log=log, log_entry=register.key_entry(log, START))


def offline(party: str) -> Any:
    return pair(f"{party}/custodian", Purpose.REGISTER, 0)


def online(party: str) -> Any:
    return pair(f"{party}/custodian", Purpose.REGISTER, 1)


@cache
def _entries(authority: str, at: datetime, *purposes: Purpose) -> tuple[KeyEntry, ...]:
    return register.key_entries([pair(authority, purpose) for purpose in purposes], at)


def identity_of(party: str, at: datetime = START, **changes: Any) -> PartyIdentity:
    authority = PARTIES[party]
    entry = AuthorityIdentity(
        id=authority,
        names={"en": f"Cybercrime unit of {party}"},
        nature=Nature.POLICE,
        keys=_entries(authority, at, Purpose.IDENTITY),
        call_back=(CallBack(number="+84901234567", since=at),),
    )
    return PartyIdentity(**({"party": party, "issued_at": at, "authorities": (entry,)} | changes))


def keys_of(authority: str, at: datetime = START) -> Any:
    return _entries(authority, at, Purpose.IDENTITY, *PURPOSES)[1:]


def authorities_of(party: str, at: datetime = START, **changes: Any) -> PartyAuthorities:
    authority = PARTIES[party]
    entry = AuthorityEntry(
        id=authority,
        door=f"https://{party}.example/peer/v1",
        kinds=("preservation",),
        languages=("en",),
        hours=Hours(always=True, zone="UTC"),
        keys=keys_of(authority, at),
    )
    return PartyAuthorities(**({"party": party, "issued_at": at, "authorities": (entry,)} | changes))


def release(party: str, at: datetime = START, version: int = 1) -> register.Release:
    mine = register.sign_identity(identity_of(party), version, [offline(party)], [online(party).public], at)
    return mine.merged(register.sign_authorities(authorities_of(party), version, [online(party)], at))


@dataclass
class World:
    folder: Path
    root: bytes = b""
    reader: Path = field(init=False)

    def __post_init__(self) -> None:
        self.reader = self.folder / "reader"

    @property
    def host(self) -> Path:
        return self.folder / "host"

    def refresh(self, now: datetime, **more: Any) -> register.Snapshot:
        read = more.pop("read", None) or register.from_folder(self.host / "public")
        return register.refresh(self.reader, read, now, root=self.root, **more)

    def publish(self, now: datetime, *releases: register.Release, **more: Any) -> Any:
        return register.publish(self.host, custodians(), now, releases=releases, **more)


def new_world(folder: Path) -> World:
    made = World(folder)
    made.root = register.init(made.host, custodians(), ORIGIN, START)
    admit = [Admission(party, (offline(party).public,)) for party in PARTIES]
    made.publish(START, *(release(party) for party in PARTIES), admit=admit)
    return made
