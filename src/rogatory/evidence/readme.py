"""The page that lies in every package, for a reader in thirty years."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["text"]


@cache
def _template() -> str:
    return files("rogatory.evidence").joinpath("readme.txt").read_text(encoding="utf-8")


def text(package: str, authority: str, instant: str) -> bytes:
    """Return the page, filled in; it explains and is no authority."""
    return _template().format(package=package, authority=authority, instant=instant).encode()
