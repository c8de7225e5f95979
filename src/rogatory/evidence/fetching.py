"""Fetching: a package from elsewhere, kept only if every byte is the sealed one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from rogatory.evidence.atomic import new_folder
from rogatory.evidence.sources import Source
from rogatory.evidence.verifying import Basis, Verification, verify

__all__ = ["fetch"]


def fetch(source: Source, out: Path, basis: Basis, *, random: Callable[[int], bytes]) -> Verification:
    """Leave a copy of a package at ``out``, once every step of ``verify`` holds for what arrived.

    Each byte is read once and checked as it comes; a segment that differs ends the fetch at its last
    byte, before the next is asked for. Only what the seal names is asked for, so nothing else can come.
    The copy is complete or absent. Nothing is decrypted.

    Args:
        source: Where it lies; it is not believed.
        out: The folder to be; nothing of that name may exist.
        basis: Whom to believe, as of when; ``announced`` ties the package to the statement about it.
        random: Draws the name of the folder in which the copy is built.

    Raises:
        EvidenceError: EVID-004, EVID-009 ``out``; EVID-021 to EVID-035, EVID-070, EVID-071 the package.
        EnvelopeError, KeysError, WireError, CustodyError: The seal, its key or the receipt.

    Source:
        spec/evidence.md 9.
    """
    with new_folder(out, random) as part, _Keeping(source, part) as keeping:
        return verify(keeping, basis)


class _Keeping:
    """A source that writes down whatever is read through it."""

    def __init__(self, source: Source, folder: Path) -> None:
        self._source, self._folder = source, folder
        self._path, self._file = "", -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._file >= 0:
            os.fsync(self._file)
            os.close(self._file)
            self._file = -1

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        got = self._source.read_into(path, start, buffer)
        self._open(path)
        done = 0
        while done < got:
            done += os.pwrite(self._file, buffer[done:got], start + done)
        return got

    def _open(self, path: str) -> None:
        # The path is one of the package's own, or one that the seal's list was checked for.
        if path != self._path:
            self._close()
            place = self._folder / path
            place.parent.mkdir(exist_ok=True)
            self._file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            self._path = path

    def names(self) -> None:
        return None
