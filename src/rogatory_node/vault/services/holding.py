"""Holding a row while long work is done: the lease is renewed from within the work, or the work stops."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from rogatory.evidence import staging_of, unfinished
from rogatory_node.base import clock, configuration
from rogatory_node.records import outbox
from rogatory_node.records.models import Due

__all__ = ["clear", "hold"]


def hold(row: Due) -> Callable[[int], None]:
    """Return what the work calls as it goes on; it renews the lease whenever a third of it has passed.

    Evidence takes as long as it is large. Without this another worker would take the row over, and two would
    work at one package.

    Args:
        row: The due row, leased.

    Returns:
        A function of a number of bytes. It raises NODE-204 once the row is somebody else's.
    """
    lease = timedelta(seconds=configuration.current().worker.lease_seconds)
    renewed = clock.machine()

    def go_on(_: int) -> None:
        nonlocal renewed
        now = clock.machine()
        if now - renewed >= lease / 3:
            outbox.extend(row, machine=now, lease=lease)
            renewed = now

    return go_on


def clear(folder: Path) -> None:
    """Remove a folder and what lies beside it half sealed, half fetched or half opened.

    Decrypted files are among that, and a journal that holds the package key, encrypted for us.
    """
    receipt = folder.with_name(f".{folder.name}.receipt")
    parts = folder.parent.glob(f".{folder.name}.*.part")
    for each in (folder, staging_of(folder), *unfinished(folder), receipt, *parts):
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)
