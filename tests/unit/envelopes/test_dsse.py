"""Signed envelopes: what identity is, and whose signatures count."""

import base64
import hashlib
import json

import pytest

from rogatory import envelopes, wire
from rogatory.errors import EnvelopeError, KeysError, RogatoryError, WireError
from rogatory.keys import Purpose
from support.world import ASKED, ASKING, NOON, ring, signing

KIND = "application/vnd.rogatory.request.v1+json"
PAYLOAD = b'{"seq":1}'


def verify(data, purpose=Purpose.STATEMENT):
    return envelopes.verify(data, ring(), purpose, NOON)


def refusal(data):
    with pytest.raises(RogatoryError) as caught:
        verify(data)
    return caught.value.code


def test_the_encoding_is_that_of_the_dsse_specification():
    assert envelopes.pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_lengths_count_bytes_and_not_characters():
    assert envelopes.pae("à", "ề".encode()) == b"DSSEv1 2 \xc3\xa0 3 \xe1\xbb\x81"


def test_identity_is_the_digest_of_the_encoding():
    expected = hashlib.sha256(envelopes.pae(KIND, PAYLOAD)).hexdigest()
    assert envelopes.identity(KIND, PAYLOAD) == expected


def test_signing_again_changes_the_envelope_and_not_the_statement():
    first, second = (envelopes.sign(KIND, PAYLOAD, signing(ASKING)) for _ in range(2))
    assert first != second
    assert verify(first).id == verify(second).id == envelopes.identity(KIND, PAYLOAD)


def test_an_envelope_has_three_members_and_two_signatures_under_one_name():
    document = json.loads(envelopes.sign(KIND, PAYLOAD, signing(ASKING)))
    assert set(document) == {"payload", "payloadType", "signatures"}
    assert [each["keyid"] for each in document["signatures"]] == [signing(ASKING).key_id] * 2
    assert [len(base64.b64decode(each["sig"])) for each in document["signatures"]] == [64, 3309]


def test_what_is_verified_says_who_signed():
    found = verify(envelopes.sign(KIND, PAYLOAD, signing(ASKING)))
    assert (found.payload_type, found.payload, found.signer.key.authority) == (KIND, PAYLOAD, ASKING)


def test_the_purpose_is_the_readers_and_not_the_messages():
    sealed = envelopes.sign(KIND, PAYLOAD, signing(ASKING, Purpose.SEAL))
    assert verify(sealed, Purpose.SEAL).payload == PAYLOAD
    assert refusal(sealed) == "KEY-003"


def test_the_order_of_the_two_signatures_counts():
    document = json.loads(envelopes.sign(KIND, PAYLOAD, signing(ASKING)))
    document["signatures"].reverse()
    assert refusal(wire.canonical(document)) == "KEY-011"


def test_a_signature_that_names_a_third_key_is_refused_before_any_key_is_looked_for():
    document = json.loads(envelopes.sign(KIND, PAYLOAD, signing(ASKING)))
    document["signatures"][1]["keyid"] = signing(ASKED).key_id
    with pytest.raises(EnvelopeError) as caught:
        verify(wire.canonical(document))
    assert caught.value.code == "ENV-002"


def test_reading_verifies_nothing():
    document = {"payload": "AAAA", "payloadType": KIND, "signatures": []}
    assert envelopes.read(wire.canonical(document)).payload == b"\0\0\0"
    with pytest.raises(KeysError) as caught:
        verify(wire.canonical(document))
    assert caught.value.code == "KEY-010"


def test_an_envelope_is_read_up_to_its_own_limit():
    large = {"payload": "A" * (1 << 20), "payloadType": KIND, "signatures": []}
    assert len(envelopes.read(wire.canonical(large)).payload) == 3 << 18
    with pytest.raises(WireError) as caught:
        envelopes.read(b" " * (3 * (1 << 19) + 1))
    assert caught.value.code == "WIRE-001"
