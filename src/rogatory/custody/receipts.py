"""Receipts: one event, its place in a log, and who stood under the head; verified offline, for years.

A leaf is SHA-256 of a random salt and the event. The log shows the leaf alone; the event lives outside
and can be erased with its salt, after which the leaf stays provable and says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.custody import checkpoints, cosignatures, proofs, signatures, tree
from rogatory.custody.cosignatures import Witnessed
from rogatory.custody.ring import LogRing
from rogatory.custody.storage import TileStore, hash_reader
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Note
from rogatory.errors import CustodyError, WireError
from rogatory.values import Base64, Frozen

__all__ = [
    "COURT_QUORUM",
    "MAX_RECEIPT_SIZE",
    "SALT_SIZE",
    "Opening",
    "Receipt",
    "Verified",
    "commit",
    "issue",
    "padding",
    "read_receipt",
    "verify",
    "write_receipt",
]

SALT_SIZE: Final = 32
MAX_EVENT_SIZE: Final = 64 * 1024
# A note of 128 KiB and an event of 64 KiB, both escaped as JSON text, and 63 hashes.
MAX_RECEIPT_SIZE: Final = 512 * 1024
# PROTOCOL section 5: at least two witnesses for a court.
COURT_QUORUM: Final = 2

Hash = Annotated[Base64, Field(min_length=tree.HASH_SIZE, max_length=tree.HASH_SIZE)]


class Opening(Frozen):
    """What a leaf commits to: the event's exact bytes, as text, and the salt."""

    event: Annotated[str, Field(min_length=2, max_length=MAX_EVENT_SIZE)]
    salt: Annotated[Base64, Field(min_length=SALT_SIZE, max_length=SALT_SIZE)]


class Receipt(Frozen):
    """A leaf's place in a log under a signed head; with the opening, what the leaf says.

    Attributes:
        leaf: The commitment that stands in the log, 32 bytes.
        index: Its place, counted from 0.
        path: The inclusion proof, the leaf's neighbour first.
        checkpoint: The whole signed note, witnesses' lines included.
        opening: The event and its salt; absent where it is withheld or was erased.
    """

    type: Literal["custody_receipt"] = "custody_receipt"
    version: Literal[1] = 1
    leaf: Hash
    index: Annotated[int, Field(ge=0, le=2**53)]
    path: Annotated[tuple[Hash, ...], Field(max_length=63)]
    checkpoint: Annotated[str, Field(max_length=notes.MAX_NOTE_SIZE)]
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a receipt proved.

    Attributes:
        origin: The log.
        index: The leaf's place.
        size: Leaves under the head.
        root: The head's root.
        leaf: The commitment.
        event: The event's bytes, or None where the receipt withholds it.
        witnesses: Who stood under the head, and when.
    """

    origin: str
    index: int
    size: int
    root: bytes
    leaf: bytes
    event: bytes | None
    witnesses: tuple[Witnessed, ...]


def commit(salt: bytes, event: bytes) -> bytes:
    """Return the leaf of an event: SHA-256 of the salt and the event's canonical bytes.

    Args:
        salt: 32 random bytes, new for each event, kept beside it.
        event: Canonical JSON, an object.

    Returns:
        The leaf data, 32 bytes; the tree hashes it once more (RFC 6962 section 2.1).

    Raises:
        CustodyError: LOG-040 the salt has another length, LOG-041 the event is not canonical.

    Source:
        PROTOCOL section 5; spec/custody.md 3.1.
    """
    if len(salt) != SALT_SIZE:
        raise CustodyError("LOG-040", size=len(salt))
    check_canonical(event)
    return hashlib.sha256(salt + event).digest()


def padding(random: Callable[[int], bytes]) -> bytes:
    """Return a leaf that stands for nothing and that nobody can tell from a commitment.

    Source:
        PROTOCOL section 5: padded, so that tempo does not show; spec/custody.md 3.3.
    """
    return random(tree.HASH_SIZE)


def issue(
    store: TileStore, signed: Note, index: int, leaf: bytes, opening: tuple[bytes, bytes] | None = None
) -> Receipt:
    """Return the receipt of a leaf under a signed head, once its proof leads there.

    Signatures are not checked; they are the caller's own.

    Args:
        store: The log's tiles, at least up to the head's size.
        signed: The head, with whatever witnesses' lines it has.
        index: The leaf's place.
        leaf: The leaf data.
        opening: Salt and event, in the order of ``commit``; None to withhold them.

    Raises:
        CustodyError: LOG-010 the index is not under the head; LOG-012 the tiles or the leaf are not those of
            the head; LOG-033 or LOG-035 a tile; LOG-040 to LOG-042 the opening; LOG-044 the leaf is no
            commitment, so the log is of another kind.
    """
    if len(leaf) != tree.HASH_SIZE:
        raise CustodyError("LOG-044", size=len(leaf))
    head = checkpoints.read_checkpoint(signed.text)
    path = proofs.inclusion_proof(index, head.size, hash_reader(store, head.size))
    proofs.verify_inclusion(tree.leaf_hash(leaf), index, head.size, path, head.root)
    shown = None
    if opening is not None:
        salt, event = opening
        if commit(salt, event) != leaf:
            raise CustodyError("LOG-042")
        shown = Opening(event=event.decode(), salt=salt)
    text = notes.write_note(signed).decode()
    return Receipt(leaf=leaf, index=index, path=path, checkpoint=text, opening=shown)


def write_receipt(receipt: Receipt) -> bytes:
    """Return a receipt's canonical bytes."""
    return wire.encode(receipt)


def read_receipt(data: bytes) -> Receipt:
    """Return the receipt that the bytes spell; nothing is verified.

    Raises:
        WireError: WIRE-001 to WIRE-010.

    Source:
        spec/custody.md 7.1.
    """
    return wire.decode(data, Receipt, limit=MAX_RECEIPT_SIZE)


def verify(receipt: Receipt, ring: LogRing, *, quorum: int = COURT_QUORUM) -> Verified:
    """Return what a receipt proves, once every step holds; no network, no clock, no file.

    1. the head is a checkpoint of a known log, 2. with both lines of that log, 3. the leaf is under
    it, 4. the opening, if any, is canonical, 5. and is what the leaf commits to, 6. every known
    witness's lines hold, 7. and enough of them are of Parties other than the log's and each other's.
    It does not prove that the event happened, only that it was written, and no later than the
    earliest witness's instant.

    Args:
        receipt: As read.
        ring: Whom to believe, as of the day of the receipt.
        quorum: Independent witnesses to demand, one a Party and none of the log's own; two for a court
            (PROTOCOL section 5), fewer where the reader knows that fewer were there.

    Raises:
        CustodyError: LOG-001 to LOG-007 and LOG-020 to LOG-026 the head and its lines, LOG-010 to LOG-012 the
            path, LOG-041 and LOG-042 the opening, LOG-043 too few independent witnesses.

    Source:
        spec/custody.md 7.2.
    """
    # Steps 1 and 2.
    note, head = signatures.open_checkpoint(receipt.checkpoint.encode(), ring.logs)
    # Step 3.
    check_path(receipt, head.size, head.root)
    event = None
    if receipt.opening is not None:
        event = receipt.opening.event.encode()
        # Step 4.
        check_canonical(event)
        # Step 5.
        check_opening(receipt.leaf, receipt.opening)
    # Step 6.
    found = cosignatures.witnessed(note, head, ring.witnesses)
    # Step 7.
    check_quorum(cosignatures.independent(found, head.origin), quorum)
    return Verified(head.origin, receipt.index, head.size, head.root, receipt.leaf, event, found)


def check_path(receipt: Receipt, size: int, root: bytes) -> None:
    """Refuse a leaf that is not under the head."""
    proofs.verify_inclusion(tree.leaf_hash(receipt.leaf), receipt.index, size, receipt.path, root)


def check_canonical(event: bytes) -> None:
    """Refuse an event that two writers could have spelled in two ways, or that is no object."""
    try:
        document = wire.parse(event, limit=MAX_EVENT_SIZE)
        if isinstance(document, dict) and wire.canonical(document) == event:
            return
    except WireError as error:
        raise CustodyError("LOG-041") from error
    raise CustodyError("LOG-041")


def check_opening(leaf: bytes, opening: Opening) -> None:
    """Refuse an event that the leaf does not commit to."""
    if hashlib.sha256(opening.salt + opening.event.encode()).digest() != leaf:
        raise CustodyError("LOG-042")


def check_quorum(independent: tuple[Witnessed, ...], quorum: int) -> None:
    """Refuse a head under which witnesses of too few other Parties stand."""
    if len(independent) < quorum:
        raise CustodyError("LOG-043", found=len(independent), quorum=quorum)
