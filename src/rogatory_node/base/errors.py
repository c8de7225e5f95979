"""The node's one error family, ``NODE-nnn``.

Numbers are given out by room, so that two rooms can grow at once: 001 base and project, 100 people,
200 records, 300 ops and commands, 400 treaty and vault, 500 casework, 600 peers, 700 desk and api.
The words are in ``base/locale/<language>/<room>.toml``.
"""

from __future__ import annotations

from rogatory import messages
from rogatory.errors import RogatoryError

__all__ = ["NodeError"]

messages.add_catalogue("rogatory_node.base")


class NodeError(RogatoryError):
    """The node was configured, asked or used in a way that it refuses."""

    family = "NODE"
