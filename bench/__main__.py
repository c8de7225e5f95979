"""``python -m bench [ROOM ...]``: measure the rooms named, or every room that has a bench."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from bench.table import publish

HERE = Path(__file__).parent
TOOLS = {"__init__", "__main__", "limits", "peers", "sealing", "seeded", "table"}


def main(rooms: list[str]) -> int:
    """Run each bench in turn; return 2 where a room has none."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in TOOLS)
    if unknown := sorted(set(rooms) - set(known)):
        print(f"no bench for {', '.join(unknown)}; there is: {', '.join(known) or 'none'}", file=sys.stderr)
        return 2
    for room in rooms or known:
        print(publish(room, import_module(f"bench.{room}").rows()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
