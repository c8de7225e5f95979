"""Places where a process of a simulation can be made to stand still, so that a test can kill it there.

In production this does nothing, whatever the environment says. In a simulation the variable
``ROGATORY_STOP_AT`` names one point (spec/exchange.md, section 6) with ``:before`` or ``:after``; the
first process that reaches it leaves a file in the node's ``run`` folder and stops itself.
"""

from __future__ import annotations

import os
import signal

from rogatory_node.base import clock, home
from rogatory_node.base.errors import NodeError

__all__ = ["VARIABLE", "stop_at"]

VARIABLE = "ROGATORY_STOP_AT"


def stop_at(point: str) -> None:
    """Stand still here if this node was told to, once; otherwise return at once.

    Args:
        point: A commit point and a side of it, such as ``receive.commit:before``.
    """
    if os.environ.get(VARIABLE) != point or not clock.simulated():
        return
    try:
        home.write_new(home.current().run / f"stopped.{point}", str(os.getpid()).encode())
    except NodeError:
        return  # it has stood still here before: after a restart the work goes on
    os.kill(os.getpid(), signal.SIGSTOP)
