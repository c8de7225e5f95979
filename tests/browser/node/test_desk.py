"""The desk as officers see it: every page in English and in the pseudo-language, and a whole act by hand.

The node's pages are served by Django's live server, with keys and a register made for the test; the approval
origin is another host of the same server, as in a real node.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from browser.desk import Desk
from rogatory_node.base import configuration
from rogatory_node.look import PSEUDO

from .conftest import PHRASE, Node, overflows, shoot

pytestmark = pytest.mark.django_db(transaction=True)


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
        "several": "requests/several",
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
    "several",
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
    page.goto(f"{draft_page}?question=offence&more=1")
    look("draft-provisions")
    page.goto(f"{draft_page}/several")
    page.locator("button[value=look]").click()
    look("draft-several")
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
