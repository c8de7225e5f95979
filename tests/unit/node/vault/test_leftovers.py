"""What a killed worker or a failed act left: gone on with, or removed to the last file."""

from __future__ import annotations

import fcntl
import os

import pytest

from rogatory import evidence
from rogatory.errors import EvidenceError
from rogatory_node.base import NodeError
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import holding, opening, sealing
from support.sealed import order, take, work


def cut_short(monkeypatch, after=2 << 20):
    """Let a seal be killed once that many bytes were read; the lease of its row ends."""
    done = 0

    def dies(*_):
        def told(size):
            nonlocal done
            done += size
            if done > after:
                raise KeyboardInterrupt

        return told

    due = take("seal")
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "measured", dies)
        with pytest.raises(KeyboardInterrupt):
            sealing.seal(due)
    Due.objects.filter(pk=due.pk).update(lease_until=None)


def fails_with(monkeypatch, code):
    def fails(*_, **__):
        raise EvidenceError(code, path="case")

    monkeypatch.setattr(evidence, "seal", fails)


def test_what_cannot_be_removed_is_said_and_not_passed_over(tmp_path, monkeypatch):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "file").write_bytes(b"kept")
    with monkeypatch.context() as patch:
        patch.setattr(holding.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(NodeError, match="NODE-466"):
            holding.clear(folder)
    holding.clear(folder)
    assert not holding.remains(folder)


def beside(node):
    return {each.name for each in node.packages.iterdir()}


def test_a_seal_whose_worker_was_killed_goes_on_from_what_it_left(ready, custodian, node, monkeypatch):
    made = order(ready, custodian)
    cut_short(monkeypatch)
    assert beside(node) == {f".{made.pk}.part", f".{made.pk}.journal"}
    begun = (node.packages / f".{made.pk}.journal").read_bytes()[:32]
    sealed = work()
    assert (sealed.state, sealed.package) == ("sealed", begun.hex())
    assert beside(node) == {str(made.pk)}


def test_a_seal_that_fails_leaves_neither_its_beginning_nor_its_journal(ready, custodian, node, monkeypatch):
    order(ready, custodian)
    cut_short(monkeypatch)
    fails_with(monkeypatch, "EVID-015")
    assert (work().state, Package.objects.get().failure) == ("failed", "EVID-015")
    assert beside(node) == set()


def test_a_seal_that_another_worker_is_at_is_left_to_it(ready, custodian, node, monkeypatch):
    order(ready, custodian)
    cut_short(monkeypatch)
    before = beside(node)
    fails_with(monkeypatch, "EVID-014")
    with pytest.raises(EvidenceError, match="EVID-014"):
        work()
    assert (Package.objects.get().state, beside(node)) == ("sealing", before)


def test_what_is_cleared_away_leaves_nothing_beside_it(tmp_path):
    top = tmp_path / "packages"
    for name in ("7", ".7.fetch", ".7.part", ".7.0a1b.part"):
        (top / name / "data").mkdir(parents=True)
    for name in (".7.journal", ".7.receipt", ".70.journal", "70"):
        (top / name).write_bytes(b"x")
    holding.clear(top / "7")
    holding.clear(top / "7")
    assert sorted(each.name for each in top.iterdir()) == [".70.journal", "70"]


def ordered_to_open(given, clerk):
    """Return a package whose opening is due, where its bag will be, and where that lies half open."""
    row = given()
    opening.order(clerk.officer, row)
    bag = places.bag_of(row)
    return row, bag, bag.with_name(f".{bag.name}.opening")


def test_an_opening_goes_on_from_what_its_worker_left(given, clerk, monkeypatch):
    row, bag, half = ordered_to_open(given, clerk)
    # Left by a worker that was killed before its bag was recorded, and by one that was killed earlier.
    bag.mkdir(parents=True)
    half.mkdir(0o700)
    found, opens = [], evidence.open_package

    def looks(*given, **named):
        found.append((bag.exists(), half.exists()))
        return opens(*given, **named)

    monkeypatch.setattr(evidence, "open_package", looks)
    opening.open_package(take("open"))
    row.refresh_from_db()
    assert found == [(False, True)]
    assert (row.state, half.exists()) == ("opened", False)


def test_a_worker_leaves_an_opening_to_the_one_that_is_at_it(given, clerk):
    row, bag, half = ordered_to_open(given, clerk)
    half.mkdir(0o700, parents=True)
    handle = os.open(half, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(EvidenceError, match="EVID-014"):
        opening.open_package(take("open"))
    os.close(handle)
    row.refresh_from_db()
    assert (row.state, row.failure) == ("held", "")
    assert half.is_dir()
    assert not bag.exists()


def test_destruction_takes_what_was_left_half_open(given, clerk):
    _row, bag, half = ordered_to_open(given, clerk)
    half.mkdir(0o700, parents=True)
    (half / "journal").write_bytes(b"left")
    assert holding.remains(bag)
    holding.clear(bag)
    assert not half.exists()
