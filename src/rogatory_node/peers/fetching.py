"""A package at a peer's door, as the source of a fetch: read in order by long Ranges, never believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Final

import httpx

from rogatory import exchange
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence.carrying.pacing import Pace
from rogatory.evidence.carrying.ranges import Ranges
from rogatory.exchange import HttpRequest, HttpResponse
from rogatory.exchange.transport import Patience
from rogatory.keys import Purpose
from rogatory_node.base import clock, configuration, directory
from rogatory_node.base.randomness import random_bytes
from rogatory_node.peers import http
from rogatory_node.records.models import Due
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving

__all__ = ["PeerSource", "fetch"]

BLOCK: Final = 1 << 20
LONGEST: Final = 30.0
"""Seconds that one read of at most a few MiB may take: below this pace the line counts as broken."""
WAITS: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0)
"""Seconds between attempts while a line brings nothing; then the row is due again later."""
MAX_PROBLEM: Final = 64 * 1024


class PeerSource(Ranges):
    """A package at a peer's door; nothing that it gives is believed (``evidence.fetch``)."""

    def __init__(
        self, package: Package, session: Callable[[Patience], httpx.Client], pace: Pace | None = None
    ) -> None:
        """Find the door in the register.

        Args:
            package: What was announced.
            session: Makes the client, which counts against the patience that it is handed.
            pace: What is shared with the other lines to the peer; none is no limit.

        Raises:
            NodeError: NODE-603 the authority has no door.
        """
        super().__init__(pace)
        self._patience = Patience(LONGEST)
        self._stack = ExitStack()
        self._session = self._stack.enter_context(session(self._patience))
        self._peer = package.counterpart
        self._base = f"{http.door_of(package.counterpart)}/packages/{package.package}"
        self._pair = http.pair_of(package.authority, Purpose.TRANSPORT)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open, and the client."""
        super().__exit__(kind, error, trace)
        self._stack.close()

    def renew(self) -> None:
        """Count anew."""
        self._patience.renew(LONGEST)

    @contextmanager
    def ask(self, path: str, wanted: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for a file under our signature.

        Raises:
            EvidenceError: EVID-021 the peer says under its signature that there is no such file.
        """
        request = HttpRequest("GET", f"{self._base}/{path}")
        exchange.sign_request(request, self._pair, clock.now(), exchange.new_nonce(random_bytes))
        headers = {**request.headers, **wanted}
        with self._session.stream("GET", request.url, headers=headers) as answer:
            if answer.status_code == 404 and self._says_nothing_there(request, answer):
                raise EvidenceError("EVID-021", path=path)
            yield answer

    def _says_nothing_there(self, request: HttpRequest, answer: httpx.Response) -> bool:
        """Return whether the peer signed that there is nothing; a stranger's answer is anybody's."""
        body = bytearray()
        for piece in answer.iter_raw(BLOCK):
            body += piece
            if len(body) > MAX_PROBLEM:
                return False
        headers = {name.lower(): value for name, value in answer.headers.items()}
        message = HttpResponse(request, answer.status_code, headers, bytes(body))
        try:
            caller = exchange.verify_response(message, directory.ring(), clock.now())
        except RogatoryError:
            return False
        return caller.key.key.authority == self._peer


def fetch(row: Due) -> None:
    """Fetch an announced package from its sender's door; see ``vault.services.arriving``."""
    peers = configuration.current().peers
    pace = Pace(peers.fetch_bytes_per_second)
    arriving.fetch(
        row,
        lambda package: PeerSource(package, _session(package), pace),
        lines=peers.fetch_lines,
        again=wait,
    )


def wait(failures: int) -> bool:
    """Wait a while before a line is asked again; say no once it was enough."""
    if failures >= len(WAITS):
        return False
    time.sleep(WAITS[failures])
    return True


def _session(package: Package) -> Callable[[Patience], httpx.Client]:
    window = configuration.current().peers.fetch_window_bytes
    return lambda patience: http.session_to(package.counterpart, patience, window)
