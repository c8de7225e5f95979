"""A request takes a thread once it is whole; what is slow, too large or broken never does."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import Executor, Future

import pytest

from rogatory_node.base import problems
from rogatory_node.ops import bridge
from support.coroutines import apart

LIMITS = bridge.Limits(size=1 << 20, seconds=0.01, room=200_000)
GONE = {"type": "http.disconnect"}


class Protocol:
    """A connection: gives chunks, waits for ever where one is None, keeps what is answered."""

    def __init__(self, *chunks, room=1000):
        self.chunks = list(chunks)
        self.room = room
        self.sent = []

    async def receive(self):
        chunk = self.chunks.pop(0) if self.chunks else None
        if chunk is None:
            await asyncio.Event().wait()
        if chunk is GONE:
            return GONE
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    async def send(self, message):
        if len(self.sent) == self.room:
            await asyncio.Event().wait()
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def body(self):
        return b"".join(each["body"] for each in self.sent[1:])


class Here(Executor):
    """Runs what it is given at once, and counts."""

    def __init__(self):
        self.taken = 0

    def submit(self, act, /, *given, **named):
        self.taken += 1
        done = Future()
        try:
            done.set_result(act(*given, **named))
        except (ValueError, KeyError) as error:
            done.set_exception(error)
        return done


def scope_of(*headers, path="/x"):
    return {
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"a=1&b=%20",
        "server": ("127.0.0.1", 8000),
        "client": ("::1", 50000),
        "scheme": "http",
        "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }


def echo(environ, start):
    start("201 Created", [("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read(), b"!"]


def asked(*chunks, application=echo, limits=LIMITS, path="/x", room=1000, size=""):
    """Return what became of one request, and how many times it took a thread."""
    headers = [("content-length", size)] if size else []

    async def play():
        protocol, pool = Protocol(*chunks, room=room), Here()
        await bridge.bridge(application, pool, limits)(
            scope_of(*headers, path=path), protocol.receive, protocol.send
        )
        return protocol, pool.taken

    return apart(play())


def test_a_body_is_put_together_before_a_thread_sees_it() -> None:
    for size in ("4", ""):
        found, taken = asked(b"ab", b"cd", b"", size=size)
        assert (found.status, found.headers, found.body) == (201, {b"x-length": b"4"}, b"abcd!")
        # One for the answer, one for what comes after it.
        assert taken == 2


def test_a_caller_that_goes_away_takes_no_thread() -> None:
    found, taken = asked(b"ab", GONE, size="4")
    assert (found.sent, taken) == ([], 0)


REFUSED = [
    ("NODE-310", 413, (None,), str((1 << 20) + 1)),
    ("NODE-310", 413, (*[b"x" * 100_000] * 11, None), ""),
    ("NODE-311", 408, (b"x", None), "2"),
    ("NODE-312", 503, (b"x" * 200_001, None), ""),
]


@pytest.mark.parametrize(("code", "status", "chunks", "size"), REFUSED)
def test_what_is_refused_takes_no_thread_and_ends_the_connection(code, status, chunks, size) -> None:
    limits = LIMITS if code == "NODE-312" else bridge.Limits(LIMITS.size, LIMITS.seconds, 10 << 20)
    found, taken = asked(*chunks, size=size, limits=limits)
    assert (found.status, json.loads(found.body)["code"], taken) == (status, code, 0)
    assert found.headers[b"connection"] == b"close"
    assert found.headers[b"content-type"] == problems.MEDIA_TYPE.encode()


@pytest.mark.parametrize(("code", "status", "chunks", "size"), REFUSED)
def test_at_the_door_every_refusal_is_a_strangers(code, status, chunks, size) -> None:
    del code, status
    found, taken = asked(*chunks, size=size, path="/peer/v1/statements")
    assert (found.status, found.body, taken) == (404, b"", 0)


def test_a_small_body_is_taken_while_large_ones_fill_the_room() -> None:
    async def play():
        pool = Here()
        respond = bridge.bridge(echo, pool, bridge.Limits(size=1 << 20, seconds=60, room=100_000))

        async def status(*chunks):
            one = Protocol(*chunks)
            await respond(scope_of(), one.receive, one.send)
            return one.status

        waiting = asyncio.create_task(status(b"x" * 100_000, None))
        await asyncio.sleep(0)
        found = [await status(b"x" * 70_000, b""), await status(b"x" * bridge.SMALL, b"")]
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        # Room is given back, whatever became of a body.
        return [*found, await status(b"x" * 70_000, b"")]

    assert apart(play()) == [503, 201, 201]


class Long:
    """An answer of many blocks, which counts what is asked of it."""

    def __init__(self, blocks=10, fails_at=100):
        self.left, self.fails_at, self.closed = blocks, fails_at, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == self.fails_at:
            raise ValueError("broken")
        if not self.left:
            raise StopIteration
        self.left -= 1
        return b"x" * (100 << 10)

    def close(self):
        self.closed += 1

    def __call__(self, environ, start):
        start("200 OK", [])
        return self


def test_a_long_answer_goes_out_as_its_reader_takes_it() -> None:
    long = Long()
    found, _ = asked(b"", application=long)
    assert found.body == b"x" * (1000 << 10)
    assert [each["more_body"] for each in found.sent[1:-1]] == [True] * 8
    assert "more_body" not in found.sent[-1]
    assert long.closed == 1


def test_a_reader_that_pauses_too_long_gets_no_more() -> None:
    long = Long()
    found, _ = asked(b"", application=long, room=3)
    assert (len(found.sent), long.closed) == (3, 1)
    assert long.left > 0


def test_a_reader_that_is_gone_gets_no_more() -> None:
    long = Long(blocks=1000)
    asked(b"", GONE, application=long)
    assert long.left > 900
    assert long.closed == 1


@pytest.mark.parametrize("at", [10, 5])
def test_an_answer_that_breaks_is_closed(at) -> None:
    long = Long(fails_at=at)
    with pytest.raises(ValueError, match="broken"):
        asked(b"", application=long)
    assert long.closed == 1


def test_the_environment_is_what_the_standard_says() -> None:
    scope = scope_of(
        ("host", "node.example"),
        ("content-type", "text/plain"),
        ("content-length", "9"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("accept", "x"),
        ("accept", "y"),
        ("x-forwarded-proto", "http"),
        ("x_forwarded_proto", "https"),
        path="/%C4%90%c3%a0/%00%FF",
    )
    found = bridge.environ_of(scope, b"body")
    assert found["PATH_INFO"].encode("latin-1") == "/Đà/\x00".encode() + b"\xff"
    assert (found["QUERY_STRING"], found["SERVER_PROTOCOL"]) == ("a=1&b=%20", "HTTP/1.1")
    assert (found["SERVER_NAME"], found["SERVER_PORT"], found["REMOTE_ADDR"]) == ("127.0.0.1", "8000", "::1")
    assert (found["CONTENT_TYPE"], found["HTTP_COOKIE"], found["HTTP_ACCEPT"]) == (
        "text/plain",
        "a=1;b=2",
        "x,y",
    )
    # What a proxy sets cannot be set beside it.
    assert found["HTTP_X_FORWARDED_PROTO"] == "http"
    # What was read, whatever was stated.
    assert (found["CONTENT_LENGTH"], found["wsgi.input"].read()) == ("4", b"body")
    assert "HTTP_CONTENT_LENGTH" not in found
