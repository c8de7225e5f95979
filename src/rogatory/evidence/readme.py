"""The page that lies in every package and every disclosure, for a reader in thirty years."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["disclosure_text", "text"]


@cache
def _template(name: str) -> str:
    return files("rogatory.evidence").joinpath(name).read_text(encoding="utf-8")


def text(package: str, authority: str, instant: str) -> bytes:
    """Return the page of a package, filled in; it explains and is no authority."""
    return _template("readme.txt").format(package=package, authority=authority, instant=instant).encode()


def disclosure_text(package: str, authority: str) -> bytes:
    """Return the page of a disclosure, filled in; it explains and is under no signature."""
    return _template("disclosure.txt").format(package=package, authority=authority).encode()
