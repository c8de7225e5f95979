"""Text that is safe to show, and bytes that travel as text.

A character that hides or reorders what a reader sees is refused, not repaired: the signed bytes are the
record, and a repaired text would be another text.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from rogatory.errors import ValuesError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MAX_SHORT_TEXT",
    "MAX_TEXT",
    "Base64",
    "ShortText",
    "Text",
    "as_text",
    "base64_text",
    "check_line",
    "check_text",
    "parse_base64",
    "text_type",
]

MAX_TEXT: Final = 20_000
MAX_SHORT_TEXT: Final = 200
# A payload of 1 MiB (PROTOCOL section 2) in base64 has 4/3 of that many characters.
MAX_BASE64: Final = 3 * (1 << 19)

# Controls (C0 without line feed, DEL, C1), bidirectional embeddings, overrides and isolates, surrogates.
FORBIDDEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A line separator or paragraph separator starts a new line on a screen as a line feed does.
_LINE_BREAK: Final = re.compile("[\n\u2028\u2029]")
_PLAIN_ASCII: Final = b"\n" + bytes(range(0x20, 0x7F))


def as_text(value: object, what: str) -> str:
    """Return the value if it is text.

    Args:
        value: Anything.
        what: What was expected, for the error; never the value.

    Raises:
        ValuesError: VALUE-001 if it is not text.
    """
    # A plain str only: a subclass could answer one thing when checked and another when sent.
    if type(value) is not str:
        raise ValuesError("VALUE-001", what=what, found=type(value).__name__)
    return value


def check_text(value: object, what: str = "text", limit: int = MAX_TEXT) -> str:
    """Return the text, which holds nothing that hides or reorders what a reader sees.

    It does not normalise: ``é`` as one code point or as two stays as it came.

    Args:
        value: One character or more; line feeds are allowed.
        what: The name of the member, for the error.
        limit: The greatest number of code points.

    Returns:
        The same text.

    Raises:
        ValuesError: VALUE-001 not text, VALUE-002 empty or too long, VALUE-003 a forbidden character.

    Source:
        spec/values.md 2.1 to 2.3.
    """
    text = as_text(value, what)
    if not 1 <= len(text) <= limit:
        raise ValuesError("VALUE-002", what=what, length=len(text), limit=limit)
    if found := forbidden_in(text):
        point = f"U+{ord(found.group()):04X}"
        raise ValuesError("VALUE-003", what=what, point=point, position=found.start() + 1)
    return text


def forbidden_in(text: str) -> re.Match[str] | None:
    """Return the first character that hides or reorders what a reader sees, if there is one.

    Source:
        spec/values.md 2.2; spec/wire.md 1.6.
    """
    # Asking whether all of it is plain costs a fraction of searching it.
    return None if _is_plain(text) else FORBIDDEN.search(text)


def _is_plain(text: str) -> bool:
    if text.isascii():
        return not text.encode("ascii").translate(None, _PLAIN_ASCII)
    return text.isprintable()


def check_line(value: object, what: str = "text", limit: int = MAX_SHORT_TEXT) -> str:
    """Return the text, which is one line and passes :func:`check_text`.

    Raises:
        ValuesError: VALUE-001 to VALUE-003; VALUE-004 if there is a line break.

    Source:
        spec/values.md 2.4.
    """
    text = check_text(value, what, limit)
    if found := _LINE_BREAK.search(text):
        raise ValuesError("VALUE-004", what=what, position=found.start() + 1)
    return text


def text_type(check: Callable[[Any], str], **schema: str | int) -> tuple[PlainValidator, WithJsonSchema]:
    """Return the two annotations that make ``str`` a type of this house.

    Use as ``Annotated[str, *text_type(check, pattern="…")]``.
    """
    return PlainValidator(check), WithJsonSchema({"type": "string", **schema})


def parse_base64(text: str) -> bytes:
    """Return the bytes of standard, padded, canonical base64.

    One byte string has one text: the unused bits of the last character must be zero.

    Args:
        text: At most 1.5 MiB of characters; empty text is empty bytes.

    Raises:
        ValuesError: VALUE-001 not text, VALUE-002 too long, VALUE-011 another alphabet, no padding, white
            space, or bits that canonical base64 leaves zero.

    Source:
        RFC 4648 sections 3.5 and 4; spec/values.md 2.5.
    """
    given = as_text(text, "base64")
    if len(given) > MAX_BASE64:
        raise ValuesError("VALUE-002", what="base64", length=len(given), limit=MAX_BASE64)
    try:
        data = base64.b64decode(given.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValuesError("VALUE-011") from error
    # All but the last three bytes have one spelling in the alphabet; the last may leave bits unused.
    tail = len(data) % 3 or 3
    if given and base64_text(data[-tail:]) != given[-4:]:
        raise ValuesError("VALUE-011")
    return data


def base64_text(data: bytes) -> str:
    """Return the one base64 text of these bytes."""
    return base64.b64encode(data).decode("ascii")


def _base64(value: object) -> bytes:
    return value if type(value) is bytes else parse_base64(as_text(value, "base64"))


Text = Annotated[str, *text_type(check_text, minLength=1, maxLength=MAX_TEXT)]
"""One to 20,000 code points, several lines allowed."""

ShortText = Annotated[str, *text_type(check_line, minLength=1, maxLength=MAX_SHORT_TEXT)]
"""One line of one to 200 code points."""

Base64 = Annotated[
    bytes,
    PlainValidator(_base64),
    PlainSerializer(base64_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]
"""``bytes`` in Python, standard padded base64 in JSON."""
