"""The one place where the node draws random bytes; every other room is handed this function."""

from __future__ import annotations

import secrets
import uuid

__all__ = ["new_id", "random_bytes"]


def random_bytes(count: int) -> bytes:
    """Return fresh bytes from the operating system's generator.

    Args:
        count: How many, at least 1.
    """
    return secrets.token_bytes(count)


def new_id() -> uuid.UUID:
    """Return a random id (UUID version 4), which says nothing about what bears it."""
    return uuid.UUID(bytes=random_bytes(16), version=4)
