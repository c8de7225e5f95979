"""A package at a peer's door, as the source of a fetch: read in order by long Ranges, never believed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Final, Self

import httpx

from rogatory import exchange
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.exchange import HttpRequest, HttpResponse
from rogatory.keys import Purpose
from rogatory_node.base import clock, configuration, directory
from rogatory_node.base.randomness import random_bytes
from rogatory_node.peers import http
from rogatory_node.peers.pacing import Pace
from rogatory_node.peers.transport import Patience
from rogatory_node.records.models import Due
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving

__all__ = ["PeerSource", "fetch"]

BLOCK: Final = 1 << 20
PART: Final = 64 << 20
LONGEST: Final = 30.0
"""Seconds that one read of at most a few MiB may take: below this pace the line counts as broken."""
WAITS: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0)
"""Seconds between attempts while a line brings nothing; then the row is due again later."""
MAX_PROBLEM: Final = 64 * 1024
CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19})")


class PeerSource:
    """A package at a peer's door; nothing that it gives is believed (``evidence.fetch``).

    A file is read front to back, so one answer is kept open and drained as it is asked for. Each read has an
    end, and what was open is closed with the source. Bytes that came before a line broke are kept for the
    next read, so that none is asked for twice.
    """

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
        self._patience, self._pace = Patience(LONGEST), pace or Pace(0)
        self._came: tuple[str, int, bytes] = ("", 0, b"")
        self._stack = ExitStack()
        self._session = self._stack.enter_context(session(self._patience))
        self._peer = package.counterpart
        self._base = f"{http.door_of(package.counterpart)}/packages/{package.package}"
        self._pair = http.pair_of(package.authority, Purpose.TRANSPORT)
        self._open = ExitStack()
        self._open_at: tuple[str, int] | None = None
        self._blocks: Iterator[bytes] = iter(())
        self._rest = memoryview(b"")
        self._left = self._size = 0

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open."""
        self._stop()
        self._stack.close()

    def names(self) -> Mapping[str, int] | None:
        """Return None: a peer is not asked what it has, only for what the seal names."""
        return None

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer from an offset; fewer bytes than asked for mean the end of the file.

        Raises:
            EvidenceError: EVID-021 the peer says under its signature that there is no such file; EVID-071
                it cannot be reached now, or its answer is none that can be used.
        """
        self._patience.renew(LONGEST)
        try:
            return self._fill(path, start, buffer)
        except httpx.HTTPError as error:
            self._stop()
            raise EvidenceError("EVID-071", path=path, reason=type(error).__name__) from error
        except RogatoryError:
            self._stop()
            raise

    def _fill(self, path: str, start: int, buffer: memoryview) -> int:
        done = self._take_up(path, start, buffer)
        try:
            while done < len(buffer):
                here = start + done
                if self._open_at != (path, here) and not self._ask(path, here):
                    break
                got = self._drain(path, buffer[done:])
                done += got
                if not got:
                    self._open_at = None
                    if here == self._size:
                        break
        except (httpx.HTTPError, EvidenceError):
            self._came = (path, start, bytes(buffer[:done]))
            raise
        return done

    def _take_up(self, path: str, start: int, buffer: memoryview) -> int:
        """Move what came before the line broke into the buffer."""
        came_path, came_start, came = self._came
        self._came = ("", 0, b"")
        if (came_path, came_start) != (path, start):
            return 0
        got = min(len(came), len(buffer))
        buffer[:got] = came[:got]
        return got

    def _drain(self, path: str, buffer: memoryview) -> int:
        """Move bytes of the open answer into the buffer; none are left once it gave all it promised."""
        assert self._open_at is not None
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
            self._left -= len(self._rest)
            self._pace.spend(len(self._rest))
            broken_off = not self._rest and self._left > 0
            if self._left < 0 or broken_off:
                raise EvidenceError("EVID-071", path=path, reason="not the bytes that were promised")
        got = min(len(self._rest), len(buffer))
        buffer[:got] = self._rest[:got]
        self._rest = self._rest[got:]
        self._open_at = (path, self._open_at[1] + got)
        return got

    def _ask(self, path: str, start: int) -> bool:
        """Begin to read a file at an offset; return False if it ends there."""
        self._stop()
        request = HttpRequest("GET", f"{self._base}/{path}")
        exchange.sign_request(request, self._pair, clock.now(), exchange.new_nonce(random_bytes))
        wanted = {"range": f"bytes={start}-{start + PART - 1}", "accept-encoding": "identity"}
        stack = ExitStack()
        with stack:
            answer = stack.enter_context(
                self._session.stream("GET", request.url, headers=request.headers | wanted)
            )
            if answer.status_code == 416:
                return False
            self._check(path, start, request, answer)
            # Raw: an answer that says it is compressed could fill the memory as it unpacks.
            # In the pieces in which it comes: a buffer would be lost with the line.
            self._blocks = answer.iter_raw()
            self._open = stack.pop_all()
        self._open_at = (path, start)
        return True

    def _check(self, path: str, start: int, request: HttpRequest, answer: httpx.Response) -> None:
        if answer.status_code == 404 and self._says_nothing_there(request, answer):
            raise EvidenceError("EVID-021", path=path)
        part = CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
        if answer.status_code != 206 or part is None or not start == int(part[1]) <= int(part[2]):
            raise EvidenceError("EVID-071", path=path, reason=f"status {answer.status_code}")
        self._left, self._size = int(part[2]) - start + 1, int(part[3])

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

    def _stop(self) -> None:
        self._open.close()
        self._open_at, self._rest = None, memoryview(b"")


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
