"""Sources that are read once and have no name on a disk: standard input, or a provider's answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rogatory.errors import EvidenceError
from rogatory.evidence.models import MAX_CLAIMS

__all__ = ["Stream", "check_claims"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
MAX_VALUE: Final = 2000


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that come once.

    A provider's answer is one: its headers are claims (``http.date``, ``http.etag``), and what it
    announces as its length is ``size``, so that an answer cut short is no evidence.

    Attributes:
        name: Under what it stands in the package.
        read_into: Fills a buffer, or a part of it; returns how many bytes, and 0 at the end.
        size: How many bytes were announced, or None.
        claims: What was said of it, by name.
    """

    name: str
    read_into: Callable[[memoryview], int]
    size: int | None = None
    claims: Mapping[str, str] = field(default_factory=dict)

    def fill(self, buffer: memoryview) -> int:
        """Fill the buffer, or as much of it as there is; return how much.

        Raises:
            EvidenceError: EVID-001 it cannot be read.
        """
        done = 0
        try:
            while done < len(buffer) and (got := self.read_into(buffer[done:])):
                done += got
        except OSError as error:
            raise EvidenceError("EVID-001", path=self.name, reason=error.strerror or error) from error
        return done

    def check_end(self, size: int) -> None:
        """Refuse a stream that brought less or more than it announced.

        Raises:
            EvidenceError: EVID-016.
        """
        if self.size is not None and size != self.size:
            raise EvidenceError("EVID-016", path=self.name, size=size, announced=self.size)


def check_claims(path: str, claims: Mapping[str, str]) -> None:
    """Refuse claims that no reader would take.

    Raises:
        EvidenceError: EVID-017.

    Source:
        spec/evidence.md 6.11.
    """
    fits = all(_NAME.fullmatch(name) and len(value) <= MAX_VALUE for name, value in claims.items())
    if not fits or len(claims) > MAX_CLAIMS:
        raise EvidenceError("EVID-017", path=path)
