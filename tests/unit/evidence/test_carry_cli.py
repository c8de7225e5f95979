"""``rogatory evidence export`` and ``import``: what is printed goes on the paper, and how they end."""

from __future__ import annotations

import json

import pytest

from rogatory import cli, register
from rogatory.cli import _edge
from rogatory.evidence import Terms
from support.packages import AT, NOON, make
from support.registers import new_world

PAPER = (
    *("--receipt", "HO 2028-17", "--handed-by", "Vasseur", "--handed-to", "Binh"),
    *("--disk", "WD 22B1", "--on", "2028-03-14"),
)


@pytest.fixture
def package(tmp_path, monkeypatch):
    world = new_world(tmp_path)
    world.publish(NOON)
    (tmp_path / "root.json").write_bytes(world.root)
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "disk").mkdir()
    return make(tmp_path, terms=Terms(trust=register.make_bundle(world.refresh(NOON))))


@pytest.fixture
def run(capsys):
    def act(*words):
        status = cli.main(["evidence", *map(str, words)])
        return status, *capsys.readouterr()

    return act


def exported(run, package, *more):
    words = ("export", package.path, "disk", "--seal-number", "A-0042/7", *PAPER, "--trust", "root.json")
    return run(*words, *more)


def test_a_package_goes_by_disk_and_the_paper_is_told_what_to_bear(run, package, tmp_path):
    status, said, errors = exported(run, package, "--json")
    assert (status, errors) == (0, "")
    found = json.loads(said)
    assert (found["seal"], found["size"]) == (package.seal, package.size)
    taken = ("import", "disk", "--trust", "root.json", "--seal-number", "A-0042/7")
    status, said, _ = run(*taken, "--manifest", found["manifest"], "--out", tmp_path / "copy")
    assert status == 0
    assert "   8  ok   Every byte of every segment is the sealed one." in said
    assert (tmp_path / "copy" / "seal.dsse.json").exists()


def test_another_disk_than_the_paper_is_about_is_not_read(run, package, tmp_path):
    status, said, _ = exported(run, package)
    assert status == 0
    assert "Write the manifest's digest on the receipt HO 2028-17" in said
    words = ("import", "disk", "--trust", "root.json", "--out", tmp_path / "copy")
    for more in (("--seal-number", "B-1"), ("--seal-number", "A-0042/7", "--manifest", "0" * 64)):
        status, _, errors = run(*words, *more)
        assert (status, errors.split()[0]) == (2, "EVID-083")
    assert not (tmp_path / "copy").exists()


def test_words_that_are_none_make_nothing(run, package, tmp_path):
    status, _, _ = exported(run, package, "--on", "yesterday")
    assert status == 2
    assert list((tmp_path / "disk").iterdir()) == []
