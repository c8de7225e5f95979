"""Processes that end with their parent: whatever kills the supervisor, no child keeps the port.

The kernel sends the signal (``PR_SET_PDEATHSIG``), so that it also holds after ``kill -9``. Linux only; on
other systems the children are ended by the supervisor alone.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Final

__all__ = ["PARENT", "die_with_parent", "unblock_signals"]

PARENT: Final = "ROGATORY_PARENT"
_SET_DEATH_SIGNAL: Final = 1


def die_with_parent(expected: int) -> None:
    """Have the kernel kill this process when its parent ends, and end at once if it has ended already.

    Args:
        expected: The process id of the parent that started this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    # The parent may have ended between the start of this process and the line above.
    if os.getppid() != expected:
        os._exit(1)


def unblock_signals() -> None:
    """Receive every signal again: the supervisor blocks those that it waits for; children inherit that."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
