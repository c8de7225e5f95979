"""A package that somebody gives out by Ranges over HTTP, as a source: read in order, never believed."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Final, Self

import httpx

from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence.carrying.pacing import Pace

__all__ = ["PART", "Ranges"]

PART: Final = 64 << 20
"""Bytes that one request asks for at most."""
PIECE: Final = 64 * 1024
"""Bytes after which the time of a read begins anew: a pace that is kept must not end it."""
CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19})")


class Ranges(ABC):
    """A source over HTTP; whoever inherits from it says how a file is asked for.

    A file is read front to back, so one answer is kept open and drained as it is asked for; it is closed with
    the source. Bytes that came before a line broke are kept for the next read, so that none is asked for
    twice.
    """

    def __init__(self, pace: Pace | None = None) -> None:
        """Begin with nothing open.

        Args:
            pace: What is shared with other lines; none is no limit.
        """
        self._pace = pace or Pace(0)
        self._came: tuple[str, int, bytes] = ("", 0, b"")
        self._open = ExitStack()
        self._open_at: tuple[str, int] | None = None
        self._blocks: Iterator[bytes] = iter(())
        self._rest = memoryview(b"")
        self._left = self._size = 0

    @abstractmethod
    def ask(self, path: str, wanted: Mapping[str, str]) -> AbstractContextManager[httpx.Response]:
        """Ask for a file with those headers besides; the answer is streamed and closed with its context.

        Raises:
            EvidenceError: EVID-021 it is certain that there is no such file; what else is certain.
            httpx.HTTPError: The line.
        """

    @abstractmethod
    def renew(self) -> None:
        """Begin to count the time that a read of 64 KiB may take."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open."""
        self._stop()

    def names(self) -> Mapping[str, int] | None:
        """Return None: nobody is asked what there is, only for what the seal names."""
        return None

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer from an offset; fewer bytes than asked for mean the end of the file.

        Raises:
            EvidenceError: EVID-071 it cannot be reached now, or its answer is none that can be used; as
                ``ask``.
        """
        self.renew()
        try:
            return self._fill(path, start, buffer)
        except httpx.HTTPError as error:
            self._stop()
            raise EvidenceError("EVID-071", path=path, reason=type(error).__name__) from error
        except RogatoryError:
            self._stop()
            raise

    def _fill(self, path: str, start: int, buffer: memoryview) -> int:
        done = counted = self._take_up(path, start, buffer)
        try:
            while done < len(buffer):
                if done - counted >= PIECE:
                    self.renew()
                    counted = done
                here = start + done
                if self._open_at != (path, here) and not self._ask(path, here):
                    break
                got = self._drain(path, buffer[done:])
                done += got
                if not got:
                    self._open_at = None
                    if here == self._size:
                        break
        except (httpx.HTTPError, EvidenceError):
            self._came = (path, start, bytes(buffer[:done]))
            raise
        return done

    def _take_up(self, path: str, start: int, buffer: memoryview) -> int:
        """Move what came before the line broke into the buffer."""
        came_path, came_start, came = self._came
        self._came = ("", 0, b"")
        if (came_path, came_start) != (path, start):
            return 0
        got = min(len(came), len(buffer))
        buffer[:got] = came[:got]
        return got

    def _drain(self, path: str, buffer: memoryview) -> int:
        """Move bytes of the open answer into the buffer; none are left once it gave all it promised."""
        assert self._open_at is not None
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
            self._left -= len(self._rest)
            self._pace.spend(len(self._rest))
            broken_off = not self._rest and self._left > 0
            if self._left < 0 or broken_off:
                raise EvidenceError("EVID-071", path=path, reason="not the bytes that were promised")
        got = min(len(self._rest), len(buffer))
        buffer[:got] = self._rest[:got]
        self._rest = self._rest[got:]
        self._open_at = (path, self._open_at[1] + got)
        return got

    def _ask(self, path: str, start: int) -> bool:
        """Begin to read a file at an offset; return False if it ends there."""
        self._stop()
        wanted = {"range": f"bytes={start}-{start + PART - 1}", "accept-encoding": "identity"}
        stack = ExitStack()
        with stack:
            answer = stack.enter_context(self.ask(path, wanted))
            if answer.status_code == 416:
                return False
            self._check(path, start, answer)
            # Raw: an answer that says it is compressed could fill the memory as it unpacks.
            # In the pieces in which it comes: a buffer would be lost with the line.
            self._blocks = answer.iter_raw()
            self._open = stack.pop_all()
        self._open_at = (path, start)
        return True

    def _check(self, path: str, start: int, answer: httpx.Response) -> None:
        part = CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
        if answer.status_code != 206 or part is None or not start == int(part[1]) <= int(part[2]):
            raise EvidenceError("EVID-071", path=path, reason=f"status {answer.status_code}")
        self._left, self._size = int(part[2]) - start + 1, int(part[3])

    def _stop(self) -> None:
        self._open.close()
        self._open_at, self._rest = None, memoryview(b"")
