"""What is selected: refused before anybody approves it, counted as it is given, bound to the approval."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory.errors import RogatoryError
from rogatory.statements import UseConsent, UseConsentBody
from rogatory_node.base import NodeError, clock
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import onward as giving
from rogatory_node.casework.services.onward import Given, Onward
from rogatory_node.records.models import Leaf, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward as Row
from rogatory_node.vault.services import choosing, listing, opening
from support.office import MOJ, answering
from support.sealed import take

from .test_onward import FOR, made_of, part, signed, whole

README, DISK = "data/case/README", "data/case/disk.img"


@pytest.mark.parametrize(
    ("files", "ranges", "code"),
    [
        (("",), {}, "NODE-467"),
        (("/",), {}, "NODE-467"),
        ((" ",), {}, "NODE-467"),
        ((".",), {}, "NODE-467"),
        (("../../etc/passwd",), {}, "NODE-467"),
        (("data//case",), {}, "NODE-467"),
        (("data/\x00",), {}, "NODE-467"),
        (("data/\ud800",), {}, "NODE-467"),
        ((), {DISK: (5, 1)}, "NODE-467"),
        ((), {DISK: (-5, 1)}, "NODE-467"),
        ((), {DISK: (0, 10**30)}, "NODE-467"),
        ((), {DISK: (0, 10**9)}, "EVID-208"),
        ((), {"data/case": (0, 1)}, "EVID-207"),
        (("/etc/passwd",), {}, "EVID-207"),
        (("data/nobody",), {}, "EVID-207"),
        (("data/case", README), {}, "NODE-468"),
        ((README, "case/README"), {}, "NODE-468"),
        (("data",), {DISK: (0, 0)}, "NODE-468"),
        ((DISK,), {DISK: (0, 0)}, "NODE-468"),
        (("data/x",) * 501, {}, "NODE-469"),
    ],
)
def test_a_selection_that_cannot_be_meant_is_refused_before_it_is_approved(given, clerk, files, ranges, code):
    held = given()
    with pytest.raises(RogatoryError, match=code):
        part(held, clerk, *files, **ranges)
    assert not Row.objects.exists()
    assert not Draft.objects.filter(act="onward_transfer").exists()


def test_what_is_counted_is_what_is_given(given, clerk, lawyer):
    held = given()
    prepared = part(held, clerk, "data/case/logs/", README, **{DISK: (1 << 20, (1 << 20) + 1)})
    holds = Row.objects.get().holds
    logs, readme, disk = holds["lines"]
    assert (logs["kind"], logs["files"], logs["size"]) == ("folder", 2, 920)
    assert (readme["kind"], readme["files"], readme["size"]) == ("file", 1, 3)
    assert (disk["kind"], disk["first"], disk["last"], disk["size"]) == (
        "range",
        1 << 20,
        (2 << 20) - 1,
        1 << 20,
    )
    assert (holds["files"], holds["size"]) == (4, 923 + (1 << 20))
    _, made = made_of(prepared, clerk, lawyer)
    assert made.state == "made"
    assert made.size > 923 + (1 << 20)


def test_a_range_at_the_end_of_a_file_ends_with_it(given, clerk):
    part(given(), clerk, **{DISK: (2 << 20, 2 << 20)})
    [line] = Row.objects.get().holds["lines"]
    assert (line["first"], line["last"], line["size"]) == (2 << 20, (2 << 20) + 12344, 12345)


def test_everything_is_selected_by_its_area_and_counted(given, clerk, lawyer):
    held = given()
    _, made = made_of(part(held, clerk, "data/"), clerk, lawyer)
    assert (made.state, made.holds["files"]) == ("made", held.files)


@pytest.mark.parametrize(
    "change",
    [
        {"selection": {"files": ["data"], "ranges": {}}},
        {"holds": {}},
        {"consent": "f" * 64},
        {"salt": ""},
        {"kind": "whole"},
    ],
)
def test_approvals_are_void_once_the_selection_is_another(given, clerk, lawyer, change):
    held = given()
    prepared = part(held, clerk, README)
    Row.objects.update(**change)
    with pytest.raises(NodeError, match="NODE-470"):
        signed(prepared, clerk, lawyer)
    assert not SignedStatement.objects.filter(type="onward_transfer").exists()


def test_a_release_to_somebody_else_than_approved_is_not_sent(given, clerk, lawyer):
    prepared = whole(given(), clerk)
    Row.objects.update(recipient=MOJ)
    with pytest.raises(NodeError, match="NODE-470"):
        signed(prepared, clerk, lawyer)


def test_what_was_changed_after_it_was_sent_is_not_made(given, clerk, lawyer):
    signed(part(given(), clerk, README), clerk, lawyer)
    Row.objects.update(selection={"files": ["data"], "ranges": {}})
    giving.make(take("onward"))
    assert (Row.objects.get().state, Row.objects.get().failure) == ("failed", "NODE-470")


def test_the_giver_learns_nothing_of_the_selection(given, clerk, lawyer):
    held = given()
    first, second = part(held, clerk, README), part(held, clerk, README)
    one, two = Row.objects.get(draft=first.pk), Row.objects.get(draft=second.pk)
    assert choosing.commitment(one) != choosing.commitment(two)
    assert first.content_id != second.content_id
    assert b"README" not in bytes(first.content)


def test_after_the_day_nothing_is_made_taken_listed_or_opened(given, clerk, lawyer):
    held = given(destroy_by=(clock.now() + timedelta(days=10)).date())
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    signed(part(held, clerk, README), clerk, lawyer)
    opening.order(clerk.officer, held)
    clock.advance(timedelta(days=20))
    with pytest.raises(NodeError, match="NODE-532"):
        giving.take(clerk.officer, made)
    assert giving.hindrance(made).code == "NODE-532"
    giving.make(take("onward"))
    late = Row.objects.exclude(pk=made.pk).get()
    assert (late.state, late.failure, places.onward_of(late).exists()) == ("failed", "NODE-532", False)
    with pytest.raises(NodeError, match="NODE-532"):
        listing.entries(clerk.officer, held)
    opening.open_package(take("open"))
    held.refresh_from_db()
    assert (held.state, held.failure, places.bag_of(held).exists()) == ("held", "NODE-532", False)
    with pytest.raises(NodeError, match="NODE-532"):
        opening.order(clerk.officer, held)
    assert Leaf.objects.filter(tag="evidence:onward:taken").count() == 0


@pytest.fixture
def consented(given, clerk, lawyer, france, preservation):
    """Return a package, a release to another Party that a consent let be sent, and what takes that back."""
    held = given()
    about = UseConsentBody(of=held.delivery, outcome="granted", onward_to="fra")
    granted = answering(UseConsent, about, preservation, seq=2, prev=held.delivery, nonce="2" * 64)
    assert france(granted).error is None
    consent = SignedStatement.objects.get(type="use_consent").statement_id
    prepared = giving.begin(clerk.officer, held, Onward(Given(MOJ), FOR, consent=consent))
    signed(prepared, clerk, lawyer)

    def withdraw():
        body = about.model_copy(update={"outcome": "refused"})
        refused = answering(UseConsent, body, preservation, seq=3, prev=consent, nonce="3" * 64)
        assert france(refused).error is None

    return Row.objects.get(draft=prepared.pk), withdraw


def test_a_consent_that_was_taken_back_stops_what_was_sent_but_not_made(consented):
    made, withdraw = consented
    withdraw()
    giving.make(take("onward"))
    made.refresh_from_db()
    assert (made.state, made.failure, places.onward_of(made).exists()) == ("failed", "NODE-533", False)


def test_a_consent_that_was_taken_back_stops_what_was_made_but_not_taken(consented, clerk):
    made, withdraw = consented
    giving.make(take("onward"))
    made.refresh_from_db()
    assert made.state == "made"
    assert giving.take(clerk.officer, made).is_file()
    withdraw()
    with pytest.raises(NodeError, match="NODE-533"):
        giving.take(clerk.officer, made)
    assert Leaf.objects.filter(tag="evidence:onward:taken").count() == 1


def test_what_no_statement_tells_of_is_not_taken(given, clerk, lawyer):
    held = given()
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    for other in ("f" * 64, held.delivery):
        Row.objects.update(statement=other)
        made.refresh_from_db()
        with pytest.raises(NodeError, match="NODE-535"):
            giving.take(clerk.officer, made)
