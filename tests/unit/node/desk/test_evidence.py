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


SAID = {
    "paper-order": "order.pdf",
    "paper-scan": "stamped-1.pdf\nstamped-2.pdf",
    "case-title": "Sàn Vàng",
    "devices": "panel server | server | Dell | R650 | 00-1 | NDR-88213/1\nlaptop",
    "taken-by": "Ministry of Justice",
    "taken-from": "2028-03-13 09:00 +01",
    "taken-with": "rsync | 3.2.7",
    "disk-seal": "A-0042/7",
    "disk-receipt": "HO 2028-17",
    "disk-on": "2028-03-13",
    "destroy-by": "2033-12-31",
    "proceedings": "DN-2028-0312",
    "onward": "same_proceedings",
}


@pytest.fixture
def papers(laid_ready):
    for name in ("order.pdf", "stamped-1.pdf", "stamped-2.pdf"):
        (home.current().intake_of(A05) / name).write_text(name)


def test_papers_particulars_and_all_conditions_go_into_the_seal(desk, custodian_of, asked, papers):
    assert desk(custodian_of).post(page_of(asked), SEAL | SAID).status_code == 302
    made = Package.objects.get()
    assert [(each["name"], each["role"]) for each in made.papers] == [
        ("order.pdf", "order"),
        ("stamped-1.pdf", "scan"),
        ("stamped-2.pdf", "scan"),
    ]
    assert made.conditions["destroy_by"] == "2033-12-31"
    assert (made.conditions["proceedings"], made.conditions["onward"]) == (
        ["DN-2028-0312"],
        "same_proceedings",
    )
    said = made.particulars
    assert said["title"] == "Sàn Vàng"
    assert said["devices"][0] == {
        "name": "panel server",
        "kind": "server",
        "maker": "Dell",
        "model": "R650",
        "serial": "00-1",
        "exhibit": "NDR-88213/1",
    }
    taken, handed = said["actions"]
    assert (taken["by"], taken["began"], taken["devices"]) == (
        "Ministry of Justice",
        "2028-03-13T08:00:00Z",
        ["panel server", "laptop"],
    )
    assert taken["tool"] == {"name": "rsync", "version": "3.2.7"}
    assert "A-0042/7" in handed["description"]
    assert "HO 2028-17" in handed["description"]


def test_what_is_sealed_without_papers_says_nothing_of_them(desk, custodian_of, asked, laid_ready):
    desk(custodian_of).post(page_of(asked), SEAL | {"case-title": "Sàn Vàng"})
    made = Package.objects.get()
    assert (made.papers, made.particulars) == ([], {})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"disk-seal": "seal number 7?"}, "NODE-759"),
        ({"disk-receipt": ""}, "NODE-753"),
        ({"case-title": ""}, "NODE-753"),
        ({"taken-from": "yesterday"}, "NODE-755"),
        ({"destroy-by": "31.12.2033"}, "NODE-754"),
        ({"paper-order": "nothing.pdf"}, "NODE-450"),
        ({"paper-order": "stamped-1.pdf"}, "NODE-462"),
        ({"devices": "laptop\nlaptop"}, "EVID-085"),
        ({"devices": "x" * 300}, "WIRE-"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_nothing_is_sealed(
    desk, custodian_of, asked, papers, wrong, code
):
    answer = desk(custodian_of).post(page_of(asked), SEAL | SAID | wrong)
    assert answer.status_code == 422
    assert code in words_of(answer)
    assert "rsync | 3.2.7" in words_of(answer)
    assert Package.objects.count() == 0


def test_a_fetch_shows_how_far_it_is(desk, duty, preservation):
    now = clock.machine()
    work = {"done": 250_000_000, "whole": 1_000_000_000, "pace": 2_500_000, "measured_at": now}
    package_of(preservation, state="announced", **work)
    page = words_of(desk(duty).get(page_of(preservation)))
    assert "250 MB of about 1.0 GB, 2.5 MB a second; 5 minutes left at this pace" in page


def test_a_fetch_that_stands_still_says_so(desk, duty, preservation):
    package_of(preservation, state="announced", done=0, whole=1000, measured_at=clock.machine())
    page = words_of(desk(duty).get(page_of(preservation)))
    assert "it stands still just now" in page
