"""Transfers: one envelope, encrypted once, to one authority."""

import struct

import pytest

from rogatory import envelopes, wire
from rogatory.envelopes import dsse, transfer
from rogatory.errors import KeysError, RogatoryError
from support.world import ASKED, ASKING, THIRD, counting_random, decryption, signing


def sent(content=b"an envelope", **changes):
    given = {"sender": ASKING, "recipient": decryption(ASKED).public, "random": counting_random()}
    return envelopes.encrypt(content, **(given | changes))


def opened(data, key=None):
    return envelopes.decrypt(envelopes.read_transfer(data), key or decryption(ASKED))


def refusal(run):
    with pytest.raises(RogatoryError) as caught:
        run()
    return caught.value.code


def test_what_was_encrypted_is_decrypted_by_its_recipient_alone():
    assert opened(sent()) == b"an envelope"
    assert refusal(lambda: opened(sent(), decryption(THIRD))) == "ENV-012"


def test_anybody_can_read_where_a_transfer_goes_and_nothing_of_its_content():
    taken = envelopes.read_transfer(sent(b"the content"))
    assert (taken.header.sender, taken.header.recipient) == (ASKING, ASKED)
    assert taken.header.key == decryption(ASKED).key_id
    members = wire.parse(taken.header_bytes)
    assert set(members) == {"type", "version", "suite", "transfer", "from", "to", "key"}
    assert b"the content" not in taken.ciphertext


def test_encrypting_twice_gives_two_transfers():
    drawn = counting_random()
    first, second = sent(random=drawn), sent(random=drawn)
    assert envelopes.read_transfer(first).header.transfer != envelopes.read_transfer(second).header.transfer
    assert opened(first) == opened(second)


def test_a_signing_key_receives_nothing():
    with pytest.raises(KeysError) as caught:
        sent(recipient=signing(ASKED).public)
    assert caught.value.code == "KEY-003"


@pytest.mark.parametrize("size", [0, 1, 5, 1000, 70_000])
def test_lengths_tell_little(size):
    plain = transfer.padded_size(4 + size)
    taken = envelopes.read_transfer(sent(b"a" * size))
    # Encapsulations (1,088 and 32 bytes) and a tag (16) come on top.
    assert len(taken.ciphertext) == plain + 1136


def test_the_largest_envelope_fits_into_a_transfer():
    data = sent(b"a" * dsse.MAX_ENVELOPE)
    assert len(data) <= transfer.MAX_TRANSFER
    assert len(opened(data)) == dsse.MAX_ENVELOPE


def test_a_payload_of_the_greatest_size_fits_into_an_envelope():
    envelope = envelopes.sign(
        "application/vnd.rogatory.delivery.v1+json", b"a" * wire.MAX_SIZE, signing(ASKING)
    )
    assert len(envelope) <= dsse.MAX_ENVELOPE


def test_one_byte_too_many_is_refused_before_reading():
    assert refusal(lambda: envelopes.read_transfer(b"a" * (transfer.MAX_TRANSFER + 1))) == "ENV-010"


@pytest.mark.parametrize("data", [b"", b"\0\0\0", struct.pack(">I", 5) + b"{}", struct.pack(">I", 1 << 31)])
def test_a_transfer_cut_short_is_told(data):
    assert refusal(lambda: envelopes.read_transfer(data)) == "ENV-011"


def test_a_header_of_another_version_is_not_read():
    data = sent()
    newer = data.replace(b'"version":1', b'"version":2')
    assert refusal(lambda: envelopes.read_transfer(newer)) == "WIRE-010"


def test_another_suite_is_not_read():
    data = sent()
    (size,) = struct.unpack(">I", data[:4])
    other = data[4 : 4 + size].replace(b"aes-256-gcm", b"aes-128-gcm")
    assert refusal(lambda: envelopes.read_transfer(data[:4] + other + data[4 + size :])) == "WIRE-010"
