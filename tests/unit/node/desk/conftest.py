"""A desk of Viet Nam with a register that names zones, and officers who are signed in."""

from __future__ import annotations

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from rogatory.register import AuthorityEntry, Hours, Nature
from rogatory_node.base import Role, configuration, directory
from rogatory_node.casework.services import draft, freeze, send
from rogatory_node.records.models import SignedStatement
from support import world
from support.office import (  # noqa: F401 - fixtures that pytest finds by name
    A05,
    OFAC,
    SPP,
    _register,
    duty,
    france,
    hire,
    lawyer,
    node,
    preservation,
)

ZONES = {A05: "Asia/Ho_Chi_Minh", SPP: "Asia/Ho_Chi_Minh", OFAC: "Europe/Paris"}


@pytest.fixture(autouse=True)
def register(node, monkeypatch):  # noqa: F811 - the fixture of the same name
    entries = {
        name: AuthorityEntry(id=name, languages=("en",), hours=Hours(always=True, zone=zone), keys=())
        for name, zone in ZONES.items()
    }
    names = {
        name: SimpleNamespace(names={"en": name.upper()}, call_back=(), nature=Nature.POLICE)
        for name in ZONES
    }
    # The keys of the node's own fixture, with names and zones that a page can show.
    ring = directory.snapshot().ring
    known = SimpleNamespace(ring=ring, authorities=entries, identities=names)
    monkeypatch.setattr(directory, "snapshot", lambda: known)
    monkeypatch.setattr(directory, "ring", lambda: ring)


@pytest.fixture
def desk(client):
    """Sit down at the desk as somebody; the approval origin is another host."""
    client.defaults["HTTP_HOST"] = "localhost:8000"

    def sit_down(person):
        client.force_login(person.officer)
        return client

    return sit_down


def asked_by_france(france, items=()):  # noqa: F811 - the fixture of the same name
    """France asks this node to preserve; return the request's row."""
    assert france(world.request(*items, sender=OFAC, recipient=A05)).error is None
    return SignedStatement.objects.get(way="received", type="request")


@pytest.fixture
def asked(france):  # noqa: F811 - the fixture of the same name
    return asked_by_france(france)


def frozen(officer, act, aim, body):
    return freeze.freeze(officer, draft.begin(officer, act, aim, body))


def approve_and_send(person, made, role=Role.DUTY_OFFICER):
    person.approve(made, role)
    return send.send(person.officer, made)


def approval_page(client, draft_id):
    """Go from the draft to the approval origin, as a browser would: another host, so other cookies."""
    answer = client.post(f"/drafts/{draft_id}", {"act": "approve"})
    assert answer.status_code == 302, words_of(answer)
    origin = configuration.current().approval_origin
    assert answer["Location"].startswith(origin)
    there = Client(HTTP_HOST=origin.partition("://")[2])
    entered = there.get(answer["Location"].removeprefix(origin))
    assert entered.status_code == 302, words_of(entered)
    return there, entered["Location"], answer["Location"].removeprefix(origin)


def approve_here(client, person, draft_id):
    """Make the gesture on the approval origin, by the options that stand in its page."""
    there, address, _ = approval_page(client, draft_id)
    shown = words_of(there.get(address))
    options = json.loads(re.search(r'id="rg-passkey-options"[^>]*>(.*?)</script>', shown)[1])
    return there.post(address, {"passkey": person.passkey.get(options).decode()})


def words_of(answer):
    """Return a page as text, with the entities of quotes undone."""
    return answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


def sent_by(client, person, where):
    """Approve and send a draft by its pages."""
    approve_here(client, person, where.rpartition("/")[2])
    answer = client.post(where, {"act": "send"})
    assert answer.status_code == 302, words_of(answer)
    return answer


@pytest.fixture
def two_items(france, desk, duty):  # noqa: F811 - the fixtures of the same names
    """France asks to preserve two items, and somebody here has acknowledged it."""
    row = asked_by_france(france, items=(world.item(), world.item(2)))
    client = desk(duty)
    where = client.post(f"/threads/{row.thread}/acknowledge/{row.statement_id}", {})["Location"]
    sent_by(client, duty, where)
    return row


@pytest.fixture
def treaty_in_force(settings):
    """Let the node's simulation assume the Convention in force for both."""
    current = settings.ROGATORY
    assumed = current.simulation.model_copy(
        update={"assumed_parties": ("fra", "vnm"), "in_force_since": date(2028, 1, 1)}
    )
    settings.ROGATORY = current.model_copy(update={"simulation": assumed})
