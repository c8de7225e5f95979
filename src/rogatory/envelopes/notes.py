"""Signed notes: a text and the lines under it, each by a named key (C2SP signed-note).

This module reads and writes notes, names keys and checks single lines. It does not know which lines
must be there: ``custody`` demands them. A line of an unknown key means nothing, good or bad.

Three kinds of line are known. Ed25519 (0x01) covers the note's text. The two cosignatures, Ed25519
(0x04) and ML-DSA-44 (0x06), begin with a timestamp and cover a message that the caller builds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

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
MAX_NAME_SIZE: Final = 255

_MARK: Final = "\N{EM DASH} "
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
_HEX_ID: Final = re.compile("[0-9a-f]{8}")


class LineKind(IntEnum):
    """What a signature line is made with, and over what: the type byte of C2SP signed-note."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    MLDSA44_COSIGNATURE = 0x06


PUBLIC_SIZE: Final = {
    LineKind.ED25519: 32,
    LineKind.ED25519_COSIGNATURE: 32,
    LineKind.MLDSA44_COSIGNATURE: 1312,
}


class NoteSigner(Protocol):
    """The private half of a log or witness key: ``keys.SigningPair`` of the NOTE suite is one."""

    def sign(self, message: bytes) -> tuple[bytes, bytes]:
        """Return the Ed25519 and the ML-DSA-44 signature of a message."""
        ...


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """One public key under one name for one kind of line.

    Raises:
        CustodyError: LOG-003 the name cannot stand in a note; LOG-004 the key has another length.
    """

    name: str
    kind: LineKind
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a key that no line could belong to."""
        check_name(self.name)
        if len(self.public) != PUBLIC_SIZE[self.kind]:
            raise CustodyError("LOG-004", what="length")

    @property
    def key_id(self) -> bytes:
        """Four bytes that say which key made a line; an identifier, never proof of anything."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    @property
    def text(self) -> str:
        """The verifier key as one line of text, ``name+id+base64``."""
        return f"{self.name}+{self.key_id.hex()}+{base64_text(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The two public halves with which one log or one witness signs, under one name."""

    name: str
    ed25519: bytes
    mldsa44: bytes


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


def is_name(text: str) -> bool:
    """Return whether a text can name a key: printable, without space or plus, at most 255 bytes."""
    fits = 1 <= len(text.encode("utf-8", "replace")) <= MAX_NAME_SIZE
    return fits and "+" not in text and text.isprintable() and not any(each.isspace() for each in text)


def check_name(name: str) -> None:
    """Refuse what cannot name a key.

    Raises:
        CustodyError: LOG-003.

    Source:
        C2SP signed-note, Format; spec/custody.md 4.4.
    """
    if not is_name(name):
        raise CustodyError("LOG-003")


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
    if len(data) > limit:
        raise CustodyError("LOG-001", size=len(data), limit=limit)
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
    if len(data) > limit:
        raise CustodyError("LOG-001", size=len(data), limit=limit)
    return _lines(_text(data))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CustodyError("LOG-002", what="not UTF-8") from None
    if _CONTROL.search(text):
        raise CustodyError("LOG-002", what="a control character")
    return text


def _lines(block: str) -> tuple[Line, ...]:
    if not block.endswith("\n"):
        raise CustodyError("LOG-002", what="the last line is cut short")
    found = block[:-1].split("\n")
    if len(found) > MAX_LINES:
        raise CustodyError("LOG-002", what=f"more than {MAX_LINES} signature lines")
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


def read_verifier_key(text: str) -> VerifierKey:
    """Return the key that a verifier key line spells.

    Args:
        text: ``name+id+base64``, without a line feed.

    Raises:
        CustodyError: LOG-003 its name, LOG-004 another form, an unknown kind, a wrong length or id.

    Source:
        C2SP signed-note, Verifier keys; spec/custody.md 4.5.
    """
    parts = text.split("+", 2)
    if len(parts) != 3 or not _HEX_ID.fullmatch(parts[1]):
        raise CustodyError("LOG-004", what="form")
    try:
        blob = parse_base64(parts[2])
    except ValuesError:
        raise CustodyError("LOG-004", what="base64") from None
    if not blob or blob[0] not in LineKind.__members__.values():
        raise CustodyError("LOG-004", what="kind")
    key = VerifierKey(parts[0], LineKind(blob[0]), blob[1:])
    if key.key_id.hex() != parts[1]:
        raise CustodyError("LOG-004", what="id")
    return key


def verifier_keys(key: NoteKey, classical: LineKind) -> tuple[VerifierKey, VerifierKey]:
    """Return the two keys of a log (``ED25519``) or a witness (``ED25519_COSIGNATURE``), in that order."""
    return (
        VerifierKey(key.name, classical, key.ed25519),
        VerifierKey(key.name, LineKind.MLDSA44_COSIGNATURE, key.mldsa44),
    )


def pair_keys(keys: Iterable[VerifierKey]) -> tuple[dict[str, NoteKey], dict[str, NoteKey]]:
    """Return the logs and the witnesses, by name, that a heap of verifier keys makes up.

    A name with an 0x01 and an 0x06 key is a log, one with an 0x04 and an 0x06 key a witness.

    Raises:
        CustodyError: LOG-008 a name lacks one half, has one twice, or would be log and witness at once.

    Source:
        spec/custody.md 4.6: one algorithm alone never counts.
    """
    found: dict[str, dict[LineKind, bytes]] = {}
    for key in keys:
        if key.kind in found.setdefault(key.name, {}):
            raise CustodyError("LOG-008", name=key.name)
        found[key.name][key.kind] = key.public
    homes: dict[frozenset[LineKind], dict[str, NoteKey]] = {
        frozenset({LineKind.ED25519, LineKind.MLDSA44_COSIGNATURE}): {},
        frozenset({LineKind.ED25519_COSIGNATURE, LineKind.MLDSA44_COSIGNATURE}): {},
    }
    for name, halves in found.items():
        home = homes.get(frozenset(halves))
        if home is None:
            raise CustodyError("LOG-008", name=name)
        # The post-quantum kind is the greater number, so sorting puts the classical half first.
        home[name] = NoteKey(name, *(halves[kind] for kind in sorted(halves)))
    logs, witnesses = homes.values()
    return logs, witnesses


def find_line(note: Note, key: VerifierKey) -> Line | None:
    """Return the one line of a note that names this key, or None.

    Raises:
        CustodyError: LOG-007 two lines name it.

    Source:
        spec/custody.md 4.7.
    """
    mine = [each for each in note.lines if (each.name, each.key_id) == (key.name, key.key_id)]
    if len(mine) > 1:
        raise CustodyError("LOG-007", name=key.name)
    return mine[0] if mine else None


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


def algorithm(kind: LineKind) -> str:
    """Return the name of the algorithm of a kind of line, for a sentence."""
    return "ML-DSA-44" if kind is LineKind.MLDSA44_COSIGNATURE else "Ed25519"
