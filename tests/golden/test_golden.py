"""A node that an earlier version made: opened, migrated and read by the code of today as it was written."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import golden
from support.nodes import clean

HERE = Path(__file__).parent
KEPT = sorted(each.parent for each in HERE.glob("*/node.toml"))


@pytest.fixture(params=KEPT, ids=lambda folder: folder.name)
def kept(request, tmp_path):
    """A copy of a kept node's folder."""
    folder = tmp_path / "node"
    for name in ("intake", "keys", "packages", "register", "run"):
        (folder / name).mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    for name in ("node.toml", "clock.json"):
        shutil.copyfile(request.param / name, folder / name)
    secret = folder / "keys" / "django.secret"
    secret.touch(mode=0o600)
    secret.write_bytes((request.param / "django.secret").read_bytes())
    (folder / "db.sqlite3").write_bytes(gzip.decompress((request.param / "db.sqlite3.gz").read_bytes()))
    return request.param, folder


def opened(folder, *words):
    tests = str(HERE.parent)
    done = subprocess.run(
        [sys.executable, "-m", "support.golden", *words],
        env=clean() | {"ROGATORY_NODE": str(folder), "PYTHONPATH": tests},
        cwd=tests,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("words", [(), (golden.SPOIL,)], ids=["as it was", "spoiled"])
def test_todays_code_reads_what_was_written(kept, words):
    source, folder = kept
    expected = json.loads((source / "expected.json").read_text(encoding="utf-8"))
    found = opened(folder, *words)
    assert found["derived"] == expected
    assert found["threads"] == len(expected["threads"])
    assert bool(found["repaired"]) is bool(words)


def test_opening_it_twice_changes_nothing(kept):
    assert opened(kept[1]) == opened(kept[1])


def test_a_kept_node_is_small_and_holds_a_little_of_everything():
    assert KEPT
    for folder in KEPT:
        assert sum(each.stat().st_size for each in folder.iterdir()) < 1 << 20
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert all(expected.values())
        standings = {standing for fold in expected["folds"] for _, standing, _ in fold["entries"]}
        assert {"folded", "void", "waiting"} <= standings
        assert any(each["recalled_by"] for each in expected["packages"])
