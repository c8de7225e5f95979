"""The entry of the supervisor's children: ``python -m rogatory_node.ops.start web|worker|prepare``.

Each child unblocks its signals, ends with its parent, and only then loads what it needs.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Final

from rogatory.errors import RogatoryError
from rogatory_node.ops.processes import PARENT, die_with_parent, unblock_signals

__all__ = ["main", "prepare", "serve", "work"]

SETTINGS: Final = "rogatory_node.project.settings"


def main(words: list[str]) -> int:
    """Run one part of the node and return its exit status; an error is one line."""
    unblock_signals()
    if parent := os.environ.get(PARENT):
        die_with_parent(int(parent))
    # Databases and evidence are their owner's alone, whatever the shell's mask.
    os.umask(0o077)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    try:
        {"web": serve, "worker": work, "prepare": prepare}[words[0]]()
    except RogatoryError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def serve() -> None:
    """Answer requests until told to stop."""
    from rogatory_node.ops import web  # noqa: PLC0415 - each part loads only what it needs

    web.serve()


def work() -> None:
    """Do what is due until told to stop; the rows in hand are finished."""
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    _django()
    from rogatory_node.ops import beats, worker  # noqa: PLC0415 - rooms with models come after Django

    worker.run(beats.lanes(), stopping)


def prepare() -> None:
    """Bring the database to this version's shape, and refuse a node that is not as it was made."""
    _django()
    from rogatory_node.ops import checks, setup  # noqa: PLC0415 - rooms with models come after Django

    setup.migrate()
    checks.require_same_mode()


def _django() -> None:
    import django  # noqa: PLC0415 - each part loads only what it needs

    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
