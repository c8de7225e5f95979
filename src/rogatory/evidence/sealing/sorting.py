"""The names of one folder in the order of the table, in memory that does not grow with their number."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, islice
from typing import Final

from rogatory.errors import EvidenceError
from rogatory.evidence import names

__all__ = ["HELD", "ordered"]

# Above this many names a folder is sorted on the disk: about 1 MiB of names and their folded forms.
HELD: Final = 4096

# The database has no name: SQLite keeps it in the system's folder for temporary files, opened and removed
# at once, so that names of the source reach neither the package's disk nor a file that another could open.
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -2048;
PRAGMA temp_store = FILE;
CREATE TABLE own (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE taken (fold BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE written (form BLOB PRIMARY KEY, name BLOB NOT NULL) WITHOUT ROWID;
"""


def ordered(found: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of a folder with its portable form, in the byte order of the portable forms.

    The forms are those of ``names.portable_names``. Memory is bounded whatever the number of names.

    Args:
        found: The names as the system gives them, in any order.

    Raises:
        EvidenceError: EVID-009 there is no room to sort them.

    Source:
        spec/evidence.md 6.5, 6.7.
    """
    first = list(islice(found, HELD + 1))
    if len(first) > HELD:
        yield from _sorted_on_disk(chain(first, found))
        return
    portable = names.portable_names(first)
    yield from sorted(portable.items(), key=lambda each: each[1].encode())


def _sorted_on_disk(found: Iterator[str]) -> Iterator[tuple[str, str]]:
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as base:
            base.executescript(_TABLES)
            base.execute("BEGIN")
            base.executemany("INSERT INTO own VALUES (?)", ((os.fsencode(name),) for name in found))
            base.executemany("INSERT INTO written VALUES (?, ?)", _forms(base))
            for form, name in base.execute("SELECT form, name FROM written ORDER BY form"):
                yield os.fsdecode(name), form.decode()
    except sqlite3.Error as error:
        raise EvidenceError("EVID-009", path="a temporary file", reason=error) from error


def _forms(base: sqlite3.Connection) -> Iterator[tuple[bytes, bytes]]:
    """Yield portable form and name, first come first served in the byte order of the names."""
    take = "INSERT OR IGNORE INTO taken VALUES (?)"
    for (raw,) in base.execute("SELECT name FROM own ORDER BY name"):
        name, head = os.fsdecode(raw), 0
        while not base.execute(
            take, (names.fold(form := names.portable(name, head=head)).encode(),)
        ).rowcount:
            head += 1
        yield form.encode(), raw
