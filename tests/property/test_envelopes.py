"""For any envelope and any transfer: what went in comes out, or an error of ours."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory import envelopes, wire
from rogatory.envelopes import transfer
from rogatory.errors import RogatoryError
from rogatory.keys import Purpose
from support.drawing import NOISE, bent, tried
from support.world import ASKED, ASKING, NOON, counting_random, decryption, ring, signing

KIND = "application/vnd.rogatory.request.v1+json"
SIGNED = envelopes.sign(KIND, b"payload", signing(ASKING))
SENT = envelopes.encrypt(SIGNED, sender=ASKING, recipient=decryption(ASKED).public, random=counting_random())
HEADER = struct.unpack(">I", SENT[:4])[0]


@given(NOISE | bent(json.loads(SIGNED)).map(lambda document: json.dumps(document).encode()))
def test_any_envelope_is_verified_or_refused_by_name(data):
    found = tried(lambda: envelopes.verify(data, ring(), Purpose.STATEMENT, NOON))
    assert found is None or (found.payload, found.payload_type) == (b"payload", KIND)


@given(st.binary(max_size=300), st.text(max_size=40), st.binary(max_size=300), st.text(max_size=40))
def test_two_things_that_differ_are_signed_as_different_bytes(first, one, second, two):
    same = (first, one) == (second, two)
    assert (envelopes.pae(one, first) == envelopes.pae(two, second)) is same


@given(NOISE | st.builds(lambda size, rest: struct.pack(">I", size) + rest, st.integers(0, 400), NOISE))
def test_any_transfer_is_taken_apart_or_refused_by_name(data):
    assert tried(lambda: envelopes.decrypt(envelopes.read_transfer(data), decryption(ASKED))) is None


@given(st.integers(0, len(SENT) - 1), st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_refused(place, bit):
    data = bytearray(SENT)
    data[place] ^= 1 << bit
    with pytest.raises(RogatoryError):
        envelopes.decrypt(envelopes.read_transfer(bytes(data)), decryption(ASKED))


@given(st.integers(0, len(SENT) - 1))
def test_a_transfer_cut_short_anywhere_is_refused(length):
    with pytest.raises(RogatoryError):
        envelopes.decrypt(envelopes.read_transfer(SENT[:length]), decryption(ASKED))


@given(st.binary(max_size=2000), st.randoms(use_true_random=False))
def test_what_was_encrypted_comes_out(content, chance):
    data = envelopes.encrypt(
        content, sender=ASKING, recipient=decryption(ASKED).public, random=chance.randbytes
    )
    assert envelopes.decrypt(envelopes.read_transfer(data), decryption(ASKED)) == content


@given(st.integers(0, 1 << 22), st.integers(0, 1 << 22))
def test_padding_adds_little_and_keeps_order(first, second):
    one, two = transfer.padded_size(first), transfer.padded_size(second)
    assert first <= one <= first + first * 0.12 + 1
    assert transfer.padded_size(one) == one
    if first <= second:
        assert one <= two


@given(st.binary(max_size=100), st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cf")), max_size=20))
def test_what_was_signed_is_verified_with_its_id(payload, kind):
    found = envelopes.verify(envelopes.sign(kind, payload, signing(ASKING)), ring(), Purpose.STATEMENT, NOON)
    assert (found.payload, found.payload_type) == (payload, kind)
    assert found.id == envelopes.identity(kind, payload)
    assert wire.parse(envelopes.sign(kind, payload, signing(ASKING)))["payloadType"] == kind
