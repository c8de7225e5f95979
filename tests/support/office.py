"""One node of Viet Nam with its officers and a real register, and a France that exists only as keys.

Fixtures: a room's ``conftest`` imports those that it needs.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rogatory import exchange, keys, register
from rogatory.exchange import HttpRequest
from rogatory.keys import Purpose
from rogatory.register import Admission, AuthorityEntry, AuthorityIdentity, CallBack, Hours, Nature
from rogatory.statements import Statement, payload_of, sign
from rogatory_node.base import Role, clock, configuration, home
from rogatory_node.casework.services import draft, freeze, send
from rogatory_node.casework.services.receive import Received, receive
from rogatory_node.people import approvals, credentials, officers
from rogatory_node.people.models import Officer
from rogatory_node.records.models import SignedStatement
from support import registers, world
from support.passkey import Passkey

A05, SPP, OFAC, MOJ = "vnm/a05", "vnm/spp", "fra/ofac", "fra/moj"
DOOR = "https://fra.example/peer/v1"
SERVED = {"vnm": (A05, SPP), "fra": (OFAC, MOJ)}
PURPOSES = (*world.PURPOSES, Purpose.WITNESS)


def _entry(authority: str) -> AuthorityEntry:
    return AuthorityEntry(
        id=authority,
        door=f"https://{authority[:3]}.example/peer/v1",
        kinds=("preservation",),
        languages=("en",),
        hours=Hours(always=True, zone="UTC"),
        keys=registers._entries(authority, registers.START, Purpose.IDENTITY, *PURPOSES)[1:],
    )


def _identity(authority: str) -> AuthorityIdentity:
    return AuthorityIdentity(
        id=authority,
        names={"en": f"Unit {authority}"},
        nature=Nature.POLICE,
        keys=registers._entries(authority, registers.START, Purpose.IDENTITY),
        call_back=(CallBack(number="+84901234567", since=registers.START),),
    )


def _release(party: str) -> register.Release:
    at = registers.START
    identity = registers.identity_of(party, authorities=tuple(map(_identity, SERVED[party])))
    online = registers.online(party)
    mine = register.sign_identity(identity, 1, [registers.offline(party)], [online.public], at)
    entries = registers.authorities_of(party, authorities=tuple(map(_entry, SERVED[party])))
    return mine.merged(register.sign_authorities(entries, 1, [online], at))


@cache
def mirrored() -> Path:
    """Return a folder with the register as mirrored at noon; it is copied, never used itself."""
    made = registers.World(Path(tempfile.mkdtemp(prefix="rogatory-register-")))
    made.root = register.init(made.host, registers.custodians(), registers.ORIGIN, registers.START)
    admit = [Admission(party, (registers.offline(party).public,)) for party in SERVED]
    made.publish(registers.START, *map(_release, SERVED), admit=admit)
    made.publish(world.NOON - timedelta(hours=1))
    made.refresh(world.NOON)
    return made.reader


@pytest.fixture(scope="session", autouse=True)
def _register() -> Iterator[None]:
    yield
    if mirrored.cache_info().currsize:
        shutil.rmtree(mirrored().parent, ignore_errors=True)
        mirrored.cache_clear()


@pytest.fixture(autouse=True)
def node(settings: Any, tmp_path: Path, db: None) -> home.Home:
    """Return the folder of the node, made anew: keys, intake, packages and the register of noon."""
    place = type(settings.ROGATORY_HOME)(tmp_path / "node")
    settings.ROGATORY_HOME = place
    for folder in (place.keys, place.packages, place.run):
        folder.mkdir(parents=True)
    for authority in SERVED["vnm"]:
        place.intake_of(authority).mkdir(parents=True)
    shutil.copytree(mirrored(), place.register, symlinks=True)
    for authority in SERVED["vnm"]:
        for purpose in PURPOSES:
            pair = world.pair(authority, purpose)
            stem = f"{authority.replace('/', '.')}.{purpose}.{pair.key_id[:16]}.key"
            keys.save(pair, place.keys / stem)
    clock.set_to(world.NOON, frozen=True)
    return place


@dataclass
class Person:
    """An officer, and the passkey with which they approve."""

    officer: Officer
    passkey: Passkey

    def approve(self, made: Any, role: Role) -> None:
        asked = approvals.options(self.officer, subject=made.content_id, role=role)
        approvals.approve(
            self.officer,
            authority=made.authority,
            act=made.rule,
            subject=made.content_id,
            role=role,
            assertion=self.passkey.get(asked),
        )

    def send(self, made: Any, *others: tuple[Person, Role]) -> SignedStatement:
        """Freeze a draft, approve it as duty officer with whoever else, and send it."""
        frozen = freeze.freeze(self.officer, made)
        for who, role in others or ((self, Role.DUTY_OFFICER),):
            who.approve(frozen, role)
        return send.send(self.officer, frozen)


Hire = Callable[..., Person]


@pytest.fixture
def hire() -> Hire:
    """Return what enlists an officer with roles at an authority, and a confirmed passkey."""
    operator = officers.enlist("operator", "Operator")
    for authority in SERVED["vnm"]:
        officers.appoint(None, operator, authority, Role.OPERATOR)

    def make(username: str, *roles: Role, authority: str = A05) -> Person:
        officer = officers.enlist(username, username.title())
        for role in roles:
            officers.appoint(None, officer, authority, role)
        key = Passkey(configuration.current().approval_origin)
        made = credentials.complete(officer, key.create(credentials.begin(officer)), label="key")
        credentials.confirm(operator, made)
        return Person(officer, key)

    return make


@pytest.fixture
def duty(hire: Hire) -> Person:
    return hire("binh", Role.DUTY_OFFICER)


@pytest.fixture
def lawyer(hire: Hire) -> Person:
    return hire("lan", Role.LEGAL_REVIEWER)


@pytest.fixture
def custodian(hire: Hire) -> Person:
    return hire("hoan", Role.CUSTODIAN)


def body_of(statement: Statement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(payload_of(statement)[2])["body"]
    return found


@pytest.fixture
def preservation(duty: Person) -> SignedStatement:
    """A preservation that the duty officer sent alone."""
    aim = draft.Aim(authority=A05, recipient=OFAC)
    return duty.send(draft.begin(duty.officer, "request", aim, body_of(world.request())))


ORDER: dict[str, Any] = {
    "kind": "order",
    "items": (1,),
    "issued_by": "Prosecutor on call",
    "reference": "2028/0312",
    "legal_basis": "Code of criminal procedure",
    "issued_on": "2028-03-12",
    "expires_on": "2028-06-11",
}


class France:
    """France's authorities as keys: what they send, signed and encrypted as the library does it."""

    def __init__(self) -> None:
        self.random = world.counting_random("france")
        self.ring = register.load_snapshot(mirrored()).ring

    def transfer(self, statement: Statement) -> bytes:
        """Return a statement signed by its sender and encrypted to its recipient."""
        envelope = sign(statement, world.signing(statement.sender))
        return exchange.encrypt_for(statement, envelope, self.ring, clock.now(), self.random)

    def message(
        self, method: str, path: str, body: bytes = b"", *, sender: str = OFAC, kind: str = ""
    ) -> HttpRequest:
        """Return a signed HTTP message to the node's door."""
        url = f"{configuration.current().web.public_url}{path}"
        headers = {"content-type": kind} if kind else {}
        message = HttpRequest(method, url, headers, body)
        pair = world.signing(sender, Purpose.TRANSPORT)
        exchange.sign_request(message, pair, clock.now(), exchange.new_nonce(self.random))
        return message

    def post(self, statement: Statement) -> Received:
        """Hand a statement to the service behind the door."""
        return receive(self.posted(statement))

    __call__ = post

    def posted(self, statement: Statement) -> HttpRequest:
        """Return the message that carries a statement to the door."""
        return self.message(
            "POST",
            "/peer/v1/statements",
            self.transfer(statement),
            sender=statement.sender,
            kind=exchange.TRANSFER_TYPE,
        )


@pytest.fixture
def france() -> France:
    return France()


def answering(model: Any, body: Any, to: SignedStatement, **changes: Any) -> Any:
    """Return France's first statement in the thread of one of ours."""
    members = world.header(sender=OFAC, recipient=A05, thread=to.thread, case=to.case)
    return model(**(members | {"seen": (to.statement_id,)} | changes), body=body)


@pytest.fixture
def asked(france: France) -> SignedStatement:
    """A preservation that France asks of A05, received."""
    received = france(world.request(sender=OFAC, recipient=A05))
    assert received.error is None
    return SignedStatement.objects.get(way="received")
