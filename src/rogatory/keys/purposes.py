"""What a key is for, and with which algorithms: fixed by the purpose, never by a message."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["SUITES", "Purpose", "Suite"]


class Purpose(StrEnum):
    """The one use of a key. A key seen under two is refused (PROTOCOL rule 5)."""

    IDENTITY = "identity"  # vouches for an authority's other keys; offline
    REGISTER = "register"  # signs for a role of the register
    STATEMENT = "statement"  # signs statements, receipts among them
    TRANSPORT = "transport"  # signs HTTP messages between nodes
    ENCRYPTION = "encryption"  # receives statements and package keys; 90 days
    ARCHIVE = "archive"  # keeps what an encryption key once received
    SEAL = "seal"  # seals evidence packages
    LOG = "log"  # signs checkpoints of a custody log
    WITNESS = "witness"  # cosigns another log's checkpoints


class Suite(StrEnum):
    """A pair of algorithms, one classical and one post-quantum, always used together."""

    SIGNATURE = "ed25519+ml-dsa-65"
    NOTE = "ed25519+ml-dsa-44"  # what C2SP defines for checkpoints
    ENCRYPTION = "x25519+ml-kem-768"


# PROTOCOL rule 4: the register's purpose decides the algorithms.
SUITES: Final = {
    Purpose.IDENTITY: Suite.SIGNATURE,
    Purpose.REGISTER: Suite.SIGNATURE,
    Purpose.STATEMENT: Suite.SIGNATURE,
    Purpose.TRANSPORT: Suite.SIGNATURE,
    Purpose.ENCRYPTION: Suite.ENCRYPTION,
    Purpose.ARCHIVE: Suite.ENCRYPTION,
    Purpose.SEAL: Suite.SIGNATURE,
    Purpose.LOG: Suite.NOTE,
    Purpose.WITNESS: Suite.NOTE,
}
