"""The command line: what it costs to ask for help or to check a request, each as a fresh process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

from bench.table import Row

RUNS = 25
REQUEST = Path(__file__).parent.parent / "tests/law/complete_preservation.yaml"
GOAL = 60.0  # CPU ms of a check above those of help


def _spent(line: list[str]) -> tuple[float, float]:
    """Return the median wall and CPU milliseconds of a process."""
    walls, cpus = [], []
    for _ in range(RUNS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(line, stdout=subprocess.DEVNULL, check=True)
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(walls)[RUNS // 2] * 1000, sorted(cpus)[RUNS // 2] * 1000


def rows() -> Iterator[Row]:
    """Yield wall and CPU of help, of a group's help, and of an empty Python."""
    floor = _spent([sys.executable, "-c", "pass"])
    spent = {}
    for name, words in (("rogatory --help", ["--help"]), ("rogatory keys --help", ["keys", "--help"])):
        spent[name] = _spent([sys.executable, "-m", "rogatory", *words])
        for unit, value, least in zip(("ms", "CPU ms"), spent[name], floor, strict=True):
            yield Row(name, unit, value, peer="python -c pass", ratio=value / least)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "request.json"
        file.write_text(json.dumps(yaml.safe_load(REQUEST.read_text()), default=str))
        check = _spent([sys.executable, "-m", "rogatory", "law", "check", str(file), "--assume-in-force"])
    yield Row(
        "rogatory law check FILE, above rogatory --help",
        "CPU ms",
        check[1] - spent["rogatory --help"][1],
        goal=GOAL,
        peer="rogatory --help",
        ratio=check[1] / spent["rogatory --help"][1],
    )
