"""The command line: what it costs to ask for help, beside an empty Python."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.table import Row

RUNS = 25


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
    for name, words in (("rogatory --help", ["--help"]), ("rogatory keys --help", ["keys", "--help"])):
        spent = _spent([sys.executable, "-m", "rogatory", *words])
        for unit, value, least in zip(("ms", "CPU ms"), spent, floor, strict=True):
            yield Row(name, unit, value, peer="python -c pass", ratio=value / least)
