"""The hand of a peer whose software is not ours: it holds an authority's keys and sends what it likes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from rogatory import envelopes, keys, register, statements
from rogatory.exchange import HttpRequest, client, new_nonce, sign_request
from rogatory.exchange.accept import TRANSFER_TYPE
from rogatory.keys import Purpose, SigningPair
from rogatory.register import (
    Admission,
    AuthorityEntry,
    AuthorityIdentity,
    Hours,
    Nature,
    PartyAuthorities,
    PartyIdentity,
)
from rogatory.statements import Statement
from rogatory.values import parse_instant
from rogatory_node.base import clock, keystore
from rogatory_node.base.home import Home
from rogatory_node.base.randomness import random_bytes
from support import registers, world
from support.two_nodes import TwoNodes

NODE_OF = {"vnm": "vnm", "fra": "fra", world.THIRD[:3]: "fra"}


@dataclass
class Hand:
    """Somebody who can use an authority's keys outside its node."""

    two: TwoNodes
    authority: str

    @property
    def party(self) -> str:
        return self.authority[:3]

    def now(self) -> datetime:
        """Return the time that the nodes play."""
        played = json.loads((self.two.home(NODE_OF[self.party]) / "clock.json").read_text())
        return parse_instant(played["base"]) + (clock.machine() - parse_instant(played["real"]))

    def pair(self, purpose: Purpose) -> SigningPair:
        if self.authority == world.THIRD:
            return world.signing(self.authority, purpose)
        home = Home(self.two.home(self.party))
        return keystore.current(home, self.two.ring(self.party), self.authority, purpose, self.now())

    def request(self, to: str, **changes: Any) -> Statement:
        """Return a request to an authority, one of its own thread unless told otherwise."""
        changes.setdefault("case", random_bytes(32).hex())
        made = {"sender": self.authority, "recipient": to, "nonce": random_bytes(32).hex()}
        return world.request(**(made | {"issued_at": self.now()} | changes))

    def signed(self, statement: Statement, pair: SigningPair | None = None) -> bytes:
        return statements.sign(statement, pair or self.pair(Purpose.STATEMENT))

    def sealed(self, envelope: bytes, to: str, *, sender: str = "") -> bytes:
        """Return the transfer of an envelope to an authority's key of the register."""
        entry = self.two.ring("fra").current(to, Purpose.ENCRYPTION, self.now())
        return envelopes.encrypt(
            envelope, sender=sender or self.authority, recipient=entry.key, random=random_bytes
        )

    def door(self, party: str) -> str:
        return f"{self.two.stage.urls[party]}/peer/v1/statements"

    def message(
        self,
        transfer: bytes,
        party: str,
        pair: SigningPair | None = None,
        ago: timedelta = timedelta(),
        kind: str = TRANSFER_TYPE,
    ) -> HttpRequest:
        """Return a transfer as an HTTP message to a Party's door, signed some time ago."""
        message = HttpRequest("POST", self.door(party), {"content-type": kind}, transfer)
        made = self.now() - ago
        sign_request(message, pair or self.pair(Purpose.TRANSPORT), made, new_nonce(random_bytes))
        return message

    def raw(self, message: HttpRequest) -> httpx.Response:
        """Send a message as it is and return the answer as it is."""
        return self.two.stage.http.request(
            message.method, message.url, headers=message.headers, content=message.body
        )

    def code(self, message: HttpRequest, peer: str) -> str:
        """Send a message and return the code of the peer's problem, once its signature held."""
        found = self.raw(message)
        headers = {name.lower(): value for name, value in found.headers.items()}
        answer = client.HttpResponse(message, found.status_code, headers, found.content)
        caller = client.http_signature.verify_response(answer, self.two.ring("fra"), self.now())
        assert caller.key.key.authority == peer
        assert found.status_code >= 400
        meant = client.meaning(answer)
        assert meant.code is not None
        return meant.code

    def post(self, transfer: bytes, to: str) -> client.Answer:
        """Send a transfer as an honest peer would, and return what the answer means."""
        ring = self.two.ring("fra")
        line = client.Wire(self.pair(Purpose.TRANSPORT), ring, self.two.stage.http, self.now, random_bytes)
        return client.post(transfer, self.door(to[:3]), to, line)

    def say(self, statement: Statement) -> client.Answer:
        """Sign, seal and send a statement as it stands."""
        return self.post(self.sealed(self.signed(statement), statement.recipient), statement.recipient)


def stray(authority: str, purpose: Purpose) -> SigningPair:
    """Return a key that no register knows."""
    pair = keys.new_pair(purpose, authority, random_bytes)
    assert isinstance(pair, SigningPair)
    return pair


def admit_third(two: TwoNodes) -> Hand:
    """Admit a third Party to the register, mirror it, and return its hand."""
    hand = Hand(two, world.THIRD)
    now, authority, party = hand.now(), world.THIRD, world.THIRD[:3]
    at = now - timedelta(days=1)
    known = AuthorityIdentity(
        id=authority,
        names={"en": "Cybercrime unit"},
        nature=Nature.POLICE,
        keys=register.key_entries([world.pair(authority, Purpose.IDENTITY)], at),
    )
    identity = PartyIdentity(party=party, issued_at=at, authorities=(known,))
    entry = AuthorityEntry(
        id=authority,
        door="https://third.example/peer/v1",
        kinds=("preservation",),
        languages=("en",),
        hours=Hours(always=True, zone="UTC"),
        keys=registers.keys_of(authority, at),
    )
    authorities = PartyAuthorities(party=party, issued_at=at, authorities=(entry,))
    offline, online = registers.offline(party), registers.online(party)
    release = register.sign_identity(identity, 1, [offline], [online.public], now).merged(
        register.sign_authorities(authorities, 1, [online], now)
    )
    desk = two.stage.register
    register.publish(
        desk.folder, desk.by, now, admit=[Admission(party, (offline.public,))], releases=[release]
    )
    desk.mirror(now)
    return hand
