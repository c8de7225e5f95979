"""The register's own log: a leaf for every version of every file, under a signed checkpoint.

What is in the log is public, so its leaves are not salted. A reader replays the log as it grows; that shows
that the head it knew is the beginning of the new one, and gives it the tiles for its own proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import custody, wire
from rogatory.custody import Checkpoint, Frontier
from rogatory.custody.tiles import unpack_entries
from rogatory.envelopes.notes import MAX_NOTE_SIZE, NoteKey, write_note
from rogatory.errors import CustodyError, KeysError, RegisterError, WireError
from rogatory.keys import KeyRing, Purpose, SigningPair
from rogatory.register import files, layout, metadata
from rogatory.register.documents import RegisterFile
from rogatory.register.verify import Reader
from rogatory.values import Base64, Digest, Frozen, Instant, ShortText

__all__ = [
    "Leaf",
    "LogProof",
    "append",
    "check_proofs",
    "leaves_of",
    "log_key",
    "open_head",
    "prove",
    "replay",
]

# 65,536 bytes is the most that an entry of a C2SP bundle holds; 256 of them make a bundle.
MAX_BUNDLE: Final = 256 * (2 + 1024)
# A reader that lags further than this takes a copy of the log from somebody first.
MAX_ENTRIES: Final = 1 << 18
PENDING: Final = "pending"
Hash = Annotated[Base64, Field(min_length=32, max_length=32)]


class Leaf(Frozen):
    """One version of one file, and when the register's host says that it published it."""

    type: Literal["register_leaf"] = "register_leaf"
    version: Literal[1] = 1
    path: ShortText
    digest: Digest
    published: Instant


class LogProof(Frozen):
    """The place of one file in the log, and the path from there to the head."""

    path: ShortText
    index: Annotated[int, Field(ge=0, le=2**53)]
    published: Instant
    hashes: Annotated[tuple[Hash, ...], Field(max_length=63)]


class Pending(Frozen):
    """Leaves that were decided on but are perhaps not yet in the log; finished before anything new."""

    type: Literal["register_pending"] = "register_pending"
    version: Literal[1] = 1
    size: Annotated[int, Field(ge=0, le=2**53)]
    leaves: tuple[Leaf, ...]


def leaves_of(fresh: Mapping[str, bytes], now: datetime) -> tuple[Leaf, ...]:
    """Return the leaves of new files, in the order of their paths."""
    return tuple(
        Leaf(path=path, digest=metadata.digest(data), published=now) for path, data in sorted(fresh.items())
    )


def log_key(register: RegisterFile, at: datetime) -> NoteKey:
    """Return the key with which the register's log signs at an instant.

    Raises:
        KeysError: KEY-009 it has none in force.
    """
    ring = KeyRing(register.log_keys)
    authority = register.log_keys[-1].key.authority
    entry = ring.current(authority, Purpose.LOG, at)
    return custody.note_key(register.origin, entry.key)


def append(base: Path, leaves: Iterable[Leaf], pair: SigningPair, origin: str, now: datetime) -> bytes:
    """Return the log's new signed head, once leaves and tiles are in the folder; the head is not written.

    Leaves that an interrupted call decided on come first: the same paths never get other tiles.

    Args:
        base: The folder that is served; ``log/checkpoint`` in it is the head so far.
        leaves: What to add.
        pair: The log's private key.
        origin: The log's name.
        now: The instant, UTC.

    Raises:
        CustodyError: The stored tiles are not those of the stored head.
    """
    store = files.FolderStore(base / "log")
    head = store.read(custody.CHECKPOINT_PATH)
    size = custody.read_checkpoint(_text(head)).size if head else 0
    decided = _decide(base.parent / PENDING, size, tuple(leaves))
    state = custody.grow(store, custody.frontier(store, size), [wire.encode(leaf) for leaf in decided])
    key = custody.note_key(origin, pair.public)
    checkpoint = Checkpoint(origin, state.size, custody.root(state))
    return write_note(custody.sign_checkpoint(checkpoint, pair, key, now))


def _decide(path: Path, size: int, leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Write down the final order of what comes after ``size`` leaves, then return it."""
    earlier: tuple[Leaf, ...] = ()
    if path.exists():
        found = wire.decode(path.read_bytes(), Pending, limit=1 << 26)
        # The head already counts them where the writer fell after it.
        earlier = found.leaves if found.size == size else ()
    decided = earlier + leaves
    files.write(path, wire.encode(Pending(size=size, leaves=decided)))
    return decided


def _text(note: bytes) -> str:
    return note.decode("utf-8", "replace").partition("\n\n")[0] + "\n"


def open_head(note: bytes, register: RegisterFile, at: datetime) -> Checkpoint:
    """Return the log's head, once both its lines hold under the register's log key.

    Raises:
        RegisterError: REG-024 it does not hold.
    """
    try:
        key = log_key(register, at)
        return custody.open_checkpoint(note, {key.name: key})[1]
    except (CustodyError, KeysError) as error:
        raise RegisterError("REG-024", reason=error.code) from error


def replay(read: Reader, base: Path, known: Checkpoint | None, head: Checkpoint) -> Frontier:
    """Return the state of the log at its head, once every entry up to it was read and kept.

    Args:
        read: Where the register is served; nothing it returns is trusted.
        base: Where the reader keeps its own copy under ``log``, as of the head it knew.
        known: That head, or None.
        head: The new head, its signatures checked.

    Raises:
        RegisterError: REG-023 the log shrank, forked, or its entries are not those of its head.
    """
    store = files.FolderStore(base / "log")
    size = known.size if known else 0
    check_grows(known, head)
    state = custody.frontier(store, size)
    entries = _entries(read, size, head.size)
    after = custody.append(state, map(custody.leaf_hash, entries))
    check_head(head, after)
    return custody.grow(store, state, entries)


def check_grows(known: Checkpoint | None, head: Checkpoint) -> None:
    """Refuse a head of another log, a smaller one, or another root at the same size."""
    if known is None:
        return
    same = head.size != known.size or head.root == known.root
    if head.origin != known.origin or head.size < known.size or not same:
        raise RegisterError("REG-023")


def check_head(head: Checkpoint, state: Frontier) -> None:
    """Refuse entries that do not lead from the head that was known to the head that was signed."""
    if (head.size, head.root) != (state.size, custody.root(state)):
        raise RegisterError("REG-023")


def _entries(read: Reader, start: int, end: int) -> list[bytes]:
    """Return the entries from one size to another, out of the bundles that hold them."""
    if end - start > MAX_ENTRIES:
        raise RegisterError("REG-023")
    found: list[bytes] = []
    for tile in custody.tiles_of(end, since=start):
        if tile.level is not None:
            continue
        data = read(f"log/{tile.path}", MAX_BUNDLE)
        if data is None or len(data) > MAX_BUNDLE:
            raise RegisterError("REG-003", file=f"log/{tile.path}")
        try:
            entries = unpack_entries(data, tile.width)
        except CustodyError as error:
            raise RegisterError("REG-023") from error
        found.extend(entries[max(0, start - tile.index * 256) :])
    return found


def prove(base: Path, size: int, wanted: Mapping[str, bytes]) -> tuple[LogProof, ...]:
    """Return a proof for each file, from a reader's own copy of the log.

    Args:
        base: The folder that holds the copy under ``log``.
        size: Leaves of the head to prove under.
        wanted: Files by path.

    Raises:
        RegisterError: REG-025 a file is not in the log.
    """
    store = files.FolderStore(base / "log")
    places = _places(_entries(files.from_folder(base), 0, size))
    reader = custody.hash_reader(store, size)
    proofs = []
    for path, data in sorted(wanted.items()):
        place = places.get((path, metadata.digest(data)))
        if place is None:
            raise RegisterError("REG-025", file=path)
        index, published = place
        hashes = custody.inclusion_proof(index, size, reader)
        proofs.append(LogProof(path=path, index=index, published=published, hashes=hashes))
    return tuple(proofs)


def _places(entries: Iterable[bytes]) -> dict[tuple[str, str], tuple[int, datetime]]:
    """Return index and instant of each version of each file; of two leaves for one, the first."""
    found: dict[tuple[str, str], tuple[int, datetime]] = {}
    for index, entry in enumerate(entries):
        try:
            leaf = wire.decode(entry, Leaf)
        except WireError as error:
            raise RegisterError("REG-023") from error
        found.setdefault((leaf.path, leaf.digest), (index, leaf.published))
    return found


def check_proofs(found: Mapping[str, bytes], proofs: Iterable[LogProof], head: Checkpoint) -> None:
    """Return only if every file is in the log under the head.

    Raises:
        RegisterError: REG-025.
    """
    by_path = {proof.path: proof for proof in proofs}
    for path, data in found.items():
        check_logged(path, data, by_path.get(path), head)


def check_logged(path: str, data: bytes, proof: LogProof | None, head: Checkpoint) -> None:
    """Refuse a file that the log does not hold: it may have been shown to nobody else."""
    if proof is None:
        raise RegisterError("REG-025", file=path)
    leaf = Leaf(path=path, digest=metadata.digest(data), published=proof.published)
    try:
        custody.verify_inclusion(
            custody.leaf_hash(wire.encode(leaf)), proof.index, head.size, proof.hashes, head.root
        )
    except CustodyError as error:
        raise RegisterError("REG-025", file=path) from error


def read_head(read: Reader) -> bytes:
    """Return the served head.

    Raises:
        RegisterError: REG-003 there is none.
    """
    note = read(layout.CHECKPOINT, MAX_NOTE_SIZE)
    if note is None:
        raise RegisterError("REG-003", file=layout.CHECKPOINT)
    return note
