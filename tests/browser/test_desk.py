"""The desk as officers see it: every page in English and in the pseudo-language, and a whole act by hand.

The node's pages are served by Django's live server, with keys and a register made for the test; the approval
origin is another host of the same server, as in a real node.
"""

from __future__ import annotations

import json
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
from rogatory.register import AuthorityEntry, CallBack, Hours
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
from rogatory_node.look import PSEUDO
from rogatory_node.people.models import Officer
from support import world
from unit.node.casework.conftest import france, hire, node  # noqa: F401 - fixtures that pytest finds by name

pytestmark = pytest.mark.django_db(transaction=True)

A05, SPP, OFAC = "vnm/a05", "vnm/spp", "fra/ofac"
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
    names = {name: SimpleNamespace(names={"en": NAMES[name]}, call_back=call_back) for name in ZONES}
    # The keys of the node's own fixture, with names and zones that a page can show.
    ring = directory.snapshot().ring
    known = SimpleNamespace(ring=ring, authorities=entries, identities=names)
    monkeypatch.setattr(directory, "snapshot", lambda: known)


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


def pages(told: Node) -> dict[str, str]:
    out, came = told.row, told.incoming
    here, there = f"threads/{out.thread}", f"threads/{came.thread}"
    return {
        "board": "",
        "search": "search?q=203.0.113.57",
        "threads": "threads",
        "thread-out": here,
        "thread-in": there,
        "statement": f"{here}/statements/{told.report}",
        "acknowledge": f"{there}/acknowledge/{came.statement_id}",
        "ask": f"{there}/ask/{came.statement_id}",
        "answer": f"{here}/answer/{told.query}",
        "decide": f"{there}/decide/{came.statement_id}",
        "order": f"{there}/order/{came.statement_id}",
        "report": f"{there}/report/{came.statement_id}",
        "ratify": f"{here}/ratify/{out.statement_id}",
        "recall": f"{here}/recall/{out.statement_id}",
        "withdraw": f"{here}/withdraw/{out.statement_id}",
        "follow-up": f"{here}/follow-up/{out.statement_id}",
        "evidence": f"{there}/evidence/{came.statement_id}",
        "new": "requests/new",
        "parties": "parties",
        "passkeys": "passkeys",
        "law": "law/hanoi_2024/art42.p3.d",
    }


PAGES = (
    "board",
    "search",
    "threads",
    "thread-out",
    "thread-in",
    "statement",
    "acknowledge",
    "ask",
    "answer",
    "decide",
    "order",
    "report",
    "ratify",
    "recall",
    "withdraw",
    "follow-up",
    "evidence",
    "new",
    "parties",
    "passkeys",
    "law",
)


@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_every_page_is_accessible_whole_translated_and_obeys_the_policy(sit, told, language):
    desk = sit("binh", language)
    addresses = pages(told)
    found: dict[str, Any] = {}
    for name in PAGES:
        answer = desk.page.goto(f"{desk.address}/{addresses[name]}")
        wrong = {
            "status": [] if answer.status == 200 else [answer.status],
            "axe": desk.what_axe_finds(),
            "wide": overflows(desk),
            "words": desk.words_nobody_translated() if language == PSEUDO else [],
            "complaints": desk.complaints,
            "title": [] if "203.0.113" not in desk.page.title() else [desk.page.title()],
        }
        shoot(desk, f"{name}-{language}")
        found |= {f"{name} {what}": each for what, each in wrong.items() if each}
        desk.complaints = []
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


PASTED = "203.0.113.57 12/03/2028 23:47\nsaovang-invest.example†\nsvadm1n\n13/3/2028 21:40 +7"


def meant(desk: Desk) -> list[str]:
    """Return what the browser complained of, but for a refusal that was asked for and the choice of keys."""
    expected = ("a status of 422", "pubKeyCredParams")
    return [each for each in desk.complaints if not any(part in each for part in expected)]


def begin_a_request(desk: Desk) -> str:
    """Begin a request to France by hand; return the address of its draft."""
    page = desk.page
    page.goto(f"{desk.address}/requests/new")
    page.locator("input[name=kind]").first.check()
    page.locator("input[name=recipient]").first.check()
    page.locator("form:not(.rg-foot__form) button.govuk-button").first.click()
    return page.url.partition("?")[0]


def answer(desk: Desk, draft: str, question: str, **typed: str) -> None:
    desk.page.goto(f"{draft}?question={question}")
    for field, text in typed.items():
        desk.page.locator(f"[name={field.replace('__', '-')}]").first.fill(text)
    desk.page.locator("button[value=save]").click()


@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_a_request_is_written_with_its_reading_beside_it(sit, told, language):
    desk = sit("binh", language)
    page = desk.page
    draft_page = begin_a_request(desk)
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        wrong = {
            "axe": desk.what_axe_finds(),
            "wide": overflows(desk),
            "words": desk.words_nobody_translated() if language == PSEUDO else [],
            "complaints": meant(desk),
        }
        shoot(desk, f"{name}-{language}")
        found.update({f"{name} {what}": each for what, each in wrong.items() if each})
        desk.complaints = []

    look("draft-1-offence")
    answer(
        desk,
        draft_page,
        "offence",
        offence__conduct="A false trading site took payments from a person of 62 years.",
        offence__convention_articles="13",
        case_unit__name="Đà Nẵng provincial police",
    )
    page.locator("[name=paste]").fill(PASTED)
    page.locator("button[value=read]").click()
    look("draft-2-identifiers")
    page.locator("[name=l1-zone]").first.check()
    page.locator("[name=l1-error]").fill("60")
    page.locator("[name=l3-kind]").first.check()
    page.locator("[name=l3-provider]").fill("Nuage du Rhône SAS†")
    page.locator("button[value=read]").click()
    look("draft-2-identifiers-said")
    page.locator("button[value=save]").click()
    look("draft-3-item")
    for name in ("haste", "follows", "secrecy"):
        page.goto(f"{draft_page}?question={name}")
        look(f"draft-{name}")
    page.goto(f"{draft_page}?question=review")
    look("draft-review")
    page.locator("button[value=freeze]").click()
    assert page.locator(".govuk-error-summary").is_visible()
    look("draft-refused")
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_an_act_is_approved_with_a_passkey_made_by_hand_and_sent(sit, told, language, origin):
    """From enrolling a passkey to a sent acknowledgement, in one browser, on both origins."""
    desk = sit("binh", language)
    page, wrong = desk.page, []

    def look(name: str) -> None:
        wrong.extend([*desk.what_axe_finds(), *overflows(desk), *meant(desk)])
        if language == PSEUDO:
            wrong.extend(desk.words_nobody_translated())
        shoot(desk, f"{name}-{language}")

    binh = told.people["binh"].officer
    desk.has_an_authenticator()
    page.goto(f"{origin}/passkeys")
    page.locator("form[action='/passkeys/enrol'] button").click()
    look("reauthenticate")
    page.locator("[name=password]").fill(PHRASE)
    page.locator("form:not(.rg-foot__form) button.govuk-button").first.click()
    assert page.url.startswith(configuration.current().approval_origin)
    look("enrol")
    page.locator("[name=label]").fill("by hand")
    page.locator("[data-rg-signs]").click()
    page.wait_for_url(f"{origin}/passkeys")
    look("passkeys-waiting")
    made = binh.approval_credentials.get(label="by hand")
    from rogatory_node.people import credentials

    credentials.confirm(told.operator, made)
    row = told.incoming
    page.goto(f"{origin}/threads/{row.thread}/acknowledge/{row.statement_id}")
    page.locator("form:not(.rg-foot__form) button.govuk-button").first.click()
    look("draft-frozen")
    page.locator("button[value=approve]").click()
    assert page.url.startswith(configuration.current().approval_origin)
    look("approve")
    page.locator("[data-rg-signs]").click()
    page.wait_for_url(f"{origin}/drafts/*")
    look("draft-approved")
    page.locator("button[value=send]").click()
    page.wait_for_url(f"{origin}/threads/{row.thread}")
    look("thread-acknowledged")
    assert page.locator(".rg-box--act h2").inner_text()
    assert wrong == [], json.dumps(wrong, indent=1, ensure_ascii=False)


def test_signing_in_by_hand_with_and_without_script(sit, told, origin, chromium):
    for scripts in (True, False):
        desk = Desk(chromium, origin, scripts=scripts)
        desk.page.goto(f"{origin}/")
        if scripts:
            assert desk.what_axe_finds() == []
            assert overflows(desk) == []
            shoot(desk, "sign-in-en")
        desk.page.locator("[name=login]").fill("binh")
        desk.page.locator("[name=password]").fill(PHRASE)
        desk.page.locator("form[action='/accounts/login/'] button").first.click()
        assert desk.page.url == f"{origin}/"
        assert desk.page.locator("h1").inner_text() == "Board"
        desk.leaves()


def test_the_desk_works_by_night_and_on_paper(sit, told):
    desk = sit("binh")
    desk.page.goto(f"{desk.address}/look/night?back=/")
    assert desk.page.locator("html").get_attribute("data-look") == "night"
    assert desk.what_axe_finds() == []
    shoot(desk, "board-night-en")
    desk.page.emulate_media(media="print")
    assert not desk.page.locator(".rg-nav").is_visible()
