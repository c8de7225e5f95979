"""What a bench says: rows of figures, printed as a table and kept as JSON."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
WIDTH = 220


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        name: What was measured, with its size.
        unit: Such as ``GB/s`` or ``1/CPU s``; more is better unless it is a plain unit of time or memory.
        value: The figure; None if there is none, and then the note says why.
        goal: What it should be, if anybody said so.
        peer: The tool beside it in the same run, if any.
        ratio: This figure over the peer's, in the same unit.
        theirs: The peer's figure, if it is no row of its own.
        note: What a reader must know of this figure, or why there is none beside it.
    """

    name: str
    unit: str
    value: float | None
    goal: float | None = None
    peer: str | None = None
    ratio: float | None = None
    theirs: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None or self.value is None:
            return None
        less = self.unit in {"s", "ms", "CPU s", "CPU ms", "MiB", "bytes", "%"}
        return self.value <= self.goal if less else self.value >= self.goal


@dataclass(frozen=True)
class Cost:
    """What repeated runs of something cost: wall and CPU seconds of this process, for one run."""

    wall: float
    cpu: float
    runs: int


def cost(run: Callable[[], object], *, seconds: float = 2.0) -> Cost:
    """Run something for about that long, after one run to warm up, and return the mean cost."""
    run()
    wall, cpu, runs = time.perf_counter(), _cpu(), 0
    while time.perf_counter() - wall < seconds:
        run()
        runs += 1
    return Cost((time.perf_counter() - wall) / runs, (_cpu() - cpu) / runs, runs)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def machine() -> str:
    """Return the machine in words: processor, cores, memory, system."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cpu}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def publish(room: str, rows: Iterable[Row]) -> Path:
    """Print the rows as they stand and write them to ``results/<room>.json``, one run a file."""
    told = list(rows)
    where, at = machine(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    table = Table(title=f"{room}, {at}", caption=where)
    more = [head for head in ("theirs", "note") if any(getattr(row, head) for row in told)]
    for head in ("what", "value", "unit", "goal", "peer", "ratio", *more):
        table.add_column(head, justify="left" if head in {"what", "unit", "peer", "note"} else "right")
    for row in told:
        goal = "" if row.goal is None else f"{row.goal:.4g} {'met' if row.met else 'not met'}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        last = {"theirs": "" if row.theirs is None else f"{row.theirs:,.3g}", "note": row.note}
        value = "" if row.value is None else f"{row.value:,.3g}"
        cells = (row.name, value, row.unit, goal, row.peer or "", ratio)
        table.add_row(*cells, *(last[head] for head in more))
    # A file has no width; eighty columns would break every row in three.
    Console(width=None if sys.stdout.isatty() else WIDTH).print(table)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{room}.json"
    kept = [{**asdict(row), "met": row.met, "machine": where, "at": at} for row in told]
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
