"""Strict JSON: what two parsers could read in two ways is refused before any model sees it.

Each check below is a function of its own, reached through this module, so that the conformance
suite can take one away and show that the vector it stops would pass.
"""

from __future__ import annotations

import json
from typing import Any, Final

from rogatory.errors import WireError
from rogatory.values.text import forbidden_in

__all__ = ["MAX_DEPTH", "MAX_SIZE", "parse"]

# spec/wire.md 1.1 and 1.2: one statement is at most 1 MiB and 32 levels deep.
MAX_SIZE: Final = 1 << 20
MAX_DEPTH: Final = 32
MAX_INTEGER: Final = 2**53
# spec/wire.md 1.7: what is read takes memory by its parts, some sixty times its bytes at the worst.
MAX_PARTS: Final = 1 << 20
MAX_MEMBERS: Final = 20_000


def parse(data: bytes, *, limit: int = MAX_SIZE) -> Any:
    """Return what the bytes say, once only one reading of them is possible.

    1. size and number of parts, 2. UTF-8, 3. syntax with no duplicate member, no float, no integer above
    2^53, 4. depth, 5. text without control or bidirectional-override characters.
    It does not check members against a model; see ``rogatory.wire.decode``.

    Args:
        data: A whole document, UTF-8 without byte-order mark.
        limit: Bytes allowed.

    Returns:
        Plain dictionaries, lists, strings, integers, booleans and null.

    Raises:
        WireError: WIRE-001 size, WIRE-002 encoding, WIRE-003 syntax, WIRE-004 duplicate member,
            WIRE-005 float, WIRE-006 integer, WIRE-007 depth, WIRE-008 text, WIRE-013 parts or members.

    Source:
        spec/wire.md, section 1; PROTOCOL section 2.
    """
    # Step 1.
    check_size(data, limit)
    check_parts(data)
    # Step 2.
    text = decode_utf8(data)
    # Step 3.
    try:
        document = json.loads(
            text,
            object_pairs_hook=read_object,
            parse_float=refuse_float,
            parse_constant=refuse_float,
            parse_int=read_integer,
        )
    except RecursionError:
        raise WireError("WIRE-007", depth=MAX_DEPTH) from None
    except ValueError as error:
        raise WireError("WIRE-003", at=getattr(error, "pos", 0)) from None
    # Steps 4 and 5.
    if not is_plain(text):
        check_tree(document)
    return document


def is_plain(text: str) -> bool:
    """Return whether a document's bytes alone show that its depth and its text are allowed.

    Without an escape every text in it is a part of it; and nothing is deeper than there are brackets.
    """
    return "\\" not in text and text.count("{") + text.count("[") <= MAX_DEPTH and forbidden_in(text) is None


def check_size(data: bytes, limit: int) -> None:
    """Refuse a document above the limit before reading it."""
    if len(data) > limit:
        raise WireError("WIRE-001", size=len(data), limit=limit)


def check_parts(data: bytes) -> None:
    """Refuse a document of more parts than a reader need hold; one of 1 MiB never has too many."""
    if len(data) > MAX_PARTS and sum(data.count(each) for each in (b",", b"[", b"{")) > MAX_PARTS:
        raise WireError("WIRE-013", limit=MAX_PARTS)


def check_members(count: int) -> None:
    """Refuse an object of more members than any document of ours has."""
    if count > MAX_MEMBERS:
        raise WireError("WIRE-013", limit=MAX_MEMBERS)


def decode_utf8(data: bytes) -> str:
    """Return the text; a byte-order mark or a wrong byte is refused."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WireError("WIRE-002", at=error.start) from None
    if text.startswith("\ufeff"):
        raise WireError("WIRE-002", at=0)
    return text


def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return one object as a dictionary, its members each named once."""
    check_members(len(pairs))
    members = dict(pairs)
    if len(members) != len(pairs):
        check_no_duplicate(pairs)
    return members


def check_no_duplicate(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object that names a member twice: parsers differ on which one counts."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise WireError("WIRE-004", member=name[:80])
        seen.add(name)


def refuse_float(text: str) -> float:
    """Refuse a number that is not an integer: its value would depend on the reader."""
    raise WireError("WIRE-005", number=text[:40])


def read_integer(text: str) -> int:
    """Return an integer that every JSON reader holds exactly."""
    # Seventeen characters hold every allowed value; longer ones are not even converted.
    value = int(text) if len(text) <= 17 else MAX_INTEGER + 1
    check_integer(value)
    return value


def check_integer(value: int) -> None:
    """Refuse an integer that a reader using floating point would round."""
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise WireError("WIRE-006")


def check_tree(document: Any) -> None:
    """Walk the document once, without recursion, and check depth, text and numbers.

    What was just read holds no wrong number; what is about to be written may.
    """
    level, depth = [document], 0
    while level:
        below: list[Any] = []
        for node in level:
            if isinstance(node, str):
                check_text(node)
            elif isinstance(node, dict):
                for name in node:
                    check_text(name)
                below.extend(node.values())
            elif isinstance(node, (list, tuple)):
                below.extend(node)
            elif isinstance(node, float):
                refuse_float(repr(node))
            elif isinstance(node, int):
                check_integer(node)
        if any(isinstance(node, (dict, list, tuple)) for node in level):
            depth += 1
            check_depth(depth)
        level = below


def check_depth(depth: int) -> None:
    """Refuse a document nested deeper than any statement needs."""
    if depth > MAX_DEPTH:
        raise WireError("WIRE-007", depth=MAX_DEPTH)


def check_text(text: str) -> None:
    """Refuse text that a screen would show otherwise than it is stored (spec/wire.md 1.6)."""
    if found := forbidden_in(text):
        raise WireError("WIRE-008", character=f"U+{ord(found.group()):04X}")
