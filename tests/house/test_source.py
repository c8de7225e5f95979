"""What every source file keeps, whoever writes it."""

from __future__ import annotations

import re

import pytest

import house

LIMIT = 400

# The one place of each package that reads the machine's clock and randomness.
EDGES = {"src/rogatory/cli/_edge.py"}
NODE_EDGES = "src/rogatory_node/base/"


def test_no_python_file_is_above_400_lines():
    long = {
        name.as_posix(): length
        for name in house.sources("src", "tests", "tools", "bench")
        if (length := house.read(name).count("\n")) > LIMIT
    }
    assert long == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from datetime import datetime\nx = datetime.now", "datetime.datetime.now"),
        ("import datetime as d\nd.datetime.utcnow()", "datetime.datetime.utcnow"),
        ("from django.utils import timezone\nfield(default=timezone.now)", "django.utils.timezone.now"),
        ("import os\nos.urandom(3)", "os.urandom"),
        ("from secrets import token_bytes", "secrets.token_bytes"),
        ("from time import time", "time.time"),
    ],
)
def test_a_read_of_clock_or_chance_is_found(text, found):
    assert found in {name for _, name in house.uses(text) if house.under(name, house.BANNED)}


@pytest.mark.parametrize("text", ["import time\ntime.monotonic()", "now.time()", "def f(random): random(3)"])
def test_what_comes_in_as_an_argument_is_not_found(text):
    assert [name for _, name in house.uses(text) if house.under(name, house.BANNED)] == []


def test_time_and_randomness_come_in_as_arguments():
    found = [
        f"{path}:{line} {name}"
        for path in house.sources("src")
        if path.as_posix() not in EDGES and not path.as_posix().startswith(NODE_EDGES)
        for line, name in house.uses(house.read(path))
        if house.under(name, house.BANNED)
        and not (path.parts[1] == "rogatory_node" and house.under(name, house.ROW_NAMES))
    ]
    assert found == []


def test_in_the_node_base_clock_alone_reads_the_time():
    clocks = [name for name in house.BANNED if name.startswith(("datetime", "django", "time"))]
    found = {
        path.as_posix()
        for path in house.sources("src/rogatory_node/base")
        if any(house.under(name, clocks) for _, name in house.uses(house.read(path)))
    }
    assert found <= {"src/rogatory_node/base/clock.py"}


def test_the_pure_rooms_reach_for_no_file_and_no_socket():
    folders = [f"src/rogatory/{room}" for room in house.PURE]
    found = [
        f"{path}:{line} {name}"
        for path in house.sources(*folders)
        for line, name in house.uses(house.read(path))
        if house.under(name, house.OUTSIDE)
    ]
    found += [
        f"{path}:{line} open"
        for path in house.sources(*folders)
        for line in house.opens_files(house.read(path))
    ]
    assert found == []


def test_an_open_is_found():
    assert house.opens_files("x = 1\nwith open('f') as f: pass") == [2]


@pytest.mark.parametrize("mark", ["# noqa", "# noqa: S101", "# type: ignore", "# type: ignore[misc]"])
def test_a_mark_without_code_and_reason_is_found(mark):
    assert house.unexplained(f"x = 1  {mark}\n")


@pytest.mark.parametrize(
    "mark", ["# noqa: S101 - the type checker needs it", "# type: ignore[misc]  # the stub is wrong here"]
)
def test_a_mark_with_code_and_reason_stands(mark):
    assert house.unexplained(f"x = 1  {mark}\n") == []


def test_every_noqa_and_ignore_gives_its_code_and_its_reason():
    found = [
        f"{path}: {mark}"
        for path in house.sources("src", "tools", "bench")
        for mark in house.unexplained(house.read(path))
    ]
    assert found == []


def test_every_room_has_a_face():
    bare = []
    for path in house.sources("src"):
        if path.name == "__init__.py" and len(path.parts) == 4:
            text = house.read(path)
            if not re.match(r'"""', text) or (path.parts[1] == "rogatory" and "__all__" not in text):
                bare.append(path.as_posix())
    assert bare == []


def test_no_mark_waits_for_an_issue_number():
    pattern = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [name.as_posix() for name in house.sources("src") if pattern.search(house.read(name))]
    assert found == []
