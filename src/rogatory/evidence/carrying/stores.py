"""A package in an object store, read and written by pre-signed links; no credential is at hand here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from types import TracebackType
from typing import Final, Protocol

import httpx

from rogatory.errors import EvidenceError
from rogatory.evidence.carrying.links import Links, place_of
from rogatory.evidence.carrying.pacing import Pace
from rogatory.evidence.carrying.ranges import Ranges

__all__ = ["Bound", "LinkedStore"]

PIECE: Final = 64 * 1024
LONGEST: Final = 30.0
"""Seconds that one read, or one write of a piece, may take: below this pace the line counts as broken."""
LATER: Final = frozenset({408, 409, 425, 429})
"""Of the answers that refuse, those that another attempt may cure."""


class Bound(Protocol):
    """Ends what takes too long, whatever it is doing."""

    def renew(self, seconds: float) -> None:
        """Begin to count that many seconds."""
        ...


class LinkedStore(Ranges):
    """A package behind a links file: a source, and where the links allow it a target.

    Redirects are not followed. Requests are handed to the carrier itself: a client would write each address
    to its log. An answer that refuses is no word on the package: a store says "not found" of a wrong link,
    too.
    """

    def __init__(
        self,
        links: Links,
        carrier: httpx.BaseTransport,
        bound: Bound,
        *,
        reading: Pace | None = None,
        writing: Pace | None = None,
    ) -> None:
        """Take the links; nothing is asked yet.

        Args:
            links: As ``read_links`` returned them.
            carrier: Carries one request after another, counts against ``bound``, connects to no address that
                the caller would not.
            bound: How long a step may take.
            reading: The pace at which is read, shared with other lines; none is no limit.
            writing: The same for what is written.
        """
        super().__init__(reading)
        self._carrier, self._bound, self._writing = carrier, bound, writing or Pace(0)
        self._gets = {each.path: each.get for each in links.files}
        self._puts = {each.path: each.put for each in links.files if each.put is not None}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open, and the carrier."""
        super().__exit__(kind, error, trace)
        self._carrier.close()

    @property
    def takes(self) -> Collection[str]:
        """The files that can be written."""
        return self._puts.keys()

    def shares(self, source: object) -> Collection[str]:
        """Return the files whose place is one of another store's; a folder has none of these places."""
        if not isinstance(source, LinkedStore):
            return ()
        taken = set(source.places().values())
        return sorted(path for path, place in self.places().items() if place in taken)

    def places(self) -> Mapping[str, str]:
        """Return where each file lies: its address without the right to it."""
        return {path: place_of(address) for path, address in self._gets.items()}

    def renew(self) -> None:
        """Count anew."""
        self._bound.renew(LONGEST)

    @contextmanager
    def ask(self, path: str, wanted: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for a file by its link.

        Raises:
            EvidenceError: EVID-021 there is no link to it; EVID-093 the store refuses.
        """
        if path not in self._gets:
            raise EvidenceError("EVID-021", path=path)
        request = httpx.Request("GET", self._gets[path], headers=dict(wanted))
        with closing(self._carrier.handle_request(request)) as answer:
            if answer.status_code != 416:
                check_not_refused(path, answer.status_code)
            yield answer

    def put(self, path: str, size: int, pieces: Iterator[bytes]) -> None:
        """Leave a file of exactly that size there, whole or not at all.

        It is sent in one request of a stated length: if ``pieces`` raises, or ends early, the line is closed
        before the length is reached, and the store keeps nothing of it.

        Args:
            path: A file for which there is a link.
            size: Its bytes.
            pieces: They come as they are sent; the first is asked for before anything is.

        Raises:
            EvidenceError: EVID-091 there is no link; EVID-093 the store refuses; EVID-095 it did not
                take it now.
        """
        if path not in self._puts:
            raise EvidenceError("EVID-091", path=path)
        self._stop()
        first = next(pieces, b"")
        body = self._paced(chain((first,), pieces))
        request = httpx.Request("PUT", self._puts[path], headers={"content-length": str(size)}, content=body)
        self.renew()
        try:
            with closing(self._carrier.handle_request(request)) as answer:
                status = answer.status_code
                # An answer that is read to its end leaves the line open for the next file.
                next(answer.iter_raw(), None)
        except httpx.HTTPError as error:
            raise EvidenceError("EVID-095", path=path, reason=type(error).__name__) from error
        check_not_refused(path, status)
        if status not in {200, 201, 204}:
            raise EvidenceError("EVID-095", path=path, reason=f"status {status}")

    def _paced(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for whole in pieces:
            for start in range(0, len(whole), PIECE):
                piece = whole[start : start + PIECE]
                self._writing.spend(len(piece))
                self.renew()
                yield piece
        self.renew()


def check_not_refused(path: str, status: int) -> None:
    """Refuse an answer that says no, or sends elsewhere, and would do so again."""
    if 300 <= status < 500 and status not in LATER:
        raise EvidenceError("EVID-093", path=path, status=status)
