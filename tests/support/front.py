"""A line between two nodes that a test can cut: it stands in front of a node, at the node's public address.

It hands on what comes, byte for byte, and remembers the transfers. A test says which of them are lost on
their way in, and of which the answer is lost on its way back; and of anything else, what comes to nothing.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

DOOR = "/peer/v1/statements"
OWN_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass
class Passing:
    """One transfer as it passed, and what the node answered."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int = 0
    answer: bytes = b""
    answered: dict[str, str] = field(default_factory=dict)


Which = Callable[[Passing], bool]


def none(_passing: Passing) -> bool:
    return False


def all_of_them(_passing: Passing) -> bool:
    return True


class Front:
    """A server on one port of loopback that stands in front of another."""

    def __init__(self, port: int, behind: int) -> None:
        self.behind = behind
        self.passed: list[Passing] = []
        self.lost: list[Passing] = []
        self.broken: list[str] = []
        self.lose = none
        self.lose_answer = none
        self.cut = none
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def mend(self) -> None:
        """Lose nothing from now on."""
        self.lose = self.lose_answer = self.cut = none

    def forward(self, method: str, passing: Passing) -> None:
        """Ask the node behind, and write its answer down."""
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=120)
        try:
            line.putrequest(method, passing.path, skip_host=True, skip_accept_encoding=True)
            for name, value in passing.headers.items():
                line.putheader(name, value)
            line.endheaders(passing.body or None)
            found = line.getresponse()
            passing.answer = found.read()
            passing.status = found.status
            passing.answered = dict(found.getheaders())
        finally:
            line.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], front: Front) -> None:
        self.front = front
        super().__init__(address, _Handler)

    def handle_error(self, *_: Any) -> None:
        """A line that breaks is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: Any) -> None:
        pass

    def pass_on(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        passing = Passing(self.path, dict(self.headers.items()), self.rfile.read(size))
        transfer = self.command == "POST" and self.path == DOOR
        front = self.server.front
        self.close_connection = True
        if front.cut(passing):
            return
        if transfer and front.lose(passing):
            front.lost.append(passing)
            return
        try:
            front.forward(self.command, passing)
        except (OSError, http.client.HTTPException) as error:
            front.broken.append(repr(error))
            return
        if transfer:
            front.passed.append(passing)
            if front.lose_answer(passing):
                front.lost.append(passing)
                return
        self.send_response_only(passing.status)
        for name, value in passing.answered.items():
            if name.lower() not in OWN_HOP:
                self.send_header(name, value)
        self.send_header("content-length", str(len(passing.answer)))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(passing.answer)

    do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815 - the base class names them so
