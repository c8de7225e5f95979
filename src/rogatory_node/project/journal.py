"""The node's log lines: events and faults, one line each, without personal data.

Names, addresses of people, identifiers under request and request bodies never reach a line. What must be
provable is in the custody log, not here.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Final

__all__ = ["LineFormatter", "settings"]

# These write user names, addresses or paths of cases at levels that a node keeps.
QUIET: Final = ("axes", "django.security", "allauth", "granian.access")


class LineFormatter(logging.Formatter):
    """Makes one JSON line of a record: level, logger, message, and the type of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. The text of an exception is left out: it may quote what somebody sent."""
        line = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": " ".join(record.getMessage().split())[:2000],
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False, sort_keys=True)


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def settings() -> dict[str, Any]:
    """Return Django's logging settings: everything to the standard error stream, faults of any logger."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.{LineFormatter.__name__}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "rogatory": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A page that failed is recorded as an error; what a caller did wrong is a warning and is not.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            **{name: {"handlers": [], "level": "CRITICAL", "propagate": True} for name in QUIET},
        },
    }
