"""Holding a row while long work is done, and its package when it ends; removing what lies on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from rogatory.evidence import opening_of, staging_of, unfinished_of
from rogatory_node.base import NodeError, clock, configuration
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due
from rogatory_node.vault.models import Package

__all__ = ["LEFT", "NOT_OURS", "clear", "clear_whole", "hold", "locked", "remains", "sweep"]

LEFT: Final = "NODE-466"
"""Something could not be removed."""
NOT_OURS: Final = frozenset({"NODE-204", "EVID-014"})
"""Another worker is at it: that one ends it, or leaves it to whoever comes next."""


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


def locked(pk: UUID | str) -> Package:
    """Return a package as it now is, held until the transaction ends: long work saw it as it was before."""
    # The log's row comes first in every act, so that no two acts wait for each other.
    log.next_index()
    return Package.objects.select_for_update().get(pk=pk)


def clear(folder: Path) -> None:
    """Remove a folder and what lies beside it half sealed, fetched or opened; or say that it stayed.

    Decrypted files are among that, and a journal that holds the package key, encrypted for us.

    Raises:
        NodeError: NODE-466 something of it is still there.
    """
    sweep(folder)
    if remains(folder):
        raise NodeError(LEFT)


def sweep(folder: Path) -> None:
    """Remove what can be removed of what ``clear`` removes; what cannot stays, and nobody is told."""
    for each in _of(folder):
        _remove(each)


def clear_whole(folder: Path) -> None:
    """Remove a folder that is whole, but leave what lies beside it half done: that can be gone on with.

    Raises:
        NodeError: NODE-466 something of it is still there.
    """
    _remove(folder)
    if _there(folder):
        raise NodeError(LEFT)


def _remove(path: Path) -> None:
    # Whoever asks ``remains`` sees what stayed.
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remains(folder: Path) -> bool:
    """Return whether anything is there that ``clear`` would remove; what cannot be looked at counts as there.

    Whether the bytes can still be read from the disk below the file system is not asked.
    """
    try:
        return any(_there(each) for each in _of(folder))
    except OSError:
        return True


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def _of(folder: Path) -> tuple[Path, ...]:
    receipt = folder.with_name(f".{folder.name}.receipt")
    parts = folder.parent.glob(f".{folder.name}.*.part")
    return (folder, staging_of(folder), opening_of(folder), *unfinished_of(folder), receipt, *parts)
