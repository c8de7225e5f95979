"""Coroutines in tests that may run beside a browser's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

__all__ = ["apart"]

T = TypeVar("T")


def apart(play: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine gives in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, play).result()
