"""Officers of two authorities, each with a passkey for approvals."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from rogatory.statements import content_id
from rogatory_node.base import Role, clock, configuration
from rogatory_node.people import approvals, credentials, officers
from rogatory_node.people.models import Officer
from support import world
from support.passkey import Passkey


@dataclass
class Person:
    officer: Officer
    passkey: Passkey
    roles: tuple[Role, ...] = field(default=())

    def approve(self, subject: str, role: Role, *, act="request_preservation", authority="vnm/a05"):
        asked = approvals.options(self.officer, subject=subject, role=role)
        return approvals.approve(
            self.officer,
            authority=authority,
            act=act,
            subject=subject,
            role=role,
            assertion=self.passkey.get(asked),
        )


@pytest.fixture(autouse=True)
def frozen_night(settings, tmp_path):
    settings.ROGATORY_HOME = type(settings.ROGATORY_HOME)(tmp_path)
    clock.set_to(world.NOON, frozen=True)


@pytest.fixture
def operator(db) -> Officer:
    made = officers.enlist("operator", "Bùi Thị Hoa")
    officers.appoint(None, made, "vnm/a05", Role.OPERATOR)
    return made


@pytest.fixture
def hire(operator):
    def make(username: str, *roles: Role, authority="vnm/a05", passkey: Passkey | None = None) -> Person:
        officer = officers.enlist(username, username.title())
        for role in roles:
            officers.appoint(None, officer, authority, role)
        key = passkey or Passkey(configuration.current().approval_origin)
        made = credentials.complete(officer, key.create(credentials.begin(officer)), label="key")
        if authority == "vnm/a05":
            credentials.confirm(operator, made)
        return Person(officer, key, roles)

    return make


@pytest.fixture
def duty(hire) -> Person:
    return hire("binh", Role.DUTY_OFFICER)


@pytest.fixture
def lawyer(hire) -> Person:
    return hire("lan", Role.LEGAL_REVIEWER)


@pytest.fixture
def statement():
    return world.request()


@pytest.fixture
def subject(statement) -> str:
    return content_id(statement)
