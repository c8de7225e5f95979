"""The bad packages of vectors/evidence: the ways in which one is bent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from support.crafting import Craft, Row, b64, canonical, padme


def entries(number: int, **changes: Any) -> Any:
    """Bend members of one entry; a name with two underscores reaches into a member."""

    def hook(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for name, value in changes.items():
            member, _, inner = name.partition("__")
            if inner:
                found[number][member][inner] = value
            else:
                found[number][member] = value
        return found

    return hook


def paths(*names: str) -> Craft:
    return Craft(files=tuple(("data", name, name.encode() * 3) for name in names))


def statement(**changes: Any) -> Any:
    return lambda document: document | changes


def other_chunk(changes: Any) -> Any:
    """Bend the row of the second chunk, the last of its segment."""
    seen: list[Row] = []

    def hook(row: Row) -> Row:
        seen.append(row)
        return replace(row, **changes(row)) if len(seen) == 2 else row

    return hook


def same_nonce(areas: Any) -> Any:
    (first, data), (second, more) = areas["data"]
    areas["data"] = [(first, data), (replace(second, nonce=first.nonce), more)]
    return areas


def hidden_chunk(areas: Any) -> Any:
    row, data = areas["data"][0]
    extra = replace(row, nonce=b"n" * 12, commitment=b"c" * 32)
    areas["data"].append((extra, data))
    return areas


def swap_wraps(wraps: Any) -> Any:
    first, second = wraps
    return [{**first, "wrap": second["wrap"]}, {**second, "wrap": first["wrap"]}]


def one_signature(envelope: Any) -> Any:
    return {**envelope, "signatures": envelope["signatures"][:1]}


def listed_twice(document: Any) -> Any:
    return {**document, "files": [document["files"][0], *document["files"]]}


def with_file(path: str, data: bytes) -> Any:
    return lambda files: {**files, path: data}


def tampered(path: str, change: Any) -> Any:
    return lambda files: {**files, path: change(files[path])}


def without(path: str) -> Any:
    return lambda files: {name: data for name, data in files.items() if name != path}


def cut_line(plain: bytes) -> bytes:
    content = plain.rstrip(b"\x00") + b"{"
    return content.ljust(padme(len(content)), b"\x00")


def foreign_receipt() -> bytes:
    """A receipt for another event; the check comes before its proof is looked at."""
    event = canonical({"fields": {"seal": "0" * 64}, "tag": "evidence:seal:done"}).decode()
    opening = {"event": event, "salt": b64(bytes(32))}
    receipt = {"type": "custody_receipt", "version": 1, "leaf": b64(bytes(32)), "index": 0, "path": []}
    return canonical({**receipt, "checkpoint": "none", "opening": opening})


def claims(found: Any) -> Craft:
    """Bend what is claimed of the first file."""
    return Craft(entries=entries(0, claims=found))


def other_wrap(wraps: Any) -> Any:
    """Bend the first wrap: the key it names is the recipient's, and what it holds opens with no key."""
    return [{**wraps[0], "wrap": b64(bytes(1168))}, *wraps[1:]]


def short_wrap(wraps: Any) -> Any:
    return [{**wraps[0], "wrap": b64(bytes(7))}, *wraps[1:]]


def other_case() -> bytes:
    return Craft(start="other", case=b"{}\n").build()["case.enc"]


def other_table() -> bytes:
    return Craft(files=(("data", "other.txt", b"another package"),)).build()["entries.enc"]
