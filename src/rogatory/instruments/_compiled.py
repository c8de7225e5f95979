"""Compiled JSON in, read once and kept; no YAML and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from rogatory.errors import InstrumentError

__all__ = ["catalogue", "relations", "structure", "words"]

FALLBACK = "en"


def _folder() -> Traversable:
    return files("rogatory.instruments").joinpath("compiled")


def _json(name: str) -> Any:
    page = _folder().joinpath(name)
    if not page.is_file():
        raise InstrumentError("INST-003", file=name)
    return json.loads(page.read_bytes())


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return the instruments at hand by key: their digest and their languages."""
    entries: Mapping[str, Mapping[str, Any]] = _json("catalogue.json")
    return entries


@cache
def relations() -> Mapping[str, Mapping[str, Any]]:
    """Return what the law room asks of every instrument, by key, from one small page."""
    page: Mapping[str, Mapping[str, Any]] = _json("relations.json")
    return page


@cache
def structure(key: str) -> Mapping[str, Any]:
    """Return the compiled structure of one instrument, with its index rows by id under ``rows``."""
    if key not in catalogue():
        raise InstrumentError("INST-002", name=key)
    page: dict[str, Any] = _json(f"{key}.json")
    page["rows"] = {row["id"]: (name, row) for name, rows in page["indexes"].items() for row in rows}
    return page


@cache
def words(key: str, language: str) -> Mapping[str, Any]:
    """Return the words of one instrument; English where the language has none."""
    chosen = language if language in catalogue()[key]["languages"] else FALLBACK
    page: dict[str, Any] = _json(f"{key}.{chosen}.json")
    return page if chosen == FALLBACK else {**words(key, FALLBACK), **page}
