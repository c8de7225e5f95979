"""``rogatory evidence``: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from rogatory import cli, keys, register, wire
from rogatory.cli import _edge
from rogatory.keys import Purpose
from support.packages import ASKING, AT, NOON, SEALER, pair, write_sources
from support.registers import new_world


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with key files, a root, a bundle and a package."""
    folder = tmp_path_factory.mktemp("desk")
    world = new_world(folder)
    world.publish(NOON)
    (folder / "root.json").write_bytes(world.root)
    (folder / "bundle.json").write_bytes(register.make_bundle(world.refresh(NOON)))
    keys.save(pair(SEALER, Purpose.SEAL), folder / "seal.key")
    keys.save(pair(ASKING, Purpose.ENCRYPTION), folder / "mine.key")
    keys.save(pair("xtp/cyber", Purpose.ENCRYPTION), folder / "other.key")
    public = pair(ASKING, Purpose.ENCRYPTION).public
    (folder / "to.json").write_bytes(wire.encode(public))
    shown = {"id": public.key_id, "key": public.model_dump(mode="json")}
    (folder / "shown.json").write_bytes(wire.canonical(shown))
    (folder / "false.json").write_bytes(wire.canonical({**shown, "id": "0" * 64}))
    (folder / "terms.json").write_bytes(b'{"use":"evidence"}')
    (folder / "order.txt").write_bytes(b"Order 2028/0312")
    write_sources(folder)
    return folder


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(_edge, "now", lambda: AT)


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
    status, _, errors = run(
        *("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", out),
        *("--trust-bundle", "bundle.json", "--legal", "order.txt", "--conditions", "terms.json"),
        *("--case", "c" * 64),
    )
    assert (status, errors) == (0, "")
    return out


def test_a_package_is_sealed_inspected_verified_and_opened(run, package, tmp_path):
    status, said, _ = run("inspect", package)
    assert status == 0
    assert said.startswith("Not verified. The package says:")
    assert SEALER in said
    assert "use        evidence" in said
    status, said, _ = run("verify", package, "--trust", "root.json")
    assert status == 0
    assert "   8  ok   Every byte of every segment is the sealed one." in said
    assert "Not proved: when it was sealed." in said
    status, said, _ = run("verify", package, "--trust", "root.json", "--key", "mine.key")
    assert status == 0
    assert "  10  ok   " in said
    status, said, _ = run(
        "open", package, "--key", "mine.key", "--trust", "root.json", "--out", tmp_path / "bag"
    )
    assert status == 0
    assert str(tmp_path / "bag") in said
    subprocess.run(
        ["sha256sum", "--check", "--quiet", "manifest-sha256.txt"], cwd=tmp_path / "bag", check=True
    )


def test_every_answer_is_there_as_data(run, package, tmp_path):
    words = (
        "seal",
        "case",
        "--to",
        "shown.json",
        "--key",
        "seal.key",
        "--out",
        tmp_path / "second",
        "--json",
    )
    sealed = json.loads(run(*words)[1])
    assert sealed["files"] == 7
    found = json.loads(run("inspect", package, "--json")[1])
    assert found["says"]["sealed_by"] == SEALER
    found = json.loads(run("verify", package, "--trust", "root.json", "--json")[1])
    assert found["verified"]
    assert found["steps"] == [1, 2, 3, 4, 5, 6, 8]
    words = (
        "open",
        package,
        "--key",
        "mine.key",
        "--trust",
        "root.json",
        "--out",
        tmp_path / "bag",
        "--json",
    )
    assert json.loads(run(*words)[1])["bag"] == str(tmp_path / "bag")


def test_without_a_root_it_says_so_and_ends_with_2(run, package, tmp_path):
    for words in (("verify", package), ("open", package, "--key", "mine.key", "--out", tmp_path / "bag")):
        status, said, errors = run(*words)
        assert (status, said) == (2, "")
        assert errors == "EVID-061 No root to trust was given: use --trust ROOT.json.\n"


def test_a_proof_that_fails_ends_with_1_and_names_the_step(run, package):
    data = bytearray((package / "data/000001.bin").read_bytes())
    data[5] ^= 1
    (package / "data/000001.bin").write_bytes(data)
    status, said, _ = run("verify", package, "--trust", "root.json")
    assert status == 1
    assert said.splitlines()[-1].startswith("   8  no   EVID-032 data/000001.bin")
    status, said, _ = run("verify", package, "--trust", "root.json", "--json")
    assert (status, json.loads(said)["code"], json.loads(said)["step"]) == (1, "EVID-032", 8)


def test_a_seal_that_is_no_document_ends_with_1(run, package):
    (package / "seal.dsse.json").write_bytes(b"{")
    status, said, _ = run("verify", package, "--trust", "root.json")
    assert status == 1
    assert "WIRE-003" in said


def test_wrong_use_and_unreadable_input_end_with_2(run, package, tmp_path):
    cases = {
        ("verify", tmp_path / "nothing", "--trust", "root.json"): "EVID-020",
        ("verify", tmp_path, "--trust", "root.json"): "EVID-020",
        ("verify", package, "--trust", "nothing.json"): "CLI-003",
        ("verify", package, "--trust", "order.txt"): "WIRE-003",
        ("verify", package, "--trust", "root.json", "--key", "seal.key"): "KEY-003",
        ("verify", package, "--trust", "root.json", "--as-of", "yesterday"): "VALUE-009",
        ("open", package, "--trust", "root.json", "--key", "other.key", "--out", tmp_path / "b"): "EVID-060",
        ("open", package, "--trust", "root.json", "--key", "mine.key", "--out", package): "EVID-004",
        ("seal", "case", "--to", "false.json", "--key", "seal.key", "--out", tmp_path / "b"): "KEY-005",
        ("seal", "case", "--to", "order.txt", "--key", "seal.key", "--out", tmp_path / "b"): "WIRE-003",
        ("seal", "case", "--to", "to.json", "--key", "mine.key", "--out", tmp_path / "b"): "KEY-003",
        ("seal", "nothing", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "b"): "EVID-001",
    }
    for words, code in cases.items():
        status, said, errors = run(*words)
        assert (status, said, errors.split(" ")[0]) == (2, "", code)
        assert errors.count("\n") == 1
    assert not (tmp_path / "b").exists()


def test_a_package_without_a_bundle_needs_one_by_hand(run, tmp_path):
    words = ("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "bare")
    assert run(*words)[0] == 0
    status, _, errors = run("verify", tmp_path / "bare", "--trust", "root.json")
    assert (status, errors.split(" ")[0]) == (2, "EVID-062")
    assert run("verify", tmp_path / "bare", "--trust", "root.json", "--bundle", "bundle.json")[0] == 0


def test_a_root_from_which_nothing_follows_ends_with_1(run, package, desk):
    root = json.loads((desk / "root.json").read_bytes())
    root["signatures"] = []
    (desk / "unsigned.json").write_text(json.dumps(root))
    status, said, _ = run("verify", package, "--trust", "unsigned.json")
    assert status == 1
    assert said.startswith("does not hold  REG-")


def test_opening_a_package_into_itself_is_wrong_use_and_no_verdict(run, package):
    status, answer, errors = run(
        *("open", package, "--key", "mine.key", "--trust", "root.json", "--out", package / "bag")
    )
    assert (status, answer) == (2, "")
    assert errors.startswith("EVID-012")


@pytest.mark.parametrize("act", ["describe", "receipt", "release"])
def test_nothing_is_written_into_a_package(run, package, act):
    before = sorted(package.rglob("*"))
    words = {
        "describe": ("--trust", "root.json", "--as", "premis"),
        "receipt": ("--trust", "root.json"),
        "release": ("--key", "mine.key", "--to", "to.json", "--sign", "mine.key"),
    }
    status, _, errors = run(act, package, "--out", package / "data/new", *words[act])
    assert (status, errors[:8]) == (2, "EVID-012")
    assert sorted(package.rglob("*")) == before


def test_what_is_no_trust_bundle_is_not_sealed_in(run, tmp_path):
    status, _, errors = run(
        *("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "new"),
        *("--trust-bundle", "terms.json"),
    )
    assert (status, errors[:7], list(tmp_path.iterdir())) == (2, "REG-001", [])


def test_an_act_is_told_in_json_whatever_the_name_of_what_it_made(run, package, tmp_path):
    out = tmp_path / os.fsdecode(b"bag\xff\x1b")
    words = ("--key", "mine.key", "--trust", "root.json", "--out", out, "--json")
    status, answer, errors = run("open", package, *words)
    assert (status, errors) == (0, "")
    assert json.loads(answer)["bag"].endswith("/bag\\xff\\x1b")
    (package / os.fsdecode(b"\xff")).write_bytes(b"")
    status, answer, _ = run("inspect", package, "--json")
    assert (status, json.loads(answer)["files"]["\\xff"]) == (0, 0)


def test_standard_input_is_sealed_under_a_name(run, tmp_path, monkeypatch):
    with (tmp_path / "input").open("wb+") as file:
        file.write(b"a provider's answer")
        file.seek(0)
        monkeypatch.setattr("sys.stdin", file)
        status, said, errors = run(
            *("seal", "-", "case/Readme", "--stdin-name", "answer.json", "--to", "to.json"),
            *("--key", "seal.key", "--trust-bundle", "bundle.json", "--out", tmp_path / "package"),
        )
    assert (status, errors) == (0, "")
    assert "files      2, 22 bytes" in said
    bag = tmp_path / "bag"
    status, _, _ = run(
        "open", tmp_path / "package", "--key", "mine.key", "--trust", "root.json", "--out", bag
    )
    assert status == 0
    assert (bag / "data/answer.json").read_bytes() == b"a provider's answer"


def test_digests_in_images_are_asked_for_by_name(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyewf", None)
    words = ("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "package")
    status, _, errors = run(*words, "--images", "stored")
    assert status == 2
    assert "EVID-019" in errors
    assert run(*words, "--images", "no")[0] == 0


def test_papers_with_roles_and_particulars_are_sealed_and_shown(run, desk, tmp_path):
    (desk / "particulars.json").write_bytes(b'{"title":"Fraud","devices":[{"name":"panel"}]}')
    out = tmp_path / "described"
    status, _, errors = run(
        *("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", out),
        *("--trust-bundle", "bundle.json", "--legal", "order=order.txt", "--particulars", "particulars.json"),
    )
    assert (status, errors) == (0, "")
    status, said, _ = run("verify", out, "--trust", "root.json", "--key", "mine.key", "--json")
    assert status == 0
    assert json.loads(said)["papers"] == ["order"]
    assert (out / "case.enc").exists()
    assert run("verify", out, "--trust", "root.json", "--json")[0] == 0


def test_a_paper_of_no_known_role_is_refused(run, tmp_path):
    status, _, errors = run(
        *("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "none"),
        *("--legal", "letter=order.txt"),
    )
    assert status == 2
    assert "EVID-084" in errors


def test_a_package_is_described_in_other_words_once_it_is_verified(run, desk, package, tmp_path):
    status, said, _ = run("describe", package, "--as", "premis", "--trust", "root.json")
    assert status == 0
    assert said.count("<eventType>") == 4
    out = tmp_path / "ro-crate-metadata.json"
    line = (
        "describe",
        package,
        "--as",
        "ro-crate",
        "--trust",
        "root.json",
        "--key",
        "mine.key",
        "--out",
        out,
    )
    assert run(*line)[:2] == (0, "")
    assert "legal/order.txt" in out.read_text()
    (desk / "short.json").write_bytes(b'{"title":"Fraud"}')
    status, _, _ = run(
        *("seal", "case", "--to", "to.json", "--key", "seal.key", "--out", tmp_path / "told"),
        *("--trust-bundle", "bundle.json", "--particulars", "short.json"),
    )
    assert status == 0
    line = ("describe", tmp_path / "told", "--as", "case", "--trust", "root.json", "--key", "mine.key")
    status, said, _ = run(*line)
    assert status == 0
    assert '"uco-core:name":"Fraud"' in said


def test_nothing_is_described_that_does_not_hold(run, package, tmp_path):
    (package / "README.txt").write_bytes(b"changed")
    out = tmp_path / "premis.xml"
    status, said, errors = run("describe", package, "--as", "premis", "--trust", "root.json", "--out", out)
    assert (status, said) == (1, "")
    assert "does not hold  EVID-02" in errors
    assert not out.exists()


def test_a_description_that_is_not_there_or_cannot_be_read_is_wrong_use(run, package):
    line = ("describe", package, "--as", "case", "--trust", "root.json")
    status, _, errors = run(*line)
    assert status == 2
    assert "EVID-086" in errors
    status, _, errors = run(*line, "--key", "mine.key")
    assert status == 2
    assert "EVID-087" in errors
