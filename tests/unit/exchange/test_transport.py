"""Calls to peers end, whatever the peer does; and they go to public addresses only."""

from __future__ import annotations

import logging
import socket

import httpcore
import httpx
import pytest

from rogatory.errors import ExchangeError
from rogatory.exchange import transport
from rogatory.exchange.transport import Patience, carrier, session

URL = "http://peer.example/x"


class Time:
    """Seconds that pass only as the peer spends them."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Slow(httpcore.NetworkStream):
    """A peer's end of a line: it gives each piece only after so many seconds, if it is waited for so long."""

    def __init__(self, time, pieces, pause, *, writing=0.0):
        self.time, self.pieces, self.pause, self.writing = time, list(pieces), pause, writing

    def _spend(self, seconds, timeout, kind):
        if timeout is not None and seconds > timeout:
            self.time.now += timeout
            raise kind
        self.time.now += seconds

    def read(self, max_bytes, timeout=None):
        self._spend(self.pause, timeout, httpcore.ReadTimeout)
        return self.pieces.pop(0)[:max_bytes] if self.pieces else b""

    def write(self, buffer, timeout=None):
        self._spend(self.writing, timeout, httpcore.WriteTimeout)

    def close(self):
        self.pieces = []

    def get_extra_info(self, info):
        return None


class Line(httpcore.NetworkBackend):
    def __init__(self, stream, time=None, takes=0.0):
        self.stream, self.called, self.time, self.takes = stream, [], time, takes

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.called.append((host, port, timeout))
        self.options = socket_options
        return self.stream


def call(pieces, *, seconds=60.0, pause=1.0, writing=0.0, body=b""):
    time = Time()
    line = Line(Slow(time, pieces, pause, writing=writing))
    with session(Patience(seconds, time), private=True, backend=line) as client:
        try:
            return client.post(URL, content=body), time.now
        except httpx.HTTPError as error:
            return error, time.now


ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


def test_an_honest_answer_arrives():
    answer, _ = call([ANSWER])
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize(
    "pieces",
    [
        [bytes([each]) for each in ANSWER],
        [b"HTTP/1.1 200 OK\r\n", *[b"x-a: b\r\n"] * 500],
        [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 500],
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
        [],
    ],
    ids=["bytes", "headers", "chunks", "continue", "nothing"],
)
def test_an_answer_that_drips_ends_with_the_patience(pieces):
    """Each piece comes within any timeout between two bytes; together they would take for ever."""
    error, spent = call(pieces, seconds=30.0, pause=5.0)
    assert isinstance(error, (httpx.ReadTimeout, httpx.RemoteProtocolError))
    assert spent <= 30.0


def test_a_peer_that_does_not_read_ends_with_the_patience():
    error, spent = call([ANSWER], seconds=30.0, writing=4.0, body=b"x" * (1 << 20))
    assert isinstance(error, (httpx.WriteTimeout, httpx.ReadTimeout))
    assert spent <= 30.0


def test_each_call_may_have_its_own_patience():
    time = Time()
    patience = Patience(10.0, time)
    time.now = 9.0
    assert patience.left() == 1.0
    patience.renew(10.0)
    assert patience.left(5.0) == 5.0
    time.now = 19.0
    with pytest.raises(httpcore.ReadTimeout):
        patience.left()


def test_connecting_takes_no_longer_than_it_may():
    line = Line(Slow(Time(), [ANSWER], 0.0))
    with session(Patience(60.0, Time()), private=True, backend=line) as client:
        client.get(URL)
    assert line.called == [("peer.example", 80, transport.CONNECT)]


def test_no_redirect_is_followed():
    away = b"HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n"
    line = Line(Slow(Time(), [away], 0.0))
    with session(Patience(60.0, Time()), private=True, backend=line) as client:
        assert client.get(URL).status_code == 302
    assert len(line.called) == 1


def leads_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "224.0.0.1", "64:ff9b::a00:1", "fec0::1"],
)
def test_a_name_that_leads_into_our_own_house_is_not_followed(address, monkeypatch):
    leads_to(monkeypatch, "93.184.216.34", address)
    line = Line(Slow(Time(), [ANSWER], 0.0))
    with (
        session(Patience(60.0, Time()), private=False, backend=line) as client,
        pytest.raises(ExchangeError, match="EXCH-026"),
    ):
        client.get(URL)
    assert line.called == []


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    leads_to(monkeypatch, "93.184.216.34")
    line = Line(Slow(Time(), [ANSWER], 0.0))
    with session(Patience(60.0, Time()), private=False, backend=line) as client:
        client.get(URL)
    assert line.called[0][0] == "93.184.216.34"


def test_a_name_that_leads_nowhere_is_no_answer(monkeypatch):
    def nowhere(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with (
        session(Patience(60.0, Time()), private=False, backend=Line(None)) as client,
        pytest.raises(httpx.ConnectError),
    ):
        client.get(URL)


def test_a_secured_line_counts_against_the_same_patience():
    time = Time()

    class Secured(Slow):
        def start_tls(self, ssl_context, server_hostname=None, timeout=None):
            self._spend(3.0, timeout, httpcore.ConnectTimeout)
            self.hostname = server_hostname
            return self

    stream = Secured(time, [ANSWER], 1.0)
    with session(Patience(60.0, time), private=True, backend=Line(stream)) as client:
        assert client.get("https://peer.example/x").content == b"ok"
    assert stream.hostname == "peer.example"
    assert time.now == 4.0


@pytest.mark.parametrize(
    ("window", "options"), [(0, []), (4096, [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)])]
)
def test_the_system_is_told_how_much_may_be_on_its_way(window, options):
    time = Time()
    line = Line(Slow(time, [b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"], 0.0))
    with session(Patience(30, time), private=True, backend=line, window=window) as client:
        client.get(URL)
    assert list(line.options) == options


AWAY = (
    b"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://10.0.0.1/x?X-Amz-Signature=5ec3e7\r\n"
    b"content-length: 2\r\n\r\nno"
)


def carried(monkeypatch, pieces):
    time = Time()
    monkeypatch.setattr(httpcore, "SyncBackend", lambda: Line(Slow(time, pieces, 0.0)))
    carries = carrier(Patience(30, time), private={"peer.example"})
    answer = carries.handle_request(httpx.Request("GET", f"{URL}?X-Amz-Signature=5ec3e7"))
    body = b"".join(answer.iter_raw())
    answer.close()
    carries.close()
    return answer.status_code, body


def test_no_log_learns_where_a_carrier_went_or_was_sent(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    assert carried(monkeypatch, [AWAY]) == (307, b"no")
    with pytest.raises(httpx.RemoteProtocolError):
        carried(monkeypatch, [AWAY[:-2]] + [b""] * 3)
    assert caplog.records == []


def test_what_is_told_of_others_calls_is_told_as_before(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    carried(monkeypatch, [AWAY])
    time = Time()
    with session(Patience(30, time), private=True, backend=Line(Slow(time, [ANSWER], 0.0))) as client:
        assert client.get(URL).content == b"ok"
    assert {"httpcore.connection", "httpcore.http11"} <= {each.name for each in caplog.records}
