"""A store behind links that lies, floods, sends elsewhere or refuses: it is not believed or followed."""

from __future__ import annotations

import httpx
import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence.carrying.links import Link, Links
from rogatory.evidence.carrying.pacing import Pace
from rogatory.evidence.carrying.stores import LONGEST, LinkedStore
from support.world import NOON

URL = "https://store.example/p/a%20b/x?X-Amz-Credential=A%2FB&X-Amz-Signature=5ec3e7"


class Never:
    """Counts how often the time was begun anew."""

    def __init__(self):
        self.renewed = []

    def renew(self, seconds):
        self.renewed.append(seconds)


class Body(httpx.SyncByteStream):
    def __init__(self, *pieces):
        self.pieces, self.gave, self.closed = pieces, 0, False

    def __iter__(self):
        for each in self.pieces:
            if isinstance(each, Exception):
                raise each
            self.gave += 1
            yield each

    def close(self):
        self.closed = True


def store(answer, **more):
    asked = []

    def carry(request):
        asked.append(request)
        if callable(answer):
            return answer(request)
        # An answer is streamed, as it is from a socket; each request gets its own.
        fresh = isinstance(answer.stream, httpx.ByteStream)
        stream = Body() if fresh else answer.stream
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)

    links = Links(expires=NOON, files=(Link(path="x", get=URL, put=URL), Link(path="y", get=URL)))
    made = LinkedStore(links, httpx.MockTransport(carry), Never(), **more)
    made.asked = asked
    return made


def part(*pieces, start=0, end=9, size=10, status=206):
    headers = {"content-range": f"bytes {start}-{end}/{size}"}
    return httpx.Response(status, headers=headers, stream=Body(*pieces))


def read(made, size=10, start=0):
    buffer = bytearray(size)
    got = made.read_into("x", start, memoryview(buffer))
    return bytes(buffer[:got])


def test_the_address_is_sent_as_it_was_signed():
    made = store(part(b"0123456789"))
    assert read(made) == b"0123456789"
    request = made.asked[0]
    assert str(request.url) == URL
    assert request.url.raw_path == b"/p/a%20b/x?X-Amz-Credential=A%2FB&X-Amz-Signature=5ec3e7"
    assert request.headers["host"] == "store.example"
    assert request.headers["range"] == "bytes=0-67108863"


@pytest.mark.parametrize(
    "answer",
    [
        part(b"0123"),
        part(b"0123456789A"),
        part(b"0123", httpx.ReadError("gone")),
        part(b"0123456789", status=200),
        part(b"0123456789", start=1),
        part(b"", start=0, end=9, size=10),
        httpx.Response(206, stream=Body(b"0123456789")),
        httpx.Response(206, headers={"content-range": "bytes 0-9/*"}, stream=Body(b"0123456789")),
        httpx.Response(206, headers={"content-range": "bytes 9-0/10"}, stream=Body(b"0123456789")),
        httpx.Response(500),
        httpx.Response(429),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_is_a_broken_line(answer):
    made = store(answer)
    with pytest.raises(EvidenceError, match="EVID-071") as caught:
        read(made, 20)
    assert "5ec3e7" not in str(caught.value)


def test_a_store_that_never_ends_is_read_no_further_than_it_said():
    flood = Body(*[b"x" * 1000] * 100_000)
    answer = httpx.Response(206, headers={"content-range": "bytes 0-9/10"}, stream=flood)
    with pytest.raises(EvidenceError, match="EVID-071"):
        read(store(answer), 20)
    assert flood.gave == 1
    assert flood.closed


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 410, 412, 451])
def test_a_store_that_refuses_or_sends_elsewhere_is_not_asked_again(status):
    away = httpx.Response(status, headers={"location": "http://10.0.0.1/"})
    made = store(away)
    with pytest.raises(EvidenceError, match=f"EVID-093.*{status}") as caught:
        read(made)
    with pytest.raises(EvidenceError, match="EVID-093"):
        made.put("x", 1, iter((b"x",)))
    assert len(made.asked) == 2
    assert "5ec3e7" not in str(caught.value) + caught.value.explain()


def test_what_there_is_no_link_for_is_asked_of_nobody():
    made = store(part(b"0"))
    with pytest.raises(EvidenceError, match="EVID-021"):
        made.read_into("receipt/custody.json", 0, memoryview(bytearray(1)))
    with pytest.raises(EvidenceError, match="EVID-091"):
        made.put("y", 1, iter((b"x",)))
    assert made.asked == []
    assert set(made.takes) == {"x"}


def test_a_file_ends_where_the_store_says():
    assert read(store(httpx.Response(416)), start=10) == b""


def taken(request):
    request.read()
    return httpx.Response(200, stream=Body())


def test_a_file_is_sent_with_its_length_and_nothing_more():
    made = store(taken)
    made.put("x", 200_000, iter((b"a" * 150_000, b"b" * 50_000)))
    request = made.asked[0]
    assert request.method == "PUT"
    assert request.headers["content-length"] == "200000"
    assert "transfer-encoding" not in request.headers
    assert request.content == b"a" * 150_000 + b"b" * 50_000
    # Each piece has its own time, and so has the answer.
    assert made._bound.renewed == [LONGEST] * 6


@pytest.mark.parametrize("status", [100, 202, 206, 408, 409, 429, 500, 503])
def test_a_store_that_is_busy_may_be_asked_again(status):
    with pytest.raises(EvidenceError, match=f"EVID-095.*{status}"):
        store(httpx.Response(status)).put("x", 1, iter((b"x",)))


def test_a_line_that_breaks_in_the_middle_of_a_file_may_be_tried_again():
    def gone(request):
        raise httpx.WriteError("gone")

    with pytest.raises(EvidenceError, match=r"EVID-095.*WriteError"):
        store(gone).put("x", 1, iter((b"x",)))


def test_nothing_is_sent_before_the_first_piece_is_right():
    def wrong():
        raise EvidenceError("EVID-024", path="x")
        yield b""

    made = store(taken)
    with pytest.raises(EvidenceError, match="EVID-024"):
        made.put("x", 0, wrong())
    assert made.asked == []


def test_each_byte_counts_against_the_pace():
    spent = {"reading": 0, "writing": 0}

    class Counted(Pace):
        def __init__(self, way):
            super().__init__(0)
            self.way = way

        def spend(self, size):
            spent[self.way] += size

    made = store(
        lambda request: taken(request) if request.method == "PUT" else part(b"0123456789"),
        **{each: Counted(each) for each in spent},
    )
    read(made)
    made.put("x", 300_000, iter((b"a" * 300_000,)))
    assert spent == {"reading": 10, "writing": 300_000}


def test_a_place_is_the_address_without_the_right_to_it():
    made, other = store(part(b"")), store(part(b""))
    assert made.places() == {"x": "store.example:443/p/a b/x", "y": "store.example:443/p/a b/x"}
    assert made.shares(other) == ["x", "y"]
    elsewhere = Links(expires=NOON, files=(Link(path="x", get=URL.replace("/p/", "/q/")),))
    assert made.shares(LinkedStore(elsewhere, httpx.MockTransport(lambda _: None), Never())) == []
    assert made.shares(object()) == ()
