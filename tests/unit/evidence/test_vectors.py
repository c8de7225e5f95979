"""Each bad package is stopped by the check that it names, and by no other."""

from __future__ import annotations

import base64
import json
from importlib import import_module
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.evidence import Basis, checks, verify, verify_with_key
from rogatory.keys import KeyEntry, KeyRing, Purpose, pair_from_seed
from rogatory.values import parse_instant

FOLDER = Path(__file__).parents[3] / "vectors/evidence"
BAD = sorted(path.stem for path in FOLDER.glob("bad-*.json"))


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def write(folder, package):
    for path, text in package.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(base64.b64decode(text))
    return folder


@pytest.fixture(scope="module")
def world():
    keys = load("keys")
    ring = KeyRing(KeyEntry.model_validate_json(json.dumps(each)) for each in keys["ring"])
    seed = base64.b64decode(keys["recipient"]["seed"])
    pair = pair_from_seed(seed, Purpose.ENCRYPTION, keys["recipient"]["authority"])
    return Basis(ring=ring, at=parse_instant(keys["at"])), pair


def judge(package, role, world):
    basis, pair = world
    if role == "carrier":
        return verify(package, basis)
    return verify_with_key(package, pair, basis)


@pytest.fixture
def bad(request, tmp_path):
    vector = load(request.param)
    good = load("good")["package"]
    package = {path: text for path, text in good.items() if path not in vector["removed"]}
    return vector, write(tmp_path, package | vector["changed"])


def test_the_good_package_is_verified_with_and_without_a_key(tmp_path, world):
    package = write(tmp_path, load("good")["package"])
    assert not judge(package, "carrier", world).opened
    assert judge(package, "recipient", world).files == 3


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_a_bad_package_is_refused_with_its_code(bad, world):
    vector, package = bad
    with pytest.raises(RogatoryError) as caught:
        judge(package, vector["as"], world)
    assert caught.value.code == vector["code"]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("bad", [name for name in BAD if load(name)["defeats"]], indirect=True)
def test_without_the_check_that_it_names_a_bad_package_passes(bad, world, monkeypatch):
    vector, package = bad
    for name in vector["defeats"]:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(module), function))
        monkeypatch.setattr(import_module(module), function, lambda *_, **__: None)
    judge(package, vector["as"], world)


@pytest.mark.parametrize("bad", [name for name in BAD if load(name)["structural"]], indirect=True)
def test_a_structural_vector_has_no_check_that_one_could_take_away(bad, world, monkeypatch):
    vector, package = bad
    for name in [each for each in dir(checks) if each.startswith("check_")]:
        monkeypatch.setattr(checks, name, lambda *_, **__: None)
    with pytest.raises(RogatoryError):
        judge(package, vector["as"], world)


def test_every_check_of_the_room_has_a_vector_or_a_test_that_names_it():
    named = {name.rpartition(".")[2] for each in BAD for name in load(each)["defeats"]}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    own = [name for name in dir(checks) if name.startswith("check_")]
    assert [name for name in own if name not in named and name not in tests] == []
