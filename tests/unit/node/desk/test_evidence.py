"""Evidence for a request: sealed, delivered and opened from its page, by who may."""

from __future__ import annotations

import pytest

from rogatory_node.base import Role, clock, home
from rogatory_node.casework.models import Draft
from rogatory_node.vault.models import Package

from .conftest import A05, OFAC, words_of

SEAL = {"act": "seal", "intake": "access.log", "use": "evidence", "words": "This case only."}


@pytest.fixture
def custodian_of(hire):
    return hire("hoan", Role.CUSTODIAN, Role.DUTY_OFFICER)


@pytest.fixture
def laid_ready():
    folder = home.current().intake_of(A05)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "access.log").write_text("a line\n")


def page_of(row):
    return f"/threads/{row.thread}/evidence/{row.statement_id}"


def package_of(row, **changes):
    members = {
        "authority": A05,
        "counterpart": OFAC,
        "way": "received",
        "state": "held",
        "case": row.case,
        "thread": row.thread,
        "request": row.statement_id,
        "delivery": "d" * 64,
        "conditions": {"use": "evidence", "onward": "not_without_consent"},
        "package": "a" * 64,
        "seal": "b" * 64,
        "files": 3,
        "size": 4096,
        "recorded_at": clock.now(),
    }
    return Package.objects.create(**(members | changes))


def test_a_custodian_has_something_sealed(desk, custodian_of, asked, laid_ready):
    client = desk(custodian_of)
    assert "Seal something for this request" in words_of(client.get(page_of(asked)))
    assert client.post(page_of(asked), SEAL)["Location"] == page_of(asked)
    made = Package.objects.get()
    assert (made.state, made.counterpart) == ("sealing", OFAC)
    assert made.conditions["words"]["original"] == "This case only."
    assert "Being sealed" in words_of(client.get(page_of(asked)))


def test_what_is_not_in_the_intake_is_not_sealed(desk, custodian_of, asked, laid_ready):
    answer = desk(custodian_of).post(page_of(asked), SEAL | {"intake": "../node.toml"})
    assert answer.status_code == 422
    assert "NODE-450" in words_of(answer)
    assert 'value="../node.toml"' in words_of(answer)
    assert Package.objects.count() == 0


def test_only_a_custodian_seals(desk, duty, asked, laid_ready):
    client = desk(duty)
    assert "Seal something" not in words_of(client.get(page_of(asked)))
    answer = client.post(page_of(asked), SEAL)
    assert answer.status_code == 403
    assert "NODE-100" in words_of(answer)


def test_nothing_is_sealed_for_a_request_of_our_own(desk, custodian_of, preservation, laid_ready):
    answer = desk(custodian_of).post(page_of(preservation), SEAL)
    assert answer.status_code == 422
    assert "NODE-521" in words_of(answer)
    assert Package.objects.count() == 0


def test_a_sealed_package_is_delivered_by_a_statement(desk, custodian_of, asked):
    wrap = {"recipient": OFAC, "key": "c" * 64, "wrap": "AAAA"}
    held = package_of(asked, way="sent", state="sealed", delivery="", wraps=[wrap])
    client = desk(custodian_of)
    page = words_of(client.get(page_of(asked)))
    assert "Package for" in page
    answer = client.post(page_of(asked), {"act": "deliver", "package": held.pk, "items": "1"})
    made = Draft.objects.get(act="delivery")
    assert answer["Location"] == f"/drafts/{made.pk}"
    shown = words_of(client.get(answer["Location"]))
    assert "What France will read" in shown
    assert "3 files" in shown


def test_a_package_that_came_says_what_its_check_proves_and_what_not(desk, custodian_of, preservation):
    package_of(preservation)
    page = words_of(desk(custodian_of).get(page_of(preservation)))
    assert "Here, every byte as sealed" in page
    assert page.index("This proves") < page.index("This does not prove")
    assert "evidence, not passed on without consent" in page
    assert "Open it" in page


def test_opening_is_ordered_by_who_may(desk, custodian_of, duty, preservation):
    held = package_of(preservation)
    order = {"act": "open", "package": held.pk}
    assert desk(duty).post(page_of(preservation), order).status_code == 403
    assert desk(custodian_of).post(page_of(preservation), order).status_code == 302


def test_a_package_that_failed_says_do_not_use(desk, duty, preservation):
    package_of(preservation, state="failed", failure="EVID-010")
    page = words_of(desk(duty).get(page_of(preservation)))
    assert "Failed: do not use" in page
    assert "EVID-010" in page
    assert "This proves" not in page
