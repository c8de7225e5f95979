"""Packages at the door: given out by Range to whom they were delivered.

Answers with bytes of a package are not signed: every byte is checked against the seal that the delivery
statement named (spec/exchange.md, section 7). That there is nothing for a caller is signed, since whoever
fetches must not take somebody else's word for it.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from rogatory.exchange import Caller
from rogatory.exchange import HttpRequest as SignedRequest
from rogatory_node.base import NodeError
from rogatory_node.casework import selectors as casework
from rogatory_node.peers import http
from rogatory_node.vault import places

__all__ = ["MOST_AT_ONCE", "PART", "give_package"]

RANGE: Final = re.compile(r"bytes=([0-9]{1,19})-([0-9]{1,19})?")
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){0,2}")
BLOCK: Final = 1 << 20
PART: Final = 64 << 20
"""The most that one answer to a Range holds; whoever wants more asks again (RFC 9110, section 14.2)."""
MOST_AT_ONCE: Final = 4
"""How many parts one authority may be reading at once: a node fetches by as many lines, unless told."""
MOST_IN_ALL: Final = 16
"""How many all may, in one process: a reader holds no thread (docs/adr/0013), but some MiB of memory."""
ALLOWANCE: Final = 10
SWITCHES: Final = {"content-type": "application/octet-stream", "accept-ranges": "bytes"}


@http.known_peers("GET", allowance=ALLOWANCE)
def give_package(
    request: HttpRequest, message: SignedRequest, caller: Caller, package: str, path: str
) -> HttpResponse | StreamingHttpResponse:
    """Give a part of a package's file to the authority to which it was delivered.

    What is not there and what is not the caller's look the same. A delivery that was refused, found void or
    recalled gives nothing out.

    Raises:
        NodeError: NODE-601 there is nothing for the caller; NODE-605 too many parts at once.
    """
    del message
    authority = caller.key.key.authority
    found = casework.delivered_to(authority, package)
    if found is None or not NAME.fullmatch(path):
        raise NodeError("NODE-601")
    file = places.folder_of(found) / path
    if file.is_symlink() or not file.is_file():
        raise NodeError("NODE-601")
    return _part(file, request.headers.get("range", ""), authority)


def _part(file: Path, wanted: str, authority: str) -> HttpResponse | StreamingHttpResponse:
    size = file.stat().st_size
    asked = RANGE.fullmatch(wanted)
    if asked is None:
        headers = {**SWITCHES, "content-length": str(size)}
        return StreamingHttpResponse(_Part(file, 0, size, authority), headers=headers)
    start = int(asked[1])
    end = min(int(asked[2] or size), size - 1, start + PART - 1)
    if start > end:
        return HttpResponse(status=416, headers={**SWITCHES, "content-range": f"bytes */{size}"})
    headers = {
        **SWITCHES,
        "content-range": f"bytes {start}-{end}/{size}",
        "content-length": str(end - start + 1),
    }
    return StreamingHttpResponse(_Part(file, start, end + 1, authority), status=206, headers=headers)


_reading: Counter[str] = Counter()
_turn = threading.Lock()


class _Part:
    """A part of a file on its way out; it counts against its reader until it is closed."""

    def __init__(self, file: Path, start: int, end: int, authority: str) -> None:
        with _turn:
            busy = sum(_reading.values()) >= MOST_IN_ALL
            if busy or _reading[authority] >= MOST_AT_ONCE:
                raise NodeError("NODE-605")
            _reading[authority] += 1
        self._authority: str | None = authority
        try:
            self._file = file.open("rb")
        except OSError as error:
            self._done()
            raise NodeError("NODE-601") from error
        self._file.seek(start)
        self._left = end - start

    def __iter__(self) -> Iterator[bytes]:
        """Return itself."""
        return self

    def __next__(self) -> bytes:
        """Return the next bytes."""
        block = self._file.read(min(BLOCK, self._left))
        if not block:
            raise StopIteration
        self._left -= len(block)
        return block

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let the reader have another; Django calls it once an answer is sent or given up."""
        self._file.close()
        self._done()

    def _done(self) -> None:
        with _turn:
            if self._authority is not None:
                _reading[self._authority] -= 1
                self._authority = None
