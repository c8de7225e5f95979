"""The vectors: each good one passes, each bad one is refused by the check it names and by no other."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from rogatory import custody
from rogatory.custody import LogRing
from rogatory.envelopes import notes
from rogatory.errors import CustodyError

from .conftest import AT, WITNESSES

FOLDER = Path(__file__).parents[3] / "vectors" / "custody"


def page(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def ring(name):
    return LogRing(*notes.pair_keys(map(notes.read_verifier_key, page(name)["keys"])))


def open_head(case):
    _, head = custody.open_checkpoint(case["note"].encode(), ring("checkpoints.json").logs)
    assert head.size == case.get("size", head.size)


def verify_receipt(case):
    receipt = custody.read_receipt(json.dumps(case["receipt"]).encode())
    found = custody.verify(receipt, ring("receipts.json"))
    assert (found.event or b"").decode() == (case["event"] or "")


def verify_fork(case):
    custody.verify_fork(custody.read_fork(json.dumps(case["fork"]).encode()), ring("forks.json").logs)


def answer(case):
    request = custody.read_request(case["body"].encode())
    known = ring("requests.json")
    head = case["head"] and notes.read_note(case["head"].encode())
    by = WITNESSES[0]
    found = custody.consider(
        request, known.logs[request.checkpoint.origin], head, signer=by.pair, key=by.key, at=AT
    )
    if isinstance(found, custody.Refused):
        assert found.status == case["status"]
        raise found.error
    assert custody.witnessed(found.head, request.checkpoint, known.witnesses)


PAGES = {
    "checkpoints.json": open_head,
    "receipts.json": verify_receipt,
    "forks.json": verify_fork,
    "requests.json": answer,
}
ALL = [
    pytest.param(PAGES[name], case, id=f"{name}: {case['name']}")
    for name in PAGES
    for case in page(name)["cases"]
]
GOOD = [each for each in ALL if "code" not in each.values[1]]
BAD = [each for each in ALL if "code" in each.values[1]]
CHECKED = [each for each in BAD if "check" in each.values[1]]


def test_there_are_good_and_bad_vectors_of_every_kind():
    for name, judge in PAGES.items():
        assert any(each.values[0] is judge for each in GOOD), name
        assert any(each.values[0] is judge for each in CHECKED), name


@pytest.mark.parametrize(("judge", "case"), GOOD)
def test_a_good_vector_passes(judge, case):
    judge(case)


@pytest.mark.parametrize(("judge", "case"), BAD)
def test_a_bad_vector_is_refused_with_its_code(judge, case):
    with pytest.raises(CustodyError) as caught:
        judge(case)
    assert caught.value.code == case["code"]


@pytest.mark.parametrize(("judge", "case"), CHECKED)
def test_without_its_check_a_bad_vector_would_pass(judge, case, monkeypatch):
    room, _, check = case["check"].partition(".")
    package = "rogatory.envelopes" if room == "notes" else "rogatory.custody"
    module = importlib.import_module(f"{package}.{room}")
    assert callable(getattr(module, check))
    monkeypatch.setattr(module, check, lambda *args: None)
    judge(case)


@pytest.mark.parametrize("case", page("trees.json")["cases"], ids=lambda case: case["name"])
def test_a_tree_is_that_of_its_vector(case):
    leaves = [bytes.fromhex(leaf) for leaf in case["leaves"]]
    store, size = custody.MemoryStore(), case["size"]
    state = custody.grow(store, custody.EMPTY, leaves)
    read = custody.hash_reader(store, size)
    assert custody.root(state).hex() == case["root"]
    for index, path in enumerate(case["inclusion"]):
        assert [each.hex() for each in custody.inclusion_proof(index, size, read)] == path
    for old, path in enumerate(case["consistency"], 1):
        assert [each.hex() for each in custody.consistency_proof(old, size, read)] == path
