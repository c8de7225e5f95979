"""A node with its desk for the browser: pages by the live server, a night that was played, officers.

A subfolder of its own: the gallery next door needs no database and no keys.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.servers.basehttp import WSGIRequestHandler

from browser.desk import Desk
from rogatory.register import AuthorityEntry, CallBack, Hours, Nature
from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    ItemState,
    Query,
    QueryBody,
    Question,
    Report,
    ReportBody,
    State,
)
from rogatory.values import read
from rogatory_node.base import Role, clock, configuration, directory
from rogatory_node.casework.services import draft, freeze, send
from rogatory_node.demo.case import cured_body
from rogatory_node.people.models import Officer
from support import world
from support.office import (  # noqa: F401 - fixtures that pytest finds by name
    A05,
    OFAC,
    SPP,
    _register,
    france,
    hire,
    node,
)

SHOTS = os.environ.get("ROGATORY_SHOTS")
ZONES = {A05: "Asia/Ho_Chi_Minh", SPP: "Asia/Ho_Chi_Minh", OFAC: "Europe/Paris"}
NAMES = {A05: "A05, 24/7 point of contact", SPP: "Procuracy", OFAC: "OFAC, 24/7 point of contact"}
WIDTHS = (320, 390, 1280)
PHRASE = "a long enough phrase"

# Playwright's own loop runs in this thread; the test's own queries, and the flush after it, are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def register(node, monkeypatch):  # noqa: F811 - the fixture of the same name
    entries = {
        name: AuthorityEntry(
            id=name,
            languages=("en",),
            kinds=("preservation", "stored_data"),
            hours=Hours(always=True, zone=zone),
            keys=(),
        )
        for name, zone in ZONES.items()
    }
    call_back = (CallBack(number="+33155500142", since=world.BEGIN),)
    names = {
        name: SimpleNamespace(names={"en": NAMES[name]}, call_back=call_back, nature=Nature.POLICE)
        for name in ZONES
    }
    # The keys of the node's own fixture, with names and zones that a page can show.
    ring = directory.snapshot().ring
    known = SimpleNamespace(ring=ring, authorities=entries, identities=names)
    monkeypatch.setattr(directory, "snapshot", lambda: known)
    monkeypatch.setattr(directory, "ring", lambda: ring)


@pytest.fixture
def origin(live_server, settings, register, monkeypatch) -> str:
    """Let the node believe that it is reached where the live server listens."""
    # One connection a request: none is left open when the server ends before the browser does.
    monkeypatch.setattr(WSGIRequestHandler, "protocol_version", "HTTP/1.0")
    url = live_server.url.replace("127.0.0.1", "localhost")
    current = configuration.current()
    web = current.web.model_copy(update={"public_url": url})
    simulation = current.simulation.model_copy(
        update={"assumed_parties": ("fra", "vnm"), "in_force_since": date(2028, 1, 1)}
    )
    settings.ROGATORY = current.model_copy(update={"web": web, "simulation": simulation})
    settings.ALLOWED_HOSTS = ["localhost", "approve.localhost"]
    settings.CSRF_TRUSTED_ORIGINS = [url, configuration.current().approval_origin]
    policy = django_settings.CONTENT_SECURITY_POLICY
    rules = {**policy["DIRECTIVES"], "form-action": ["'self'", url, configuration.current().approval_origin]}
    settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": rules}
    return url


class Node:
    """What happened at this node before an officer sat down: told by the tests, sentence by sentence."""

    def __init__(self, hire: Callable[..., Any], post: Callable[..., Any]) -> None:  # noqa: F811
        self.people = {
            "binh": hire("binh", Role.DUTY_OFFICER),
            "long": hire("long", Role.APPROVER),
            "lan": hire("lan", Role.LEGAL_REVIEWER),
            "hoan": hire("hoan", Role.CUSTODIAN, Role.INVESTIGATOR),
        }
        for name, full in (("binh", "Lê Văn Bình†"), ("long", "Phan Đức Long†"), ("lan", "Vũ Thanh Lan†")):
            self.people[name].officer.name = full
            self.people[name].officer.set_password(PHRASE)
            self.people[name].officer.save()
        self.operator = Officer.objects.get(username="operator")
        self.post = post
        self.seq = 0
        self.prev = None

    def asks(self, body: dict[str, Any]) -> Any:
        binh = self.people["binh"]
        aim = draft.Aim(authority=A05, recipient=OFAC)
        made = freeze.freeze(binh.officer, draft.begin(binh.officer, "request", aim, body))
        binh.approve(made, Role.DUTY_OFFICER)
        return send.send(binh.officer, made)

    def hears(self, model: Any, body: Any, row: Any, seen: str) -> str:
        self.seq += 1
        members = world.header(
            sender=OFAC,
            recipient=A05,
            thread=row.thread,
            case=row.case,
            seq=self.seq,
            seen=(seen,),
            issued_at=clock.now(),
        )
        if self.prev:
            members["prev"] = self.prev
        received = self.post(model(**members, body=body))
        assert received.error is None, received.error
        from rogatory_node.records.models import SignedStatement

        self.prev = SignedStatement.objects.filter(way="received").latest("stored_at", "pk").statement_id
        return self.prev


def later(**span: int) -> None:
    clock.advance(timedelta(**span))


@pytest.fixture
def told(origin, hire, france) -> Node:  # noqa: F811 - the fixtures of the same names
    """Play the night of the example's case up to the report, and one request that came in."""
    told = Node(hire, france)
    row = told.asks(cured_body())
    told.row = row
    later(minutes=9)
    body = AcknowledgementBody(of=row.statement_id, role="duty_officer", contact="duty desk, Paris")
    told.hears(Acknowledgement, body, row, row.statement_id)
    later(minutes=1)
    question = Question(number=1, item=2, words=world.words("svadm1n: digit 1 or letter l?"))
    told.query = told.hears(
        Query, QueryBody(of=row.statement_id, questions=(question,)), row, row.statement_id
    )
    later(minutes=80)
    kept = {"effected": clock.now(), "until": date(2028, 6, 11), "provider_reference": "NDR-88213†"}
    states = (
        ItemState(
            number=1, state=State.PRESERVED_IN_PART, missing=world.words("10 March had vanished"), **kept
        ),
        ItemState(number=3, state=State.MEASURES_TAKEN, **kept),
        ItemState(number=4, state=State.POSTPONED, next_step=world.words("A judge decides by 16 March.")),
    )
    told.report = told.hears(Report, ReportBody(of=row.statement_id, items=states), row, row.statement_id)
    item = world.item(
        identifier=read("domain", "saovang-pay.example"),
        description=world.words("Registration and payment of the domain."),
        vanishes=clock.now() + timedelta(hours=38),
    )
    france(
        world.request(
            item,
            world.item(2),
            sender=OFAC,
            recipient=A05,
            issued_at=clock.now(),
            case="d" * 64,
            body={"reference": "FRA-VNM 2028-0058", "urgency": "urgent"},
        )
    )
    from rogatory_node.records.models import SignedStatement

    told.incoming = SignedStatement.objects.get(type="request", way="received")
    later(minutes=2)
    return told


@pytest.fixture
def sit(chromium, told, origin, client) -> Iterator[Callable[..., Desk]]:
    """Sit an officer down at a browser: signed in, in a language."""
    opened: list[Desk] = []

    def sit_down(name: str = "binh", language: str = "en", *, scripts: bool = True) -> Desk:
        client.force_login(told.people[name].officer)
        desk = Desk(chromium, origin, language=language, scripts=scripts)
        session = client.cookies[django_settings.SESSION_COOKIE_NAME]
        desk.context.add_cookies([{"name": session.key, "value": session.value, "url": origin}])
        opened.append(desk)
        return desk

    yield sit_down
    for each in opened:
        each.leaves()


def shoot(desk: Desk, name: str) -> None:
    if not SHOTS:
        return
    Path(SHOTS).mkdir(parents=True, exist_ok=True)
    for width in (1280, 390):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def overflows(desk: Desk) -> list[int]:
    wide = []
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        root = "document.documentElement"
        if desk.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") > 0:
            wide.append(width)
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    return wide
