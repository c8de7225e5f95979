"""Names: of roles, of files, of paths; and how large each file may be.

A Party's offline role bears its code (``vnm``), the online role under it ``vnm.online``. Paths are those
under which a register is served; they never come from a document.
"""

from __future__ import annotations

import re
from typing import Final

from rogatory.errors import RegisterError

__all__ = [
    "AUTHORITIES",
    "CHECKPOINT",
    "IDENTITY",
    "MAX_FILE",
    "MAX_ROOTS",
    "MAX_TIMESTAMP",
    "REGISTER_FILE",
    "TIMESTAMP",
    "check_path",
    "metadata_path",
    "online_role",
    "own_paths",
    "party_of_path",
    "root_path",
    "target_path",
]

# spec/register.md 2.4: one file holds at most 1 MiB, the timestamp 64 KiB, a chain 64 new roots.
MAX_FILE: Final = 1 << 20
MAX_TIMESTAMP: Final = 1 << 16
MAX_ROOTS: Final = 64

TIMESTAMP: Final = "metadata/timestamp.json"
CHECKPOINT: Final = "log/checkpoint"
REGISTER_FILE: Final = "register.json"
IDENTITY: Final = "identity.json"
AUTHORITIES: Final = "authorities.json"

_PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_PARTY_FILE: Final = re.compile(
    r"(?:metadata/[0-9]+\.|targets/parties/)([a-z]{3})(?:\.online\.json|\.json|/[^/]+)"
)


def online_role(party: str) -> str:
    """Return the name of the online role under a Party's offline role."""
    return f"{party}.online"


def own_paths(role: str) -> tuple[str, str]:
    """Return the delegated path pattern of a Party's role and the one file that it may name."""
    party, _, online = role.partition(".")
    if online:
        return f"parties/{party}/{AUTHORITIES}", f"parties/{party}/{AUTHORITIES}"
    return f"parties/{party}/*", f"parties/{party}/{IDENTITY}"


def root_path(version: int) -> str:
    """Return where a version of the root lies."""
    return metadata_path("root", version)


def metadata_path(role: str, version: int) -> str:
    """Return where a version of a role's metadata lies (TUF, consistent snapshots)."""
    return f"metadata/{version}.{role}.json"


def target_path(name: str, digest: str) -> str:
    """Return where a target with this SHA-256 lies (TUF, consistent snapshots)."""
    folder, _, last = name.rpartition("/")
    return f"targets/{folder}/{digest}.{last}" if folder else f"targets/{digest}.{last}"


def party_of_path(path: str) -> str | None:
    """Return the Party to which a path belongs, or None for a file of the whole register."""
    found = _PARTY_FILE.fullmatch(path)
    return found.group(1) if found else None


def check_path(path: str) -> str:
    """Return the path, which stays below the folder it is put under.

    Raises:
        RegisterError: REG-035.
    """
    if len(path) > 300 or not all(_PART.fullmatch(part) for part in path.split("/")):
        raise RegisterError("REG-035")
    return path
