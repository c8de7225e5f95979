"""A package made on one version opens on the next: golden packages, never written again."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from rogatory.evidence import (
    Basis,
    case_description,
    contents,
    open_disclosure,
    open_package,
    read_release,
    verify,
    verify_disclosure,
    verify_with_key,
)
from rogatory.keys import KeyEntry, KeyRing, Purpose, pair_from_seed
from rogatory.values import parse_instant
from support.world import counting_random

GOLDEN = sorted((Path(__file__).parents[3] / "vectors/evidence").glob("golden-*.json"))


@pytest.fixture(params=GOLDEN, ids=lambda path: path.stem)
def golden(request, tmp_path):
    """A golden document, its folders written out, whom to believe, and its keys."""
    document = json.loads(request.param.read_text(encoding="utf-8"))
    for name in ("package", "part", "bundle"):
        for path, text in document[name].items():
            place = tmp_path / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(base64.b64decode(text))
    ring = KeyRing(KeyEntry.model_validate_json(json.dumps(each)) for each in document["ring"])
    basis = Basis(ring=ring, at=parse_instant(document["at"]))
    pairs = {
        role: pair_from_seed(base64.b64decode(each["seed"]), Purpose(each["purpose"]), each["authority"])
        for role, each in document["keys"].items()
    }
    return document, tmp_path, basis, pairs


def test_there_is_one():
    assert GOLDEN


def test_a_golden_package_is_verified_and_opened_by_each_recipient(golden):
    document, folder, basis, pairs = golden
    assert not verify(folder / "package", basis).opened
    for role in ("recipient", "sealer"):
        out = folder / f"bag-{role}"
        found = open_package(folder / "package", pairs[role], out, basis, random=counting_random(role))
        assert found.files == len(document["sha256"]) + 1
        opened = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in (out / "data").rglob("*.*"))
        assert set(opened) <= set(document["sha256"].values())
    assert len(list(contents(folder / "package", pairs["sealer"]))) == 6


def test_a_golden_package_from_the_second_on_names_its_papers_and_describes_its_case(golden):
    document, folder, basis, pairs = golden
    said = case_description(folder / "package", pairs["recipient"])
    papers = verify_with_key(folder / "package", pairs["recipient"], basis).papers
    assert (papers, said) == ((), None) or (papers == ("order",) and b"NDR-88213/1" in said)
    assert (said is None) == ("case.enc" not in document["package"])


def test_golden_disclosures_are_verified_and_opened(golden):
    _, folder, basis, _ = golden
    for name, count in (("part", 1), ("bundle", 3)):
        assert verify_disclosure(folder / name, basis).files == count
        open_disclosure(folder / name, folder / f"bag-{name}", basis, random=counting_random(name))
    assert (folder / "bag-part/data/case/=4EUL.txt").read_bytes().startswith(b"a name")


def test_a_golden_release_opens_the_package_for_whom_it_names(golden):
    document, folder, basis, pairs = golden
    later = parse_instant(document["later"])
    data = base64.b64decode(document["release"])
    found = read_release(data, folder / "package", basis.ring, later)
    opened = verify_with_key(folder / "package", pairs["court"], basis, release=found)
    assert "EVID-241" in [each.code for each in opened.proves]
