"""Which key to use: a stale register goes on with what it knows, and takes nothing new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import register
from rogatory.errors import KeysError, RegisterError
from rogatory.keys import KeyRing, Purpose
from rogatory.register import Freshness, Trust
from support.registers import START, authorities_of, identity_of, keys_of, offline, online, release
from support.world import ASKING, pair

from .test_host import changed, online_release

SOON = START + timedelta(hours=1)
STALE = START + timedelta(days=7)


def trust(*more):
    return Trust(KeyRing([*keys_of(ASKING), *more]), STALE)


def coming(purpose=Purpose.STATEMENT, at=STALE):
    return register.key_entry(pair(ASKING, purpose, 1), at, identity=pair(ASKING, Purpose.IDENTITY))


def test_known_keys_go_on_in_a_stale_register():
    at = STALE + timedelta(days=1)
    assert register.freshness(trust(), at) is Freshness.STALE
    assert register.encryption_key(trust(), ASKING, at).key == pair(ASKING, Purpose.ENCRYPTION).public
    assert register.signing_key(trust(), ASKING, Purpose.SEAL, at).key == pair(ASKING, Purpose.SEAL).public


def test_a_key_that_begins_after_the_register_went_stale_is_not_used():
    at = STALE + timedelta(days=1)
    found = register.signing_key(trust(coming()), ASKING, Purpose.STATEMENT, at)
    assert found.key == pair(ASKING, Purpose.STATEMENT).public
    with pytest.raises(RegisterError, match="REG-039"):
        register.signing_allowed(trust(coming()), coming().key.key_id, Purpose.STATEMENT, at)
    only = Trust(KeyRing([coming()]), STALE)
    with pytest.raises(RegisterError, match="REG-039"):
        register.signing_key(only, ASKING, Purpose.STATEMENT, at)


def test_a_stale_ring_lacks_only_what_began_since():
    at = STALE + timedelta(days=1)
    stale = register.known_ring(trust(coming()), at)
    assert set(trust().ring.entries) == set(stale.entries)
    assert stale.current(ASKING, Purpose.STATEMENT, at).key == pair(ASKING, Purpose.STATEMENT).public
    with pytest.raises(KeysError, match="KEY-005"):
        stale.find(coming().key.key_id, Purpose.STATEMENT, at)
    fresh = Trust(trust(coming()).ring, at + timedelta(days=7))
    assert register.known_ring(fresh, at) is fresh.ring


def test_the_same_key_is_used_once_the_register_is_fresh():
    at = STALE + timedelta(days=1)
    fresh = Trust(trust(coming()).ring, at + timedelta(days=7))
    assert register.signing_key(fresh, ASKING, Purpose.STATEMENT, at).key == coming().key


def test_a_party_may_be_stale_in_a_fresh_register():
    at = STALE + timedelta(days=1)
    mixed = Trust(trust(coming()).ring, at + timedelta(days=7), {"vnm": STALE})
    assert register.freshness(mixed, at) is Freshness.FRESH
    assert register.freshness(mixed, at, ASKING) is Freshness.STALE
    with pytest.raises(RegisterError, match="REG-039"):
        register.signing_allowed(mixed, coming().key.key_id, Purpose.STATEMENT, at)


def test_a_key_that_is_still_believed_may_have_ceased_to_sign():
    entry = keys_of(ASKING)[0]
    key, purpose = entry.key.key_id, entry.key.purpose
    assert register.signing_allowed(trust(), key, purpose, SOON) == entry
    later = entry.sign_until + timedelta(days=1)
    assert trust().ring.find(key, purpose, later)
    with pytest.raises(KeysError, match="KEY-006"):
        register.signing_allowed(trust(), key, purpose, later)
    with pytest.raises(KeysError, match="KEY-003"):
        register.signing_allowed(trust(), key, Purpose.WITNESS, SOON)
    with pytest.raises(KeysError, match="KEY-005"):
        register.signing_allowed(trust(), "0" * 64, purpose, SOON)


def test_an_authority_without_a_key_has_none():
    with pytest.raises(KeysError, match="KEY-009"):
        register.encryption_key(trust(), "fra/none", SOON)


def test_a_number_is_called_only_after_72_hours(world):
    snapshot = world.refresh(SOON)
    begun = START + timedelta(hours=72)
    assert register.numbers_to_call(snapshot, ASKING, begun - timedelta(seconds=1)) == ()
    assert register.numbers_to_call(snapshot, ASKING, begun) == ("+84901234567",)
    assert register.numbers_to_call(snapshot, "fra/none", begun) == ()


# Doubt that comes from any path.


def doubting(at=SOON, version=2, **doubt):
    first, *others = authorities_of("vnm").authorities[0].keys
    return online_release(changed(keys=(first.model_copy(update=doubt), *others)), version, at)


def test_a_revocation_is_taken_from_any_path(world):
    snapshot = world.refresh(SOON)
    first = authorities_of("vnm").authorities[0].keys[0]
    ring = register.doubted(snapshot, doubting(revoked=SOON), SOON)
    with pytest.raises(KeysError, match="KEY-007"):
        ring.find(first.key.key_id, first.key.purpose, SOON)
    assert ring.snapshot == snapshot.digest
    assert len(ring.entries) == len(snapshot.ring.entries)


def test_nothing_but_doubt_is_taken_from_another_path(world):
    snapshot = world.refresh(SOON)
    fresh = register.key_entry(pair(ASKING, Purpose.STATEMENT, 1), SOON)
    more = online_release(changed(keys=(*authorities_of("vnm").authorities[0].keys, fresh)))
    assert register.open_release(snapshot, more, SOON)
    with pytest.raises(RegisterError, match="REG-040"):
        register.doubted(snapshot, more, SOON)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: release("vnm", version=1), "REG-040"),
        (lambda: register.sign_authorities(changed(), 2, [online("fra")], SOON), "REG-004"),
        (lambda: doubting(at=START - timedelta(days=100), revoked=SOON), "REG-005"),
        (
            lambda: register.sign_identity(
                identity_of("vnm").model_copy(update={"authorities": ()}),
                2,
                [offline("vnm")],
                [online("vnm").public],
                SOON,
            ),
            "REG-017",
        ),
    ],
)
def test_a_release_that_does_not_hold_casts_no_doubt(world, make, code):
    snapshot = world.refresh(SOON)
    given = make()
    if code == "REG-040":
        given = register.read_release(register.write_release(given))
        assert given.party == "vnm"
    with pytest.raises(RegisterError) as caught:
        register.doubted(snapshot, given, SOON)
    assert caught.value.code == code


def test_an_older_release_does_not_take_a_doubt_back(world):
    world.publish(SOON, doubting(revoked=SOON))
    snapshot = world.refresh(SOON)
    with pytest.raises(RegisterError, match="REG-008"):
        register.doubted(snapshot, release("vnm"), SOON)


def test_a_release_of_an_unknown_party_casts_no_doubt(world):
    snapshot = world.refresh(SOON)
    stranger = register.Release(party="deu", files={"metadata/1.deu.json": b"{}"})
    with pytest.raises(RegisterError, match="REG-038"):
        register.doubted(snapshot, stranger, SOON)
