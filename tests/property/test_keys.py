"""For any file, ring or signature: only our errors."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rogatory import keys, wire
from rogatory.errors import KeysError
from rogatory.keys import KeyEntry, KeyRing, Purpose
from support.drawing import NOISE, bent, tried
from support.world import ASKING, BEGIN, NOON, entry, pair, ring, signing

PURPOSES = st.sampled_from(Purpose)
INSTANTS = st.datetimes(BEGIN.replace(tzinfo=None), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive
ENTRY = json.loads(wire.encode(entry(signing(ASKING))))
FILE = {"type": "rogatory-key", "version": 1, "authority": ASKING, "purpose": "seal", "seed": "A" * 43 + "="}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("keys") / "key"
    place.touch(mode=0o600)
    return place


@given(NOISE | bent(FILE).map(lambda document: json.dumps(document).encode()))
def test_any_file_is_a_key_or_refused_by_name(path, data):
    path.write_bytes(data)
    loaded = tried(lambda: keys.load(path))
    assert loaded is None or len(loaded.seed) == 32


@given(st.binary(min_size=32, max_size=32), PURPOSES)
def test_a_seed_fixes_its_key_and_every_authority_has_its_own_name_for_it(seed, purpose):
    made = keys.pair_from_seed(seed, purpose, ASKING)
    assert made.key_id == keys.pair_from_seed(seed, purpose, ASKING).key_id
    assert made.key_id != keys.pair_from_seed(seed, purpose, "fra/ofac").key_id
    assert seed.hex() not in repr(made)


@given(st.binary(max_size=80), st.lists(st.binary(max_size=80), max_size=3))
def test_any_signature_but_the_right_one_is_refused(message, signatures):
    with pytest.raises(KeysError):
        keys.verify(signing(ASKING).public, message, tuple(signatures))


@given(st.integers(0, 63), st.integers(0, 3308), st.booleans())
def test_one_flipped_bit_in_either_half_is_refused(first, second, which):
    both = [bytearray(each) for each in SIGNED]
    both[which][second if which else first] ^= 1
    with pytest.raises(KeysError):
        keys.verify(signing(ASKING).public, b"message", tuple(bytes(each) for each in both))


SIGNED = signing(ASKING).sign(b"message")


@given(st.text(max_size=70) | st.sampled_from(sorted(ring().entries)), PURPOSES, INSTANTS)
def test_what_is_found_is_known_of_the_purpose_and_in_force(name, purpose, at):
    found = tried(lambda: ring().find(name, purpose, at))
    if found:
        assert (found.key.key_id, found.key.purpose) == (name, purpose)
        assert found.valid_from <= at <= found.verify_until


@given(PURPOSES, INSTANTS, st.sampled_from(["vnm/a05", "fra/ofac", "nobody"]))
def test_the_current_key_could_be_found_and_could_sign(purpose, at, authority):
    current = tried(lambda: ring().current(authority, purpose, at))
    if current:
        assert ring().find(current.key.key_id, purpose, at) == current
        assert current.sign_until >= at


@given(bent(ENTRY))
def test_any_entry_makes_a_ring_or_is_refused(document):
    try:
        made = TypeAdapter(KeyEntry).validate_json(json.dumps(document))
    except ValidationError:
        return
    assert KeyRing([made]).entries[made.key.key_id] == made


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.booleans()), max_size=6))
def test_no_list_of_entries_hides_a_revocation(chosen):
    entries = [
        entry(pair(ASKING, Purpose.STATEMENT, which), revoked=NOON if doubted else None)
        for which, doubted in chosen
    ]
    doubts = {each.key.key_id: each.revoked for each in entries}
    made = tried(lambda: KeyRing(entries))
    for name, revoked in doubts.items():
        assert made is None or made.entries[name].revoked == revoked
