"""The web process: granian in front of the WSGI application. Its workers end with it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from rogatory_node.base import configuration, home
from rogatory_node.ops.processes import die_with_parent

__all__ = ["load", "serve", "shut_out_silent_readers"]

# granian wants a name to load; ``load`` is called in its place.
TARGET: Final = "node"
GRACE: Final = 10
ROOM: Final = 256 << 20
"""Bytes of large bodies that one web process holds at once."""


def serve() -> None:
    """Serve until told to stop; a request in hand is finished within ten seconds."""
    web = configuration.load(home.from_environment().configuration).web
    server = Granian(
        TARGET,
        address=web.host,
        port=web.port,
        interface=Interfaces.ASGINL,
        workers=web.workers,
        # More connections than this wait to be taken up, so that memory stays bounded.
        backpressure=web.connections,
        # The proxy in front speaks HTTP/1.1 to the node; one connection is one request at a time.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=web.patience_seconds * 1000),
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
    from django.conf import settings  # noqa: PLC0415 - Django is loaded in the worker alone
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - as above

    from rogatory_node.ops.bridge import Limits, bridge  # noqa: PLC0415 - as above

    application = get_wsgi_application()
    web = settings.ROGATORY.web
    limits = Limits(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, web.patience_seconds, ROOM)
    # The server listens before its loop runs, and shows nobody its socket.
    asyncio.get_event_loop_policy().get_event_loop().call_soon(shut_out_silent_readers, web.patience_seconds)
    return bridge(application, ThreadPoolExecutor(web.threads, "web"), limits)


def shut_out_silent_readers(seconds: int) -> None:
    """Have the kernel end each connection to this process whose other end takes nothing for so long.

    The server has no such limit: whoever asks and reads nothing would hold a connection for ever. What a
    listening socket is told holds for every connection that it takes up. Linux only, as ``processes``.
    """
    if sys.platform != "linux":
        return
    for each in Path("/proc/self/fd").iterdir():
        try:
            with socket.socket(fileno=os.dup(int(each.name))) as found:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds * 1000)
        except OSError:
            # No socket, or one that has been closed meanwhile.
            continue
