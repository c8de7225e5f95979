"""A receipt that does not hold is the package's fault; a log that the reader does not know is not."""

from __future__ import annotations

import pytest

from rogatory.errors import CustodyError
from rogatory.evidence import Folder, fetch, log_ring, staging_of
from support import receipts
from support.packages import ASKING, AT, THIRD, basis, make


@pytest.fixture
def package(tmp_path):
    made = make(tmp_path).path
    receipts.receipt(made, ASKING, THIRD)
    return made


def bring(package, out, **changes):
    ring = receipts.ring()
    with Folder(package) as source:
        return fetch(source, out, basis(ring=ring, **{"logs": log_ring(ring, AT), **changes}))


def test_of_a_package_whose_receipt_does_not_hold_nothing_is_kept(package, tmp_path):
    file = package / "receipt/custody.json"
    data = file.read_bytes()
    at = data.index(b'"path":["') + 20
    file.write_bytes(data[:at] + (b"B" if data[at] == ord("A") else b"A") + data[at + 1 :])
    with pytest.raises(CustodyError):
        bring(package, tmp_path / "copy")
    assert not list(tmp_path.glob("*copy*"))


def test_a_log_that_the_reader_does_not_know_takes_nothing_away(package, tmp_path):
    with pytest.raises(CustodyError, match="LOG-025"):
        bring(package, tmp_path / "copy", logs=log_ring(receipts.ring(revoked=AT), AT))
    assert staging_of(tmp_path / "copy").exists()
    assert bring(package, tmp_path / "copy").seal
    assert [each.name for each in tmp_path.glob("*copy*")] == ["copy"]
