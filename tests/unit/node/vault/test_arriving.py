"""A package that France announces: fetched, verified, kept; or refused, and nothing kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import httpx
import pytest

from rogatory import evidence
from rogatory.errors import EvidenceError
from rogatory.statements import UseConditions
from rogatory_node.base import NodeError, clock
from rogatory_node.peers import fetching
from rogatory_node.records import outbox
from rogatory_node.records.models import Due, Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving, holding, opening
from support import sealed as french
from support.office import MOJ
from support.sealed import LEASE, Reply, basis, delivery_of, take


@pytest.fixture
def announced(preservation, france, french_door, tmp_path):
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    door = french_door(made.path, made.package)
    return door, Package.objects.get()


def fetch():
    fetching.fetch(take("fetch"))


def left(node):
    """Return what lies in the vault."""
    return sorted(each.name for each in node.packages.iterdir())


def test_a_package_is_fetched_verified_kept_and_opened(announced, custodian, node):
    _door, row = announced
    fetch()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("held", "")
    assert Due.objects.get(topic="fetch").state == Due.State.DONE
    assert evidence.verify(places.folder_of(row), basis(announced=row.seal)).package == row.package
    opening.order(custodian.officer, row)
    opening.open_package(take("open"))
    row.refresh_from_db()
    assert row.state == "opened"
    bag = places.bag_of(row)
    for line in (bag / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((bag / name).read_bytes()).hexdigest() == digest
    assert bag.stat().st_mode & 0o077 == 0
    tags = list(Leaf.objects.order_by("index").values_list("tag", flat=True))
    assert tags[-3:] == ["evidence:fetch:verified", "evidence:open:ordered", "evidence:open:done"]


def test_a_long_file_is_one_question_and_not_one_a_mebibyte(announced):
    door, row = announced
    fetch()
    asked = [path for path, _ in door.asked if path == "data/000001.bin"]
    assert len(asked) == 1
    assert row.size > 2 << 20


def test_parts_as_short_as_the_peer_likes_are_put_together(announced):
    door, row = announced
    door.most = 100_000
    fetch()
    row.refresh_from_db()
    assert row.state == "held"


@pytest.mark.parametrize(
    "path", ["data/000001.bin", "entries.enc", "seal.dsse.json", "README.txt", "data/000001.idx"]
)
def test_one_flipped_bit_at_the_peer_and_nothing_is_kept(path, announced, duty, node):
    door, row = announced

    def flip(asked, reply):
        if asked != path or reply.status != 206:
            return reply
        data = bytearray(reply.body)
        data[len(data) // 2] ^= 1
        return replace(reply, body=bytes(data))

    door.bend = flip
    fetch()
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.failure.startswith(("EVID-", "ENV-", "NODE-455", "WIRE-"))
    assert Due.objects.get(topic="fetch").state == Due.State.GIVEN_UP
    assert Leaf.objects.order_by("-index").first().tag == "evidence:fetch:refused"
    assert left(node) == []


def test_a_missing_file_that_the_peer_signs_is_refused(announced, node):
    door, row = announced
    (door.folder / "entries.enc").unlink()
    fetch()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", "EVID-021")
    assert left(node) == []


BROKEN = {
    "a stranger's answer": lambda _: Reply(404),
    "a page of a proxy": lambda _: Reply(502, b"<html>"),
    "a whole file": lambda reply: Reply(200, reply.body),
    "another place": lambda _: Reply(206, b"x", {"content-range": "bytes 5-5/6"}),
    "no place": lambda reply: Reply(206, reply.body),
    "too few bytes": lambda reply: replace(reply, body=reply.body[:-1]),
    "too many bytes": lambda reply: replace(reply, body=reply.body + b"x"),
    "somewhere else": lambda _: Reply(302, b"", {"location": "http://10.0.0.1/"}),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_now_is_tried_again(kind, announced, node):
    door, row = announced

    door.bend = lambda _, reply: BROKEN[kind](reply) if reply.status == 206 else reply
    due = take("fetch")
    with pytest.raises(EvidenceError, match="EVID-071"):
        fetching.fetch(due)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("announced", "")
    assert set(left(node)) <= {f".{row.pk}.fetch"}
    outbox.postpone(due, clock.now(), "EVID-071")
    door.bend = lambda _, reply: reply
    fetch()
    row.refresh_from_db()
    assert row.state == "held"


def test_nothing_there_counts_only_from_the_peer_itself(announced):
    door, _row = announced
    door.speaks = MOJ
    (door.folder / "entries.enc").unlink()
    with pytest.raises(EvidenceError, match="EVID-071"):
        fetch()


def test_a_problem_without_end_is_no_answer(announced):
    door, _row = announced
    door.bend = lambda *_: Reply(404, b"x" * (1 << 20))
    with pytest.raises(EvidenceError, match="EVID-071"):
        fetch()


def test_a_line_that_breaks_leaves_what_came_for_the_next_attempt(announced, node):
    door, row = announced

    def cut(path, reply):
        if path == "data/000001.bin":
            raise httpx.ReadError("gone")
        return reply

    door.bend = cut
    due = take("fetch")
    with pytest.raises(EvidenceError, match="EVID-071"):
        fetching.fetch(due)
    assert left(node) == [f".{row.pk}.fetch"]
    outbox.postpone(due, clock.now(), "EVID-071")
    door.bend = lambda _, reply: reply
    door.asked.clear()
    fetch()
    assert left(node) == [str(row.pk)]
    # What had come is not asked for again; the seal says of which package it is, and its receipt may be new.
    assert {path for path, _ in door.asked} == {"seal.dsse.json", "receipt/custody.json", "data/000001.bin"}


def test_an_attempt_that_is_refused_takes_with_it_what_an_earlier_one_left(announced, node):
    door, row = announced
    due = take("fetch")
    door.bend = lambda path, reply: Reply(502) if path == "data/000001.bin" else reply
    with pytest.raises(EvidenceError, match="EVID-071"):
        fetching.fetch(due)
    outbox.postpone(due, clock.now(), "EVID-071")
    Package.objects.update(recalled_by="a" * 64)
    fetch()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", "NODE-457")
    assert left(node) == []


def test_a_package_whose_last_byte_had_come_when_the_worker_died_is_not_fetched_again(announced, node):
    door, row = announced
    due = take("fetch")
    fetching.fetch(due)
    Package.objects.update(state="announced")
    Due.objects.filter(topic="fetch").update(state=Due.State.DUE)
    door.asked.clear()
    fetching.fetch(take("fetch"))
    row.refresh_from_db()
    assert row.state == "held"
    assert door.asked == []


@pytest.mark.parametrize("change", [{"size": 1}, {"package": "d" * 64}])
def test_a_delivery_that_says_another_size_or_name_than_the_seal_is_refused(
    change, preservation, france, french_door, tmp_path, node
):
    made = french.seal(tmp_path)
    france(delivery_of(made, preservation, **change))
    row = Package.objects.get()
    door = french_door(made.path, row.package)
    fetch()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", "NODE-455")
    assert {path for path, _ in door.asked} == {"seal.dsse.json"}
    assert left(node) == []


def test_a_delivery_that_states_other_conditions_than_the_seal_is_refused(
    preservation, france, french_door, tmp_path, node
):
    made = french.seal(tmp_path)
    france(delivery_of(made, preservation, conditions=UseConditions(use="lead")))
    door = french_door(made.path, made.package)
    fetch()
    row = Package.objects.get()
    assert (row.state, row.failure) == ("failed", "NODE-459")
    assert {path for path, _ in door.asked} == {"seal.dsse.json"}
    assert left(node) == []


def test_a_package_larger_than_the_disk_waits(announced, monkeypatch, node):
    class Full:
        free = 1 << 20

    monkeypatch.setattr(arriving.shutil, "disk_usage", lambda _: Full)
    with pytest.raises(NodeError, match="NODE-456"):
        fetch()
    assert Package.objects.get().state == "announced"
    assert left(node) == []


def test_a_recalled_package_is_not_fetched(announced, node):
    door, row = announced
    Package.objects.update(recalled_by="a" * 64)
    fetch()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", "NODE-457")
    assert door.asked == []


def test_a_worker_that_lost_its_row_stops_and_leaves_the_package_to_the_other(announced, monkeypatch, node):
    _door, row = announced
    mine = take("fetch")
    Due.objects.update(fence=mine.fence + 1)
    monkeypatch.setattr(holding.clock, "machine", later(clock.machine()))
    with pytest.raises(NodeError, match="NODE-204"):
        fetching.fetch(mine)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("announced", "")


def later(begin):
    """Return a machine's clock that goes on by half a lease whenever it is read."""
    state = [begin]

    def read():
        state[0] += LEASE / 2
        return state[0]

    return read


def test_a_long_fetch_keeps_its_row(announced, monkeypatch):
    due = take("fetch")
    monkeypatch.setattr(holding.clock, "machine", later(clock.machine()))
    before = due.lease_until
    fetching.fetch(due)
    assert Package.objects.get().state == "held"
    due.refresh_from_db()
    assert due.state == Due.State.DONE
    assert before is not None


def test_what_a_killed_worker_left_is_cleared_away(announced, node):
    row = announced[1]
    for name in (f".{row.pk}.abcd.part", str(row.pk)):
        (node.packages / name).mkdir()
        (node.packages / name / "half").write_bytes(b"x")
    (node.packages / ".other.abcd.part").mkdir()
    fetch()
    assert left(node) == [".other.abcd.part", str(row.pk)]


def test_a_package_for_another_recipient_cannot_be_opened_and_can_be_ordered_again(
    preservation, france, french_door, tmp_path, custodian, node
):
    made = french.seal(tmp_path, recipient=MOJ)
    france(delivery_of(made, preservation))
    french_door(made.path, made.package)
    fetch()
    row = Package.objects.get()
    opening.order(custodian.officer, row)
    opening.open_package(take("open"))
    row.refresh_from_db()
    assert (row.state, row.failure) == ("held", "NODE-453")
    assert left(node) == [str(row.pk)]
    # The key may come back: ordered again, it is due again.
    opening.order(custodian.officer, row)
    row.refresh_from_db()
    assert row.failure == ""
    assert take("open").attempts == 0


def test_evidence_that_changed_at_rest_is_not_opened(announced, custodian, node):
    row = announced[1]
    fetch()
    row.refresh_from_db()
    file = places.folder_of(row) / "data" / "000001.bin"
    data = bytearray(file.read_bytes())
    data[7] ^= 1
    file.write_bytes(bytes(data))
    opening.order(custodian.officer, row)
    opening.open_package(take("open"))
    row.refresh_from_db()
    assert row.state == "held"
    assert row.failure.startswith(("EVID-", "ENV-"))
    assert not places.bag_of(row).exists()


def test_a_recall_between_order_and_opening_stops_it(announced, custodian):
    row = announced[1]
    fetch()
    row.refresh_from_db()
    opening.order(custodian.officer, row)
    Package.objects.update(recalled_by="a" * 64)
    opening.open_package(take("open"))
    row.refresh_from_db()
    assert (row.state, row.failure) == ("held", "NODE-457")


def test_a_worker_that_lost_the_opening_stops(announced, custodian, monkeypatch):
    row = announced[1]
    fetch()
    row.refresh_from_db()
    opening.order(custodian.officer, row)
    mine = take("open")
    Due.objects.filter(topic="open").update(fence=mine.fence + 1)
    monkeypatch.setattr(holding.clock, "machine", later(clock.machine()))
    with pytest.raises(NodeError, match="NODE-204"):
        opening.open_package(mine)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("held", "")


def test_two_orders_are_one_opening(announced, custodian):
    row = announced[1]
    fetch()
    row.refresh_from_db()
    opening.order(custodian.officer, row)
    opening.order(custodian.officer, row)
    assert Due.objects.filter(topic="open").count() == 1
    opening.open_package(take("open"))
    row.refresh_from_db()
    with pytest.raises(NodeError, match="NODE-452"):
        opening.order(custodian.officer, row)


def test_a_refused_fetch_is_ordered_again_by_who_may_and_nothing_else_is(announced, custodian, duty):
    door, row = announced
    hidden = door.folder / "entries.enc"
    hidden.rename(door.folder / "gone")
    with pytest.raises(NodeError, match="NODE-458"):
        arriving.order_again(custodian.officer, row)
    fetch()
    row.refresh_from_db()
    assert row.state == "failed"
    with pytest.raises(NodeError, match="NODE-100"):
        arriving.order_again(duty.officer, row)
    (door.folder / "gone").rename(hidden)
    arriving.order_again(custodian.officer, row)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("announced", "")
    fetch()
    row.refresh_from_db()
    assert row.state == "held"
    assert Due.objects.filter(topic="fetch").count() == 1


def test_a_recalled_package_is_not_ordered_again(announced, custodian):
    Package.objects.update(state=Package.State.FAILED, failure="EVID-021", recalled_by="a" * 64)
    with pytest.raises(NodeError, match="NODE-457"):
        arriving.order_again(custodian.officer, announced[1])
