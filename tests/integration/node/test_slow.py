"""Whoever sends or reads slowly keeps nobody waiting, and is shut out after a while."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

import httpx
import pytest

from support.nodes import until

MANY = 20
"""More callers than the web has threads."""
DEADLINE = 2
PROMPT = 5.0
"""How long anybody else waits for an answer at most; alone it takes milliseconds."""
LATE = 30.0
ESTABLISHED = "01"
BIG = "/static/rogatory_node/govuk-frontend.min.css"


@pytest.fixture
def running(node):
    file = node.folder / "node.toml"
    text = file.read_text()
    file.write_text(text.replace("patience_seconds = 30", f"patience_seconds = {DEADLINE}"))
    return node.start()


@contextlib.contextmanager
def callers(node, sends: bytes, *, room: int = 0):
    """Hold many connections that have sent this and read nothing."""
    with contextlib.ExitStack() as held:
        made = []
        for _ in range(MANY):
            caller = held.enter_context(socket.socket())
            if room:
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
            caller.connect(("127.0.0.1", node.port))
            caller.settimeout(LATE)
            caller.sendall(sends)
            made.append(caller)
        yield made


def others_are_answered(node) -> None:
    """Assert that the sign-in page, a form, the peer door and the API answer promptly."""
    with httpx.Client(base_url=node.url, timeout=PROMPT, trust_env=False) as client:
        page = client.get("/accounts/login/")
        assert page.status_code == 200
        assert client.post("/accounts/login/", data={"login": "a", "password": "b"}).status_code == 403
        stranger = client.post("/peer/v1/statements", content=b"x" * 1000)
        assert (stranger.status_code, stranger.content) == (404, b"")
        assert client.post("/api/v1/drafts", content=b"{}").status_code == 401
        assert client.get("/health").text == "ok\n"


def connections(node) -> int:
    """Return how many connections the web holds, by the kernel's own table."""
    lines = [each.split() for each in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(each[1].endswith(f":{node.port:04X}") and each[3] == ESTABLISHED for each in lines)


def all_of(caller: socket.socket) -> bytes:
    """Return what still comes until the node closes the connection."""
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while more := caller.recv(1 << 16):
            said += more
    return said


def head(path: str, *lines: str, method: str = "POST") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", "")).encode()


@pytest.mark.parametrize("path", ["/peer/v1/statements", "/accounts/login/", "/api/v1/drafts"])
def test_a_body_that_does_not_come_stops_nobody_and_is_given_up(running, path) -> None:
    begun = time.monotonic()
    with callers(running, head(path, "Content-Length: 1000") + b"x") as slow:
        others_are_answered(running)
        answers = {all_of(each).partition(b"\r\n")[0] for each in slow}
    assert time.monotonic() - begun >= DEADLINE
    # Nobody learns more at the door than a stranger does anywhere.
    assert answers == {b"HTTP/1.1 404 Not Found" if "peer" in path else b"HTTP/1.1 408 Request Timeout"}
    others_are_answered(running)


def test_a_body_that_comes_drop_by_drop_is_given_up_too(running) -> None:
    with callers(running, head("/peer/v1/statements", "Content-Length: 1000")) as slow:
        end = time.monotonic() + LATE
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while time.monotonic() < end:
                for each in slow:
                    each.sendall(b"x")
                others_are_answered(running)
    assert time.monotonic() < end


def test_a_head_that_does_not_end_is_given_up(running) -> None:
    with callers(running, b"GET / HTTP/1.1\r\nHost: localhost\r\n"):
        assert connections(running) == MANY
        others_are_answered(running)
        until(lambda: connections(running) == 0, "the end of every connection")


def test_whoever_reads_nothing_stops_nobody_and_is_shut_out(running) -> None:
    asked = head(BIG, method="GET") * 200
    with callers(running, asked, room=4096):
        assert connections(running) == MANY
        others_are_answered(running)
        until(lambda: connections(running) == 0, lambda: f"the end of {connections(running)} connections")
        others_are_answered(running)


def test_a_body_that_is_too_large_is_refused_unread(running) -> None:
    for path, status in (("/accounts/login/", b"413"), ("/peer/v1/statements", b"404")):
        with callers(running, head(path, f"Content-Length: {(4 << 20) + 1}")) as some:
            assert {all_of(each).split()[1] for each in some} == {status}
    others_are_answered(running)


def test_a_body_that_does_not_say_its_size_is_read_to_its_end_and_no_further_than_the_limit(running) -> None:
    url = f"{running.url}/api/v1/drafts"
    for count, code in ((4, "NODE-705"), (5, "NODE-310")):
        answer = httpx.post(url, content=(b" " * (1 << 20) for _ in range(count)), timeout=LATE)
        assert answer.json()["code"] == code


def test_a_body_of_the_greatest_size_arrives_whole(running) -> None:
    answer = httpx.post(f"{running.url}/api/v1/drafts", content=b" " * (4 << 20), timeout=LATE)
    assert answer.json()["code"] == "NODE-705"
