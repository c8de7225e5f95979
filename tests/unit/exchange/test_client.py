"""The client: one POST, and an answer that only the peer can have given."""

import gzip
from datetime import timedelta

import httpx
import pytest

from rogatory import exchange, wire
from rogatory.errors import ExchangeError
from rogatory.exchange import HttpRequest, HttpResponse, Outcome, client
from rogatory.keys import Purpose
from support.world import ASKED, ASKING, NOON, THIRD, counting_random, ring, signing

URL = "https://paris.example/peer/v1/statements"
TRANSPORT = Purpose.TRANSPORT


def post(handler, *, now=lambda: NOON):
    with httpx.Client(transport=httpx.MockTransport(handler), follow_redirects=True) as http:
        line = client.Wire(signing(ASKING, TRANSPORT), ring(), http, now, counting_random())
        return client.post(b"a transfer", URL, ASKED, line)


def peer(
    body=b"a receipt", status=201, kind=client.RECEIPT_TYPE, key=None, seen=None, stream=None, **headers
):
    def answer(request):
        asked = HttpRequest(request.method, str(request.url), dict(request.headers), request.content)
        if seen is not None:
            seen.append(asked)
        made = HttpResponse(asked, status, {"content-type": kind}, body)
        exchange.sign_response(made, key or signing(ASKED, TRANSPORT), NOON, "2" * 32)
        return httpx.Response(status, headers=made.headers | headers, stream=stream or httpx.ByteStream(body))

    return answer


def problem(code, status=422):
    return peer(
        wire.canonical({"type": "about:blank", "title": "x", "status": status, "code": code}),
        status,
        client.PROBLEM_TYPE,
    )


def test_a_signed_receipt_is_handed_on():
    assert post(peer()) == client.Answer(Outcome.RECEIPT, receipt=b"a receipt")


def test_what_is_sent_is_signed_and_asks_for_nothing_packed():
    seen = []
    post(peer(seen=seen))
    assert exchange.verify_request(seen[0], ring(), NOON).key.key.authority == ASKING
    assert (seen[0].body, seen[0].headers["accept-encoding"]) == (b"a transfer", "identity")
    assert seen[0].headers["content-type"] == exchange.TRANSFER_TYPE


@pytest.mark.parametrize("code", ["EXCH-008", "STMT-001", "KEY-007", "WIRE-003", "ENV-013"])
def test_a_signed_problem_ends_a_delivery(code):
    assert post(problem(code)) == client.Answer(Outcome.REFUSED, code=code)


@pytest.mark.parametrize("code", sorted(client.CURABLE))
def test_a_problem_that_the_next_attempt_may_cure_does_not(code):
    assert post(problem(code)) == client.Answer(Outcome.BUSY, code=code)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_peer_that_is_busy_is_asked_later(status):
    assert post(problem("NODE-600", status)).outcome is Outcome.BUSY


@pytest.mark.parametrize(
    "handler",
    [
        lambda _: httpx.Response(
            201, headers={"content-type": client.RECEIPT_TYPE}, stream=httpx.ByteStream(b"x")
        ),
        lambda _: httpx.Response(404),
        lambda _: httpx.Response(307, headers={"location": "https://elsewhere.example/"}),
        peer(key=signing(THIRD, TRANSPORT)),
        peer(key=signing(ASKED)),
        peer(kind="text/html"),
        peer(b"[1.5]", 422, client.PROBLEM_TYPE),
        peer(b"a" * (client.MAX_ANSWER + 1)),
        peer(**{"content-type": "text/plain"}),
    ],
)
def test_whatever_else_comes_counts_as_no_answer(handler):
    assert post(handler) == client.Answer(Outcome.UNREACHABLE)


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"), httpx.InvalidURL("x")],
)
def test_a_line_that_breaks_counts_as_no_answer(error):
    def broken(_):
        raise error

    assert post(broken).outcome is Outcome.UNREACHABLE


def test_redirects_are_not_followed():
    calls = []

    def elsewhere(request):
        calls.append(str(request.url))
        return httpx.Response(307, headers={"location": "https://elsewhere.example/"})

    post(elsewhere)
    assert calls == [URL]


def test_an_answer_is_never_unpacked():
    packed = gzip.compress(b"\0" * (1 << 24))
    unread = []

    class Stream(httpx.SyncByteStream):
        def __iter__(self):
            unread.append(len(packed))
            yield packed

    handler = peer(packed, stream=Stream(), **{"content-encoding": "gzip"})
    found = post(handler)
    assert found == client.Answer(Outcome.RECEIPT, receipt=packed)
    assert unread == [len(packed)]


def test_an_answer_that_drips_ends():
    clock = [NOON]

    class Drip(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                clock[0] += timedelta(seconds=20)
                yield b"x"

    found = post(peer(stream=Drip()), now=lambda: clock[0])
    assert found.outcome is Outcome.UNREACHABLE
    assert clock[0] - NOON == timedelta(seconds=80)


def test_an_endless_answer_ends():
    pieces = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                pieces.append(1)
                yield b"x" * 16_384

    assert post(peer(stream=Endless())).outcome is Outcome.UNREACHABLE
    assert len(pieces) == 5


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (lambda: client.check_answer_size(bytearray(client.MAX_ANSWER + 1)), "EXCH-024"),
        (lambda: client.check_answer_time(timedelta(seconds=61)), "EXCH-027"),
    ],
)
def test_the_reason_is_told_by_name(run, code):
    with pytest.raises(ExchangeError) as caught:
        run()
    assert caught.value.code == code


def test_an_address_may_be_private_only_where_that_is_configured():
    client.check_address("http://127.0.0.1:8000", private_allowed=True)
    with pytest.raises(ExchangeError) as caught:
        client.check_address("http://127.0.0.1:8000", private_allowed=False)
    assert caught.value.code == "EXCH-025"
    with pytest.raises(ExchangeError) as caught:
        client.check_address("https://127.0.0.1:8000", private_allowed=False)
    assert caught.value.code == "EXCH-026"
