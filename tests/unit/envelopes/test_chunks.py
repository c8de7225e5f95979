"""The chunk cipher and the wraps: each key its own, each committed to, each in its place."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from rogatory.envelopes import chunks, wraps
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.errors import EnvelopeError, KeysError
from rogatory.keys import Purpose
from support.world import ASKED, ASKING, decryption, pair

K, PACKAGE, SALT = b"k" * 32, b"p" * 32, b"s" * 32
NONCE = b"n" * 12


def hkdf(key, salt, info):
    return HKDF(SHA256(), 32, salt, info).derive(key)


def sealed(plain=b"evidence", index=0, last=True, key=K):
    out = bytearray(len(plain) + TAG_SIZE)
    row = chunks.encrypt_chunk(key, index, NONCE, plain, out, last=last)
    return row, bytes(out)


def opened(row, data, index=0, last=True, key=K):
    out = bytearray(row.length)
    chunks.decrypt_chunk(key, index, row, data, out, last=last)
    return bytes(out)


def code(caught):
    return caught.value.code


def test_every_key_follows_by_hkdf_from_its_own_label():
    assert chunks.package_commitment(K, PACKAGE) == hkdf(K, PACKAGE, b"rogatory/package-commitment/v1\x00")
    assert chunks.hiding_key(K, PACKAGE) == hkdf(K, PACKAGE, b"rogatory/hiding-key/v1\x00")
    assert chunks.table_key(K, PACKAGE, "a") == hkdf(K, PACKAGE, b"rogatory/table-key/v1\x00a")
    info = b"rogatory/file-key/v1\x00" + PACKAGE + bytes(7) + b"\x05"
    assert chunks.file_key(K, PACKAGE, 5, SALT) == hkdf(K, SALT, info)
    info = b"rogatory/chunk-key/v1\x00" + bytes(7) + b"\x02\x01"
    assert chunks.chunk_key(K, 2, last=True) == HKDFExpand(SHA256(), 32, info).derive(K)


def test_no_two_uses_share_a_key():
    keys = [
        chunks.package_commitment(K, PACKAGE),
        chunks.hiding_key(K, PACKAGE),
        chunks.table_key(K, PACKAGE, "entries.enc"),
        *(chunks.file_key(K, PACKAGE, index, salt) for index in (0, 1) for salt in (SALT, bytes(32))),
        *(chunks.chunk_key(K, index, last=last) for index in (0, 1) for last in (False, True)),
    ]
    assert len({*keys, *map(chunks.key_commitment, keys)}) == 2 * len(keys)


@pytest.mark.parametrize("plain", [b"", b"x", b"evidence" * 1000])
def test_a_chunk_opens_as_it_was(plain):
    row, data = sealed(plain)
    assert opened(row, data) == plain
    assert Row.unpack(row.pack()) == row
    assert len(row.pack()) == ROW_SIZE


@pytest.mark.parametrize(("index", "last", "key"), [(1, True, K), (0, False, K), (0, True, b"j" * 32)])
def test_a_chunk_in_another_place_is_refused_before_it_is_decrypted(index, last, key):
    row, data = sealed()
    with pytest.raises(EnvelopeError) as caught:
        opened(row, data, index, last, key)
    assert code(caught) == "ENV-031"


def test_a_turned_bit_anywhere_is_refused():
    row, data = sealed()
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 4
        with pytest.raises(EnvelopeError) as caught:
            opened(row, bytes(changed))
        assert code(caught) == "ENV-032"


@pytest.mark.parametrize("size", [0, ROW_SIZE - 1, ROW_SIZE + 1])
def test_a_row_of_another_size_is_refused(size):
    with pytest.raises(EnvelopeError) as caught:
        Row.unpack(bytes(size))
    assert code(caught) == "ENV-030"


def test_a_row_above_one_mebibyte_is_refused(monkeypatch):
    data = Row(CHUNK_SIZE + 1, NONCE, bytes(16), bytes(32)).pack()
    with pytest.raises(EnvelopeError) as caught:
        Row.unpack(data)
    assert code(caught) == "ENV-030"
    monkeypatch.setattr(chunks, "check_length", lambda _: None)
    assert Row.unpack(data).length == CHUNK_SIZE + 1


def test_a_leaf_covers_row_and_ciphertext():
    row, data = sealed()
    leaf = chunks.leaf_data(row.pack(), data[:-16])
    assert leaf != chunks.leaf_data(row.pack(), data[:-17])
    assert leaf != chunks.leaf_data(row.pack()[::-1], data[:-16])


def test_a_wrap_opens_for_its_recipient_alone():
    commitment = chunks.package_commitment(K, PACKAGE)
    data = wraps.wrap(K, PACKAGE, pair(ASKING, Purpose.ENCRYPTION).public)
    assert wraps.unwrap(data, PACKAGE, commitment, decryption(ASKING)) == K
    tries = [
        (data, PACKAGE, commitment, decryption(ASKED)),
        (data, bytes(32), commitment, decryption(ASKING)),
        (data, PACKAGE, bytes(32), decryption(ASKING)),
        (data[:-1], PACKAGE, commitment, decryption(ASKING)),
        (b"", PACKAGE, commitment, decryption(ASKING)),
        (data[:40] + bytes([data[40] ^ 1]) + data[41:], PACKAGE, commitment, decryption(ASKING)),
    ]
    for each in tries:
        with pytest.raises(EnvelopeError) as caught:
            wraps.unwrap(*each)
        assert code(caught) == "ENV-033"


@pytest.mark.parametrize("key", [b"j" * 32, b"short"])
def test_a_wrapped_key_that_was_not_sealed_is_refused(monkeypatch, key):
    monkeypatch.setattr(wraps, "package_commitment", lambda *_: bytes(32))
    data = wraps.wrap(key, PACKAGE, pair(ASKING, Purpose.ENCRYPTION).public)
    monkeypatch.undo()
    with pytest.raises(EnvelopeError) as caught:
        wraps.unwrap(data, PACKAGE, bytes(32), decryption(ASKING))
    assert code(caught) == "ENV-034"


def test_a_signing_key_receives_nothing():
    with pytest.raises(KeysError) as caught:
        wraps.wrap(K, PACKAGE, pair(ASKING, Purpose.SEAL).public)
    assert code(caught) == "KEY-003"


def test_two_wraps_of_one_key_differ():
    public = pair(ASKING, Purpose.ENCRYPTION).public
    assert wraps.wrap(K, PACKAGE, public) != wraps.wrap(K, PACKAGE, public)
