"""The documents of a package: the seal, the list of recipients, and an entry of the table of files."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.statements import UseConditions, WrappedKey
from rogatory.values import AuthorityId, Base64, Digest, Frozen, Instant, Nonce

__all__ = [
    "AREAS",
    "CASE",
    "ENTRIES",
    "README",
    "RECEIPT",
    "RECIPIENTS",
    "SEAL",
    "SEGMENT_CHUNKS",
    "SEGMENT_SIZE",
    "TRUST",
    "Area",
    "Covered",
    "Entry",
    "EntryKeys",
    "EntryTree",
    "Kind",
    "Place",
    "RecipientKey",
    "Recipients",
    "Seal",
    "Segment",
    "Segments",
    "media_type",
]

README: Final = "README.txt"
SEAL: Final = "seal.dsse.json"
RECIPIENTS: Final = "recipients.json"
ENTRIES: Final = "entries.enc"
CASE: Final = "case.enc"
TRUST: Final = "trust/bundle.json"
RECEIPT: Final = "receipt/custody.json"

Area = Literal["data", "legal"]
Kind = Literal["file", "link", "folder", "other"]
AREAS: Final[tuple[Area, ...]] = ("data", "legal")

# spec/evidence.md 4.6: a reader holds the rows of one segment, 4 MiB at most.
SEGMENT_SIZE: Final = 1 << 30
SEGMENT_CHUNKS: Final = 1 << 16

Count = Annotated[int, Field(ge=0, le=2**53)]
Positive = Annotated[int, Field(ge=1, le=2**53)]
Secret = Annotated[Base64, Field(min_length=32, max_length=32)]


MAX_CLAIMS: Final = 64
Claims = Annotated[
    dict[
        Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")],
        Annotated[str, Field(max_length=2000)],
    ],
    Field(min_length=1, max_length=MAX_CLAIMS),
]


class Covered(Frozen):
    """One small file of the package as the seal fixes it: its place, size and SHA-256."""

    path: Annotated[str, Field(min_length=1, max_length=200)]
    size: Count
    sha256: Digest


class Segment(Frozen):
    """One ``.bin`` and its ``.idx``: bytes of ciphertext, chunks, and the root over their leaves."""

    size: Annotated[int, Field(ge=0, le=SEGMENT_SIZE)]
    chunks: Annotated[int, Field(ge=1, le=SEGMENT_CHUNKS)]
    root: Digest


class Segments(Frozen):
    """The segments of both areas, in order; the first is ``000001``."""

    data: tuple[Segment, ...] = Field(max_length=100_000)
    legal: tuple[Segment, ...] = Field(default=(), max_length=1000)


class EntryTree(Frozen):
    """The tree over the table of entries: how many there are, and the root."""

    size: Positive
    root: Digest


class RecipientKey(Frozen):
    """An authority for which the package was sealed, and the key that opens it."""

    authority: AuthorityId
    key: Digest


class Seal(Frozen):
    """The statement under the seal: everything in the package, fixed.

    Source:
        PROTOCOL section 6; spec/evidence.md 2.
    """

    type: Literal["seal"] = "seal"
    version: Literal[1] = 1
    suite: Literal["aes-256-gcm+hkdf-sha256+blake3+sha256"] = "aes-256-gcm+hkdf-sha256+blake3+sha256"
    package: Nonce
    sealed_by: AuthorityId
    sealed_at: Instant
    rehearsal: bool = False
    case: Nonce | None = None
    conditions: UseConditions | None = None
    commitment: Digest  # to the package key
    files: tuple[Covered, ...] = Field(min_length=3, max_length=1000)
    segments: Segments
    ciphertext: Digest  # root over the roots of all segments
    entries: EntryTree
    recipients: tuple[RecipientKey, ...] = Field(min_length=1, max_length=32)


def media_type(*, rehearsal: bool) -> str:
    """Return the payload type under which a seal is signed."""
    return wire.media_type("seal", 1, rehearsal=rehearsal)


class Recipients(Frozen):
    """The file ``recipients.json``: the package key, wrapped for each authority."""

    type: Literal["recipients"] = "recipients"
    version: Literal[1] = 1
    package: Nonce
    wraps: tuple[WrappedKey, ...] = Field(min_length=1, max_length=32)


class EntryKeys(Frozen):
    """What leads from the package key to the file's key, and what fixes the result."""

    salt: Secret
    commitment: Digest


class Place(Frozen):
    """Where a file's ciphertext lies, and the root over its chunks.

    Attributes:
        segment: The segment in which it begins, from 1.
        chunk: The first chunk's place in that segment, from 0.
        offset: The first chunk's first byte in that segment.
        chunks: How many there are; they follow one another, into the next segment if need be.
        root: The root over their leaves.
    """

    segment: Positive
    chunk: Count
    offset: Count
    chunks: Positive
    root: Digest


class Entry(Frozen):
    """One line of the table: something that was found at the source, and where it lies now.

    A file has size, digest, keys and place. A link has its target and is never followed; an empty
    folder, and anything else (device, socket, pipe), has a line and no content.

    Attributes:
        area: ``data`` for evidence, ``legal`` for the papers that go with it.
        kind: What was found.
        path: Where it opens: portable, relative, with ``/``.
        origin: The bytes of its path at the source, where they differ from ``path``.
        modified: What the source said of its last change: a claim.
        target: Where a link pointed.
        size: Bytes of plaintext.
        sha256: Of the plaintext.
        claims: What somebody said of it when it was acquired, such as the digests stored in an image; by
            name. Nobody verifies them.

    Source:
        spec/evidence.md 6.
    """

    area: Area
    kind: Kind
    path: Annotated[str, Field(min_length=1, max_length=4096)]
    origin: Annotated[Base64, Field(max_length=8192)] | None = None
    modified: Instant | None = None
    target: Annotated[Base64, Field(max_length=8192)] | None = None
    size: Count | None = None
    sha256: Digest | None = None
    keys: EntryKeys | None = None
    place: Place | None = None
    claims: Claims | None = None
