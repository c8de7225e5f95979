"""Checks an implementation: ``python tests/conformance/run.py [--command LINE] [FILE ...]``.

For each file the command is called as ``LINE check FILE``. It prints one JSON object a line, one for each
case: ``{"case": "<name>", "verdict": "accept", ...outputs}`` or ``{"case": "<name>", "verdict": "refuse",
"code": "<code>"}``. What a case must give stands in the file: outputs under ``accept``, a code under
``refuse``. An implementation with codes of its own leaves ``code`` away; then only the verdict counts.

Exit 0 if every case is as it must be, 1 if not, 2 if the command cannot be run. Needs Python alone.
"""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parents[1] / "vectors"
ROOMS = ("wire", "keys", "envelopes", "statements", "threads", "exchange")
OURS = f"{shlex.quote(sys.executable)} {shlex.quote(str(HERE / 'adapter.py'))}"


def wrong(case, verdict):
    """Return what is wrong with a verdict, or nothing."""
    if verdict is None:
        return "no verdict"
    refused, code = verdict["verdict"] == "refuse", verdict.get("code", case.get("refuse", "no code"))
    if "refuse" not in case and refused:
        return f"refused with {code}, must be accepted"
    if "refuse" in case and not refused:
        return f"accepted, must be refused with {case['refuse']}"
    if refused:
        return None if code == case["refuse"] else f"refused with {code}, must be {case['refuse']}"
    for name, value in case["accept"].items():
        if verdict.get(name) != value:
            return f"{name} is {str(verdict.get(name))[:200]}, must be {str(value)[:200]}"
    return None


def files():
    """Return every vector file that this runner knows."""
    return sorted(path for room in ROOMS for path in (VECTORS / room).glob("*.json") if is_page(path))


def is_page(path):
    """Return whether a file is a page of vectors."""
    return b'"operation"' in path.read_bytes()[:4000]


def check(command, path):
    """Return the faults of one file, each with the name of its case."""
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    done = subprocess.run([*shlex.split(command), "check", str(path)], stdout=subprocess.PIPE, check=True)
    verdicts = {each["case"]: each for each in map(json.loads, done.stdout.splitlines())}
    told = [(case["name"], wrong(case, verdicts.get(case["name"]))) for case in cases]
    return len(cases), [(name, fault) for name, fault in told if fault]


def main():
    """Run the command over the files and say what it found."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--command", default=OURS, help="the implementation's command line")
    reader.add_argument("files", nargs="*", type=Path, help="vector files; all if none is named")
    asked = reader.parse_args()
    bad = 0
    for path in asked.files or files():
        try:
            count, faults = check(asked.command, path)
        except (OSError, ValueError, KeyError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"{path}: the command failed: {error}\n")
            return 2
        sys.stdout.write(f"{path}: {count - len(faults)} of {count}\n")
        for name, fault in faults:
            sys.stdout.write(f"  {name}: {fault}\n")
        bad += len(faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
