"""Signed notes: a text and the lines under it, each by a named key (C2SP signed-note).

This module reads and writes notes, names keys and checks single lines. It does not know which lines
must be there: ``custody`` demands them. A line of an unknown key means nothing, good or bad.

Three kinds of line are known. Ed25519 (0x01) covers the note's text. The two cosignatures, Ed25519
(0x04) and ML-DSA-44 (0x06), begin with a timestamp and cover a message that the caller builds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rogatory.envelopes.note_keys import (
    LineKind,
    NoteKey,
    NoteSigner,
    VerifierKey,
    algorithm,
    check_name,
    is_name,
    pair_keys,
    read_verifier_key,
    verifier_keys,
)
from rogatory.errors import CustodyError, KeysError, ValuesError
from rogatory.keys.public import check_classical, check_post_quantum
from rogatory.keys.purposes import Suite
from rogatory.values import base64_text, parse_base64

__all__ = [
    "MAX_LINES",
    "MAX_NOTE_SIZE",
    "Line",
    "LineKind",
    "Note",
    "NoteKey",
    "NoteSigner",
    "VerifierKey",
    "algorithm",
    "check_count",
    "check_line",
    "find_line",
    "is_name",
    "pair_keys",
    "read_lines",
    "read_note",
    "read_verifier_key",
    "sign_line",
    "verifier_keys",
    "write_lines",
    "write_note",
]

# spec/custody.md 4.2: C2SP asks for at least 16 lines; an ML-DSA-44 line has about 3,300 bytes.
MAX_NOTE_SIZE: Final = 128 * 1024
MAX_LINES: Final = 32

_MARK: Final = "\N{EM DASH} "
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One signature line: whose name it bears, which key it names, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a line feed, and the lines under it in their order."""

    text: str
    lines: tuple[Line, ...]


def read_note(data: bytes, *, limit: int = MAX_NOTE_SIZE) -> Note:
    """Return the text and the lines that the bytes spell; no signature is checked.

    1. size, 2. UTF-8 without control characters, 3. the last empty line parts text from lines,
    4. one to 32 lines, each well formed.

    Args:
        data: A whole note.
        limit: Bytes allowed.

    Raises:
        CustodyError: LOG-001 size, LOG-002 form, LOG-003 a name.

    Source:
        C2SP signed-note, Format; spec/custody.md 4.1 to 4.4.
    """
    # Step 1.
    check_size(data, limit)
    # Step 2.
    text = _text(data)
    # Step 3: the text keeps its line feed, the empty line belongs to neither.
    cut = text.rfind("\n\n")
    if cut < 0:
        raise CustodyError("LOG-002", what="no empty line before the signatures")
    # Step 4.
    return Note(text[: cut + 1], _lines(text[cut + 2 :]))


def read_lines(data: bytes, *, limit: int = MAX_NOTE_SIZE) -> tuple[Line, ...]:
    """Return the signature lines that a witness answers with; no signature is checked.

    Raises:
        CustodyError: LOG-001 size, LOG-002 form, LOG-003 a name.

    Source:
        C2SP tlog-witness, add-checkpoint; spec/custody.md 6.6.
    """
    check_size(data, limit)
    return _lines(_text(data))


def check_size(data: bytes, limit: int) -> None:
    """Refuse what is larger than a note needs to be, before reading it."""
    if len(data) > limit:
        raise CustodyError("LOG-001", size=len(data), limit=limit)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CustodyError("LOG-002", what="not UTF-8") from None
    check_no_controls(text)
    return text


def check_no_controls(text: str) -> None:
    """Refuse control characters below U+0020 but the line feed (C2SP signed-note, Format)."""
    if _CONTROL.search(text):
        raise CustodyError("LOG-002", what="a control character")


def check_count(lines: Sequence[object]) -> None:
    """Refuse more lines than are checked: each line of a known key costs a verification."""
    if len(lines) > MAX_LINES:
        raise CustodyError("LOG-002", what=f"more than {MAX_LINES} signature lines")


def _lines(block: str) -> tuple[Line, ...]:
    if not block.endswith("\n"):
        raise CustodyError("LOG-002", what="the last line is cut short")
    found = block[:-1].split("\n")
    check_count(found)
    return tuple(_line(each) for each in found)


def _line(text: str) -> Line:
    name, space, encoded = text.removeprefix(_MARK).partition(" ")
    if not text.startswith(_MARK) or not space:
        raise CustodyError("LOG-002", what="a signature line of another form")
    check_name(name)
    try:
        blob = parse_base64(encoded)
    except ValuesError:
        raise CustodyError("LOG-002", what="a signature that is not base64") from None
    if len(blob) < 5:
        raise CustodyError("LOG-002", what="a signature without bytes")
    return Line(name, blob[:4], blob[4:])


def write_note(note: Note) -> bytes:
    """Return the bytes of a note, which ``read_note`` reads back unchanged."""
    return note.text.encode() + b"\n" + write_lines(note.lines)


def write_lines(lines: Iterable[Line]) -> bytes:
    """Return signature lines as bytes, each with its line feed."""
    texts = (f"{_MARK}{each.name} {base64_text(each.key_id + each.signature)}\n" for each in lines)
    return "".join(texts).encode()


def find_line(note: Note, key: VerifierKey) -> Line | None:
    """Return the one line of a note that names this key, or None.

    Raises:
        CustodyError: LOG-007 two lines name it.

    Source:
        spec/custody.md 4.7.
    """
    mine = [each for each in note.lines if (each.name, each.key_id) == (key.name, key.key_id)]
    check_once(key, mine)
    return mine[0] if mine else None


def check_once(key: VerifierKey, lines: list[Line]) -> None:
    """Refuse two lines of one key: readers could differ on which one counts."""
    if len(lines) > 1:
        raise CustodyError("LOG-007", name=key.name)


def check_line(key: VerifierKey, message: bytes, signature: bytes) -> None:
    """Return only if the bare signature over the message holds.

    Args:
        key: The key that the line names.
        message: What the kind of line covers; the caller builds it.
        signature: Without key id and without timestamp.

    Raises:
        CustodyError: LOG-006.
    """
    try:
        if key.kind is LineKind.MLDSA44_COSIGNATURE:
            check_post_quantum(Suite.NOTE, key.public, message, signature)
        else:
            check_classical(key.public, message, signature)
    except KeysError:
        raise CustodyError("LOG-006", name=key.name, algorithm=algorithm(key.kind)) from None


def sign_line(key: VerifierKey, message: bytes, signer: NoteSigner, *, stamp: bytes = b"") -> Line:
    """Return this key's line over a message.

    Args:
        key: The public half that the line names; it must belong to the signer.
        message: What the kind of line covers; the caller builds it.
        signer: The private half.
        stamp: What stands before the signature: the timestamp of a cosignature, or nothing.
    """
    classical, post_quantum = signer.sign(message)
    chosen = post_quantum if key.kind is LineKind.MLDSA44_COSIGNATURE else classical
    return Line(key.name, key.key_id, stamp + chosen)
