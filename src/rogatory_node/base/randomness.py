"""The one place where the node draws random bytes; every other room is handed this function."""

from __future__ import annotations

import secrets

__all__ = ["random_bytes"]


def random_bytes(count: int) -> bytes:
    """Return fresh bytes from the operating system's generator.

    Args:
        count: How many, at least 1.
    """
    return secrets.token_bytes(count)
