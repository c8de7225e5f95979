"""Through the API: sealing with papers and particulars, what a package holds, and what is given on of it."""

from __future__ import annotations

import hashlib

import pytest

from rogatory_node.base import Role
from rogatory_node.casework.services import onward as giving
from rogatory_node.peers import fetching
from rogatory_node.people import officers
from rogatory_node.vault.models import Package
from support import sealed as french
from support.office import A05, OFAC, SPP
from support.sealed import delivery_of, take, work

from .test_calls import approve, code, ok

FOR = "For proceedings DN-2028-0312."


@pytest.fixture
def clerk(custodian):
    officers.appoint(None, custodian.officer, A05, Role.DUTY_OFFICER)
    return custodian


@pytest.fixture
def held(preservation, france, french_door, tmp_path):
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    french_door(made.path, made.package)
    fetching.fetch(take("fetch"))
    return Package.objects.get()


def test_sealing_takes_papers_with_roles_and_what_is_said_of_the_case(call, custodian, ready, node):
    (node.intake_of(A05) / "order.pdf").write_bytes(b"order")
    given = {
        "authority": A05,
        "recipient": OFAC,
        "thread": ready.thread,
        "request": ready.statement_id,
        "intake": "case",
        "conditions": {"use": "evidence"},
        "papers": [{"name": "order.pdf", "role": "order"}],
        "particulars": {"title": "Sàn Vàng", "devices": [{"name": "server"}]},
    }
    made = ok(call(custodian, "POST", "/packages", given), 201)
    assert made["papers"] == given["papers"]
    assert made["particulars"]["devices"] == [{"name": "server"}]
    assert work().state == "sealed"
    wrong = given | {"papers": [{"name": "order.pdf", "role": "letter"}]}
    refused = call(custodian, "POST", "/packages", wrong)
    assert (refused.status_code, code(refused)) == (422, "EVID-084")


def test_what_a_package_holds_is_listed_without_what_leads_to_its_keys(call, clerk, duty, held):
    found = ok(call(clerk, "GET", f"/packages/{held.pk}/entries?first=1"))
    assert found["first"] == 1
    assert len(found["entries"]) == found["count"] - 1
    assert not any("keys" in each for each in found["entries"])
    refused = call(duty, "GET", f"/packages/{held.pk}/entries")
    assert (refused.status_code, code(refused)) == (403, "NODE-100")
    Package.objects.update(state="announced")
    refused = call(clerk, "GET", f"/packages/{held.pk}/entries")
    assert (refused.status_code, code(refused)) == (409, "NODE-463")


def test_a_part_is_prepared_approved_sent_made_and_taken(call, clerk, lawyer, held):
    given = {"files": ["data/case/README"], "purpose": FOR, "to_party": "vnm", "to": "People's Court"}
    made = ok(call(clerk, "POST", f"/packages/{held.pk}/onward", given), 201)
    assert (made["act"], made["state"]) == ("onward_transfer", "frozen")
    ok(approve(call, clerk, made["id"], "duty_officer"))
    ok(approve(call, lawyer, made["id"], "legal_reviewer"))
    ok(call(clerk, "POST", f"/drafts/{made['id']}/send"))
    [prepared] = ok(call(clerk, "GET", f"/packages/{held.pk}/onward"))
    early = call(clerk, "POST", f"/packages/onward/{prepared['id']}/file")
    assert (early.status_code, code(early)) == (409, "NODE-464")
    giving.make(take("onward"))
    [ready] = ok(call(clerk, "GET", f"/packages/{held.pk}/onward"))
    assert ready["state"] == "made"
    file = call(clerk, "POST", f"/packages/onward/{ready['id']}/file")
    assert hashlib.sha256(b"".join(file.streaming_content)).hexdigest() == ready["digest"]
    refused = call(lawyer, "POST", f"/packages/onward/{ready['id']}/file")
    assert (refused.status_code, code(refused)) == (403, "NODE-100")


def test_a_stranger_finds_nothing(call, clerk, held, hire):
    stranger = hire("mai", Role.CUSTODIAN, authority=SPP)
    for method, path, body in (
        ("GET", "entries", None),
        ("GET", "onward", None),
        ("POST", "onward", {"recipient": SPP, "purpose": FOR}),
    ):
        refused = call(stranger, method, f"/packages/{held.pk}/{path}", body)
        assert (refused.status_code, code(refused)) == (404, "NODE-451")


def test_what_the_conditions_forbid_is_refused_with_its_code(call, clerk, held):
    refused = call(clerk, "POST", f"/packages/{held.pk}/onward", {"recipient": "fra/moj", "purpose": FOR})
    assert (refused.status_code, code(refused)) == (422, "NODE-534")
