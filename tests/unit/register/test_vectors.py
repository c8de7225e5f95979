"""The vectors: each good one passes, each bad one is refused by the check it names and by no other."""

from __future__ import annotations

import importlib
import json
from functools import cache
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.register import compare, history, rings
from rogatory.register.verify import walk
from rogatory.values import parse_instant

FOLDER = Path(__file__).parents[3] / "vectors" / "register"


@cache
def page(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def walked(case, overlay, base="walks.json"):
    good = page("walks.json")
    files = {path: text and text.encode() for path, text in (page(base)["files"] | overlay).items()}
    at = parse_instant(case.get("at", good["at"]))
    return walk(lambda path, limit: files.get(path), good["root"].encode(), at)


def judge_walk(case):
    rings.ring_of(walked(case, case["files"]), "")


def judge_successor(case):
    at = {"at": page("successors.json")["at"]}
    compare.check_successor(walked(at, case["known"]), walked(at, case["files"], "successors.json"))


def patched(value, patch):
    """Apply RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    whole = value if isinstance(value, dict) else {}
    kept = {name: member for name, member in whole.items() if patch.get(name, name) is not None}
    return kept | {name: patched(whole.get(name), part) for name, part in patch.items() if part is not None}


def judge_bundle(case):
    good = page("bundles.json")
    data = json.dumps(patched(good["bundle"], case["patch"])).encode()
    root, at = (case.get(name, good[name]) for name in ("root", "at"))
    ring, opened = history.open_bundle(data, root.encode(), parse_instant(at))
    assert ring.snapshot == opened.snapshot
    if "code" not in case:
        assert opened.snapshot == good["snapshot"]


PAGES = {"walks.json": judge_walk, "successors.json": judge_successor, "bundles.json": judge_bundle}
ALL = [
    pytest.param(judge, case, id=f"{name}: {case['name']}")
    for name, judge in PAGES.items()
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
    with pytest.raises(RogatoryError) as caught:
        judge(case)
    assert caught.value.code == case["code"]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("judge", "case"), CHECKED)
def test_without_its_check_a_bad_vector_would_pass(judge, case, monkeypatch):
    module, _, check = case["check"].rpartition(".")
    room = importlib.import_module(f"rogatory.{module}")
    assert callable(getattr(room, check))
    monkeypatch.setattr(room, check, lambda *args, **more: None)
    judge(case)
