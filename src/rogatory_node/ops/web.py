"""The web process: granian in front of the WSGI application. Its workers end with it."""

from __future__ import annotations

import os
from functools import partial
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from rogatory_node.base import configuration, home
from rogatory_node.ops.processes import die_with_parent

__all__ = ["load", "serve"]

# granian wants a name to load; ``load`` is called in its place.
TARGET: Final = "node"
GRACE: Final = 10


def serve() -> None:
    """Serve until told to stop; a request in hand is finished within ten seconds."""
    web = configuration.load(home.from_environment().configuration).web
    server = Granian(
        TARGET,
        address=web.host,
        port=web.port,
        interface=Interfaces.WSGI,
        workers=web.workers,
        blocking_threads=web.threads,
        # More waiting requests than this are refused at once, so that memory stays bounded.
        backpressure=web.threads * 16,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        workers_kill_timeout=GRACE,
    )
    server.serve(target_loader=partial(load, os.getpid()))


def load(parent: int, target: str) -> Any:
    """Return the application, in a web worker that ends with the web process."""
    del target
    die_with_parent(parent)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - Django is loaded in the worker alone

    return get_wsgi_application()
