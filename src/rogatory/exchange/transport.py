"""Calls to others: bounded in time as a whole, to public addresses only, never by way of a proxy.

A client's own timeouts count from one byte to the next, so an answer that drips could hold a worker for
months. Here each attempt has one end, whatever it is doing: connecting, shaking hands, writing, reading.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final

import httpcore
import httpx

from rogatory.exchange import client

__all__ = ["Patience", "carrier", "session"]

CONNECT: Final = 10.0
PIECE: Final = 16 * 1024
TRACES: Final = tuple(f"httpcore.{name}" for name in ("connection", "http11", "http2", "proxy", "socks"))
_QUIET: Final = ContextVar("quiet", default=False)


class Patience:
    """How long what is under way may still take."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin now.

        Args:
            seconds: How long everything together may take.
            clock: Counts seconds and never goes back.
        """
        self._clock = clock
        self.renew(seconds)

    def renew(self, seconds: float) -> None:
        """Begin again, for the next thing that is asked."""
        self._end = self._clock() + seconds

    def left(self, most: float | None = None) -> float:
        """Return the seconds that are left, at most ``most``.

        Raises:
            httpcore.ReadTimeout: None are.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if most is None else min(left, most)


def session(
    patience: Patience, *, private: bool, backend: httpcore.NetworkBackend | None = None, window: int = 0
) -> httpx.Client:
    """Return a client that ends with its patience, follows nothing and asks no proxy.

    Args:
        patience: Counts for every call that is made with the client; renew it before each.
        private: Whether the configuration permits an address of this network.
        backend: Connects; the sockets of this machine, if None.
        window: Bytes that a peer may have on the way to us at once on one connection; as many as the
            system sees fit, if 0.
    """
    held = _Backend(patience, httpcore.SyncBackend() if backend is None else backend, lambda _: private)
    carries = _Transport(held, window)
    return httpx.Client(transport=carries, timeout=None, trust_env=False, follow_redirects=False)  # noqa: S113 - the patience bounds every call as a whole


def carrier(patience: Patience, *, private: Collection[str], window: int = 0) -> httpx.BaseTransport:
    """Return what carries single requests, as ``session`` does; no log learns the addresses.

    httpcore tells its loggers hosts and headers, which may repeat an address. What it says of requests that
    are carried here is dropped; what it says of others' is not.

    Args:
        patience: As in ``session``.
        private: The hosts, in lower case, that may lie at an address of this network.
        window: As in ``session``.
    """
    return _Quiet(_Backend(patience, httpcore.SyncBackend(), private.__contains__), window)


class _Transport(httpx.HTTPTransport):
    """httpx's transport over a pool that uses our way of connecting."""

    def __init__(self, backend: httpcore.NetworkBackend, window: int) -> None:
        super().__init__(verify=_context(), trust_env=False)
        # Before the connection is made: the system announces its window with the first packet.
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, window)] if window else []
        self._pool = httpcore.ConnectionPool(
            ssl_context=_context(),
            max_connections=2,
            keepalive_expiry=5.0,
            network_backend=backend,
            socket_options=options,
        )


class _Quiet(_Transport):
    """The transport, with nothing told to a log while it is at work."""

    def __init__(self, backend: httpcore.NetworkBackend, window: int) -> None:
        super().__init__(backend, window)
        for name in TRACES:
            logging.getLogger(name).addFilter(_heard)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with _quietly():
            answer = super().handle_request(request)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        answer.stream = _QuietStream(answer.stream)
        return answer

    def close(self) -> None:
        with _quietly():
            super().close()


class _QuietStream(httpx.SyncByteStream):
    """The body of an answer, read and closed as quietly."""

    def __init__(self, inner: httpx.SyncByteStream) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._inner)
        while True:
            # For each piece anew: between two of them the thread is somebody else's.
            with _quietly():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def close(self) -> None:
        with _quietly():
            self._inner.close()


@contextmanager
def _quietly() -> Iterator[None]:
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def _heard(record: logging.LogRecord) -> bool:
    del record
    return not _QUIET.get()


@cache
def _context() -> ssl.SSLContext:
    # Reading the machine's certificates takes longer than a call; they are read once a process.
    return httpx.create_ssl_context(trust_env=False)


class _Backend(httpcore.NetworkBackend):
    """Connects to where a name leads now, if peers may be called there."""

    def __init__(
        self, patience: Patience, inner: httpcore.NetworkBackend, private: Callable[[str], bool]
    ) -> None:
        self._patience, self._inner, self._private = patience, inner, private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        address = host if self._private(host) else public_address(host, port)
        stream = self._inner.connect_tcp(
            address, port, self._patience.left(CONNECT), local_address, socket_options
        )
        return _Stream(stream, self._patience)


class _Stream(httpcore.NetworkStream):
    """A connection whose every act counts against the same patience."""

    def __init__(self, inner: httpcore.NetworkStream, patience: Patience) -> None:
        self._inner, self._patience = inner, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._patience.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In pieces: whoever reads a byte now and then must not stretch one long write.
        for start in range(0, len(buffer), PIECE):
            self._inner.write(buffer[start : start + PIECE], self._patience.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, self._patience.left(timeout))
        return _Stream(stream, self._patience)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def public_address(host: str, port: int) -> str:
    """Return an address to which a name leads, once all of them are public ones.

    The connection goes to the address that was judged, so a name cannot lead elsewhere in between.

    Raises:
        ExchangeError: EXCH-026 one of them is not.
        httpcore.ConnectError: The name leads nowhere.

    Source:
        spec/exchange.md 5.4.
    """
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=0)]
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(type(error).__name__) from error
    for address in found:
        client.check_public(address)
    return found[0]
