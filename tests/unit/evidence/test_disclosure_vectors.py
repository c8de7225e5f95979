"""Each bad disclosure is stopped by the check that it names, and by no other."""

from __future__ import annotations

import base64
import json
from importlib import import_module
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.evidence import Basis, checks, disclosure_checks, open_disclosure, verify_disclosure
from rogatory.keys import KeyEntry, KeyRing
from rogatory.values import parse_instant
from support.world import counting_random

VECTORS = Path(__file__).parents[3] / "vectors"
FOLDER = VECTORS / "disclosures"
BAD = sorted(path.stem for path in FOLDER.glob("bad-*.json"))


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def write(folder, name):
    for path, text in load(name)["disclosure"].items():
        (folder / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / path).write_bytes(base64.b64decode(text))
    return folder


@pytest.fixture(scope="module")
def basis():
    keys = json.loads((VECTORS / "evidence/keys.json").read_text(encoding="utf-8"))
    ring = KeyRing(KeyEntry.model_validate_json(json.dumps(each)) for each in keys["ring"])
    return Basis(ring=ring, at=parse_instant(keys["at"]))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("good", ["EVID-243", "EVID-244", "EVID-245"]),
        ("bundle", ["EVID-243", "EVID-244", "EVID-245", "EVID-246", "EVID-247"]),
    ],
)
def test_what_a_second_implementation_disclosed_is_verified_and_opened(name, codes, tmp_path, basis):
    folder = write(tmp_path / "part", name)
    found = verify_disclosure(folder, basis)
    assert [each.code for each in found.proves] == codes
    open_disclosure(folder, tmp_path / "bag", basis, random=counting_random())
    content = {"good": "notes.txt", "bundle": "access.log"}[name]
    assert [path.name for path in (tmp_path / "bag/data/case").iterdir()] == [content]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_disclosure_is_refused_with_its_code(name, tmp_path, basis):
    with pytest.raises(RogatoryError) as caught:
        verify_disclosure(write(tmp_path, name), basis)
    assert caught.value.code == load(name)["code"]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [name for name in BAD if load(name)["defeats"]])
def test_without_the_check_that_it_names_a_bad_disclosure_passes(name, tmp_path, basis, monkeypatch):
    for each in load(name)["defeats"]:
        module, _, function = each.rpartition(".")
        assert callable(getattr(import_module(module), function))
        monkeypatch.setattr(import_module(module), function, lambda *_, **__: None)
    verify_disclosure(write(tmp_path, name), basis)


@pytest.mark.parametrize("name", [name for name in BAD if load(name)["structural"]])
def test_a_structural_vector_has_no_check_that_one_could_take_away(name, tmp_path, basis, monkeypatch):
    for module in (checks, disclosure_checks):
        for each in [each for each in dir(module) if each.startswith("check_")]:
            monkeypatch.setattr(module, each, lambda *_, **__: None)
    with pytest.raises(RogatoryError):
        verify_disclosure(write(tmp_path, name), basis)


def test_every_check_has_a_vector_or_a_test_that_names_it():
    named = {each.rpartition(".")[2] for name in BAD for each in load(name)["defeats"]}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    own = [name for name in dir(disclosure_checks) if name.startswith("check_")]
    assert [name for name in own if name not in named and name not in tests] == []
