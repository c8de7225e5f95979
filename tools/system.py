"""Make sure that the Debian packages which the tests use are here.

As root it installs what is missing, through apt. Otherwise it prints the line to run and exits 2.
It runs before the virtual environment exists, on Python's standard library alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

WRONG = 2
QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def wanted(text: str) -> list[str]:
    """Return the package names of a list with comments."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def installed(name: str) -> bool:
    """Return whether Debian's package manager has this package in place."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", name]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def ensure(
    names: Iterable[str],
    *,
    have: Callable[[str], bool] = installed,
    root: bool,
    run: Callable[[Sequence[str]], int],
) -> int:
    """Install the missing packages if that is allowed here, and return an exit status.

    Args:
        names: Debian package names.
        have: Says whether a package is there.
        root: Whether this process may install.
        run: Runs a command and returns its status.
    """
    missing = [name for name in names if not have(name)]
    if not missing:
        return 0
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not root:
        print(f"The tests need these Debian packages; as root: {' '.join(line)}", file=sys.stderr)
        return WRONG
    print(f"Installing {' '.join(missing)} ...", flush=True)
    return run(["apt-get", "update", "-qq"]) or run([*line, "-qq"])


def main(argv: Sequence[str]) -> int:
    """Read the list that the first argument names, and see to it."""
    names = wanted(Path(argv[1]).read_text(encoding="utf-8"))
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        print(f"This is not a Debian; the tests expect what these packages hold: {' '.join(names)}")
        return 0
    return ensure(names, root=os.geteuid() == 0, run=lambda line: subprocess.call(line, env=QUIET))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
