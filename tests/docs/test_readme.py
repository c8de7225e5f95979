"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import house

README = (house.ROOT / "README.md").read_text(encoding="utf-8")
TUTORIAL = (house.ROOT / "docs/tutorial/seal-and-verify.md").read_text(encoding="utf-8")
LOST = (house.ROOT / "docs/lost-keys.md").read_text(encoding="utf-8")
# What changes the package comes last in the tutorial, and the README verifies a whole one.
BROKEN = "## What a changed byte does"


def steps(text):
    """Return every command of the ``console`` blocks with the lines shown after it."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(shown, line):
    """Return whether a line is the one shown, where ``…`` stands for what differs from run to run."""
    return re.fullmatch(".+".join(map(re.escape, shown.split("…"))), line) is not None


def play(folder, session):
    """Run each command as a reader would type it, and compare what it says."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    for command, shown in session:
        done = subprocess.run(
            ["/bin/bash", "-c", command],
            cwd=folder,
            env={**os.environ, "PATH": path, "LANG": "C.UTF-8", "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        lines = done.stdout.splitlines()
        assert len(lines) == len(shown), (command, done.stdout)
        for expected, line in zip(shown, lines, strict=True):
            assert matches(expected, line), (command, expected, line)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A folder in which the tutorial was played up to the whole package."""
    folder = tmp_path_factory.mktemp("tutorial")
    play(folder, steps(TUTORIAL.partition(BROKEN)[0]))
    return folder


def test_an_ellipsis_stands_for_something_and_all_else_for_itself():
    assert matches("key …", "key 12ab")
    assert not matches("key …", "key ")
    assert not matches("key (a)", "key a")


def test_the_session_of_the_readme_happens(sealed):
    session = steps(README)
    assert len(session) >= 2
    play(sealed, session)


def test_the_tutorial_happens_to_its_end(sealed, tmp_path):
    shutil.copytree(sealed, tmp_path, dirs_exist_ok=True)
    rest = steps(TUTORIAL.partition(BROKEN)[2])
    assert len(rest) >= 3
    play(tmp_path, rest)


def test_a_key_that_was_lost_is_put_together_as_the_page_says(sealed, tmp_path):
    shutil.copytree(sealed, tmp_path, dirs_exist_ok=True)
    session = steps(LOST)
    assert len(session) >= 18
    play(tmp_path, session)
    assert (tmp_path / "bag-again/data/access.log").read_bytes() == (tmp_path / "access.log").read_bytes()
    assert not (tmp_path / "never").exists()


def test_the_commands_of_the_first_screen_are_targets_of_make():
    targets = set(
        re.findall(r"^([a-z]+):", (house.ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"git"}
    assert {"demo", "test"} <= named <= targets


def test_continuous_integration_runs_the_test_command_of_the_readme():
    script = (house.ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.search(r"^    make test\b", README, re.MULTILINE)
    assert re.search(r"^make test\b", script, re.MULTILINE)
    assert re.search(r"^make .*check$", script, re.MULTILINE)


def test_the_rooms_drawn_are_those_of_the_contracts():
    for package in ("library", "node"):
        for room in house.layers(package):
            there = house.ROOT / "src" / {"library": "rogatory", "node": "rogatory_node"}[package] / room
            if there.is_dir():
                assert re.search(rf"\b{room}\b", README.partition("## How it is built")[2]), room
