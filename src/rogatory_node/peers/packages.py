"""Packages at the door: given out by Range to whom they were delivered, and fetched from a peer's.

Answers with bytes of a package are not signed: every byte is checked against the seal that the delivery
statement named (spec/exchange.md, section 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import httpx
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from rogatory import exchange
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.exchange import HttpRequest as SignedRequest
from rogatory.keys import Purpose
from rogatory_node.base import clock, directory
from rogatory_node.base.randomness import random_bytes
from rogatory_node.peers import http
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving

__all__ = ["PeerSource", "fetch", "give_package"]

RANGE: Final = re.compile(r"bytes=([0-9]{1,19})-([0-9]{1,19})?")
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){0,2}")
BLOCK: Final = 1 << 20
TIMEOUT: Final = httpx.Timeout(60.0, connect=10.0)
SWITCHES: Final = {"content-type": "application/octet-stream", "accept-ranges": "bytes"}


@csrf_exempt
@require_GET
def give_package(request: HttpRequest, package: str, path: str) -> HttpResponse | StreamingHttpResponse:
    """Give a part of a package's file to the authority to which it was delivered.

    What is not there and what is not the caller's look the same. Nonces are not remembered here and calls
    not counted: a package is read in as many parts as it is large, and whoever sends such a request again
    gets ciphertext that they have seen.
    """
    try:
        caller = exchange.verify_request(http.as_signed(request), directory.ring(), clock.now())
    except RogatoryError:
        return http.stranger()
    found = vault.for_peer(package, caller.key.key.authority)
    if found is None or not NAME.fullmatch(path):
        return http.stranger()
    file = places.folder_of(found) / path
    if file.is_symlink() or not file.is_file():
        return http.stranger()
    return _part(file, request.headers.get("range", ""))


def _part(file: Path, wanted: str) -> HttpResponse | StreamingHttpResponse:
    size = file.stat().st_size
    asked = RANGE.fullmatch(wanted)
    if asked is None:
        return FileResponse(file.open("rb"), headers=SWITCHES)
    start = int(asked[1])
    end = min(int(asked[2]), size - 1) if asked[2] else size - 1
    if start > end:
        return HttpResponse(status=416, headers={**SWITCHES, "content-range": f"bytes */{size}"})
    headers = {
        **SWITCHES,
        "content-range": f"bytes {start}-{end}/{size}",
        "content-length": str(end - start + 1),
    }
    return StreamingHttpResponse(_read(file, start, end + 1), status=206, headers=headers)


def _read(file: Path, start: int, end: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(start)
        while start < end and (block := opened.read(min(BLOCK, end - start))):
            start += len(block)
            yield block


class PeerSource:
    """A package at a peer's door, read by Range; nothing it gives is believed (``evidence.fetch``)."""

    def __init__(self, package: Package, session: httpx.Client) -> None:
        """Find the door in the register.

        Raises:
            NodeError: NODE-603 the authority has no door.
        """
        self._session = session
        self._package = package
        self._base = f"{http.door_of(package.counterpart)}/packages/{package.package}"
        self._pair = http.pair_of(package.authority, Purpose.TRANSPORT)

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer from an offset; fewer bytes than asked for mean the end of the file.

        Raises:
            EvidenceError: EVID-021 there is no such file; EVID-071 the peer cannot be reached now.
        """
        request = SignedRequest("GET", f"{self._base}/{path}")
        nonce = exchange.new_nonce(random_bytes)
        exchange.sign_request(request, self._pair, clock.now(), nonce)
        headers = {**request.headers, "range": f"bytes={start}-{start + len(buffer) - 1}"}
        try:
            with self._session.stream("GET", request.url, headers=headers, follow_redirects=False) as answer:
                if answer.status_code == 416:
                    return 0
                if answer.status_code == 404:
                    raise EvidenceError("EVID-021", path=path)
                if answer.status_code != 206:
                    raise EvidenceError("EVID-071", path=path, reason=f"status {answer.status_code}")
                return _fill(buffer, answer.iter_bytes(BLOCK), path)
        except httpx.HTTPError as error:
            raise EvidenceError("EVID-071", path=path, reason=type(error).__name__) from error

    def names(self) -> Mapping[str, int] | None:
        """Return None: a peer is not asked what it has, only for what the seal names."""
        return None


def _fill(buffer: memoryview, blocks: Iterator[bytes], path: str) -> int:
    filled = 0
    for block in blocks:
        if filled + len(block) > len(buffer):
            raise EvidenceError("EVID-071", path=path, reason="more bytes than were asked for")
        buffer[filled : filled + len(block)] = block
        filled += len(block)
    return filled


def fetch(row: Due) -> None:
    """Fetch an announced package from its sender's door; see ``vault.services.arriving``."""
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as session:
        arriving.fetch(row, lambda package: PeerSource(package, session))
