"""``rogatory evidence links`` and ``carry``: from a folder to a store, to another, and back."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from random import Random

import pytest

from rogatory import cli
from rogatory.cli import _edge, _evidence_store
from rogatory.evidence import Pace
from support.nodes import clean, until
from support.packages import AT, files_of
from support.stores import lay, same


@pytest.fixture
def run(capsys, tmp_path, world, monkeypatch):
    (tmp_path / "root.json").write_bytes(world.root)
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.setattr(_evidence_store, "WAITS", ())
    monkeypatch.chdir(tmp_path)

    def act(store, *words):
        for key, value in store.environment.items():
            monkeypatch.setenv(key, value)
        status = cli.main(["evidence", *map(str, words)])
        return status, *capsys.readouterr()

    return act


TRUST = ("--trust", "root.json", "--private", "127.0.0.1")


def test_by_hand_from_a_folder_to_a_store_to_another_and_back_into_a_folder(
    package, stores, run, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    lyon, hanoi, _ = stores
    told = []

    def does(*words):
        status, said, errors = run(*words)
        told.extend((said, errors))
        assert (status, errors) == (0, "")
        return said

    put = ("links", "s3://lyon/a", "--for", "put", "--package", package.path, "--out", "a.json")
    assert json.loads(does(lyon, *put, "--valid", "2h", "--json")) == {
        "expires": "2028-03-13T20:33:00Z",
        "files": len(files_of(package.path)),
        "path": "a.json",
    }
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600
    said = does(lyon, "carry", package.path, "a.json", "--seal", package.seal, *TRUST)
    assert "copy       a.json" in said
    does(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "read.json")
    does(hanoi, "links", "s3://hanoi/b", "--for", "put", "--like", "read.json", "--out", "b.json")
    does(lyon, "carry", "read.json", "b.json", *TRUST, "--lines", "2", "--rate", "100000000")
    found = json.loads(does(hanoi, "carry", "b.json", "copy", *TRUST, "--json"))
    assert (found["verified"], found["seal"], found["copy"]) == (True, package.seal, "copy")
    same(package, tmp_path / "copy")
    secrets = "".join(told) + caplog.text
    assert "Signature" not in secrets
    assert "127.0.0.1" not in "".join(told)


def test_by_hand_a_fetch_that_a_store_refuses_keeps_what_came(package, stores, run, tmp_path):
    lyon, _, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    (lyon.folder / "lyon/a/data/000003.bin").rename(tmp_path / "away")
    status, said, errors = run(lyon, "carry", "a.json", "copy", *TRUST, "--lines", "1")
    assert (status, said) == (2, "")
    assert errors.startswith("EVID-093 The store refuses data/000003.bin: status 404.")
    (tmp_path / "away").rename(lyon.folder / "lyon/a/data/000003.bin")
    lyon.gave.clear()
    assert run(lyon, "carry", "a.json", "copy", *TRUST, "--lines", "1")[0] == 0
    assert lyon.gave["lyon/a/data/000001.bin"] == 0
    same(package, tmp_path / "copy")


def test_by_hand_links_into_our_own_house_are_not_called(package, stores, run):
    lyon, _, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    lyon.asked.clear()
    status, _, errors = run(lyon, "carry", "a.json", "copy", "--trust", "root.json")
    assert (status, errors[:8]) == (2, "EXCH-026")
    assert lyon.asked == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("s3://lyon/empty", "--for", "get"), "EVID-099"),
        (("s3://lyon/a", "--for", "put"), "CLI-002"),
        (("file:///tmp", "--for", "get"), "EVID-099"),
        (("s3://lyon/a", "--for", "get", "--valid", "8d"), "CLI-007"),
        (("s3://lyon/a", "--for", "get", "--valid", "soon"), "CLI-007"),
    ],
)
def test_by_hand_links_that_cannot_be_made(stores, run, tmp_path, words, code):
    status, said, errors = run(stores[0], "links", *words, "--out", "x.json")
    assert (status, said, errors.partition(" ")[0]) == (2, "", code)
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    ("place", "code"),
    [("lyon/a", "EVID-094"), ("lyon", "EVID-094"), ("lyon/b", "EVID-094"), ("lyon/many", "EVID-099")],
)
def test_by_hand_links_to_what_is_no_package_are_refused_in_one_line(
    package, stores, run, tmp_path, monkeypatch, place, code
):
    lyon, _, _ = stores
    lay(package, lyon, "lyon/a")
    for name in ("a/.DS_Store", "b/x y", *(f"many/{number}" for number in range(41))):
        there = lyon.folder / "lyon" / name
        there.parent.mkdir(exist_ok=True)
        there.write_bytes(b"x")
    monkeypatch.setattr("rogatory.evidence.carrying.linking.MAX_FILES", 80 if place == "lyon" else 40)
    status, said, errors = run(lyon, "links", f"s3://{place}", "--for", "get", "--out", "x.json")
    assert (status, said, errors.partition(" ")[0]) == (2, "", code)
    assert errors.count("\n") == 1
    assert not (tmp_path / "x.json").exists()


def test_by_hand_links_to_write_are_not_made_for_what_lies_beside_a_package(stores, run, tmp_path):
    (tmp_path / "case").mkdir()
    for name in ("README.txt", ".DS_Store"):
        (tmp_path / "case" / name).touch()
    words = ("links", "s3://lyon/a", "--for", "put", "--package", "case", "--out", "x.json")
    status, said, errors = run(stores[0], *words)
    assert (status, said, errors.partition(" ")[0], errors.count("\n")) == (2, "", "EVID-094", 1)


def test_by_hand_over_lines_that_break_every_moment_and_within_a_rate(
    package, stores, run, monkeypatch, tmp_path
):
    lyon, hanoi, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    run(hanoi, "links", "s3://hanoi/b", "--for", "put", "--like", "a.json", "--out", "b.json")
    random = Random(4)
    lyon.cut = lambda: random.randrange(1, 1 << 20)
    hanoi.cut = lambda: random.randrange(5 << 20, 30 << 20)
    paces = []

    class Counted(Pace):
        def __init__(self, rate):
            super().__init__(0)
            self.rate, self.spent = rate, 0
            paces.append(self)

        def spend(self, size):
            self.spent += size

    monkeypatch.setattr(_evidence_store.evidence, "Pace", Counted)
    monkeypatch.setattr(_evidence_store, "WAITS", (0.0,) * 9)
    status, _, errors = run(hanoi, "carry", "a.json", "b.json", *TRUST, "--rate", "7000000", "--lines", "3")
    assert (status, errors) == (0, "")
    assert sum(1 for method, _, answered in lyon.asked if (method, answered) == ("GET", 0)) > 10
    same(package, hanoi.folder / "hanoi/b")
    size = sum((package.path / each).stat().st_size for each in files_of(package.path))
    # Out of the one, into the other and back from there; of the four for two places, one writes nowhere.
    assert {each.rate for each in paces} == {7_000_000}
    assert sorted(each.spent >= size for each in paces) == [False, True, True, True]
    assert min(each.spent for each in paces) == 0


KILLED = """
import sys
from datetime import UTC, datetime
from rogatory.cli import _edge, main
_edge.now = lambda: datetime(2028, 3, 13, 18, 33, tzinfo=UTC)
sys.exit(main(sys.argv[1:]))
"""


def test_by_hand_a_carrier_that_is_killed_again_and_again_goes_on(package, stores, run, tmp_path):
    lyon, hanoi, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    run(hanoi, "links", "s3://hanoi/b", "--for", "put", "--like", "a.json", "--out", "b.json")
    random, there = Random(5), hanoi.folder / "hanoi/b"
    line = [sys.executable, "-c", KILLED, "evidence", "carry", "a.json", "b.json", *TRUST, "--lines", "2"]
    for _ in range(3):
        # Slow enough that it is still at it when it is killed.
        process = subprocess.Popen([*line, "--rate", "4000000"], cwd=tmp_path, env=clean())
        wanted = sum(hanoi.took.values()) + random.randrange(1, 2 << 20)
        until(lambda least=wanted: sum(hanoi.took.values()) >= least, "bytes at the target")
        process.kill()
        assert process.wait() == -signal.SIGKILL
        hanoi.settle()
        # What stands there is a sealed file, whole, whenever it was.
        for each in there.rglob("*"):
            if each.is_file():
                assert each.read_bytes() == (package.path / each.relative_to(there)).read_bytes()
        assert not (there / "seal.dsse.json").exists()
    done = subprocess.run(line, cwd=tmp_path, env=clean(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    same(package, there)
