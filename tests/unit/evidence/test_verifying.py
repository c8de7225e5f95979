"""Verifying: what holds is said with its limits, and what does not is one line with a code."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import timedelta

import pytest

from rogatory.custody import LogRing
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import (
    STEPS,
    Folder,
    Terms,
    basis_from,
    checks,
    inspect,
    open_package,
    seal,
    verify,
    verify_with_key,
)
from rogatory.evidence.sources import read_whole
from rogatory.keys import KeyRing, Purpose
from support.claims import codes, refused
from support.packages import (
    ASKING,
    AT,
    NOON,
    SEALER,
    THIRD,
    basis,
    decryption,
    entry,
    files_of,
    make,
    pair,
)
from support.world import counting_random


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "order.txt").write_bytes(b"Order 2028/0312")
    return make(folder, terms=Terms(legal=[folder / "order.txt"], trust=b"bundle")).path


@pytest.fixture
def copy(package, tmp_path):
    shutil.copytree(package, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_carrier_learns_what_holds_without_a_key_and_what_is_not_proved(package):
    found = verify(package, basis())
    assert [each.number for each in found.steps] == [1, 2, 3, 4, 5, 6, 8]
    assert codes(found.proves) == ["EVID-121", "EVID-122", "EVID-123"]
    assert codes(found.does_not_prove) == ["EVID-141", "EVID-142", "EVID-147", "EVID-143", "EVID-144"]
    assert (found.files, found.opened, found.sealed_by) == (None, False, SEALER)


def test_a_recipient_learns_that_every_file_is_the_sealed_one(package):
    found = verify_with_key(package, decryption(ASKING), basis())
    assert [each.number for each in found.steps] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert "EVID-124" in codes(found.proves)
    assert "EVID-143" not in codes(found.does_not_prove)
    assert found.files == 8


def test_the_steps_are_ten_and_their_codes_do_not_change():
    assert {step.code: step.keys for step in STEPS} == {
        "EVID-101": False,
        "EVID-102": False,
        "EVID-103": False,
        "EVID-104": False,
        "EVID-105": False,
        "EVID-106": False,
        "EVID-107": True,
        "EVID-108": False,
        "EVID-109": True,
        "EVID-110": True,
    }
    assert [step.number for step in STEPS] == list(range(1, 11))


def test_a_rehearsal_is_verified_as_one_and_proves_nothing_outside(tmp_path):
    signer = pair(SEALER, Purpose.SEAL, rehearsal=True)
    mine = pair(ASKING, Purpose.ENCRYPTION, rehearsal=True)
    (tmp_path / "a").write_bytes(b"exercise")
    out = tmp_path / "package"
    seal([tmp_path / "a"], [mine.public], signer, out, now=NOON, random=counting_random())
    found = verify_with_key(out, mine, basis(ring=KeyRing([entry(signer)])))
    assert "EVID-146" in codes(found.does_not_prove)
    assert found.document.rehearsal


def test_every_step_and_claim_has_its_words(package):
    found = verify_with_key(package, decryption(ASKING), basis())
    claims = [*(step.claim for step in STEPS), *found.proves, *found.does_not_prove]
    assert all(each.sentence().endswith(".") and each.explain().endswith(".") for each in claims)


def test_steps_and_progress_are_told_as_they_come(package):
    steps, sizes = [], []
    found = verify(package, basis(on_step=steps.append, progress=sizes.append))
    assert tuple(steps) == found.steps
    assert sum(sizes) == found.size


READS = {
    "carrier": lambda package: verify(package, basis()),
    "recipient": lambda package: verify_with_key(package, decryption(ASKING), basis()),
}


@pytest.mark.parametrize("reads", READS)
def test_a_turned_bit_in_any_file_is_found(package, copy, reads):
    for name in files_of(package):
        data = (package / name).read_bytes()
        places = {0, len(data) // 2, len(data) - 1, *range(0, len(data), max(1, len(data) // 8))}
        for place in places:
            changed = bytearray(data)
            changed[place] ^= 1 << (place % 8)
            (copy / name).write_bytes(changed)
            refused(READS[reads], copy)
        (copy / name).write_bytes(data)
    verify(copy, basis())


@pytest.mark.parametrize("listed", [True, False])
def test_a_missing_file_is_named(package, copy, monkeypatch, listed):
    # Without check_no_missing_file the file is missed where it is read, under the same code.
    if not listed:
        monkeypatch.setattr(checks, "check_no_missing_file", lambda *_: None)
    for name in files_of(package):
        data = (copy / name).read_bytes()
        (copy / name).unlink()
        # A folder that this leaves empty would be found as an addition.
        if not any((copy / name).parent.iterdir()):
            (copy / name).parent.rmdir()
        assert refused(verify, copy, basis()) == ("EVID-020" if name == "seal.dsse.json" else "EVID-021")
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(data)


@pytest.mark.parametrize("name", ["note.txt", "data/000009.bin", "receipt/other.json", "a/b/c/d.txt"])
def test_an_extra_file_is_named(copy, name):
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_bytes(b"more")
    with pytest.raises(EvidenceError) as caught:
        verify(copy, basis())
    assert caught.value.code in {"EVID-022", "EVID-023"}


def test_a_link_in_a_package_is_not_followed(copy, package):
    (copy / "README.txt").unlink()
    (copy / "README.txt").symlink_to(package / "README.txt")
    # check_regular finds it in the list; where it is read the system refuses to follow it.
    assert refused(verify, copy, basis()) == "EVID-023"
    with Folder(copy) as folder:
        assert refused(read_whole, folder, "README.txt", 10_000) == "EVID-023"


def test_what_is_no_folder_or_no_package_is_said_to_be_none(tmp_path):
    assert refused(verify, tmp_path / "nothing", basis()) == "EVID-020"
    assert refused(verify, tmp_path, basis()) == "EVID-020"
    assert refused(inspect, tmp_path) == "EVID-020"


def test_a_file_beyond_what_a_package_needs_is_not_read(copy):
    # check_limit stops before memory does.
    (copy / "seal.dsse.json").write_bytes(bytes(4 << 20))
    assert refused(verify, copy, basis()) == "EVID-025"


def test_a_disk_that_fails_is_said_to_fail(copy, monkeypatch):
    from rogatory.evidence import sources

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(sources.os, "preadv", fail)
    assert refused(verify, copy, basis()) == "EVID-071"


def test_a_package_other_than_the_announced_one_is_refused(package, monkeypatch):
    digest = inspect(package).digest
    assert verify(package, basis(announced=digest)).seal == digest
    assert refused(verify, package, basis(announced="0" * 64)) == "EVID-070"
    monkeypatch.setattr(checks, "check_announced", lambda *_: None)
    assert verify(package, basis(announced="0" * 64))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"revoked": NOON - timedelta(days=1)}, "KEY-007"),
        ({"compromised_since": NOON - timedelta(days=1)}, "KEY-007"),
        ({"verify_until": NOON - timedelta(days=1), "sign_until": NOON - timedelta(days=2)}, "KEY-006"),
    ],
)
def test_a_sealing_key_that_is_not_believed_seals_nothing(package, changes, code):
    ring = KeyRing([entry(pair(SEALER, Purpose.SEAL), **changes)])
    assert refused(verify, package, basis(ring=ring)) == code


def test_an_unknown_sealer_is_refused(package):
    assert refused(verify, package, basis(ring=KeyRing([]))) == "KEY-005"


def test_a_key_whose_time_to_sign_was_over_did_not_seal(package):
    ring = KeyRing([entry(pair(SEALER, Purpose.SEAL), sign_until=NOON - timedelta(days=1))])
    assert refused(verify, package, basis(ring=ring)) == "EVID-028"
    assert refused(verify, package, basis(at=AT - timedelta(days=1))) == "EVID-028"


def test_a_key_that_the_package_is_not_sealed_for_opens_nothing(package):
    assert refused(verify_with_key, package, decryption(THIRD), basis()) == "EVID-060"


def test_a_release_by_statement_opens_where_the_package_names_nobody(package):
    mine = decryption(ASKING)
    from rogatory import wire
    from rogatory.evidence.models import Recipients

    listed = wire.decode((package / "recipients.json").read_bytes(), Recipients)
    own = [each for each in listed.wraps if each.key == mine.key_id]
    assert verify_with_key(package, mine, basis(), wrapped=own).files == 8
    assert (
        refused(
            verify_with_key,
            package,
            mine,
            basis(),
            wrapped=[each for each in listed.wraps if each not in own],
        )
        == "EVID-060"
    )


def test_a_package_without_a_trust_bundle_says_so(tmp_path):
    bare = make(tmp_path).path
    assert refused(basis_from, bare, b"{}", now=AT) == "EVID-062"


def test_a_receipt_that_is_no_receipt_is_refused(copy):
    (copy / "receipt").mkdir()
    (copy / "receipt/custody.json").write_bytes(b"{}")
    assert refused(verify, copy, basis(logs=LogRing())) == "WIRE-010"


def test_inspect_says_what_the_package_says_and_believes_nothing(copy):
    (copy / "README.txt").write_bytes(b"changed")
    found = inspect(copy)
    assert found.seal.sealed_by == SEALER
    assert found.key == pair(SEALER, Purpose.SEAL).key_id
    assert found.files["README.txt"] == 7


def test_a_bag_is_complete_or_absent(copy, tmp_path):
    data = bytearray((copy / "data/000001.bin").read_bytes())
    data[-1] ^= 1
    (copy / "data/000001.bin").write_bytes(data)
    before = set(tmp_path.iterdir())
    with pytest.raises(RogatoryError):
        open_package(copy, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    assert set(tmp_path.iterdir()) == before


def test_a_bag_is_never_written_over_something(package, tmp_path):
    (tmp_path / "bag").mkdir()
    key = decryption(ASKING)
    assert (
        refused(open_package, package, key, tmp_path / "bag", basis(), random=counting_random()) == "EVID-004"
    )


def test_a_bag_can_be_read_by_its_owner_alone(package, tmp_path):
    open_package(package, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    modes = {path.stat().st_mode & 0o077 for path in [tmp_path / "bag", *(tmp_path / "bag").rglob("*")]}
    assert modes == {0}


@pytest.mark.parametrize("place", ["data", "README.txt", "seal.dsse.json"])
def test_a_right_that_is_missing_is_no_verdict_on_the_package(copy, monkeypatch, place):
    real = os.open

    def denied(path, flags, *rest, **more):
        if str(path).rstrip("/") == place:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", denied)
    assert refused(verify, copy, basis()) == "EVID-071"


@pytest.mark.parametrize("place", ["empty", "data/empty", "receipt", "outer/inner"])
def test_a_folder_that_holds_nothing_is_an_addition_too(copy, place):
    (copy / place).mkdir(parents=True)
    assert refused(verify, copy, basis()) == "EVID-022"


def test_a_folder_of_more_files_than_a_seal_can_list_is_not_listed_to_its_end(copy, monkeypatch):
    monkeypatch.setattr(checks, "MAX_FILES", 20)
    for number in range(40):
        (copy / f"{number}.txt").touch()
    with Folder(copy) as folder:
        assert refused(folder.names) == "EVID-022"
        monkeypatch.setattr(checks, "check_count", lambda _: None)
        assert len(folder.names()) > 40
