"""Packages for tests: a sealer, two recipients, sources of every kind, and whom to believe."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from rogatory.evidence import Basis, Sealed, Terms, seal
from rogatory.keys import KeyRing, Purpose
from support.world import ASKED, ASKING, NOON, THIRD, counting_random, decryption, entry, pair, ring, signing

SEALER = ASKED
AT = NOON + timedelta(minutes=1)


def write_sources(folder: Path) -> Path:
    """Make a folder of mixed things: small, empty, several chunks, odd names, a link, an empty folder."""
    top = folder / "case"
    (top / "logs" / "old").mkdir(parents=True)
    (top / "logs" / "access.log").write_bytes(b"203.0.113.57 - - GET /\n" * 40)
    (top / "logs" / "empty.log").write_bytes(b"")
    (top / "disk.img").write_bytes(counting_random("disk")((2 << 20) + 12345))
    (top / "12:30 100%.txt").write_bytes(b"noon")
    (top / "Readme").write_bytes(b"one")
    (top / "README").write_bytes(b"two")
    (top / os.fsdecode(b"caf\xe9")).write_bytes(b"latin")
    (top / "link").symlink_to("/etc/passwd")
    os.mkfifo(top / "pipe")
    return top


def basis(**changes: Any) -> Basis:
    members: dict[str, Any] = {"ring": ring(), "at": AT}
    return Basis(**(members | changes))


def make(
    folder: Path,
    *sources: Path,
    terms: Terms | None = None,
    random: Callable[[int], bytes] | None = None,
    recipients: tuple[str, ...] = (ASKING, SEALER),
    out: str = "package",
) -> Sealed:
    """Seal sources, by default the mixed folder, for both Parties."""
    return seal(
        list(sources) or [write_sources(folder)],
        [pair(name, Purpose.ENCRYPTION).public for name in recipients],
        signing(SEALER, Purpose.SEAL),
        folder / out,
        now=NOON,
        random=random or counting_random(out),
        terms=terms,
    )


def files_of(package: Path) -> list[str]:
    """Return every file of a folder, relative, sorted."""
    return sorted(str(path.relative_to(package)) for path in package.rglob("*") if not path.is_dir())


__all__ = [
    "ASKED",
    "ASKING",
    "AT",
    "NOON",
    "SEALER",
    "THIRD",
    "KeyRing",
    "basis",
    "decryption",
    "entry",
    "files_of",
    "make",
    "pair",
    "write_sources",
]
