"""Sealing, verifying and opening: the machine's limits, targets T1 to T9, growth, and peers on the same data.

One run, one table; a figure is the median of the rounds, and in a round each act runs once, so that
neighbours disturb all alike. Sources are in the page cache unless a row says cold. The targets compare with
the limits in the same table:

T1 one file, package in memory: 0.90 of SHA-256. T2a to disk: 0.85 of the least of SHA-256, reading and
writing. T2b cold, from and to one disk: 0.85 of the least of SHA-256 and the disk doing both. T3 the CPU
seconds of the three primitives are 0.85 of ours. T4 two files: 0.75 of what two cores could. T5 small files:
as fast as a SHA-256 loop on one core. T6 verify with a key: 0.90 of SHA-256. T7 64 MiB above the start. T8 a
package is 0.01% and 4 KiB larger than what is in it. T9 the proof of one file of many: 1 KiB, checked in a
millisecond beside the signatures.

Beside a peer that does the whole job the goal is its figure. ``ROGATORY_BENCH_MIB`` (512) is the size of the
one large file, and of eight together; ``ROGATORY_BENCH_FILES`` (20000) counts the small ones;
``ROGATORY_BENCH_ROUNDS`` (3); ``ROGATORY_BENCH_FULL=1`` takes 8 GiB, 100 files of 100 MiB and 100,000 files.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import peers
from bench.limits import Limits, limits
from bench.sealing import (
    COLD,
    LOOP,
    MIB,
    SEAL,
    TO_MEMORY,
    WITH_KEY,
    Act,
    Beside,
    Desk,
    Found,
    desk,
    measure,
)
from bench.table import Row

CORES = min(2, len(os.sched_getaffinity(0)))
# Sources, a package, a fetched copy or an opened bag, and a peer's output or the bag's archive.
ROOM = 4


@dataclass(frozen=True)
class Plan:
    """How much is measured: MiB of the one file, the files of the several, the count of the small."""

    large: int
    several: tuple[int, int]
    small: int
    rounds: int

    @property
    def bytes(self) -> int:
        """Bytes of the largest set."""
        most = max(self.large * MIB, self.several[0] * self.several[1] * MIB)
        return max(most, sum(small_sizes(self.small)))


def plan() -> Plan:
    """Return what the environment asks for."""
    full = os.environ.get("ROGATORY_BENCH_FULL") == "1"

    def ask(name: str, usual: int, most: int) -> int:
        return int(os.environ.get(f"ROGATORY_BENCH_{name}", str(most if full else usual)))

    large = ask("MIB", 512, 8192)
    several = (100, 100) if full else (8, max(1, large // 8))
    return Plan(large, several, ask("FILES", 20_000, 100_000), ask("ROUNDS", 3, 3))


def small_sizes(count: int) -> list[int]:
    """Return sizes of 4 to 64 KiB, the same in every run."""
    return [4096 + number * 7919 % 61_440 for number in range(count)]


def rows() -> Iterator[Row]:
    """Yield the limits, then each set of files with its targets and peers, then memory and growth."""
    asked = plan()
    _check_room(asked)
    # A run that is stopped leaves nothing behind, and that is gigabytes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="rogatory-bench-", dir=Path.cwd()) as name, peers.keys() as told:
        run = _Run(Path(name), told, asked, limits(Path(name), asked.large * MIB))
        parts = (run.limits.rows, run.large, run.two, run.several, run.small, run.memory, run.growth)
        found = [row for part in parts for row in part()]
    yield from sorted(found, key=_place)


def _place(row: Row) -> tuple[int, str]:
    """Return where a row stands: limits, targets by number, growth, our acts, peers; else as they came."""
    if row.name.startswith("limit:"):
        return 0, ""
    if row.name[0] == "T" and row.name[1].isdigit():
        return 1, row.name.partition(" ")[0]
    if row.name.startswith("growth"):
        return 2, ""
    return (3 if row.peer in {None, LOOP} else 4), ""


def _check_room(asked: Plan) -> None:
    free, needed = shutil.disk_usage(Path.cwd()).free, ROOM * asked.bytes + (1 << 30)
    if free < needed:
        raise SystemExit(f"This run needs {needed >> 30} GiB of disk here; {free >> 30} are free.")


def _least(*rates: float) -> str:
    return f"at most {min(rates):.3g} GB/s here"


class _Run:
    """One run: the sets of files one after another, and what was found of each."""

    def __init__(self, folder: Path, told: dict[str, str], asked: Plan, machine: Limits) -> None:
        self.folder, self.told, self.asked, self.limits = folder, told, asked, machine
        self.found: dict[str, dict[str, Found]] = {}
        self.sizes: dict[str, float] = {}

    def _measure(
        self, name: str, files: Desk, acts: dict[str, Act], beside: Beside | None = None
    ) -> list[Row]:
        """Measure the acts, keep what was found, and return two rows an act and two a peer."""
        found = measure(acts, self.asked.rounds, beside.round if beside else None, keep=(files.package,))
        self.found[name], self.sizes[name] = found, files.gigabytes
        return [*_acts(name, found), *(_peers(name, found[SEAL], beside) if beside else ())]

    def large(self) -> Iterator[Row]:
        name = f"one file of {self.asked.large} MiB"
        with desk(self.folder, [self.asked.large * MIB]) as files:
            told = self._measure(name, files, files.acts(cold=True), Beside(files, self.told))
            found, size = self.found[name], files.gigabytes
            over, least = files.package_size() - size * 1e9, files.least()
        yield from self._speeds(name, found, size)
        most = size * 1e9 * 0.0001 + 4096
        yield Row(f"T8 package beyond its content, {name}", "bytes", over, goal=most)
        note = "README in seven languages, two signatures, one recipient"
        yield Row("T8 the same, one empty file", "bytes", least, goal=4096, note=note)
        yield from told

    def _speeds(self, name: str, found: dict[str, Found], size: float) -> Iterator[Row]:
        """Yield T1, T2, T3 and T6."""
        at, disk = self.limits, 1 / (1 / self.limits.read + 1 / self.limits.write)
        least = min(at.sha256, at.read, at.write)
        goals = {
            "T1": (TO_MEMORY, 0.90 * at.sha256, _least(at.sha256)),
            "T2a": (SEAL, 0.85 * least, _least(least)),
            "T2b": (COLD, 0.85 * min(at.sha256, disk), _least(at.sha256, disk)),
            "T6": (WITH_KEY, 0.90 * at.sha256, _least(at.sha256)),
        }
        for target, (act, goal, note) in goals.items():
            if act in found:
                yield Row(f"{target} {act}, {name}", "GB/s", size / found[act].wall, goal=goal, note=note)
            else:
                yield Row(f"{target} {act}, {name}", "GB/s", None, note="not measured: too little memory")
        for act in (SEAL, TO_MEMORY):
            if act in found:
                share = size * at.primitives / found[act].cpu
                yield Row(f"T3 primitives' share of CPU, {act}, {name}", "of 1", share, goal=0.85)

    def two(self) -> Iterator[Row]:
        """Yield T4."""
        name, each = f"two files of {self.asked.large // 2} MiB", self.asked.large // 2 * MIB
        with desk(self.folder, [each, each]) as files:
            acts = {act: does for act, does in files.acts().items() if act in {SEAL, TO_MEMORY}}
            told = self._measure(name, files, acts)
        bound = CORES / self.limits.primitives
        act = TO_MEMORY if TO_MEMORY in self.found[name] else SEAL
        rate = self.sizes[name] / self.found[name][act].wall
        note = f"{CORES} cores could {bound:.3g} GB/s"
        yield Row(f"T4 {act}, {name}", "GB/s", rate, goal=0.75 * bound, note=note)
        yield from told

    def several(self) -> Iterator[Row]:
        count, each = self.asked.several
        with desk(self.folder, [each * MIB] * count) as files:
            beside = Beside(files, self.told)
            yield from self._measure(f"{count} files of {each} MiB", files, files.acts(), beside)

    def small(self) -> Iterator[Row]:
        name = f"{self.asked.small} files of 4 to 64 KiB"
        with desk(self.folder, small_sizes(self.asked.small)) as files:
            told = self._measure(name, files, files.acts(), Beside(files, self.told))
            size, check, whole = files.proof()
            over = (files.package_size() - files.gigabytes * 1e9) / self.asked.small
        found = self.found[name]
        ratio = found[LOOP].wall / found[SEAL].wall
        yield Row(f"T5 seal beside a SHA-256 loop's rate, {name}", "of 1", ratio, goal=1.0)
        yield Row(f"T8 package beyond its content, a file of {self.asked.small}", "bytes", over)
        yield Row(f"T9 proof of one file of {self.asked.small}", "bytes", size, goal=1024)
        note = f"{whole * 1000:.2f} ms with the seal and its signatures"
        yield Row("T9 check of that proof and its file", "ms", check * 1000, goal=1, note=note)
        yield from told

    def memory(self) -> Iterator[Row]:
        """Yield T7: the most of every act over all sets."""
        acts = {act: None for found in self.found.values() for act in found if act != LOOP}
        for act in acts:
            most = max(found[act].memory for found in self.found.values() if act in found)
            yield Row(f"T7 memory above the start, {act}, every set", "MiB", most, goal=64)

    def growth(self) -> Iterator[Row]:
        """Yield what a quarter costs of the whole, in bytes and in files; 4 is a straight line."""
        large, small = self.asked.large, self.asked.small
        pairs = {
            f"one file of {large} MiB": (f"one file of {large // 4} MiB", [large // 4 * MIB]),
            f"{small} files of 4 to 64 KiB": (f"{small // 4} files", small_sizes(small // 4)),
        }
        for name, (less, sizes) in pairs.items():
            with desk(self.folder, sizes) as files:
                chosen = {act: does for act, does in files.acts().items() if act in {SEAL, WITH_KEY}}
                found = measure(chosen, self.asked.rounds, keep=(files.package,))
                times = self.sizes[name] / files.gigabytes
            for act, cost in found.items():
                whole = self.found[name][act]
                told = f"growth, {act}: {name} over {less}"
                note = f"{times:.2f} times the bytes"
                yield Row(f"{told}, wall", "times", whole.wall / cost.wall, note=note)
                yield Row(f"{told}, CPU", "times", whole.cpu / cost.cpu, note=note)


def _acts(name: str, found: dict[str, Found]) -> Iterator[Row]:
    """Yield what each act of ours took, beside a plain loop over the same files where there is one."""
    floor = found.get(LOOP)
    for act, cost in found.items():
        peer = None if act == LOOP or floor is None else LOOP
        wall, cpu = (cost.wall / floor.wall, cost.cpu / floor.cpu) if peer and floor else (None, None)
        yield Row(f"{act}, {name}", "s", cost.wall, peer=peer, ratio=wall)
        yield Row(f"{act}, {name}", "CPU s", cost.cpu, peer=peer, ratio=cpu)


def _peers(name: str, ours: Found, beside: Beside) -> Iterator[Row]:
    """Yield our seal beside each peer; the goal is to be ahead of one that does the whole job."""
    for peer in peers.PEERS:
        label = f"seal, {name}"
        if peer in beside.why:
            yield Row(label, "s", ours.wall, peer=peer.name, note=beside.why[peer])
            continue
        theirs = beside.found(peer)
        for unit, here, there in (("s", ours.wall, theirs.wall), ("CPU s", ours.cpu, theirs.cpu)):
            goal, ratio = None if peer.part else there, here / there if there else None
            note = "; ".join(filter(None, (peer.lacks, "theirs not synced" if unit == "s" else "")))
            yield Row(label, unit, here, goal, peer.name, ratio, theirs=there, note=note)
