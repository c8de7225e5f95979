"""Destroying: said only once nothing is here, and undone by no worker that was at it."""

from __future__ import annotations

import os

import pytest

from rogatory_node.base import NodeError, clock
from rogatory_node.casework.services import onward as giving
from rogatory_node.peers import fetching
from rogatory_node.records.models import Due, Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward as Row
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving, destroying, listing, onward, opening
from support import sealed as french
from support.office import A05
from support.sealed import delivery_of, take

from .test_onward import made_of, signed, whole


def due(held):
    now = clock.now()
    Due.objects.create(authority=A05, topic="destroy", subject=str(held.pk), made_at=now, due_at=now)
    return take("destroy")


def then_destroyed(monkeypatch, room, name, found):
    """Let a package be destroyed as soon as the long work of a room is done, before it is recorded."""
    real = getattr(room, name)

    def work(*given, **more):
        made = real(*given, **more)
        destroying.destroy(due(found()))
        return made

    monkeypatch.setattr(room, name, work)


@pytest.fixture
def stuck(monkeypatch):
    """Let no file of a name be removed, until the returned function is called."""
    real = os.unlink
    names: list[str] = []

    def unlink(path, *given, **more):
        if any(str(path).endswith(each) for each in names):
            raise PermissionError(1, "Operation not permitted")
        return real(path, *given, **more)

    monkeypatch.setattr(os, "unlink", unlink)
    return names


def test_while_a_file_remains_nothing_says_that_it_was_destroyed(given, clerk, stuck):
    held = given()
    stuck.append("000001.bin")
    row = due(held)
    with pytest.raises(NodeError, match="NODE-466"):
        destroying.destroy(row)
    held.refresh_from_db()
    assert (held.state, held.failure) == ("held", "NODE-466")
    assert not Leaf.objects.filter(tag="evidence:destroy:done").exists()
    for use in (opening.order, listing.entries):
        with pytest.raises(NodeError, match="NODE-531"):
            use(clerk.officer, held)
    with pytest.raises(NodeError, match="NODE-531"):
        whole(held, clerk)
    row.refresh_from_db()
    assert row.state == "due"
    stuck.clear()
    destroying.destroy(row)
    held.refresh_from_db()
    assert (held.state, held.failure, places.folder_of(held).exists()) == ("destroyed", "", False)
    assert Leaf.objects.filter(tag="evidence:destroy:done").count() == 1


def test_while_what_was_made_of_it_remains_nothing_says_so_either(given, clerk, lawyer, stuck):
    held = given()
    _, made = made_of(whole(held, clerk), clerk, lawyer)
    stuck.append(str(made.pk))
    with pytest.raises(NodeError, match="NODE-466"):
        destroying.destroy(due(held))
    held.refresh_from_db()
    made.refresh_from_db()
    assert (held.state, made.state) == ("held", "made")
    assert places.onward_of(made).exists()


def test_what_another_worker_puts_there_meanwhile_is_seen_before_it_is_said(given, monkeypatch):
    held = given()
    real = onward.remove

    def late(each):
        real(each)
        places.bag_of(each).mkdir()

    monkeypatch.setattr(onward, "remove", late)
    row = due(held)
    with pytest.raises(NodeError, match="NODE-466"):
        destroying.destroy(row)
    held.refresh_from_db()
    assert held.state == "held"
    monkeypatch.setattr(onward, "remove", real)
    destroying.destroy(row)
    assert not places.bag_of(held).exists()


@pytest.mark.parametrize("written", ["before", "after"])
def test_a_release_that_was_being_made_does_not_outlive_its_package(
    given, clerk, lawyer, monkeypatch, written
):
    held = given()
    signed(whole(held, clerk), clerk, lawyer)
    row = take("onward")
    # Destroyed once its bytes are in hand, so that the draft appears after it; or once the draft is there.
    room = {"before": "_write", "after": "_release"}[written]
    then_destroyed(monkeypatch, onward, room, lambda: held)
    giving.make(row)
    made = Row.objects.get()
    held.refresh_from_db()
    assert (held.state, made.state) == ("destroyed", "destroyed")
    assert not [each for each in places.folder_of(held).parent.iterdir() if str(held.pk) in each.name]
    with pytest.raises(NodeError, match="NODE-464"):
        giving.take(clerk.officer, made)


def test_a_fetch_that_was_under_way_does_not_bring_back_what_was_destroyed(
    preservation, france, french_door, tmp_path, monkeypatch
):
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    french_door(made.path, made.package)
    row = take("fetch")
    then_destroyed(monkeypatch, arriving, "_is_there", Package.objects.get)
    fetching.fetch(row)
    held = Package.objects.get()
    assert (held.state, places.folder_of(held).exists()) == ("destroyed", False)
    row.refresh_from_db()
    assert row.state == "done"
    assert not Leaf.objects.filter(tag="evidence:fetch:verified").exists()


def test_an_opening_that_was_under_way_leaves_no_bag_of_what_was_destroyed(given, clerk, monkeypatch):
    held = given()
    opening.order(clerk.officer, held)
    row = take("open")
    then_destroyed(monkeypatch, opening, "_open", lambda: held)
    # The bag comes after the destruction, as of a worker that had read all of it.
    real = opening._open
    monkeypatch.setattr(opening, "_open", lambda *given: (real(*given), places.bag_of(held).mkdir()))
    opening.open_package(row)
    held.refresh_from_db()
    assert (held.state, held.failure, places.bag_of(held).exists()) == ("destroyed", "", False)
    assert not Leaf.objects.filter(tag="evidence:open:done").exists()
