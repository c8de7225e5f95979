"""The page on object stores: its lines, run between two stores."""

from __future__ import annotations

import re
import shlex

import pytest

import house
from rogatory import cli, register
from rogatory.cli import _edge
from rogatory.evidence import Terms
from support.packages import AT, NOON, files_of, make
from support.registers import new_world
from support.s3 import Store

PAGE = (house.ROOT / "docs/object-stores.md").read_text(encoding="utf-8")


@pytest.fixture
def stores(tmp_path):
    with Store(tmp_path / "one") as lyon, Store(tmp_path / "two") as hanoi:
        for each in (lyon, hanoi):
            each.folder.mkdir()
        yield {"lyon": lyon, "hanoi": hanoi}


def test_the_lines_of_the_page_bring_a_package_from_a_folder_through_two_stores(
    stores, tmp_path, monkeypatch, capsys
):
    world = new_world(tmp_path / "world")
    world.publish(NOON)
    (tmp_path / "root.json").write_bytes(world.root)
    package = make(tmp_path, terms=Terms(trust=register.make_bundle(world.refresh(NOON)))).path
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^(\w+)\$ rogatory (.*)$", PAGE, re.MULTILINE)
    assert len(lines) == 6
    for where, line in lines:
        for key, value in stores[where].environment.items():
            monkeypatch.setenv(key, value)
        # The stores of the test lie on this machine.
        more = ["--private", "127.0.0.1"] if line.startswith("evidence carry") else []
        assert cli.main([*shlex.split(line), *more]) == 0, capsys.readouterr().err
    assert files_of(tmp_path / "copy") == files_of(package)
    for each in files_of(package):
        assert (tmp_path / "copy" / each).read_bytes() == (package / each).read_bytes()
