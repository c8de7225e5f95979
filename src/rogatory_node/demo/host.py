"""The demo's own web server: it serves the register, and its access log is the demo's evidence.

Run as ``python -m rogatory_node.demo.host FOLDER PORT LOG``. It serves files of one folder, read only, on
loopback.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from rogatory_node.ops.processes import PARENT, die_with_parent

__all__ = ["main"]


class _Handler(SimpleHTTPRequestHandler):
    """Files only, no listings; each request is a line of the access log, as web servers write it."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, log: Path, **kwargs: Any) -> None:
        self._log = log
        super().__init__(*args, **kwargs)

    def list_directory(self, path: Any) -> None:
        """Refuse to list a folder."""
        del path
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Append the line to the access log."""
        line = f"{self.client_address[0]} - - [{self.log_date_time_string()}] {format % args}\n"
        with self._log.open("a", encoding="utf-8") as file:
            file.write(line)


def main() -> None:
    """Serve until the demo ends."""
    folder, port, log = sys.argv[1:4]
    die_with_parent(int(os.environ.get(PARENT) or os.getppid()))
    handler = partial(_Handler, directory=folder, log=Path(log))
    ThreadingHTTPServer(("127.0.0.1", int(port)), handler).serve_forever()


if __name__ == "__main__":
    main()
