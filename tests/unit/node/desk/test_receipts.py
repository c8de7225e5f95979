"""The receipt of a package at the desk: for who may see the package, made now, with no name in it."""

from __future__ import annotations

import shutil

import pytest

from rogatory.evidence.receipts import setting
from rogatory_node.base import Role, clock
from rogatory_node.base.events import Event
from rogatory_node.records import log
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import receipting
from support.papers import elements, text_of
from support.sealed import seal

from .conftest import A05, OFAC, SPP, words_of

DELIVERY = "d" * 64


@pytest.fixture
def held(preservation, tmp_path):
    """A package from France that lies here, opened, with two leaves of its way."""
    from django.db import transaction

    sealed = seal(tmp_path)
    row = Package.objects.create(
        authority=A05,
        counterpart=OFAC,
        way="received",
        state="opened",
        case=preservation.case,
        thread=preservation.thread,
        request=preservation.statement_id,
        delivery=DELIVERY,
        conditions={"use": "evidence", "onward": "not_without_consent"},
        package=sealed.package,
        seal=sealed.seal,
        files=sealed.files,
        size=sealed.size,
        recorded_at=clock.now(),
    )
    shutil.copytree(sealed.path, places.folder_of(row))
    with transaction.atomic():
        for tag in ("evidence:fetch:verified", "evidence:list:done", "evidence:open:done"):
            log.append(Event(tag, clock.now(), A05, {"package": sealed.package}), statement_id=DELIVERY)
    return row


def page_of(row):
    return f"/threads/{row.thread}/evidence/{row.request}"


def place_of(row):
    return f"/threads/{row.thread}/packages/{row.pk}/receipt.pdf"


def test_who_may_see_the_package_gets_its_receipt_with_its_way_and_no_name_of_a_file(desk, duty, held):
    client = desk(duty)
    assert f'href="{place_of(held)}"' in client.get(page_of(held)).content.decode()
    answer = client.get(place_of(held))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-store",
    )
    assert f'filename="receipt-{held.package[:16]}.pdf"' in answer["Content-Disposition"]
    text = text_of(answer.content)
    assert held.package in text
    assert held.seal in text
    assert "access.log" not in text
    (figure,) = (each for each in elements(answer.content) if each.get("/S") == "/Figure")
    assert "2. Fetched and found whole by vnm/a05" in figure["/Alt"]
    assert "3. Opened by vnm/a05" in figure["/Alt"]
    assert "In the records of this node" in figure["/Alt"]


def test_looking_leaves_no_leaf(desk, duty, held):
    before = log.size()
    desk(duty).get(place_of(held))
    assert log.size() == before


def test_whoever_may_not_see_the_package_finds_nothing(desk, hire, held, client):
    answer = desk(hire("tam", Role.CUSTODIAN, authority=SPP)).get(place_of(held))
    assert answer.status_code == 404
    client.logout()
    assert client.get(place_of(held)).status_code == 302


def test_a_package_of_another_thread_is_not_found_there(desk, duty, held, asked):
    assert desk(duty).get(f"/threads/{asked.thread}/packages/{held.pk}/receipt.pdf").status_code == 404


@pytest.mark.parametrize("changes", [{"state": "announced"}, {"state": "destroyed"}, {"size": 1 << 40}])
def test_what_is_not_here_or_too_large_has_none(desk, duty, held, changes):
    Package.objects.filter(pk=held.pk).update(**changes)
    client = desk(duty)
    assert client.get(place_of(held)).status_code == 404
    page = words_of(client.get(page_of(held)))
    assert "Receipt (PDF)" not in page
    assert ("Too large to be checked while you wait" in page) is ("size" in changes)


def test_without_the_extra_a_sentence_stands_in_its_place(desk, duty, held, monkeypatch):
    def missing(_):
        raise ImportError

    monkeypatch.setattr(setting, "import_module", missing)
    client = desk(duty)
    page = words_of(client.get(page_of(held)))
    assert "This node sets no receipts" in page
    assert "Receipt (PDF)" not in page
    answer = client.get(place_of(held))
    assert answer.status_code == 422
    assert "EVID-171" in words_of(answer)


def test_of_a_package_that_changed_here_no_receipt_is_made(desk, duty, held):
    segment = places.folder_of(held) / "data/000001.bin"
    segment.write_bytes(bytes([segment.read_bytes()[0] ^ 1]) + segment.read_bytes()[1:])
    answer = desk(duty).get(place_of(held))
    assert answer.status_code == 422
    assert "EVID-032" in words_of(answer)


def test_nothing_is_told_of_a_package_that_was_not_delivered(held):
    held.delivery = ""
    assert receipting._recorded(held) == ()
