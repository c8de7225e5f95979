"""Every byte of the smallest package, turned: nothing of a package can be changed without a word.

The smallest package that can be made has 15.6 KiB: README.txt in seven languages has 7,087 bytes, a wrap of
the package key 1.5, and the two signatures 4.5 KiB in base64. So all of it is turned, and not 8 KiB of it.
"""

from __future__ import annotations

import pytest

from rogatory.errors import RogatoryError
from rogatory.evidence import Particulars, Terms, log_ring, verify, verify_with_key
from support import receipts
from support.memory import Memory, lay, of_folder
from support.packages import ASKING, AT, THIRD, basis, decryption, make

KIB = 1 << 10


def smallest(folder, **terms):
    """Seal one byte for one authority; return every file of the package."""
    (folder / "a").write_bytes(b"x")
    sealed = make(folder, folder / "a", recipients=(ASKING,), terms=Terms(**terms))
    return of_folder(sealed.path)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return smallest(tmp_path_factory.mktemp("smallest"))


@pytest.fixture(scope="module")
def fullest(tmp_path_factory):
    """A small package that has every kind of file which a package may have."""
    folder = tmp_path_factory.mktemp("fullest")
    (folder / "order.txt").write_bytes(b"Order 2028/0312")
    terms = {"legal": [folder / "order.txt"], "trust": b"bundle", "particulars": Particulars(title="A case")}
    return smallest(folder, **terms)


def turned(data, at, mask):
    changed = bytearray(data)
    changed[at] ^= mask
    return bytes(changed)


def judged(files, believed, *, key):
    """Return what a package proves, or None if it is refused in one line with a code."""
    try:
        if key:
            return verify_with_key(Memory(files), decryption(ASKING), believed)
        return verify(Memory(files), believed)
    except RogatoryError as error:
        return error if "\n" in str(error) else None


def passes(files, believed, *, key):
    return judged(files, believed, key=key) is not None


def unnoticed(files, masks, *, keys=(False, True), step=1):
    """Return where a turned byte is not refused, and how many were turned."""
    believed, missed, count = basis(), [], 0
    for path, data in files.items():
        for at in range(0, len(data), step):
            for mask in masks(at):
                changed = files | {path: turned(data, at, mask)}
                count += 1
                missed += [(path, at, mask, key) for key in keys if passes(changed, believed, key=key)]
    return missed, count


def test_the_smallest_package_is_as_small_as_this_page_says(package):
    assert 15 * KIB < sum(map(len, package.values())) < 16 * KIB
    assert set(package) == {
        *("README.txt", "seal.dsse.json", "recipients.json", "entries.enc"),
        *("data/000001.bin", "data/000001.idx"),
    }
    assert all(passes(package, basis(), key=key) for key in (False, True))


def test_every_byte_of_the_smallest_package_counts_for_who_has_no_key(package):
    missed, count = unnoticed(package, lambda at: (1 << at % 8,), keys=(False,))
    assert (missed, count) == ([], sum(map(len, package.values())))


def test_every_byte_of_the_smallest_package_counts_for_who_has_one(package):
    missed, count = unnoticed(package, lambda at: (1 << (at + 4) % 8,), keys=(True,))
    assert (missed, count) == ([], sum(map(len, package.values())))


@pytest.mark.soak
def test_every_bit_of_the_smallest_package_counts(package):
    missed, count = unnoticed(package, lambda _: [1 << bit for bit in range(8)])
    assert (missed, count) == ([], 8 * sum(map(len, package.values())))


def test_sampled_bytes_of_a_package_of_every_kind_of_file_count(fullest):
    assert {path.partition("/")[0] for path in fullest} >= {"case.enc", "legal", "trust", "data"}
    missed, count = unnoticed(fullest, lambda at: (1 << at % 8, 0xFF), step=23)
    assert missed == []
    assert count > 1500


@pytest.mark.soak
def test_every_byte_of_a_package_of_every_kind_of_file_counts(fullest):
    missed, _ = unnoticed(fullest, lambda at: (1, 0x80, 0xFF))
    assert missed == []


def test_a_turned_byte_on_a_disk_is_found_as_one_in_memory_is(package, tmp_path):
    folder = lay(tmp_path / "copy", package)
    count = 0
    for path, data in package.items():
        for at in range(0, len(data), 211):
            (folder / path).write_bytes(turned(data, at, 0x20))
            with pytest.raises(RogatoryError):
                verify(folder, basis())
            count += 1
        (folder / path).write_bytes(data)
    assert count > 70
    verify_with_key(folder, decryption(ASKING), basis())


def unnoticed_in_a_receipt(package, folder, step):
    """The seal does not cover the receipt, which is made from it; signatures of its own do."""
    receipts.receipt(lay(folder, package), ASKING, THIRD)
    ring = receipts.ring()
    believed = basis(ring=ring, logs=log_ring(ring, AT))
    files, path = of_folder(folder), "receipt/custody.json"
    assert passes(files, believed, key=False)
    places = range(0, len(files[path]), step)
    return [
        at
        for at in places
        if passes(files | {path: turned(files[path], at, 1 << at % 8)}, believed, key=False)
    ]


def test_sampled_bytes_of_a_receipt_count(package, tmp_path):
    assert unnoticed_in_a_receipt(package, tmp_path, 5) == []


@pytest.mark.soak
def test_every_byte_of_a_receipt_counts(package, tmp_path):
    assert unnoticed_in_a_receipt(package, tmp_path, 1) == []
