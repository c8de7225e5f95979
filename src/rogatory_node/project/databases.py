"""Django's database settings from the node's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from rogatory_node.base.configuration import Database
from rogatory_node.base.errors import NodeError
from rogatory_node.base.home import Home

__all__ = ["settings"]

# FULL: a receipt that left the node must outlive power loss (PROTOCOL section 3, commit points).
PRAGMAS: Final = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"


def settings(database: Database, home: Home) -> dict[str, Any]:
    """Return Django's settings for the database; connections are kept for the life of a thread."""
    chosen = _sqlite(database, home) if database.engine == "sqlite" else _postgresql(database)
    return {**chosen, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": database.engine != "sqlite"}


def _sqlite(database: Database, home: Home) -> dict[str, Any]:
    options = {
        # A writer takes its turn at BEGIN: no transaction that has read finds itself unable to write.
        "transaction_mode": "IMMEDIATE",
        "timeout": database.busy_seconds,
        "init_command": PRAGMAS,
    }
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home.database), "OPTIONS": options}


def _postgresql(database: Database) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "HOST": database.host,
        "PORT": str(database.port or ""),
        "PASSWORD": _password(database.password_file),
    }


def _password(file: str) -> str:
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NodeError("NODE-010", path=Path(file).name) from error
