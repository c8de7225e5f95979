"""The evidence pages in a browser, for who may open packages: sealing, what one holds, giving it on."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import Any

import pytest

from rogatory.statements import Delivery, DeliveryBody, UseConditions
from rogatory_node.base import Role, clock
from rogatory_node.casework.services import onward, send
from rogatory_node.casework.services.onward import Given, Onward
from rogatory_node.look import PSEUDO
from rogatory_node.people import officers
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward as Row
from rogatory_node.vault.models import Package
from support import sealed as french
from support.office import A05, SPP

from .conftest import later, overflows, shoot

pytestmark = pytest.mark.django_db(transaction=True)

FOR = {"original": "For proceedings DN-2028-0312.", "language": "en"}


@pytest.fixture
def held(told, tmp_path, monkeypatch):
    """A package that France delivered for the night's request, with a part of it prepared for a court."""
    use = UseConditions(use="evidence", proceedings=("DN-2028-0312",), destroy_by=date(2028, 3, 20))
    monkeypatch.setattr(french, "CONDITIONS", use)
    made = french.seal(tmp_path)
    body = DeliveryBody(
        of=told.row.statement_id,
        items=(1,),
        package=made.package,
        seal=made.seal,
        files=made.files,
        size=made.size,
        wraps=made.wraps,
        conditions=use,
    )
    told.hears(Delivery, body, told.row, told.row.statement_id)
    came = Package.objects.get()
    shutil.copytree(made.path, places.folder_of(came))
    Package.objects.update(state=Package.State.HELD)
    came.refresh_from_db()
    officers.appoint(None, told.people["hoan"].officer, A05, Role.DUTY_OFFICER)
    court = Onward(Given("", ("data/case/README",)), FOR, "vnm", "People's Court")
    hoan, binh, lan = (told.people[name] for name in ("hoan", "binh", "lan"))
    onward.begin(hoan.officer, came, court)
    sent = onward.begin(hoan.officer, came, Onward(Given(SPP), FOR))
    binh.approve(sent, Role.DUTY_OFFICER)
    lan.approve(sent, Role.LEGAL_REVIEWER)
    send.send(hoan.officer, sent)
    Row.objects.filter(draft=sent.pk).update(state="made", digest="c" * 64, size=4096)
    later(days=6)
    Package.objects.create(
        authority=A05,
        counterpart=came.counterpart,
        way="received",
        state="announced",
        case=came.case,
        thread=came.thread,
        request=came.request,
        delivery="e" * 64,
        conditions=came.conditions,
        package="a" * 64,
        seal="b" * 64,
        files=3,
        size=4_000_000_000,
        done=1_000_000_000,
        whole=4_000_000_000,
        pace=5_000_000,
        measured_at=clock.machine(),
        recorded_at=clock.now(),
    )
    return came


@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_the_evidence_pages_are_accessible_whole_and_translated(sit, told, held, language):
    desk = sit("hoan", language)
    where = f"threads/{held.thread}"
    came = told.incoming
    addresses = {
        "evidence-held": f"{where}/evidence/{held.request}",
        "contents": f"{where}/contents/{held.pk}",
        "onward": f"{where}/onward/{held.pk}",
        "seal": f"threads/{came.thread}/evidence/{came.statement_id}",
        "thread-evidence": where,
        "board-destroy": "",
    }
    found: dict[str, Any] = {}
    for name, address in addresses.items():
        answer = desk.page.goto(f"{desk.address}/{address}")
        desk.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        wrong = {
            "status": [] if answer.status == 200 else [answer.status],
            "axe": desk.what_axe_finds(),
            "wide": overflows(desk),
            "words": desk.words_nobody_translated() if language == PSEUDO else [],
            "complaints": desk.complaints,
        }
        shoot(desk, f"{name}-{language}")
        found |= {f"{name} {what}": each for what, each in wrong.items() if each}
        desk.complaints = []
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_marked_files_become_a_draft_that_says_what_is_given(sit, held):
    desk = sit("hoan")
    page = desk.page
    page.goto(f"{desk.address}/threads/{held.thread}/contents/{held.pk}")
    page.get_by_label("data/case/logs/access.log").check()
    page.get_by_role("button", name="Give what is marked on").click()
    assert page.locator("textarea[name=files]").input_value() == "data/case/logs/access.log"
    page.locator("input[name=to]").fill("People's Court")
    page.locator("textarea[name=purpose]").fill(FOR["original"])
    page.get_by_role("button", name="Prepare it").click()
    assert "/drafts/" in page.url
    assert "data/case/logs/access.log" in page.locator("main").inner_text()
    assert desk.complaints == []
    shoot(desk, "onward-draft")
