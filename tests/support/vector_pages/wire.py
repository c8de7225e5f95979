"""Vectors of ``wire``: strict JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rogatory import wire
from support.vector_pages import Case, Page, accepted, b64, refused

STRICT = "rogatory.wire.strict:"

GOOD = {
    "an empty object": b"{}",
    "every kind of value": b' {"b": [1, -2, true, false, null, "text"], "a": {}} ',
    "the greatest integer": b"[9007199254740992, -9007199254740992]",
    "text in three scripts": '["Trần Thị Mai", "القاهرة", "日本"]'.encode(),
    "a line feed, escaped": b'["one\\ntwo"]',
    "a character beyond the first plane": b'["\\ud83d\\udd0f", "\xf0\x9f\x94\x8f"]',
    "a bare string": b'"text"',
    "thirty-two levels": b"[" * 32 + b"]" * 32,
}

# Name: bytes, code, check. Without a check the reading itself fails.
BAD: dict[str, tuple[bytes | dict[str, Any], str, str | None]] = {
    "nothing": (b"", "WIRE-003", None),
    "truncated": (b'{"seq": 1, "case', "WIRE-003", None),
    "two documents": (b"{} {}", "WIRE-003", None),
    "a comment": (b"{} // none", "WIRE-003", None),
    "a trailing comma": (b"[1,]", "WIRE-003", None),
    "a raw line feed in a string": (b'["one\ntwo"]', "WIRE-003", None),
    "not UTF-8": (b'["\xff"]', "WIRE-002", None),
    "UTF-8 in a longer form": (b'["\xc0\xaf"]', "WIRE-002", None),
    "UTF-16": ("[1]".encode("utf-16"), "WIRE-002", None),
    "a byte-order mark": (b"\xef\xbb\xbf{}", "WIRE-002", None),
    "oversized": (
        {"repeat": {"before": '["', "unit": "a", "times": 1 << 20, "after": '"]'}},
        "WIRE-001",
        "check_size",
    ),
    "a duplicate member": (b'{"seq": 1, "seq": 2}', "WIRE-004", "check_no_duplicate"),
    "a duplicate member, escaped": (b'{"seq": 1, "\\u0073eq": 2}', "WIRE-004", "check_no_duplicate"),
    "a duplicate member, deep inside": (b'[[{"a": {"b": 1, "b": 1}}]]', "WIRE-004", "check_no_duplicate"),
    "a float": (b"[1.5]", "WIRE-005", "refuse_float"),
    "an integer written as a float": (b"[1.0]", "WIRE-005", "refuse_float"),
    "an exponent": (b"[1e3]", "WIRE-005", "refuse_float"),
    "not a number": (b"[NaN]", "WIRE-005", "refuse_float"),
    "infinity": (b"[-Infinity]", "WIRE-005", "refuse_float"),
    "a big integer": (b"[9007199254740993]", "WIRE-006", "check_integer"),
    "a big negative integer": (b"[-9007199254740993]", "WIRE-006", "check_integer"),
    "an endless integer": (
        {"repeat": {"before": "[", "unit": "9", "times": 5000, "after": "]"}},
        "WIRE-006",
        "check_integer",
    ),
    "thirty-three levels": (b"[" * 33 + b"]" * 33, "WIRE-007", "check_depth"),
    "thirty-three levels of objects": (b'{"a":' * 33 + b"1" + b"}" * 33, "WIRE-007", "check_depth"),
    "too deep for any reader": (
        {"repeat": {"before": "", "unit": "[", "times": 200000, "after": ""}},
        "WIRE-007",
        None,
    ),
    "a bidirectional override": (
        '["gpj.\\u202egnp.exe", "\u202e"]'.encode(),
        "WIRE-008",
        "check_text",
    ),
    "a bidirectional isolate": ('["\u2066text\u2069"]'.encode(), "WIRE-008", "check_text"),
    "an escape character": (b'["\\u001b[2J"]', "WIRE-008", "check_text"),
    "a null character": (b'["a\\u0000b"]', "WIRE-008", "check_text"),
    "a tabulator": (b'["a\\tb"]', "WIRE-008", "check_text"),
    "a control character of the second set": (b'["\\u0085"]', "WIRE-008", "check_text"),
    "a forbidden character in a member's name": (b'{"a\\u202e": 1}', "WIRE-008", "check_text"),
    "half a surrogate pair": (b'["\\ud800"]', "WIRE-008", None),
}


def _canonical(data: bytes) -> str:
    return b64(wire.canonical(wire.parse(data)))


def _good(name: str, data: bytes) -> Case:
    return Case(name, lambda: accepted({"data": {"base64": b64(data)}}, canonical=_canonical(data)))


def _bad(name: str, data: bytes | dict[str, Any], code: str, check: str | None) -> Case:
    given = {"base64": b64(data)} if isinstance(data, bytes) else data
    return Case(name, lambda: refused({"data": given}, code, check and STRICT + check))


def pages() -> Iterator[Page]:
    """Yield the page of strict reading."""
    yield Page(
        path="wire/strict.json",
        about=(
            "Read the data as one JSON document of at most 1 MiB. Accepted: 'canonical' is its canonical"
            " form. Data stand as base64, or as a unit repeated between two texts."
        ),
        spec="spec/wire.md 1 and 3",
        operation="wire.parse",
        cases=(
            *(_good(name, data) for name, data in GOOD.items()),
            *(_bad(name, *rest) for name, rest in BAD.items()),
        ),
    )
