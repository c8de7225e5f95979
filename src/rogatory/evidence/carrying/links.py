"""A links file: pre-signed addresses of the files of one package in an object store.

Whoever has it can read the package there, or write it, until the addresses expire: it is a secret, and
nothing of an address stands in an error, a log or an answer. It is signed by nobody: what is read by it is
believed for the seal alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Annotated, Final, Literal
from urllib.parse import unquote

import httpx
from pydantic import Field

from rogatory import wire
from rogatory.errors import EvidenceError
from rogatory.values import Frozen, Instant, instant_text

__all__ = ["MAX_FILES", "MAX_LINKS", "Link", "Links", "place_of", "read_links"]

MAX_LINKS: Final = 32 << 20
MAX_FILES: Final = 20_000
MAX_ADDRESS: Final = 16_384
"""A session token stands in each address; one may have thousands of characters."""
NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63})?$"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
ADDRESS: Final = re.compile(r"[!-~]+")

Address = Annotated[str, Field(min_length=1, max_length=MAX_ADDRESS)]


class Link(Frozen):
    """A file of the package, and where it may be read; where it may be written, if it may."""

    path: Annotated[str, Field(pattern=NAME)]
    get: Address
    put: Address | None = None


class Links(Frozen):
    """Addresses of every file of a package, good until an instant.

    Source:
        spec/evidence.md 9.8.
    """

    type: Literal["links"] = "links"
    version: Literal[1] = 1
    expires: Instant
    files: tuple[Link, ...] = Field(min_length=1, max_length=MAX_FILES)


def read_links(data: bytes, now: datetime) -> Links:
    """Return the links that a file holds, once each may be used.

    1. the document is one; 2. no file stands twice; 3. each address is https, or plain on this machine, and
    names a host and nobody's password; 4. what may be written is read where it is written, and nothing else
    is written there; 5. they have not expired. It does not ask where a host's name leads: that is judged as
    it is connected to.

    Args:
        data: The whole file.
        now: UTC.

    Raises:
        WireError: It is malformed.
        EvidenceError: EVID-094 a link may not be used; EVID-092 they expired.

    Source:
        spec/evidence.md 9.8.
    """
    # Step 1.
    links = wire.decode(data, Links, limit=MAX_LINKS)
    # Step 2.
    check_once([each.path for each in links.files])
    # Step 3.
    for each in links.files:
        for address in (each.get, each.put):
            if address is not None:
                check_address(each.path, address)
    # Step 4.
    check_places(links.files)
    # Step 5.
    check_not_expired(links.expires, now)
    return links


def check_once(paths: Collection[str]) -> None:
    """Refuse links of which two are for one file."""
    seen: set[str] = set()
    for each in paths:
        if each in seen:
            raise EvidenceError("EVID-094", path=each, reason="named twice")
        seen.add(each)


def check_address(path: str, address: str) -> None:
    """Refuse an address that could be read on the way, or that is not plainly one of a host."""
    # Read by what will call it: two readers of one address can take it for two hosts.
    try:
        url = httpx.URL(address)
        # A name in Punycode that spells no name is found out as it is asked for: a ValueError.
        host = url.host
    except (httpx.InvalidURL, ValueError):
        raise EvidenceError("EVID-094", path=path, reason="not an address") from None
    plain = bool(host) and not (url.userinfo or url.fragment or "@" in url.netloc.decode())
    port = 443 if url.port is None else url.port
    if not plain or not ADDRESS.fullmatch(address) or not 0 < port < 1 << 16:
        raise EvidenceError("EVID-094", path=path, reason="not an address")
    if url.scheme != "https" and (url.scheme != "http" or host not in LOOPBACK):
        raise EvidenceError("EVID-094", path=path, reason="not https")


def place_of(address: str) -> str:
    """Return where an address leads, whatever right it carries: the address without its query."""
    url = httpx.URL(address)
    port = url.port or (443 if url.scheme == "https" else 80)
    # One name may be spelled in several ways: a letter, or its number.
    return f"{url.host}:{port}{unquote(url.raw_path.partition(b'?')[0])}"


def check_places(files: Iterable[Link]) -> None:
    """Refuse a file that would be read elsewhere than it is written, and two that are written to one place.

    What is read back says something of what was sent if it is the same object alone.
    """
    taken: set[str] = set()
    for each in files:
        if each.put is None:
            continue
        place = place_of(each.put)
        if place_of(each.get) != place:
            raise EvidenceError("EVID-094", path=each.path, reason="not read where it is written")
        if place in taken:
            raise EvidenceError("EVID-094", path=each.path, reason="written where another file is")
        taken.add(place)


def check_not_expired(expires: datetime, now: datetime) -> None:
    """Refuse links of which the maker says that they no longer open."""
    if now >= expires:
        raise EvidenceError("EVID-092", expires=instant_text(expires))
