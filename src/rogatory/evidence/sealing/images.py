"""Disk images as acquiring tools leave them (E01): the digests stored in them become claims.

The files of an image are sealed as they are; this looks into them with libewf, an optional package under
the LGPL. A stored digest is what a tool said when it acquired the disk; nobody else has seen that disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, Literal

from rogatory.errors import EvidenceError
from rogatory.evidence.sealing.walk import Found

__all__ = ["Images", "claims_about"]

Images = Literal["no", "stored", "recomputed"]

# The first segment of an image stands for all of them.
_FIRST: Final = re.compile(r".*\.(?:e|ex|s|l|lx)01", re.IGNORECASE)
_STORED: Final = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256"}
BLOCK: Final = 1 << 20


def claims_about(images: Images) -> Callable[[Found], Mapping[str, str]]:
    """Return what says the claims about something that was found.

    Args:
        images: Whether stored digests are read, and whether they are computed again.
    """
    if images == "no":
        return lambda _: {}
    library = _library()

    def claims(found: Found) -> Mapping[str, str]:
        if found.kind != "file" or found.stream is not None or not _FIRST.fullmatch(found.name):
            return {}
        try:
            return _claims(library, found, recompute=images == "recomputed")
        except OSError as error:
            raise EvidenceError("EVID-018", path=found.path, reason=str(error).splitlines()[0]) from error

    return claims


def _library() -> Any:
    try:
        return import_module("pyewf")
    except ImportError:
        raise EvidenceError("EVID-019") from None


def _claims(library: Any, found: Found, *, recompute: bool) -> dict[str, str]:
    # By the folder that is open, so that nothing is read but what was found.
    segments = library.glob(f"/proc/self/fd/{found.folder.descriptor}/{found.name}")
    handle = library.handle()
    handle.open(segments)
    try:
        stored = {own: handle.get_hash_value(name) for name, own in _STORED.items()}
        stored = {own: value.lower() for own, value in stored.items() if value}
        said = {f"ewf.{own}": value for own, value in stored.items()}
        said["ewf.media-size"] = str(handle.get_media_size())
        if recompute:
            said |= _recomputed(handle, stored)
    finally:
        handle.close()
    return said


def _recomputed(handle: Any, stored: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of the content now, and whether each is the stored one."""
    digests = {own: hashlib.new(own, usedforsecurity=False) for own in {*stored, "sha256"}}
    while data := handle.read(BLOCK):
        for digest in digests.values():
            digest.update(data)
    now = {own: digest.hexdigest() for own, digest in digests.items()}
    same = {f"ewf.{own}.same": str(now[own] == value).lower() for own, value in stored.items()}
    return {**{f"ewf.{own}.recomputed": value for own, value in now.items()}, **same}
