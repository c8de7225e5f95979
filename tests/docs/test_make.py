"""make helps itself, and the script that readies a Debian does what it says."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

import house
import system


def test_make_help_names_every_target_that_a_person_calls():
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=house.ROOT, capture_output=True, text=True, check=True
    )
    shown = re.findall(r"^  make (\w+) ", done.stdout, re.MULTILINE)
    assert set(shown) >= {"demo", "test", "soak", "check", "bench", "help"}


def test_a_list_of_packages_may_hold_comments():
    assert system.wanted("# why\nchromium\nfonts  # more\n\n") == ["chromium", "fonts"]


@pytest.mark.parametrize("root", [True, False])
def test_nothing_is_run_where_nothing_is_missing(root):
    assert system.ensure(["a"], have=lambda name: True, root=root, run=lambda line: 1 / 0) == 0


def test_without_root_the_line_is_printed_and_nothing_is_run(capsys):
    status = system.ensure(["a", "b"], have="a".__eq__, root=False, run=lambda line: 1 / 0)
    assert status == 2
    assert capsys.readouterr().err.endswith("apt-get install --yes --no-install-recommends b\n")


def test_as_root_only_what_is_missing_is_installed(capsys):
    lines = []
    assert (
        system.ensure(["a", "b"], have="a".__eq__, root=True, run=lambda line: bool(lines.append(line))) == 0
    )
    assert lines == [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "--yes", "--no-install-recommends", "b", "-qq"],
    ]


def test_a_failed_update_ends_it(capsys):
    lines = []

    def run(line):
        lines.append(line)
        return 100

    assert system.ensure(["b"], have=lambda name: False, root=True, run=run) == 100
    assert len(lines) == 1


FAKE = """#!/bin/sh
case "$*" in
  *check*) exit {check} ;;
  test) echo "3 passed, not the last line"; echo "{closing}"; echo "make: a later line"; exit {test} ;;
esac
"""


@pytest.mark.parametrize(
    ("check", "test", "status"),
    [(0, 0, 0), (2, 0, 1), (0, 2, 1), (2, 2, 1)],
    ids=["both", "test", "check", "none"],
)
def test_continuous_integration_fails_when_either_fails_and_ends_with_the_closing_line(
    tmp_path, check, test, status
):
    closing = "======= 1 failed, 12 passed in 0.34s ======="
    make = tmp_path / "make"
    make.write_text(FAKE.format(check=check, test=test, closing=closing))
    make.chmod(0o755)
    done = subprocess.run(
        [house.ROOT / ".ci/run"],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert done.stdout.splitlines()[-1] == closing
