"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import house

README = (house.ROOT / "README.md").read_text(encoding="utf-8")


def sessions(text):
    """Yield each ``console`` block as a list of commands with the lines shown after them."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        steps = []
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
        yield steps


def matches(shown, line):
    """Return whether a line is the one shown, where ``…`` stands for what differs from run to run."""
    return re.fullmatch(".+".join(map(re.escape, shown.split("…"))), line) is not None


def test_an_ellipsis_stands_for_something_and_all_else_for_itself():
    assert matches("key …", "key 12ab")
    assert not matches("key …", "key ")
    assert not matches("key (a)", "key a")


def test_the_readme_shows_a_session():
    assert sum(len(steps) for steps in sessions(README)) >= 2


@pytest.mark.parametrize("steps", list(sessions(README)), ids=lambda steps: steps[0][0])
def test_the_session_of_the_readme_happens(steps, tmp_path):
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    for command, shown in steps:
        done = subprocess.run(
            ["/bin/bash", "-c", command],
            cwd=tmp_path,
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
