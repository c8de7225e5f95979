"""From the server's event loop to Django's threads: a request takes a thread once all of it has arrived.

granian's own WSGI mode gives a thread to a request whose body is still on its way, and waits without end; a
few strangers who send one byte each would stop the web (docs/adr/0013). Here a body is awaited in the event
loop, with a limit and a deadline, and so is whoever reads an answer slowly. It knows nothing of what is asked
or answered.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from rogatory_node.base import NodeError, problems

__all__ = ["SMALL", "Limits", "bridge", "environ_of"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Callback = Callable[[Message, Receive, Send], Awaitable[None]]

SMALL: Final = 64 << 10
"""A body up to this size is taken even while large ones fill the room for bodies."""
WHOLE: Final = 256 << 10
"""An answer up to this size is made at once; a longer one goes out as fast as its reader takes it."""
DOOR: Final = "/peer/"
STATUS: Final = {"NODE-310": 413, "NODE-311": 408, "NODE-312": 503}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may be.

    Attributes:
        size: Bytes of a body.
        seconds: How long a body may take to arrive, and a reader to take the next part of an answer.
        room: Bytes that all bodies together may take while they arrive and are worked on.
    """

    size: int
    seconds: float
    room: int


@dataclass(slots=True)
class _Held:
    """How many bytes of bodies are in memory. Only the event loop changes it."""

    size: int = 0


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer whose beginning is here; ``more`` gives the rest, and None if this is all."""

    status: int
    headers: list[tuple[str, str]]
    first: bytes
    more: Iterator[bytes] | None
    close: Callable[[], None]


def bridge(application: Application, pool: Executor, limits: Limits) -> Callback:
    """Return a WSGI application as an ASGI server calls one.

    Args:
        application: The WSGI application; it finds its body complete.
        pool: Its threads; who finds all of them busy waits in the event loop.
        limits: What a request may be.
    """
    held = _Held()

    async def respond(scope: Message, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        body = bytearray()
        try:
            if not await _receive(scope, receive, body, held, limits):
                return
            environ = environ_of(scope, bytes(body))
            answer = await loop.run_in_executor(pool, _begin, application, environ)
        except NodeError as error:
            await _refuse(scope, send, error)
            return
        finally:
            held.size -= len(body)
        try:
            await _send(answer, receive, send, pool, limits.seconds)
        finally:
            await loop.run_in_executor(pool, answer.close)

    return respond


async def _receive(scope: Message, receive: Receive, body: bytearray, held: _Held, limits: Limits) -> bool:
    """Put the body of a request where it is wanted; return False if the caller went away.

    1. it is within the limit, 2. it comes in time, 3. there is room for it.

    Raises:
        NodeError: NODE-310 to NODE-312.
    """
    stated = dict(scope["headers"]).get(b"content-length", b"0")
    try:
        async with asyncio.timeout(limits.seconds):
            more = True
            while more:
                # Step 1. A size that is stated is refused before anything is read.
                if max(len(body), int(stated)) > limits.size:
                    raise NodeError("NODE-310", limit=limits.size)
                message = await receive()
                if message["type"] == "http.disconnect":
                    return False
                more = message.get("more_body", False)
                body += message["body"]
                held.size += len(message["body"])
                # Step 3. Small ones are bounded by the number of connections.
                if held.size > limits.room and len(body) > SMALL:
                    raise NodeError("NODE-312")
    # Step 2.
    except TimeoutError as error:
        raise NodeError("NODE-311", seconds=limits.seconds) from error
    return True


async def _refuse(scope: Message, send: Send, error: NodeError) -> None:
    """Answer without having read all, and close the connection."""
    status, kind = STATUS[error.code], problems.MEDIA_TYPE
    body = problems.problem_bytes(error, status)
    if scope["path"].startswith(DOOR):
        # Who has not been verified gets one answer, whatever it did (spec/exchange.md 3.1).
        status, kind, body = 404, "application/octet-stream", b""
    headers = [(b"content-type", kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _begin(application: Application, environ: dict[str, Any]) -> _Answer:
    """Have a request answered, in a thread: all of it, or the beginning of what is long."""
    said: list[Any] = []
    answer = application(environ, lambda *line: said.extend(line))
    close = getattr(answer, "close", lambda: None)
    try:
        blocks, first = iter(answer), bytearray()
        for block in blocks:
            first += block
            if len(first) > WHOLE:
                return _Answer(int(said[0][:3]), said[1], bytes(first), blocks, close)
        return _Answer(int(said[0][:3]), said[1], bytes(first), None, close)
    except BaseException:
        close()
        raise


async def _send(answer: _Answer, receive: Receive, send: Send, pool: Executor, seconds: float) -> None:
    """Send an answer; a reader who pauses too long, or is gone, gets no more of it."""
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if answer.more is None:
        await send({"type": "http.response.body", "body": answer.first})
        return
    loop = asyncio.get_running_loop()
    gone = loop.create_task(_gone(receive))
    block: bytes | None = answer.first
    try:
        while block is not None and not gone.done():
            # The server takes a block once it has room: that is the reader's pace.
            async with asyncio.timeout(seconds):
                await send({"type": "http.response.body", "body": block, "more_body": True})
            block = await loop.run_in_executor(pool, next, answer.more, None)
        await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        # What was announced is not there: the server ends the connection.
        return
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def environ_of(scope: Message, body: bytes) -> dict[str, Any]:
    """Return a request as WSGI describes it.

    A header whose name has an underscore is left out: it would pass for the one with a hyphen, which a proxy
    sets or takes away.

    Source:
        PEP 3333; RFC 3875 section 4.1.
    """
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # WSGI writes bytes as Latin-1.
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key, text = name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1")
        if key != "CONTENT_TYPE":
            key = f"HTTP_{key}"
        between = ";" if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_CONTENT_LENGTH", None)
    return environ
