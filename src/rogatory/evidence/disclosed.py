"""The documents of a disclosure: what it says of itself, and one line for each entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from blake3 import blake3
from pydantic import Field

from rogatory.evidence.models import Area, Count, Entry, Kind, Positive, Secret
from rogatory.evidence.subtrees import leaf_over
from rogatory.evidence.trees import ENTRY_FIELD_LABEL, ENTRY_LEAF_LABEL, FIELD_SALT_SIZE
from rogatory.values import Base64, Digest, Frozen, Instant, ShortText

__all__ = [
    "BIN",
    "DISCLOSURE",
    "HASHES",
    "IDX",
    "KEYS",
    "LINES",
    "MAX_HEADER",
    "MAX_LINE",
    "Disclosure",
    "Hidden",
    "Line",
    "Part",
    "Shown",
    "Withheld",
    "leaf_of",
    "salts_of",
]

DISCLOSURE: Final = "disclosure.json"
LINES: Final = "entries.jsonl"
HASHES: Final = "hashes.bin"
BIN: Final = "chunks.bin"
IDX: Final = "chunks.idx"
KEYS: Final = "keys.bin"

MAX_HEADER: Final = 16 << 20
MAX_LINE: Final = 256 * 1024


class Withheld(Frozen):
    """Entries that are not given, by their numbers, both included; the reason is nobody's signed word."""

    first: Annotated[int, Field(ge=0, le=2**53, alias="from")]
    last: Annotated[int, Field(ge=0, le=2**53, alias="to")]
    reason: ShortText


class Disclosure(Frozen):
    """What a disclosure says of itself.

    Attributes:
        seal: SHA-256 of the package's ``seal.dsse.json``.
        verified_at: When whoever disclosed had verified the whole package, by their word.
        withheld: In a redacted bundle, everything that is not given.

    Source:
        spec/disclosures.md 1.3.
    """

    type: Literal["disclosure"] = "disclosure"
    version: Literal[1] = 1
    seal: Digest
    verified_at: Instant | None = None
    withheld: tuple[Withheld, ...] | None = Field(default=None, max_length=500_000)


Name = Annotated[str, Field(min_length=1, max_length=4096)]


class Shown(Entry):
    """The members of an entry that are shown; any of them may be hidden."""

    area: Area | None = None  # type: ignore[assignment]  # may be hidden
    kind: Kind | None = None  # type: ignore[assignment]  # may be hidden
    path: Name | None = None  # type: ignore[assignment]  # may be hidden


class Hidden(Frozen):
    """A member that is not shown: its place among all members of its entry, and its commitment."""

    at: Annotated[int, Field(ge=0, le=63)]
    commitment: Secret


class Part(Frozen):
    """A range of a file's chunks, from 0."""

    first: Count
    count: Positive


class Line(Frozen):
    """One entry of a disclosure.

    Attributes:
        number: Its place in the table.
        entry: The members that are shown, as they stand in the table.
        salts: Their salts, 16 bytes each, in the byte order of their names.
        hidden: The others, by their places.
        key: The file key, if the whole file is given.
        chunks: The chunks that are given, if a range is.

    Source:
        spec/disclosures.md 2.
    """

    number: Count
    entry: dict[str, Any] = Field(min_length=1)
    salts: Base64
    hidden: tuple[Hidden, ...] = Field(default=(), max_length=64)
    key: Secret | None = None
    chunks: Part | None = None


def salts_of(count: int, number: int, hiding: bytes) -> list[bytes]:
    """Return the salts of an entry's members, in the order of their names (spec/evidence.md 5.5)."""
    stream = blake3(number.to_bytes(8, "big"), key=hiding).digest(length=FIELD_SALT_SIZE * count)
    return [stream[at : at + FIELD_SALT_SIZE] for at in range(0, len(stream), FIELD_SALT_SIZE)]


def commitment_of(name: str, value: bytes, salt: bytes) -> bytes:
    """Return what stands for one member in an entry's leaf."""
    return hashlib.sha256(b"%b%b\x00%b%b" % (ENTRY_FIELD_LABEL, name.encode(), salt, value)).digest()


def leaf_of(fields: Mapping[str, bytes], salts: Sequence[bytes], hidden: Mapping[int, bytes]) -> bytes:
    """Return the leaf of an entry from the members that are shown and what stands for the others.

    Args:
        fields: The canonical bytes of each member shown, in the order of their names.
        salts: One for each of them.
        hidden: Commitments by their places among all members; every place is one or the other.
    """
    shown = iter(
        [commitment_of(name, value, salt) for (name, value), salt in zip(fields.items(), salts, strict=False)]
    )
    total = len(fields) + len(hidden)
    commitments = [hidden[at] if at in hidden else next(shown) for at in range(total)]
    return leaf_over(ENTRY_LEAF_LABEL, commitments)
