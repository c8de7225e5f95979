"""The edge: clock, randomness, files."""

from __future__ import annotations

import io
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from rogatory.cli import _edge
from rogatory.errors import UsageError, ValuesError
from rogatory.values import AuthorityId


def test_the_clock_is_aware_and_utc():
    assert _edge.now().tzinfo is UTC
    assert _edge.now().utcoffset() == timedelta(0)


def test_randomness_has_the_length_asked_for_and_differs():
    assert len(_edge.random(32)) == 32
    assert _edge.random(32) != _edge.random(32)


def test_a_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    assert _edge.read(path, 10) == b"x" * 10
    with pytest.raises(UsageError, match="CLI-005"):
        _edge.read(path, 9)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"CLI-003 .*missing: No such file"):
        _edge.read(tmp_path / "missing", 10)


def test_a_dash_is_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(b"abc"))
    monkeypatch.setattr("sys.stdin", stdin)
    assert _edge.read(Path("-"), 3) == b"abc"


def test_a_new_file_is_complete_and_has_its_permissions(tmp_path):
    path = tmp_path / "file"
    _edge.write_new(path, b"abc", mode=0o600)
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_an_existing_file_is_never_replaced(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"first")
    with pytest.raises(UsageError, match="CLI-006"):
        _edge.write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_file_in_no_folder_leaves_nothing(tmp_path):
    with pytest.raises(UsageError, match="CLI-003"):
        _edge.write_new(tmp_path / "no" / "file", b"abc")
    assert list(tmp_path.iterdir()) == []


def test_a_word_is_read_as_its_type_reads_it():
    assert _edge.valid(AuthorityId, "vnm/a05") == "vnm/a05"
    assert _edge.valid(int, "12") == 12
    with pytest.raises(ValuesError, match="VALUE-006"):
        _edge.valid(AuthorityId, "Viet Nam")
    with pytest.raises(UsageError, match="CLI-007 twelve cannot be used"):
        _edge.valid(int, "twelve")


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_place_without_a_name_of_its_own_is_taken(name):
    with pytest.raises(UsageError, match="CLI-006"):
        _edge.write_new(Path(name), b"data")


def test_a_path_that_no_json_can_hold_is_shown_all_the_same():
    assert _edge.shown(Path("bag")) == "bag"
    assert _edge.shown(Path("b\udcffag")) == "b\\xffag"
    assert _edge.shown(Path("b\x1bag")) == "b\\x1bag"
    assert _edge.shown(Path("báo cáo")) == "báo cáo"
