"""Private keys: what follows from a seed, and what never shows."""

import copy
import pickle

import pytest
from pydantic import ValidationError

from rogatory import keys
from rogatory.errors import KeysError
from rogatory.keys import Purpose, Suite, public
from rogatory.keys.public import encryption_key
from support.world import ASKING, counting_random, pair, signing


def test_a_new_pair_is_that_of_the_seed_it_drew():
    drawn = counting_random()
    made = keys.new_pair(Purpose.STATEMENT, ASKING, drawn)
    assert made.key_id == keys.pair_from_seed(counting_random()(32), Purpose.STATEMENT, ASKING).key_id


def test_one_seed_gives_other_keys_under_another_name():
    seed = b"s" * 32
    ids = {
        keys.pair_from_seed(seed, Purpose.STATEMENT, ASKING).key_id,
        keys.pair_from_seed(seed, Purpose.STATEMENT, "fra/ofac").key_id,
        keys.pair_from_seed(seed, Purpose.SEAL, ASKING).key_id,
        keys.pair_from_seed(seed, Purpose.STATEMENT, ASKING, rehearsal=True).key_id,
    }
    assert len(ids) == 4


def test_a_purpose_fixes_its_suite():
    assert keys.SUITES[Purpose.LOG] is Suite.NOTE
    assert {keys.SUITES[each] for each in (Purpose.ENCRYPTION, Purpose.ARCHIVE)} == {Suite.ENCRYPTION}
    assert set(keys.SUITES) == set(Purpose)


def test_a_private_key_never_shows_its_seed():
    made = signing(ASKING)
    for shown in (repr(made), str(made), f"{made}"):
        assert made.seed.hex() not in shown
        assert repr(made.seed) not in shown
        assert made.key_id[:16] in shown


@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_private_key_leaves_memory_only_through_a_key_file(copied):
    with pytest.raises(KeysError) as caught:
        copied(signing(ASKING))
    assert caught.value.code == "KEY-008"


def test_two_signatures_of_one_message_differ_and_both_hold():
    first, second = signing(ASKING).sign(b"message"), signing(ASKING).sign(b"message")
    assert first[1] != second[1]
    for each in (first, second):
        keys.verify(signing(ASKING).public, b"message", each)


def test_a_signing_key_receives_nothing():
    with pytest.raises(KeysError) as caught:
        encryption_key(signing(ASKING).public)
    assert caught.value.code == "KEY-003"


def test_a_half_that_is_no_key_is_refused():
    public = pair(ASKING, Purpose.ENCRYPTION).public
    broken = public.model_copy(update={"post_quantum": b"\xff" * 1184})
    with pytest.raises(KeysError) as caught:
        encryption_key(broken)
    assert caught.value.code == "KEY-004"


def test_a_name_of_a_key_covers_everything_about_it():
    public = signing(ASKING).public
    for change in ({"rehearsal": True}, {"purpose": Purpose.SEAL}, {"authority": "vnm/spp"}):
        members = public.model_dump() | change
        assert keys.PublicKey(**members).key_id != public.key_id


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("point", sorted(public.SMALL_ORDER))
@pytest.mark.parametrize("purpose", [Purpose.STATEMENT, Purpose.ENCRYPTION])
def test_a_key_of_small_order_is_refused(purpose, point, sign, monkeypatch):
    members = pair(ASKING, purpose).public.model_dump()
    members["classical"] = (point | sign).to_bytes(32, "little")
    with pytest.raises(ValidationError, match="KEY-004"):
        keys.PublicKey.model_validate(members)
    monkeypatch.setattr(public, "check_point", lambda _: None)
    assert keys.PublicKey.model_validate(members)


def test_without_that_check_a_key_would_sign_anything():
    one = (1).to_bytes(32, "little")
    public.check_classical(one, b"whatever it is", one + bytes(32))


def test_a_key_for_a_local_use_is_the_holders_and_no_other_uses():
    first, second = (keys.pair_from_seed(bytes([number]) * 32, Purpose.SEAL, "vnm/a05") for number in (1, 2))
    found = {first.local_key(b"one"), first.local_key(b"two"), second.local_key(b"one")}
    assert {len(each) for each in found} == {32}
    assert len(found) == 3
    assert first.local_key(b"one") == first.local_key(b"one")
    assert first.seed not in found
