"""Making links: pre-signed addresses of a package's files, by whoever holds the store's credentials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from rogatory.errors import EvidenceError
from rogatory.evidence.carrying.links import (
    MAX_ADDRESS,
    MAX_FILES,
    MAX_LINKS,
    NAME,
    Link,
    Links,
    check_address,
)

__all__ = ["LONGEST", "make_links"]

LONGEST: Final = timedelta(days=7)
"""A pre-signed address is good for no longer (AWS Signature Version 4)."""
ROOM: Final = 160
"""What a file of links spends on an address beside it: the name of the file, the members, the marks."""
# Without credentials the client would ask the machine's surroundings for some, for minutes.
RETRIES: Final[Any] = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}


def make_links(
    store: str, names: Sequence[str] | None, *, now: datetime, valid: timedelta, writing: bool
) -> Links:
    """Return links to the files of a package under a prefix of an S3-compatible store.

    Credentials, region and endpoint are those of the environment (``AWS_ACCESS_KEY_ID`` and so on); none of
    them is in the result. Nothing is read or written but, without names, the list of files.

    Args:
        store: ``s3://BUCKET/PREFIX``.
        names: The files of the package; None: those that lie there.
        now: UTC.
        valid: How long; at most seven days.
        writing: Whether the links allow to write, too.

    Raises:
        EvidenceError: EVID-098 obstore is not installed; EVID-099 the store cannot be used; EVID-094 a link
            would not be one.
    """
    if not store.startswith("s3://") or not timedelta() < valid <= LONGEST:
        raise EvidenceError("EVID-099", reason="s3://BUCKET/PREFIX and at most seven days are meant")
    try:
        import obstore  # noqa: PLC0415 - an extra of the wheel
        from obstore.exceptions import BaseError  # noqa: PLC0415 - as above
        from obstore.store import S3Store  # noqa: PLC0415 - as above
    except ImportError:
        raise EvidenceError("EVID-098") from None
    try:
        opened = S3Store.from_url(store, retry_config=RETRIES)
        found = _names(obstore, opened) if names is None else list(names)
        check_names(found)
        gets = obstore.sign(opened, "GET", found, valid)
        puts = obstore.sign(opened, "PUT", found, valid) if writing else [None] * len(found)
    except (BaseError, ValueError) as error:
        # Its own words can repeat an address or a key.
        raise EvidenceError("EVID-099", reason=type(error).__name__) from None
    check_lengths(each for each in (*gets, *puts) if each is not None)
    for name, get in zip(found, gets, strict=True):
        check_address(name, get)
    files = tuple(
        Link(path=each[0], get=each[1], put=each[2]) for each in zip(found, gets, puts, strict=True)
    )
    return Links(expires=now + valid, files=files)


def check_names(names: Sequence[str]) -> None:
    """Refuse what is no package by the names in it: too many, or one that no file of a package has."""
    if not names:
        raise EvidenceError("EVID-099", reason="nothing lies there")
    if len(names) > MAX_FILES:
        raise EvidenceError("EVID-099", reason=f"more than {MAX_FILES} files")
    for each in names:
        if not re.fullmatch(NAME, each):
            raise EvidenceError("EVID-094", path=each[:80], reason="no file of a package has this name")


def check_lengths(addresses: Iterable[str]) -> None:
    """Refuse addresses of which a file would be too long to be read."""
    longest = total = 0
    for each in addresses:
        longest, total = max(longest, len(each)), total + len(each) + ROOM
    if longest > MAX_ADDRESS or total > MAX_LINKS:
        raise EvidenceError("EVID-099", reason="too long addresses; a session token stands in each")


def _names(obstore: Any, opened: Any) -> list[str]:
    listed = (each["path"] for some in obstore.list(opened) for each in some)
    return sorted(islice(listed, MAX_FILES + 1))
