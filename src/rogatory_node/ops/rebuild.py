"""Rebuilding: columns from the signed bytes, then what is folded from the columns."""

from __future__ import annotations

from dataclasses import dataclass

from rogatory_node.casework import index
from rogatory_node.records import reindex

__all__ = ["Rebuilt", "rebuild"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was read, what had to be repaired, and how many threads were folded again."""

    rows: int
    repaired: int
    threads: int


def rebuild() -> Rebuilt:
    """Make every column and projection say what the signed bytes say.

    Raises:
        RogatoryError: Stored bytes cannot be read any more; nothing was changed.
    """
    columns = reindex.reindex()
    return Rebuilt(columns.rows, columns.repaired, index.rebuild())
