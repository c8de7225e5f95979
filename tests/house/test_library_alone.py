"""The library and its command line work where nothing of the node is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distributions

import pytest

import house

IMPORT_ALL = """
import importlib, pkgutil, rogatory
for each in pkgutil.walk_packages(rogatory.__path__, "rogatory."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
"""


def pinned(requirements):
    text = (house.ROOT / "requirements" / requirements).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==", text, re.MULTILINE))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder that holds what ``requirements/library.txt`` installs and nothing else, by links."""
    folder = tmp_path_factory.mktemp("site")
    kept = pinned("library.txt") | {"rogatory"}
    for found in distributions():
        if re.sub(r"[_.]+", "-", found.name.lower()) in kept:
            for top in {
                file.parts[0] for file in found.files or [] if file.parts[0] not in {"..", "__pycache__"}
            }:
                if not (folder / top).exists():
                    (folder / top).symlink_to(found.locate_file(top))
    assert (folder / "pydantic").exists()
    assert not (folder / "django").exists()
    return folder


def run(place, code):
    # ``-S`` leaves this environment's packages out, ``-I`` the caller's folder and variables.
    start = f"import sys; sys.path += [{str(house.ROOT / 'src')!r}, {str(place)!r}]\n"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + code], capture_output=True, text=True, check=False
    )


def test_every_module_of_the_library_imports_with_the_library_alone(place):
    done = run(place, IMPORT_ALL)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("group", ["node", "demo"])
def test_a_group_of_the_node_says_what_to_install(place, group):
    done = run(place, f"from rogatory.cli import main; sys.exit(main([{group!r}]))")
    assert done.returncode == 2
    assert done.stderr == f"CLI-004 The group {group} needs the extra node: pip install 'rogatory[node]'.\n"
