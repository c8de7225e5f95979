"""The keys of signed notes: names, ids, and how the two halves of a log or a witness belong together.

A verifier key is one public key under one name for one kind of line (C2SP signed-note, Verifier keys).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from rogatory.errors import CustodyError, ValuesError
from rogatory.values import base64_text, parse_base64

__all__ = [
    "LineKind",
    "NoteKey",
    "NoteSigner",
    "VerifierKey",
    "algorithm",
    "check_name",
    "is_name",
    "pair_keys",
    "read_verifier_key",
    "verifier_keys",
]

MAX_NAME_SIZE: Final = 255
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
    check_key_id(key, parts[1])
    return key


def check_key_id(key: VerifierKey, stated: str) -> None:
    """Refuse a verifier key whose id is not that of its name, kind and bytes: it was mixed or cut."""
    if key.key_id.hex() != stated:
        raise CustodyError("LOG-004", what="id")


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


def algorithm(kind: LineKind) -> str:
    """Return the name of the algorithm of a kind of line, for a sentence."""
    return "ML-DSA-44" if kind is LineKind.MLDSA44_COSIGNATURE else "Ed25519"
