"""Whatever a disclosure or a release holds, reading it ends with an answer or with one of our errors."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.evidence import read_release, verify_disclosure
from rogatory.evidence.subtrees import Leaves, hashes_beside, root_from
from support.packages import AT, basis
from support.world import ring

VECTORS = Path(__file__).parents[2] / "vectors"
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


def files_of(name):
    text = json.loads((VECTORS / f"disclosures/{name}.json").read_text(encoding="utf-8"))["disclosure"]
    return {path: base64.b64decode(data) for path, data in text.items()}


GOOD, BUNDLE = files_of("good"), files_of("bundle")
# The page is under no signature, and a bundle that shows something of every entry needs no hashes.
PROVED = sorted(path for path, data in BUNDLE.items() if data and path != "README.txt")


def judged(folder, files):
    """Return the error's code, or None if the disclosure was verified."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    try:
        verify_disclosure(folder, basis())
    except RogatoryError as error:
        return error.code if len(str(error).splitlines()) == 1 else None
    return None


@SHARED
@given(path=st.sampled_from(PROVED), data=st.binary(max_size=300))
def test_random_bytes_in_place_of_a_file_are_refused(tmp_path, path, data):
    assert judged(tmp_path / "part", BUNDLE | {path: data}) is not None


@SHARED
@given(path=st.sampled_from(PROVED), at=st.floats(min_value=0, max_value=0.9999), bit=st.integers(0, 7))
def test_a_turned_bit_anywhere_is_refused(tmp_path, path, at, bit):
    # The reasons in a bundle's header are nobody's signed word; the other one has none.
    files = GOOD if path == "disclosure.json" else BUNDLE
    data = bytearray(files[path])
    data[int(at * len(data))] ^= 1 << bit
    assert judged(tmp_path / "part", files | {path: bytes(data)}) is not None


@SHARED
@given(path=st.sampled_from(PROVED), cut=st.floats(min_value=0, max_value=0.9999))
def test_a_file_that_is_cut_short_is_refused(tmp_path, path, cut):
    data = BUNDLE[path]
    assert judged(tmp_path / "part", BUNDLE | {path: data[: int(cut * len(data))]}) is not None


@pytest.mark.parametrize("path", PROVED)
def test_a_file_of_another_disclosure_is_refused(tmp_path, path):
    """Both are of one package by its seed, but sealed apart: their wraps, and so their seals, differ."""
    if path in GOOD and GOOD[path] != BUNDLE[path]:
        assert judged(tmp_path / "part", BUNDLE | {path: GOOD[path]}) is not None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@SHARED
@given(data=st.data())
def test_lines_of_any_shape_are_refused(tmp_path, data):
    line = json.loads(GOOD["entries.jsonl"])
    member = data.draw(st.sampled_from([*line, "hidden", "chunks", "more"]))
    if data.draw(st.booleans()):
        line[member] = data.draw(json_values)
    else:
        line["entry"][data.draw(st.sampled_from(sorted(line["entry"])))] = data.draw(json_values)
    try:
        spelled = wire.canonical(line) + b"\n"
    except RogatoryError:
        spelled = json.dumps(line).encode() + b"\n"
    if spelled != GOOD["entries.jsonl"]:
        assert judged(tmp_path / "part", GOOD | {"entries.jsonl": spelled}) is not None


@SHARED
@given(data=st.binary(max_size=400))
def test_random_bytes_are_no_release(tmp_path, data):
    judged(tmp_path / "part", GOOD)
    with pytest.raises(RogatoryError):
        read_release(data, tmp_path / "part", ring(), AT)


@given(size=st.integers(1, 60), data=st.data())
def test_shown_leaves_and_the_hashes_beside_them_lead_to_the_root(size, data):
    leaves, every = Leaves(), [bytes([each]) * 32 for each in range(size)]
    for each in every:
        leaves.add(each)
    shown = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    rest = iter(hashes_beside(leaves, shown))
    found = root_from(size, {each: every[each] for each in shown}, lambda: next(rest))
    assert found == leaves.root(0, size).hex()
    assert next(rest, None) is None


@given(size=st.integers(1, 2**53), number=st.integers(0, 2**53 - 1))
def test_a_claimed_size_costs_no_more_than_its_logarithm(size, number):
    asked = []

    def take():
        asked.append(1)
        return bytes(32)

    root_from(size, {number % size: bytes(32)}, take)
    assert len(asked) <= 53
