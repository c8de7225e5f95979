"""``rogatory evidence receipt``: what it writes and prints, and how it ends."""

from __future__ import annotations

import hashlib
import json

import pytest

from rogatory import cli, keys, register, wire
from rogatory.cli import _edge, _evidence_receipt
from rogatory.evidence.receipts import setting
from rogatory.keys import Purpose
from support.packages import ASKING, AT, NOON, SEALER, pair
from support.papers import PASSWORD, p12, text_of
from support.registers import new_world


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with key files, a root, a package and a disclosure of it."""
    folder = tmp_path_factory.mktemp("desk")
    world = new_world(folder)
    world.publish(NOON)
    (folder / "root.json").write_bytes(world.root)
    (folder / "bundle.json").write_bytes(register.make_bundle(world.refresh(NOON)))
    keys.save(pair(SEALER, Purpose.SEAL), folder / "seal.key")
    keys.save(pair(ASKING, Purpose.ENCRYPTION), folder / "mine.key")
    (folder / "to.json").write_bytes(wire.encode(pair(ASKING, Purpose.ENCRYPTION).public))
    (folder / "access.log").write_bytes(b"203.0.113.57 - - GET /\n")
    (folder / "signer.p12").write_bytes(p12())
    (folder / "password").write_bytes(PASSWORD + b"\n")
    return folder


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.delenv("ROGATORY_P12_PASSWORD", raising=False)


@pytest.fixture
def run(desk, capsys, monkeypatch):
    monkeypatch.chdir(desk)

    def act(*words):
        status = cli.main(["evidence", *map(str, words)])
        return status, *capsys.readouterr()

    return act


@pytest.fixture
def package(run, tmp_path):
    out = tmp_path / "package"
    told = run(
        *("seal", "access.log", "--to", "to.json", "--key", "seal.key", "--out", out),
        *("--trust-bundle", "bundle.json"),
    )
    assert (told[0], told[2]) == (0, "")
    return out


def test_a_receipt_is_written_for_its_owner_alone_and_its_digest_is_told(run, package, tmp_path):
    out = tmp_path / "receipt.pdf"
    status, said, errors = run("receipt", package, "--trust", "root.json", "--out", out)
    assert (status, errors) == (0, "")
    assert hashlib.sha256(out.read_bytes()).hexdigest() in said
    assert out.stat().st_mode & 0o777 == 0o600
    assert "It proves nothing by itself" in said
    assert "No key was at hand" in text_of(out.read_bytes())


def test_with_a_key_it_lists_the_files_and_answers_a_program(run, package, tmp_path):
    out = tmp_path / "receipt.pdf"
    words = ("receipt", package, "--trust", "root.json", "--key", "mine.key", "--out", out, "--json")
    status, said, _ = run(*words)
    value = json.loads(said)
    assert status == 0
    assert (value["opened"], value["signed"], value["events"]) == (True, False, 1)
    assert value["size"] == out.stat().st_size
    assert hashlib.sha256(b"203.0.113.57 - - GET /\n").hexdigest() in text_of(out.read_bytes())


def test_nothing_is_written_of_what_does_not_hold_nor_over_what_is_there(run, package, tmp_path):
    out = tmp_path / "receipt.pdf"
    out.write_bytes(b"mine")
    words = ("receipt", package, "--trust", "root.json", "--out", out)
    assert run(*words)[0] == 2
    assert out.read_bytes() == b"mine"
    out.unlink()
    (package / "data/000001.bin").write_bytes(b"x" * 23)
    status, _, errors = run(*words)
    assert (status, errors.startswith("does not hold  EVID-032")) == (1, True)
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--language", "la"), "EVID-172"),
        (("--proof", "none.json"), "CLI-003"),
        (("--tsa", "http://127.0.0.1:1/"), "CLI-002"),
        (("--sign", "access.log"), "EVID-177"),
        (("--sign", "none.p12"), "CLI-003"),
        (("--sign", "signer.p12"), "EVID-177"),
    ],
)
def test_wrong_use_ends_with_two_before_anything_is_read(run, package, tmp_path, words, code):
    out = tmp_path / "receipt.pdf"
    status, _, errors = run("receipt", package, "--trust", "root.json", "--out", out, *words)
    assert (status, errors.split()[0]) == (2, code)
    assert not out.exists()


def test_a_disclosure_has_no_receipt(run, package, tmp_path):
    part, out = tmp_path / "part", tmp_path / "receipt.pdf"
    told = run("disclose", package, "--key", "mine.key", "--file", "data/access.log", "--to", part)
    assert told[0] == 0, told
    status, _, errors = run("receipt", part, "--trust", "root.json", "--out", out)
    assert (status, errors.split()[0]) == (2, "EVID-179")


def test_without_the_extra_it_names_it_and_ends_with_two(run, package, tmp_path, monkeypatch):
    def missing(_):
        raise ImportError

    monkeypatch.setattr(setting, "import_module", missing)
    status, _, errors = run("receipt", package, "--trust", "root.json", "--out", tmp_path / "r.pdf")
    assert status == 2
    assert errors == "EVID-171 Receipts need the extra letters: pip install 'rogatory[letters]'.\n"


def test_the_password_comes_from_a_file_or_the_environment(desk, monkeypatch):
    assert _evidence_receipt._password(desk / "password") == PASSWORD
    monkeypatch.setenv("ROGATORY_P12_PASSWORD", "đ")
    assert _evidence_receipt._password(None) == "đ".encode()
    monkeypatch.delenv("ROGATORY_P12_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: "typed")
    assert _evidence_receipt._password(None) == b"typed"
