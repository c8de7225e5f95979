"""What ``rogatory evidence inspect`` says: the package's own words, and its files as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rogatory.cli import _edge
from rogatory.evidence import Entry, Inspected
from rogatory.values import instant_text

__all__ = ["lines_of", "value_of"]


def value_of(found: Inspected, entries: Sequence[Entry] | None) -> dict[str, Any]:
    """Return it as data; with a key, every entry too."""
    value: dict[str, Any] = {
        "files": {_edge.shown(path): size for path, size in (found.files or {}).items()},
        "key": found.key,
        "seal": found.digest,
        "says": found.seal.model_dump(mode="json"),
    }
    if entries is not None:
        value["entries"] = [
            {"number": number, **each.model_dump(mode="json", exclude_none=True, exclude={"keys"})}
            for number, each in enumerate(entries)
        ]
    return value


def lines_of(found: Inspected, entries: Sequence[Entry] | None) -> list[str]:
    """Return it in words; with a key, a table of the entries, without one, of the files of the package."""
    said = found.seal
    lines = [
        "Not verified. The package says:",
        "",
        f"package    {said.package}{' (rehearsal)' if said.rehearsal else ''}",
        f"sealed by  {said.sealed_by}, at {instant_text(said.sealed_at)}, key {found.key[:16]}…",
        f"seal       {found.digest}",
        *([f"case       {said.case}"] if said.case else []),
        f"entries    {said.entries.size}",
        f"segments   {len(said.segments.data)} of data, {len(said.segments.legal)} of legal papers",
        f"size       {found.size:,} bytes of ciphertext",
        *(f"for        {each.authority}, key {each.key[:16]}…" for each in said.recipients),
        *([f"use        {said.conditions.use}"] if said.conditions else []),
        "",
    ]
    if entries is None:
        return [*lines, *_table(("size", "file"), _files(found))]
    return [*lines, *_table(("no", "kind", "size", "sha256", "path"), _entries(entries))]


def _files(found: Inspected) -> Iterator[tuple[str, ...]]:
    for path, size in sorted((found.files or {}).items()):
        yield f"{size:,}", _edge.shown(path)


def _entries(entries: Sequence[Entry]) -> Iterator[tuple[str, ...]]:
    for number, each in enumerate(entries):
        size = "" if each.size is None else f"{each.size:,}"
        yield str(number), each.kind, size, each.sha256 or "", f"{each.area}/{each.path}"


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> list[str]:
    """Return rows under their heads, numbers to the right; the last column is as wide as it is."""
    every = [heads, *rows]
    widths = [max(len(row[at]) for row in every) for at in range(len(heads) - 1)]
    right = {"size", "no"}
    return [
        "  ".join(
            cell
            if at == len(widths)
            else cell.rjust(widths[at])
            if heads[at] in right
            else cell.ljust(widths[at])
            for at, cell in enumerate(row)
        )
        for row in every
    ]
