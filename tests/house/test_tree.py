"""What no tracked file may hold, and what the pinned requirements share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import house

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(("files.python" + "hosted", "py" + "pi.org", "registry.npm" + "js", "deb.deb" + "ian"))
)
MACHINE = re.compile(r"(^|[^a-z.\w])/" + r"(work|root|farm|home/\w+)/", re.MULTILINE)
SECRET = re.compile("BEGIN (RSA |EC |OPENSSH )?PRIVATE " + "KEY")


@pytest.mark.parametrize("pattern", [HOSTS, MACHINE, SECRET], ids=["registry", "machine", "secret"])
def test_no_tracked_file_names_a_registry_a_path_of_a_machine_or_a_private_key(pattern):
    found = [f"{name}: {match[0]}" for name in house.tracked() if (match := pattern.search(house.read(name)))]
    assert found == []


def pins(name):
    text = (house.ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", text, re.MULTILINE))


def test_the_three_requirement_files_pin_the_same_versions():
    library, node, test = pins("library.txt"), pins("node.txt"), pins("test.txt")
    assert library
    assert library.items() <= node.items() <= test.items()


@pytest.mark.parametrize("name", ["library.txt", "node.txt", "test.txt"])
def test_every_pin_has_a_hash_and_no_address(name):
    text = (house.ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^[a-z0-9.-]+(?:\[[^]]*\])?==[^\n]*\n((?:    --hash[^\n]*\n)*)", text, re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


PARTS = ("Status: ", "Date: ", "## Question", "## Outcome", "## What becomes worse")


def test_every_decision_has_its_own_number_says_the_same_things_and_is_listed():
    folder = house.ROOT / "docs/adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    numbers = [record.name[:4] for record in records]
    assert records
    assert len(set(numbers)) == len(numbers)
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert [part for part in PARTS if f"\n{part}" not in text] == [], record.name
        title = text.splitlines()[0].removeprefix("# ")
        assert title.startswith(record.name[:4])
        assert f"[{title}]({record.name})" in index


def test_no_file_is_marked_to_run_but_scripts():
    marked = [name for name in house.tracked() if (house.ROOT / name).stat().st_mode & 0o100]
    assert {name for name in marked if not house.read(name).startswith("#!")} <= set[Path]()
