"""Key rings: which key may be believed, and which to use now."""

from datetime import timedelta

import pytest

from rogatory.errors import KeysError
from rogatory.keys import KeyRing, Purpose, check_possession, prove_possession
from rogatory.keys.ring import check_could_sign
from support.world import ASKED, ASKING, BEGIN, NOON, entry, pair, ring, signing

DAY = timedelta(days=1)
STATEMENT = Purpose.STATEMENT


def stated(generation=0, **dates):
    return entry(pair(ASKING, STATEMENT, generation), **dates)


def refusal(run):
    with pytest.raises(KeysError) as caught:
        run()
    return caught.value.code


def test_the_newest_key_in_force_is_current():
    old, new, later = stated(0), stated(1, valid_from=NOON - DAY), stated(2, valid_from=NOON + DAY)
    assert KeyRing([new, later, old]).current(ASKING, STATEMENT, NOON) == new


def test_two_keys_of_one_day_are_told_apart_in_the_same_way_in_every_order():
    first, second = stated(0), stated(1)
    assert KeyRing([first, second]).current(ASKING, STATEMENT, NOON) == KeyRing([second, first]).current(
        ASKING, STATEMENT, NOON
    )


@pytest.mark.parametrize(
    "dates",
    [
        {"sign_until": NOON - DAY},
        {"valid_from": NOON + DAY},
        {"revoked": NOON},
        {"compromised_since": NOON - DAY},
    ],
)
def test_a_key_that_may_not_sign_now_is_not_current(dates):
    kept = stated(1)
    assert KeyRing([stated(0, **dates), kept]).current(ASKING, STATEMENT, NOON) == kept
    assert refusal(lambda: KeyRing([stated(0, **dates)]).current(ASKING, STATEMENT, NOON)) == "KEY-009"


def test_a_rehearsal_key_is_current_for_rehearsals_alone():
    rehearsal = entry(pair(ASKING, STATEMENT, rehearsal=True))
    assert KeyRing([rehearsal]).current(ASKING, STATEMENT, NOON, rehearsal=True) == rehearsal
    assert refusal(lambda: KeyRing([rehearsal]).current(ASKING, STATEMENT, NOON)) == "KEY-009"


def test_a_ring_names_its_snapshot_and_keeps_what_is_over():
    made = KeyRing([stated(0, revoked=BEGIN + DAY)], snapshot="5" * 64)
    assert made.snapshot == "5" * 64
    assert len(made.entries) == 1
    assert made.find(stated(0).key.key_id, STATEMENT, BEGIN).revoked == BEGIN + DAY


def test_a_key_could_sign_up_to_its_last_instant():
    ended = stated(sign_until=NOON)
    check_could_sign(ended, NOON)
    assert refusal(lambda: check_could_sign(ended, NOON + DAY)) == "KEY-017"


def test_a_signing_key_proves_its_own_possession():
    key = signing(ASKING)
    held = entry(key, possession=prove_possession(key, key.public))
    check_possession(held, key.public)
    assert refusal(lambda: check_possession(held, signing(ASKED).public)) == "KEY-011"


def test_a_key_that_is_not_known_is_told_by_the_beginning_of_its_name():
    with pytest.raises(KeysError) as caught:
        ring().find("ab" * 32, STATEMENT, NOON)
    assert str(caught.value) == "KEY-005 No key abababababababab is known."


def test_keys_of_one_authority_and_several_purposes_live_in_one_ring():
    assert {each.key.purpose for each in ring(ASKING).entries.values()} >= {STATEMENT, Purpose.ENCRYPTION}
