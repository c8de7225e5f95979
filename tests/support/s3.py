"""A small S3: it checks every signature by Signature Version 4 as written here, and it can fail and lie.

It shares no code with what signs, and none with what is tested. Objects are files of a folder; one that is
cut short on its way is not kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

REGION, ACCESS, SECRET = "eu-west-3", "AKTESTTESTTEST", "a secret of the store/+="
RESET = struct.pack("ii", 1, 0)
PIECE = 16 * 1024


class Store(ThreadingHTTPServer):
    """Buckets in a folder, on loopback.

    Attributes:
        cut: Bytes of bodies after which a connection is reset, drawn for each; None: never.
        busy: Every so many requests one is answered 503; 0: none.
        bend: Changes what is given of an object, from an offset on.
        gave, took: Bytes of each object handed to the line, and received from it.
        asked: Each request's method, object and status.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cut: Callable[[], int] | None = None
        self.busy = 0
        self.bend: Callable[[str, int, bytes], bytes] = lambda _, __, data: data
        self.redirect = ""
        self.gave: Counter[str] = Counter()
        self.took: Counter[str] = Counter()
        self.asked: list[tuple[str, str, int]] = []
        self.turn = threading.Condition()
        self.under_way = 0
        super().__init__(("127.0.0.1", 0), _Request)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def environment(self) -> dict[str, str]:
        """What obstore reads."""
        return {
            "AWS_ACCESS_KEY_ID": ACCESS,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ALLOW_HTTP": "true",
        }

    def settle(self) -> None:
        """Return once no request is under way."""
        with self.turn:
            assert self.turn.wait_for(lambda: not self.under_way, timeout=30)

    def count(self, method: str, of: str = "") -> int:
        """Return how many requests of a method were for objects whose name ends so."""
        return sum(1 for asked, name, _ in self.asked if asked == method and name.endswith(of))

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: Any) -> None:
        """Lines that break are what this is for."""


class Refused(Exception):  # noqa: N818 - an answer
    """What is answered instead."""


class _Request(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"
    timeout = 20

    def log_message(self, *_: Any) -> None:
        """Tests print nothing."""

    def setup(self) -> None:
        super().setup()
        # What waits in this machine's own buffers would count as given.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        self.left = self.server.cut() if self.server.cut else 1 << 62

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_PUT(self) -> None:
        self._answer(self._put)

    def _answer(self, act: Callable[[str], int]) -> None:
        name = unquote(urlsplit(self.path).path).lstrip("/")
        with self.server.turn:
            self.server.under_way += 1
        try:
            self._check(name)
            status = act(name)
        except Refused as refused:
            status = int(str(refused))
            # What was sent and not read would be taken for the next request.
            self.close_connection = True
            self._head(status, 0, {"location": self.server.redirect} if status == 307 else {})
        except OSError:
            self.close_connection, status = True, 0
        with self.server.turn:
            self.server.asked.append((self.command, name, status))
            self.server.under_way -= 1
            self.server.turn.notify_all()

    def _check(self, name: str) -> None:
        with self.server.turn:
            turn = len(self.server.asked) + 1
        if self.server.busy and turn % self.server.busy == 0:
            raise Refused(503)
        if self.server.redirect:
            raise Refused(307)
        query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if not (
            signed_by_query(self, query) if "X-Amz-Signature" in query else signed_by_header(self, query)
        ):
            raise Refused(403)

    def _head(self, status: int, size: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"content-length": str(size), **headers}.items():
            self.send_header(key, value)
        self.end_headers()

    def _get(self, name: str) -> int:
        query = dict(parse_qsl(urlsplit(self.path).query))
        if query.get("list-type") == "2":
            return self._list(name, query.get("prefix", ""))
        file = self.server.folder / name
        if not file.is_file():
            raise Refused(404)
        size = file.stat().st_size
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("range", ""))
        start, end = (int(asked[1]), min(int(asked[2]) + 1, size)) if asked else (0, size)
        if start >= size:
            self._head(416, 0, {"content-range": f"bytes */{size}"})
            return 416
        status = 206 if asked else 200
        self._head(status, end - start, {"content-range": f"bytes {start}-{end - 1}/{size}"})
        with file.open("rb") as opened:
            opened.seek(start)
            for at in range(start, end, PIECE):
                piece = opened.read(min(PIECE, end - at))
                self._give(name, self.server.bend(name, at, piece))
        return status

    def _give(self, name: str, piece: bytes) -> None:
        part = piece[: self.left]
        self.wfile.write(part)
        with self.server.turn:
            self.server.gave[name] += len(part)
        self._spend(len(piece))

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left <= 0:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.connection.close()
            raise ConnectionResetError

    def _put(self, name: str) -> int:
        if "content-length" not in self.headers:
            raise Refused(411)
        size, came = int(self.headers["content-length"]), 0
        place = self.server.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f"{place.name}.{threading.get_ident()}.half")
        try:
            with half.open("wb") as file:
                while came < size:
                    piece = self.rfile.read1(min(PIECE, size - came))
                    if not piece:
                        raise ConnectionResetError
                    file.write(piece)
                    came += len(piece)
                    with self.server.turn:
                        self.server.took[name] += len(piece)
                    self._spend(len(piece))
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)
        self._head(200, 0, {"etag": '"x"'})
        return 200

    def _list(self, bucket: str, prefix: str) -> int:
        top = self.server.folder / bucket
        files = sorted(str(each.relative_to(top)) for each in top.rglob("*") if each.is_file())
        found = "".join(
            f"<Contents><Key>{escape(each)}</Key><LastModified>2028-03-13T18:32:00.000Z</LastModified>"
            f"<ETag>x</ETag><Size>{(top / each).stat().st_size}</Size></Contents>"
            for each in files
            if each.startswith(prefix)
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()
        self._head(200, len(body), {"content-type": "application/xml"})
        self.wfile.write(body)
        return 200


def _pairs(query: dict[str, str]) -> Iterator[str]:
    for key in sorted(query):
        yield f"{quote(key, safe='-_.~')}={quote(query[key], safe='-_.~')}"


def _signature(request: _Request, query: dict[str, str], signed: str, day: str, payload: str) -> str:
    """Return the signature that the request would have, if it came from who has the secret."""
    lines = [f"{name}:{request.headers.get(name, '').strip()}\n" for name in signed.split(";")]
    path = urlsplit(request.path).path
    canonical = f"{request.command}\n{path}\n{'&'.join(_pairs(query))}\n{''.join(lines)}\n{signed}\n{payload}"
    scope = f"{day[:8]}/{REGION}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{day}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{SECRET}".encode()
    for part in (*scope.split("/"), text):
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()


def signed_by_query(request: _Request, query: dict[str, str]) -> bool:
    """Return whether a pre-signed address is one, for this very request, and has not expired."""
    found, day = query.pop("X-Amz-Signature"), query["X-Amz-Date"]
    at = datetime.strptime(day, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if datetime.now(UTC) >= at + timedelta(seconds=int(query["X-Amz-Expires"])):
        return False
    if not query["X-Amz-Credential"].startswith(f"{ACCESS}/"):
        return False
    expected = _signature(request, query, query["X-Amz-SignedHeaders"], day, "UNSIGNED-PAYLOAD")
    return hmac.compare_digest(found, expected)


def signed_by_header(request: _Request, query: dict[str, str]) -> bool:
    """Return whether a request with credentials has the signature that it claims."""
    given = request.headers.get("authorization", "")
    found = re.search(r"Credential=(\w+)/.*SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})", given)
    if found is None or found[1] != ACCESS:
        return False
    headers = request.headers
    expected = _signature(request, query, found[2], headers["x-amz-date"], headers["x-amz-content-sha256"])
    return hmac.compare_digest(found[3], expected)
