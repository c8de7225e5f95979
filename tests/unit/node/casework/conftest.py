"""One node of Viet Nam, its officers, and a France that exists only as keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from rogatory import exchange, keys
from rogatory.exchange import HttpRequest
from rogatory.keys import Purpose
from rogatory.statements import Statement, payload_of, sign
from rogatory_node.base import Role, clock, configuration, directory, home
from rogatory_node.casework.services import draft, freeze, send
from rogatory_node.casework.services.receive import Received, receive
from rogatory_node.people import approvals, credentials, officers
from rogatory_node.people.models import Officer
from support import world
from support.passkey import Passkey

A05, SPP, OFAC = "vnm/a05", "vnm/spp", "fra/ofac"


@pytest.fixture(autouse=True)
def node(settings, tmp_path, monkeypatch, db):
    settings.ROGATORY_HOME = type(settings.ROGATORY_HOME)(tmp_path)
    (tmp_path / "keys").mkdir()
    for authority in (A05, SPP):
        for purpose in (Purpose.STATEMENT, Purpose.TRANSPORT, Purpose.ENCRYPTION):
            pair = world.pair(authority, purpose)
            stem = f"{authority.replace('/', '.')}.{purpose}.{pair.key_id[:16]}.key"
            keys.save(pair, home.current().keys / stem)
    known = SimpleNamespace(ring=world.ring(A05, SPP, OFAC), authorities={})
    monkeypatch.setattr(directory, "snapshot", lambda: known)
    clock.set_to(world.NOON, frozen=True)


@dataclass
class Person:
    officer: Officer
    passkey: Passkey

    def approve(self, made, role: Role) -> None:
        asked = approvals.options(self.officer, subject=made.content_id, role=role)
        approvals.approve(
            self.officer,
            authority=made.authority,
            act=made.rule,
            subject=made.content_id,
            role=role,
            assertion=self.passkey.get(asked),
        )


@pytest.fixture
def hire():
    operator = officers.enlist("operator", "Operator")
    for authority in (A05, SPP):
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
def duty(hire) -> Person:
    return hire("binh", Role.DUTY_OFFICER)


@pytest.fixture
def lawyer(hire) -> Person:
    return hire("lan", Role.LEGAL_REVIEWER)


def body_of(statement: Statement) -> dict[str, Any]:
    return json.loads(payload_of(statement)[2])["body"]


@pytest.fixture
def preservation(duty):
    """A preservation that the duty officer sent alone."""
    aim = draft.Aim(authority=A05, recipient=OFAC)
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", aim, body_of(world.request())))
    duty.approve(made, Role.DUTY_OFFICER)
    return send.send(duty.officer, made)


@pytest.fixture
def france():
    """Send a statement of France's point of contact to this node's door."""
    random = world.counting_random("france")

    def post(statement: Statement) -> Received:
        ring = world.ring(A05, SPP, OFAC)
        envelope = sign(statement, world.signing(OFAC))
        transfer = exchange.encrypt_for(statement, envelope, ring, clock.now(), random)
        url = f"{configuration.current().web.public_url}/peer/v1/statements"
        message = HttpRequest("POST", url, {"content-type": exchange.TRANSFER_TYPE}, transfer)
        pair = world.signing(OFAC, Purpose.TRANSPORT)
        exchange.sign_request(message, pair, clock.now(), exchange.new_nonce(random))
        return receive(message)

    return post
