"""Threads: what the statements of one case between two Parties say together.

``fold`` is a function of the set of statements, so both Parties compute the same thread. No law and
no clock lives here; ``law`` reads the result. It follows spec/threads.md and PROTOCOL section 2.
"""

from rogatory.threads.folding import fold
from rogatory.threads.model import (
    Entry,
    ItemFold,
    Node,
    QueryFold,
    RequestFold,
    Side,
    Standing,
    TermsFold,
    Thread,
)
from rogatory.threads.owners import RULES, opens, owns

__all__ = [
    "RULES",
    "Entry",
    "ItemFold",
    "Node",
    "QueryFold",
    "RequestFold",
    "Side",
    "Standing",
    "TermsFold",
    "Thread",
    "fold",
    "opens",
    "owns",
]
