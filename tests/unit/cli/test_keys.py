"""``rogatory keys``."""

from __future__ import annotations

import json

import pytest

from rogatory import cli, keys


def new(path, *more, purpose="statement"):
    return cli.main(["keys", "new", purpose, "--authority", "vnm/a05", "--out", str(path), *more])


@pytest.mark.parametrize("purpose", list(keys.Purpose))
def test_a_new_key_file_loads_and_is_private(tmp_path, capsys, purpose):
    path = tmp_path / "key"
    assert new(path, "--json", purpose=purpose) == 0
    shown = json.loads(capsys.readouterr().out)
    pair = keys.load(path, purpose=purpose)
    assert shown["id"] == pair.key_id
    assert shown["key"]["authority"] == "vnm/a05"
    assert path.stat().st_mode & 0o077 == 0


def test_the_secret_seed_is_never_shown(tmp_path, capsys):
    path = tmp_path / "key"
    new(path)
    new(tmp_path / "other", "--json")
    cli.main(["keys", "show", str(path)])
    cli.main(["keys", "show", str(path), "--json"])
    out = capsys.readouterr().out
    assert json.loads(path.read_bytes())["seed"] not in out
    assert "seed" not in out


def test_show_says_what_new_said(tmp_path, capsys):
    path = tmp_path / "key"
    new(path, "--rehearsal")
    first = capsys.readouterr().out
    assert cli.main(["keys", "show", str(path)]) == 0
    assert capsys.readouterr().out == first
    assert "rehearsal only" in first


def test_a_key_file_is_never_replaced(tmp_path, capsys):
    path = tmp_path / "key"
    path.write_bytes(b"other")
    assert new(path) == 2
    assert capsys.readouterr().err.startswith("KEY-020 ")
    assert path.read_bytes() == b"other"


def test_an_authority_that_is_none_is_one_line(tmp_path, capsys):
    words = ["keys", "new", "statement", "--authority", "Viet Nam", "--out", str(tmp_path / "key")]
    assert cli.main(words) == 2
    err = capsys.readouterr().err
    assert err.startswith("VALUE-006 ")
    assert err.count("\n") == 1
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff" * 100, b"[]", b"{}" * 4000])
def test_a_file_that_is_no_key_file_is_one_line(tmp_path, capsys, content):
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    assert cli.main(["keys", "show", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(("WIRE-", "KEY-"))
    assert err.count("\n") == 1
