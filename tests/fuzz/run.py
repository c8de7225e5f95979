"""Fuzzes the decoders with atheris: ``python tests/fuzz/run.py [--seconds N] [TARGET ...]``.

Each target runs in a process of its own, so long; what it learned lies in ``build/fuzz/TARGET`` and is where
the next run begins. A table comes at the end, and status 1 if anything but a ``RogatoryError`` left a
decoder: the bytes then lie in ``build/fuzz/found``. ``make fuzz`` installs what it needs.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build/fuzz"
FOUND = BUILD / "found"
HEADS = ("target", "executions", "a second", "edges", "inputs kept", "found")
# Bytes: more than any rule of form needs, less than what makes a fuzzer slow.
LONGEST = 32_768
# What is written in Python and reads what was not: our own, and what it hands bytes on to.
WATCHED = ("rogatory", "httpx", "idna", "tuf", "securesystemslib")
# Seconds and MiB that no input of that length may take.
SLOWEST, LARGEST = 20, 1024


@dataclass(frozen=True)
class Ran:
    """What one target did."""

    name: str
    executions: int
    seconds: int
    edges: int
    inputs: int
    found: tuple[Path, ...]

    def row(self) -> tuple[str, ...]:
        rate = self.executions // max(self.seconds, 1)
        numbers = (self.executions, rate, self.edges, self.inputs, len(self.found))
        return (self.name, *(f"{each:,}" for each in numbers))


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, and end with it."""
    import atheris

    with atheris.instrument_imports(include=list(WATCHED)):
        from fuzz.targets import TARGETS
        from rogatory.errors import RogatoryError

    target, corpus = TARGETS[name], BUILD / name
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(exist_ok=True)
    seeds = list(target.seeds())
    for each in seeds:
        (corpus / hashlib.sha256(each).hexdigest()[:40]).write_bytes(each)

    def once(data: bytes) -> None:
        try:
            target.read(data)
        except RogatoryError as error:
            # A sentence that cannot be made, or has two lines, is a finding too.
            assert "\n" not in str(error)  # noqa: PT017 - no test; whatever leaves this is a finding

    longest = max(LONGEST, *(2 * len(each) for each in seeds))
    limits = (
        f"-max_total_time={seconds}",
        f"-max_len={longest}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={LARGEST}",
    )
    atheris.Setup(
        [sys.argv[0], str(corpus), *limits, f"-artifact_prefix={FOUND}/{name}-", "-print_final_stats=1"], once
    )
    atheris.Fuzz()


def ran(name: str, seconds: int) -> Ran:
    """Fuzz one target in another process."""
    before = set(FOUND.glob(f"{name}-*"))
    line = [sys.executable, __file__, "--seconds", str(seconds), "--one", name]
    done = subprocess.run(line, check=False, capture_output=True, text=True, errors="replace")
    (BUILD / f"{name}.log").write_text(done.stderr + done.stdout, encoding="utf-8")
    units = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    edges = re.findall(r" cov: (\d+)", done.stderr)
    found = tuple(sorted(set(FOUND.glob(f"{name}-*")) - before))
    if units is None and not found:
        sys.stderr.write(done.stderr[-2000:])
        raise SystemExit(2)
    inputs = len(list((BUILD / name).iterdir()))
    return Ran(name, int(units[1]) if units else 0, seconds, int(edges[-1]) if edges else 0, inputs, found)


def table(rows: list[Ran]) -> str:
    """Return the rows under their heads."""
    lines = [HEADS, *(each.row() for each in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            f"{each:>{width}}" if at else f"{each:<{width}}"
            for at, (each, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def say(text: str) -> None:
    """Say something at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Fuzz what was asked for."""
    given = argparse.ArgumentParser(description="Fuzz the decoders.")
    given.add_argument("targets", nargs="*")
    given.add_argument("--seconds", type=int, default=60)
    given.add_argument("--one", metavar="TARGET")
    said = given.parse_args()
    sys.path[:0] = [str(ROOT / "tests")]
    if said.one:
        fuzz(said.one, said.seconds)
        return 0
    from fuzz.targets import TARGETS

    BUILD.mkdir(parents=True, exist_ok=True)
    rows = []
    for name in said.targets or TARGETS:
        say(f"{name}: {said.seconds} s")
        rows.append(ran(name, said.seconds))
    say(table(rows))
    found = [path for each in rows for path in each.found]
    for path in found:
        say(f"found: {path}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
