"""Giving on: made once its statement is signed, recorded on both sides, gone with the package."""

from __future__ import annotations

import errno
import hashlib
import zipfile
from datetime import timedelta

import pytest

from rogatory import evidence, register, wire
from rogatory.errors import EvidenceError
from rogatory.keys import Purpose
from rogatory.statements import (
    OnwardTransfer,
    OnwardTransferBody,
    UseConsent,
    UseConsentBody,
)
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.casework.services import draft, send
from rogatory_node.casework.services import onward as giving
from rogatory_node.casework.services.onward import Given, Onward
from rogatory_node.records.models import Due, Leaf, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward as Row
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import destroying, listing, metering, onward, opening
from support import sealed as french
from support import world
from support.office import A05, MOJ, SPP, answering, mirrored
from support.sealed import basis, take

FOR = {"original": "For proceedings DN-2028-0312.", "language": "en"}


def whole(held, clerk, **changes):
    return giving.begin(clerk.officer, held, Onward(**({"given": Given(SPP), "purpose": FOR} | changes)))


def part(held, clerk, *files, **ranges):
    wanted = Given(files=files, ranges=ranges)
    return giving.begin(clerk.officer, held, Onward(wanted, FOR, "vnm", "People's Court of Da Nang"))


def signed(made, clerk, lawyer):
    for who, role in ((clerk, Role.DUTY_OFFICER), (lawyer, Role.LEGAL_REVIEWER)):
        who.approve(made, role)
    return send.send(clerk.officer, made)


def made_of(draft, clerk, lawyer):
    row = signed(draft, clerk, lawyer)
    giving.make(take("onward"))
    return row, Row.objects.get(draft=draft.pk)


def file_in(held):
    pair, wraps = onward.opened_by(held)
    found = evidence.contents(places.folder_of(held), pair, wrapped=wraps)
    return next(each for each in found if each.kind == "file" and each.size)


def test_a_package_is_released_to_another_authority_and_opens_for_it(given, clerk, lawyer, tmp_path):
    held = given()
    row, made = made_of(whole(held, clerk), clerk, lawyer)
    assert (made.state, made.recipient, made.statement) == ("made", SPP, row.statement_id)
    data = places.onward_of(made).read_bytes()
    assert hashlib.sha256(data).hexdigest() == made.digest
    folder = places.folder_of(held)
    ring = register.load_snapshot(mirrored()).ring
    read = evidence.read_release(data, folder, ring, clock.now())
    assert (read.by, read.conditions) == (A05, french.CONDITIONS)
    spp = world.pair(SPP, Purpose.ENCRYPTION)
    bag = tmp_path / "bag"
    evidence.open_package(
        folder, spp, bag, basis(announced=held.seal), random=world.counting_random("x"), release=read
    )
    assert (bag / "bagit.txt").exists()


def test_nothing_is_made_before_the_statement_is_signed(given, clerk):
    made = whole(given(), clerk)
    assert not Due.objects.filter(topic="onward").exists()
    row = Row.objects.get(draft=made.pk)
    assert row.state == "prepared"
    with pytest.raises(NodeError, match="NODE-464"):
        giving.take(clerk.officer, row)


def test_what_a_draft_prepared_is_forgotten_with_it(given, clerk):
    made = whole(given(), clerk)
    draft.discard(clerk.officer, made)
    assert not Row.objects.exists()


def test_the_log_says_what_was_given_on_to_whom_and_who_took_it(given, clerk, lawyer):
    held = given()
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    giving.take(clerk.officer, made)
    leaves = Leaf.objects.filter(statement_id=made.statement).order_by("index")
    assert [each.tag for each in leaves] == [
        "statement:send:signed",
        "evidence:onward:made",
        "evidence:onward:taken",
    ]
    fields = wire.parse(bytes(leaves[1].event))["fields"]
    assert (fields["to"], fields["package"], fields["digest"]) == (SPP, held.package, made.digest)


def test_who_gave_it_has_a_leaf_too(delivered, asked, france):
    delivered.refresh_from_db()
    body = OnwardTransferBody(
        of=delivered.delivery, to_party="fra", to="fra/moj", purpose=FOR, on=clock.now().date()
    )
    told = answering(OnwardTransfer, body, asked, seq=2, prev=asked.statement_id, seen=(delivered.delivery,))
    assert france(told).error is None
    leaf = Leaf.objects.get(tag="evidence:onward:told")
    fields = wire.parse(bytes(leaf.event))["fields"]
    assert (fields["package"], fields["party"]) == (delivered.package, "fra")


def test_a_part_is_disclosed_with_its_proof_and_opens_without_a_key(given, clerk, lawyer, tmp_path):
    held = given()
    wanted = file_in(held)
    opening.order(clerk.officer, held)
    opening.open_package(take("open"))
    _, made = made_of(part(held, clerk, f"data/{wanted.path}"), clerk, lawyer)
    out = tmp_path / "part"
    with zipfile.ZipFile(places.onward_of(made)) as packed:
        packed.extractall(out)
    bag = tmp_path / "bag"
    found = evidence.open_disclosure(out, bag, basis(), random=world.counting_random("x"))
    assert found.seal == held.seal
    data = (bag / "data" / wanted.path).read_bytes()
    assert hashlib.sha256(data).hexdigest() == wanted.sha256
    assert len([each for each in (bag / "data").rglob("*") if each.is_file()]) == 1


def test_a_range_is_disclosed_and_what_a_worker_cannot_make_is_recorded(given, clerk, lawyer, monkeypatch):
    held = given()
    wanted = file_in(held)
    _, made = made_of(part(held, clerk, **{f"data/{wanted.path}": (0, 0)}), clerk, lawyer)
    assert made.state == "made"
    # A table that is too long is not counted: what is not in it is left to the worker.
    monkeypatch.setattr(onward, "COUNTED", 0)
    _, gone = made_of(part(held, clerk, "data/nobody"), clerk, lawyer)
    assert (gone.holds["counted"], gone.state, gone.failure) == (False, "failed", "EVID-207")
    assert not places.onward_of(gone).exists()
    assert Leaf.objects.filter(tag="evidence:onward:failed").count() == 1


def test_an_empty_selection_is_refused_and_nothing_is_prepared(given, clerk):
    held = given()
    with pytest.raises(EvidenceError, match="EVID-210"):
        part(held, clerk)
    assert not Row.objects.exists()


def test_what_the_conditions_do_not_allow_is_not_prepared(given, clerk):
    held = given()
    berlin = Onward(Given(files=("data",)), FOR, "deu", "Staatsanwaltschaft Berlin")
    for wanted in (berlin, Onward(Given(MOJ), FOR)):
        with pytest.raises(NodeError, match="NODE-534"):
            giving.begin(clerk.officer, held, wanted)
    assert not Row.objects.exists()


def test_after_the_day_of_destruction_nothing_is_given_on_at_home_either(given, clerk):
    held = given(destroy_by=(clock.now() + timedelta(days=10)).date())
    whole(held, clerk)
    clock.advance(timedelta(days=20))
    with pytest.raises(NodeError, match="NODE-532"):
        whole(held, clerk)


@pytest.mark.parametrize("recipient", [A05, "vnm/nobody"])
def test_a_release_goes_to_another_authority_with_a_key(given, clerk, recipient):
    with pytest.raises(NodeError, match="NODE-465"):
        whole(given(), clerk, given=Given(recipient))


def test_only_who_may_open_it_gives_it_on_takes_it_or_lists_it(given, clerk, lawyer, duty):
    held = given()
    with pytest.raises(NodeError, match="NODE-100"):
        whole(held, duty)
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    with pytest.raises(NodeError, match="NODE-100"):
        giving.take(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-100"):
        listing.entries(duty.officer, held)


def test_what_is_not_held_is_not_given_on(given, clerk):
    held = given()
    Package.objects.update(state="announced")
    held.refresh_from_db()
    with pytest.raises(NodeError, match="NODE-463"):
        whole(held, clerk)
    with pytest.raises(NodeError, match="NODE-463"):
        listing.entries(clerk.officer, held)


def test_what_was_made_is_removed_with_the_package(given, clerk, lawyer):
    held = given()
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    Due.objects.create(
        authority=A05, topic="destroy", subject=str(held.pk), made_at=clock.now(), due_at=clock.now()
    )
    destroying.destroy(take("destroy"))
    made.refresh_from_db()
    assert (made.state, places.onward_of(made).exists()) == ("destroyed", False)
    with pytest.raises(NodeError, match="NODE-464"):
        giving.take(clerk.officer, made)


def test_a_release_of_a_package_that_was_destroyed_meanwhile_is_refused(given, clerk, lawyer):
    held = given()
    signed(whole(held, clerk), clerk, lawyer)
    Package.objects.update(state="destroyed")
    giving.make(take("onward"))
    assert Row.objects.get().failure == "NODE-463"


def test_the_list_of_a_package_is_its_table_and_leaves_a_leaf(given, clerk):
    held = given()
    found = listing.entries(clerk.officer, held)
    pair, wraps = onward.opened_by(held)
    table = list(evidence.contents(places.folder_of(held), pair, wrapped=wraps))
    assert list(found.entries) == table[: listing.PAGE]
    assert found.seal.package == held.package
    assert listing.entries(clerk.officer, held, first=2).entries == tuple(table[2 : 2 + listing.PAGE])
    assert Leaf.objects.filter(tag="evidence:list:done").count() == 2


def test_a_fetch_says_how_far_it_is_and_how_long_it_takes_at_this_pace(given, monkeypatch):
    held = given()
    Package.objects.update(state="announced")
    held.refresh_from_db()
    at = [clock.machine()]
    monkeypatch.setattr(clock, "machine", lambda: at[0])
    told: list[int] = []
    held_on = metering.measured(held, 1000, told.append)
    held.refresh_from_db()
    assert metering.progress(held, at[0]) == metering.Progress(0, 1000, 0, None)
    at[0] += timedelta(seconds=4)
    held_on(400)
    held.refresh_from_db()
    assert metering.progress(held, at[0]) == metering.Progress(400, 1000, 100, 6)
    assert metering.progress(held, at[0] + timedelta(minutes=5)) == metering.Progress(400, 1000, 0, None)
    assert told == [400]
    held.state = "held"
    assert metering.progress(held, at[0]) is None


def test_a_disk_that_is_full_leaves_nothing_and_a_code(given, clerk, lawyer, monkeypatch):
    held = given()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(onward.shutil, "copyfileobj", full)
    _, made = made_of(part(held, clerk, "data/case"), clerk, lawyer)
    assert (made.state, made.failure) == ("failed", "EVID-009")
    assert not [each for each in places.folder_of(held).parent.iterdir() if "onward" in each.name]


def test_in_the_same_proceedings_it_is_released_to_another_party(given, clerk, lawyer):
    held = given(onward="same_proceedings")
    _, made = made_of(whole(held, clerk, given=Given(MOJ)), clerk, lawyer)
    assert (made.state, made.recipient) == ("made", MOJ)
    ring = register.load_snapshot(mirrored()).ring
    read = evidence.read_release(
        places.onward_of(made).read_bytes(), places.folder_of(held), ring, clock.now()
    )
    assert [each.recipient for each in read.wraps] == [MOJ]


def test_a_consent_that_is_named_stands_in_the_release(given, clerk, lawyer, france, preservation):
    held = given()
    body = UseConsentBody(of=held.delivery, outcome="granted", onward_to="fra")
    granted = answering(UseConsent, body, preservation, seq=2, prev=held.delivery, nonce="2" * 64)
    assert france(granted).error is None
    consent = SignedStatement.objects.get(type="use_consent").statement_id
    _, made = made_of(whole(held, clerk, given=Given(MOJ), consent=consent), clerk, lawyer)
    ring = register.load_snapshot(mirrored()).ring
    data = places.onward_of(made).read_bytes()
    assert evidence.read_release(data, places.folder_of(held), ring, clock.now()).consent == consent
