"""Thirty lines of Python with ``cryptography`` alone verify what we sign."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "vectors" / "statements"
SCRIPT = FOLDER / "verify_plain.py"
FILES = ("request.dsse.json", "request.key.json")


def run(folder):
    line = [sys.executable, "-I", str(SCRIPT), *(str(folder / name) for name in FILES)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def test_it_has_thirty_lines_and_knows_nothing_of_rogatory():
    text = SCRIPT.read_text(encoding="utf-8")
    assert text.count("\n") <= 30
    assert "import rogatory" not in text
    assert "from rogatory" not in text


def test_it_verifies_a_signed_request(copy):
    done = run(copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert "vnm/a05" in done.stdout


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (0, "eyJ", "eyK"),
        (0, ".request.", ".recall."),
        (1, '"authority":"vnm/a05"', '"authority":"vnm/a06"'),
    ],
)
def test_it_refuses_what_was_changed(copy, name, old, new):
    path = copy / FILES[name]
    path.write_text(path.read_text().replace(old, new, 1))
    assert run(copy).returncode != 0
