"""A reader takes the register over, keeps it, and proves it in one file."""

from __future__ import annotations

from datetime import timedelta

from rogatory import register
from rogatory.keys import Purpose
from rogatory.register import history
from support.registers import START
from support.world import ASKED, ASKING, pair

SOON = START + timedelta(hours=1)


def test_a_reader_gets_the_keys_of_both_parties(world):
    snapshot = world.refresh(SOON)
    ring = register.ring_from(snapshot)
    for authority in (ASKING, ASKED):
        key = pair(authority, Purpose.STATEMENT)
        assert ring.find(key.key_id, Purpose.STATEMENT, SOON).key == key.public
    assert ring.snapshot == snapshot.digest


def test_a_stored_snapshot_loads_under_its_name(world):
    snapshot = world.refresh(SOON)
    assert register.load_snapshot(world.reader).digest == snapshot.digest
    assert register.load_snapshot(world.reader, snapshot.digest).ring.entries == snapshot.ring.entries


def test_a_bundle_proves_the_same_ring_offline(world):
    snapshot = world.refresh(SOON)
    ring = history.ring_from(register.make_bundle(snapshot), world.root, SOON)
    assert ring.entries == snapshot.ring.entries
    assert ring.snapshot == snapshot.digest


def test_a_bundle_of_one_party_holds_no_key_of_another(world):
    bundle = register.make_bundle(world.refresh(SOON), [ASKING])
    authorities = {
        entry.key.authority for entry in history.ring_from(bundle, world.root, SOON).entries.values()
    }
    assert authorities == {ASKING, "xun/register"}


def test_a_second_refresh_follows_the_log(world):
    first = world.refresh(SOON)
    world.publish(SOON)
    second = world.refresh(SOON + timedelta(hours=1))
    assert second.checkpoint.size > first.checkpoint.size
    assert second.digest != first.digest
