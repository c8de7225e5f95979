"""A desk of Viet Nam with a register that names zones, and officers who are signed in."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from rogatory.register import AuthorityEntry, Hours
from rogatory_node.base import Role, configuration, directory
from rogatory_node.casework.services import draft, freeze, send
from support import world
from unit.node.casework.conftest import (  # noqa: F401 - fixtures that pytest finds by name
    duty,
    france,
    hire,
    lawyer,
    node,
    preservation,
)

A05, SPP, OFAC = "vnm/a05", "vnm/spp", "fra/ofac"
ZONES = {A05: "Asia/Ho_Chi_Minh", SPP: "Asia/Ho_Chi_Minh", OFAC: "Europe/Paris"}


@pytest.fixture(autouse=True)
def register(node, monkeypatch):  # noqa: F811 - the fixture of the same name
    entries = {
        name: AuthorityEntry(id=name, languages=("en",), hours=Hours(always=True, zone=zone), keys=())
        for name, zone in ZONES.items()
    }
    names = {name: SimpleNamespace(names={"en": name.upper()}, call_back=()) for name in ZONES}
    # The keys of the node's own fixture, with names and zones that a page can show.
    ring = directory.snapshot().ring
    known = SimpleNamespace(ring=ring, authorities=entries, identities=names)
    monkeypatch.setattr(directory, "snapshot", lambda: known)


@pytest.fixture
def desk(client):
    """Sit down at the desk as somebody; the approval origin is another host."""
    client.defaults["HTTP_HOST"] = "localhost:8000"

    def sit_down(person):
        client.force_login(person.officer)
        return client

    return sit_down


def asked_by_france(france, **changes):  # noqa: F811 - the fixture of the same name
    """France asks this node to preserve; return the request's row."""
    from rogatory_node.records.models import SignedStatement

    france(world.request(sender=OFAC, recipient=A05, **changes))
    return SignedStatement.objects.get(way="received")


@pytest.fixture
def asked(france):  # noqa: F811 - the fixture of the same name
    return asked_by_france(france)


def frozen(officer, act, aim, body):
    return freeze.freeze(officer, draft.begin(officer, act, aim, body))


def approve_and_send(person, made, role=Role.DUTY_OFFICER):
    person.approve(made, role)
    return send.send(person.officer, made)


def approval_page(client, person, draft_id):
    """Go from the draft to the approval origin, as a browser would; return the page there."""
    answer = client.post(f"/drafts/{draft_id}", {"act": "approve"})
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith(configuration.current().approval_origin)
    path = answer["Location"].removeprefix(configuration.current().approval_origin)
    host = configuration.current().approval_host + ":8000"
    entered = client.get(path, HTTP_HOST=host)
    assert entered.status_code == 302, entered.content
    return entered["Location"], client.get(entered["Location"], HTTP_HOST=host)


def approve_here(client, person, draft_id):
    """Make the gesture on the approval origin, by the options that stand in its page."""
    host = configuration.current().approval_host + ":8000"
    address, shown = approval_page(client, person, draft_id)
    options = json.loads(
        shown.content.decode().split('id="rg-passkey-options"')[1].split(">")[1].split("<")[0]
    )
    assertion = person.passkey.get(options).decode()
    return client.post(address, {"passkey": assertion}, HTTP_HOST=host)
