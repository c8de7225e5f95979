"""Places where a process of a simulation can be made to stand still, so that a test can kill it there.

In production this does nothing, whatever lies in the folder. In a simulation a file ``stop.<point>`` in the
node's ``run`` folder names one point (spec/exchange.md, section 6) with ``:before`` or ``:after``. The first
process that reaches it takes the file away, leaves ``stopped.<point>`` with its process id, and stops itself.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Final

from rogatory_node.base import clock, home
from rogatory_node.base.randomness import random_bytes

__all__ = ["ARMED", "STOPPED", "stop_at"]

ARMED: Final = "stop."
STOPPED: Final = "stopped."


def stop_at(point: str) -> None:
    """Stand still here if this node was told to, once; otherwise return at once.

    Args:
        point: A commit point and a side of it, such as ``receive.commit:before``.

    Source:
        spec/exchange.md, section 6.
    """
    if not clock.simulated():
        return
    run = home.current().run
    try:
        # Of several processes only one can take the file away: after a restart the work goes on.
        (run / f"{ARMED}{point}").unlink()
    except FileNotFoundError:
        return
    home.write_over(run / f"{STOPPED}{point}", str(os.getpid()).encode(), random_bytes(8).hex())
    # To this very thread: a signal to the process is taken by its first thread, and this one would go on.
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
