"""``rogatory evidence``: disclose, release, and what verify, open and inspect make of them."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from rogatory import cli, evidence, keys, register, wire
from rogatory.cli import _edge
from rogatory.keys import Purpose
from rogatory.statements import UseConditions
from support.packages import ASKING, NOON, SEALER, pair, write_sources
from support.registers import new_world

LATER = NOON + timedelta(minutes=10)
LOG = "case/logs/access.log"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with key files, a root, a bundle and a package for one recipient."""
    folder = tmp_path_factory.mktemp("desk")
    world = new_world(folder)
    world.publish(NOON)
    (folder / "root.json").write_bytes(world.root)
    bundle = register.make_bundle(world.refresh(NOON))
    keys.save(pair(ASKING, Purpose.ENCRYPTION), folder / "mine.key")
    keys.save(pair(ASKING, Purpose.STATEMENT), folder / "statement.key")
    keys.save(pair(ASKING, Purpose.SEAL), folder / "seal.key")
    keys.save(pair("vnm/court", Purpose.ARCHIVE), folder / "court.key")
    (folder / "court.json").write_bytes(wire.encode(pair("vnm/court", Purpose.ARCHIVE).public))
    (folder / "narrow.json").write_bytes(b'{"use":"lead"}')
    (folder / "list.json").write_bytes(b'{"withhold":[{"path":"case/logs","reason":"privilege"}]}')
    evidence.seal(
        [write_sources(folder)],
        [pair(ASKING, Purpose.ENCRYPTION).public],
        pair(SEALER, Purpose.SEAL),
        folder / "package",
        now=NOON,
        random=_edge.random,
        terms=evidence.Terms(trust=bundle, conditions=UseConditions(use="evidence")),
    )
    return folder


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(_edge, "now", lambda: LATER)


@pytest.fixture
def run(desk, capsys, monkeypatch):
    monkeypatch.chdir(desk)

    def act(*words):
        status = cli.main(["evidence", *map(str, words)])
        return status, *capsys.readouterr()

    return act


def test_a_disclosure_is_not_described_for_archives(run, tmp_path):
    run("disclose", "package", "--key", "mine.key", "--file", LOG, "--to", tmp_path / "part")
    for form in ("premis", "ro-crate"):
        status, said, errors = run("describe", tmp_path / "part", "--as", form, "--trust", "root.json")
        assert (status, said, errors[:8]) == (2, "", "EVID-088")


def test_a_package_is_sealed_for_an_archive_key_beside_a_recipient_and_opens_by_it(run, tmp_path):
    (tmp_path / "note").write_bytes(b"noon")
    keys.save(pair(SEALER, Purpose.SEAL), tmp_path / "seal.key")
    (tmp_path / "to.json").write_bytes(wire.encode(pair(ASKING, Purpose.ENCRYPTION).public))
    words = ("seal", tmp_path / "note", "--to", tmp_path / "to.json", "--to", "court.json")
    bundle = ("--key", tmp_path / "seal.key", "--trust-bundle", "package/trust/bundle.json")
    assert run(*words, *bundle, "--out", tmp_path / "both")[0] == 0
    for name in ("mine.key", "court.key"):
        status, said, _ = run("verify", tmp_path / "both", "--key", name, "--trust", "root.json", "--json")
        assert (status, json.loads(said)["opened"]) == (0, True)


def test_one_file_is_disclosed_verified_and_opened_without_a_key(run, tmp_path):
    words = ("disclose", "package", "--key", "mine.key", "--file", LOG, "--to", tmp_path / "part")
    status, said, errors = run(*words)
    assert (status, errors) == (0, "")
    assert f"data/{LOG}  (whole)" in said
    status, said, _ = run("verify", tmp_path / "part", "--trust", "root.json")
    assert status == 0
    assert "   8  ok   The entries shown stand under the seal." in said
    assert "Not proved: anything about the other 9 entries." in said
    status, _, errors = run("open", tmp_path / "part", "--trust", "root.json", "--out", tmp_path / "bag")
    assert (status, errors) == (0, "")
    check = ["sha256sum", "--check", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    subprocess.run(check, cwd=tmp_path / "bag", check=True)


def test_a_range_is_told_as_it_was_rounded_and_a_full_verification_is_recorded(run, tmp_path):
    words = ("disclose", "package", "--key", "mine.key", "--range", "case/disk.img:5-6", "--to")
    status, said, _ = run(*words, tmp_path / "part")
    assert status == 0
    assert "(bytes 0 to 1048575, part of the sealed ciphertext)" in said
    said = run("verify", tmp_path / "part", "--trust", "root.json")[1]
    assert "This is part of the sealed ciphertext." in said
    assert run(*words, tmp_path / "second", "--trust", "root.json")[0] == 0
    said = run("verify", tmp_path / "second", "--trust", "root.json")[1]
    assert "had verified the whole package at 2028-03-13T18:42:00Z" in said


def test_a_redacted_bundle_is_made_from_words_or_a_list(run, tmp_path):
    for out, words in (
        ("a", ("--withhold", "case/logs=privilege")),
        ("b", ("--withhold-list", "list.json", "--show", "case/logs:path,kind")),
    ):
        status, said, _ = run(
            "disclose", "package", "--key", "mine.key", "--to", tmp_path / out, *words, "--json"
        )
        assert (status, json.loads(said)["withheld"]) == (0, 3)
        said = run("verify", tmp_path / out, "--trust", "root.json")[1]
        assert (
            "Of 10 entries 3 are withheld in whole or in part, and the list accounts for every one." in said
        )


def test_a_disclosure_that_does_not_hold_ends_with_1(run, tmp_path):
    run("disclose", "package", "--key", "mine.key", "--file", LOG, "--to", tmp_path / "part")
    (tmp_path / "part/hashes.bin").write_bytes(bytes(128))
    status, said, _ = run("verify", tmp_path / "part", "--trust", "root.json")
    assert status == 1
    assert said.splitlines()[-1].startswith("   8  no   EVID-203 ")


def test_wrong_use_ends_with_2(run, tmp_path):
    start = ("disclose", "package", "--key", "mine.key", "--to", tmp_path / "part")
    for words, code in (
        (start, "EVID-210"),
        ((*start, "--file", "nothing"), "EVID-207"),
        ((*start, "--range", "case/disk.img"), "CLI-007"),
        ((*start, "--range", f"{LOG}:0-99999"), "EVID-208"),
        ((*start, "--show", f"{LOG}:colour"), "EVID-209"),
        ((*start, "--withhold", "case/logs"), "CLI-007"),
        ((*start, "--file", LOG, "--release", "list.json"), "EVID-061"),
        (("open", "package", "--trust", "root.json", "--out", tmp_path / "bag"), "EVID-227"),
    ):
        status, said, errors = run(*words)
        assert (status, said, errors.split(" ")[0]) == (2, "", code)
    assert list(tmp_path.iterdir()) == []


def test_a_court_opens_what_was_released_to_it_and_is_told_by_whom(run, tmp_path):
    out = tmp_path / "release.json"
    made = ("release", "package", "--key", "mine.key", "--sign", "statement.key", "--to", "court.json")
    assert run(*made, "--out", out)[0] == 0
    opening = ("verify", "package", "--trust", "root.json", "--key", "court.key")
    assert run(*opening)[2].startswith("EVID-060")
    status, said, _ = run(*opening, "--release", out)
    assert status == 0
    assert f"The key was released to its opener by {ASKING}, at 2028-03-13T18:42:00Z by its word" in said
    opening = ("open", "package", "--trust", "root.json", "--key", "court.key", "--release", out)
    assert run(*opening, "--out", tmp_path / "bag")[0] == 0
    giving = ("disclose", "package", "--key", "court.key", "--file", LOG, "--to", tmp_path / "part")
    assert run(*giving, "--release", out, "--trust", "root.json")[0] == 0
    changed = bytearray(out.read_bytes())
    changed[60] ^= 1
    out.write_bytes(changed)
    assert run(*("verify", "package", "--trust", "root.json", "--key", "court.key"), "--release", out)[0] == 1


def test_a_release_keeps_to_the_conditions_and_the_purpose_of_keys(run, tmp_path):
    made = (
        "release",
        "package",
        "--key",
        "mine.key",
        "--to",
        "court.json",
        "--out",
        tmp_path / "release.json",
    )
    assert run(*made, "--sign", "seal.key")[2].startswith("KEY-003")
    assert run(*made, "--sign", "statement.key", "--conditions", "narrow.json", "--json")[0] == 0


def test_a_package_is_inspected_as_a_table_and_as_data(run):
    said = run("inspect", "package")[1]
    [row] = [line.split() for line in said.splitlines() if line.endswith("  data/000001.bin")]
    assert row == [f"{Path('package/data/000001.bin').stat().st_size:,}", "data/000001.bin"]
    assert "access.log" not in said
    said = run("inspect", "package", "--key", "mine.key")[1].splitlines()
    [row] = [line for line in said if line.endswith(f"data/{LOG}")]
    assert row.split()[:3] == ["6", "file", "920"]
    assert len(row.split()[3]) == 64
    found = json.loads(run("inspect", "package", "--key", "mine.key", "--json")[1])
    assert [each["number"] for each in found["entries"]] == list(range(10))
    assert "keys" not in found["entries"][6]
    assert run("inspect", "package", "--key", "court.key")[2].startswith("EVID-060")
