"""The line of an entry as it is written: canonical JSON, member by member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring
from typing import Final

from rogatory.evidence.encrypting import Content
from rogatory.evidence.models import Area
from rogatory.evidence.walk import Found
from rogatory.values import base64_text, instant_text
from rogatory.values.instants import FIRST_YEAR, LAST_YEAR

__all__ = ["entry_members"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FIRST: Final = (EPOCH.replace(year=FIRST_YEAR) - EPOCH) // timedelta(microseconds=1)
LAST: Final = (EPOCH.replace(year=LAST_YEAR) - EPOCH) // timedelta(microseconds=1)


def entry_members(found: Found, area: Area, content: Content | None) -> dict[str, bytes]:
    """Return the canonical bytes of each member of an entry, in the order of their names.

    They are what ``trees.entry_fields`` gives for the same entry, in a quarter of the time.

    Args:
        found: What was found.
        area: Under what it stands.
        content: Of a file: what was sealed.

    Source:
        spec/evidence.md 6.3.
    """
    # In the order of the names, which the leaf and the line depend on.
    members = {"area": _text(area)}
    if found.claims:
        members["claims"] = _claims(found.claims)
    if content is not None:
        members["keys"] = b'{"commitment":"%b","salt":"%b"}' % (
            content.commitment.hex().encode(),
            base64_text(content.salt).encode(),
        )
    members["kind"] = _text(found.kind)
    if (modified := _modified(found)) is not None:
        members["modified"] = _text(modified)
    if found.origin is not None:
        members["origin"] = _text(base64_text(found.origin))
    members["path"] = _text(found.path)
    if content is not None:
        spot = content.spot
        members["place"] = b'{"chunk":%d,"chunks":%d,"offset":%d,"root":"%b","segment":%d}' % (
            *(spot.chunk, content.chunks, spot.offset),
            *(content.root.encode(), spot.segment),
        )
        members["sha256"] = _text(content.sha256)
        members["size"] = b"%d" % content.size
    if found.target is not None:
        members["target"] = _text(base64_text(found.target))
    return members


def _claims(claims: Mapping[str, str]) -> bytes:
    return b"{" + b",".join(b"%b:%b" % (_text(name), _text(claims[name])) for name in sorted(claims)) + b"}"


def _text(value: str) -> bytes:
    return encode_basestring(value).encode()


def _modified(found: Found) -> str | None:
    """Return when the source says it was changed; of a year that no calendar has, nothing."""
    if found.stream is not None:
        return None
    microseconds = found.facts.st_mtime_ns // 1000
    if not FIRST <= microseconds <= LAST:
        return None
    return instant_text(EPOCH + timedelta(microseconds=microseconds))
