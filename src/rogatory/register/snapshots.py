"""Snapshots: the register at one moment, named by a digest, and the folder in which a reader keeps them.

``files/<digest>`` holds each file once; ``snapshots/<digest>.json`` is the manifest, whose own SHA-256 is
the snapshot's name; beside it stands when it was seen and where its files are in the register's log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field

from rogatory import wire
from rogatory.custody import Checkpoint
from rogatory.errors import RegisterError, WireError
from rogatory.keys import KeyRing
from rogatory.register import files, layout, log, metadata, rings
from rogatory.register.documents import AuthorityEntry, AuthorityIdentity
from rogatory.register.log import LogProof
from rogatory.register.verify import Walk, walk
from rogatory.values import Digest, Frozen, Instant, ShortText

__all__ = ["Manifest", "Snapshot", "current", "keep", "load_snapshot", "pinned_root", "ring_from"]

Model = TypeVar("Model", bound=Frozen)

MAX_MANIFEST: Final = 4 << 20
MAX_SEEN: Final = 16 << 20


class Manifest(Frozen):
    """Every file of a snapshot by path, with its digest."""

    type: Literal["register_snapshot"] = "register_snapshot"
    version: Literal[1] = 1
    files: Annotated[dict[ShortText, Digest], Field(max_length=20_000)]


class Seen(Frozen):
    """When a snapshot was believed, and the proofs of that day."""

    type: Literal["register_seen"] = "register_seen"
    version: Literal[1] = 1
    at: Instant
    proofs: tuple[LogProof, ...]


class Current(Frozen):
    """Which snapshot a reader goes by, and when it last asked."""

    type: Literal["register_current"] = "register_current"
    version: Literal[1] = 1
    snapshot: Digest
    refreshed: Instant


@dataclass(frozen=True)
class Snapshot:
    """The register at one moment, as a reader believed it.

    Attributes:
        found: What the walk believed.
        head: The signed head of the register's log.
        proofs: The place of each file in that log.
    """

    found: Walk
    head: bytes
    proofs: tuple[LogProof, ...]

    @cached_property
    def manifest(self) -> bytes:
        """The list of files whose SHA-256 is the snapshot's name."""
        every = self.found.files | {layout.CHECKPOINT: self.head}
        return wire.encode(Manifest(files={path: metadata.digest(data) for path, data in every.items()}))

    @cached_property
    def digest(self) -> str:
        """The snapshot's name, 64 hex characters."""
        return metadata.digest(self.manifest)

    @cached_property
    def ring(self) -> KeyRing:
        """Every key that the snapshot states."""
        return rings.ring_of(self.found, self.digest)

    @cached_property
    def authorities(self) -> Mapping[str, AuthorityEntry]:
        """How to deal with each authority, by name."""
        files_of = [party.authorities for party in self.found.parties.values()]
        return {each.id: each for file in files_of if file for each in file.authorities}

    @cached_property
    def identities(self) -> Mapping[str, AuthorityIdentity]:
        """Who each authority is, by name."""
        return {each.id: each for party in self.found.parties.values() for each in party.identity.authorities}

    @property
    def fresh_until(self) -> datetime:
        """When the first of its top-level roles expires."""
        assert self.found.fresh_until is not None
        return self.found.fresh_until

    @property
    def checkpoint(self) -> Checkpoint:
        """The head of the register's log; its lines were checked when the snapshot was opened."""
        assert self.found.register is not None
        return log.open_head(self.head, self.found.register, self.found.at)


def ring_from(snapshot: Snapshot) -> KeyRing:
    """Return the key ring of a snapshot; it bears the snapshot's name.

    Raises:
        KeysError: KEY-002, KEY-010 to KEY-013 a key that may not stand there.
        RegisterError: REG-032 a suite below the minimum.
    """
    return snapshot.ring


def pinned_root(folder: Path, given: bytes | None = None) -> bytes:
    """Return the root that a reader's folder trusts; the first time, the one that is given.

    Raises:
        RegisterError: REG-034 there is none; REG-031 another was trusted before.
    """
    kept = files.from_folder(folder)("root.json", layout.MAX_FILE)
    if kept is None and given is None:
        raise RegisterError("REG-034")
    if kept is not None and given is not None and kept != given:
        raise RegisterError("REG-031")
    return kept or given or b""


def keep(folder: Path, snapshot: Snapshot, root: bytes, now: datetime) -> None:
    """Put a snapshot into a reader's folder and go by it from now on.

    Raises:
        RegisterError: REG-036.
    """
    every = snapshot.found.files | {layout.CHECKPOINT: snapshot.head}
    for data in every.values():
        path = folder / "files" / metadata.digest(data)
        if not path.exists():
            files.write(path, data)
    place = folder / "snapshots"
    files.write(
        place / f"{snapshot.digest}.seen.json",
        wire.encode(Seen(at=snapshot.found.at, proofs=snapshot.proofs)),
    )
    files.write(place / f"{snapshot.digest}.json", snapshot.manifest)
    files.write(folder / "root.json", root)
    files.write(folder / "current", wire.encode(Current(snapshot=snapshot.digest, refreshed=now)))


def current(folder: Path) -> Current | None:
    """Return which snapshot a reader's folder goes by, or None before the first refresh.

    Raises:
        RegisterError: REG-001.
    """
    data = files.from_folder(folder)("current", layout.MAX_TIMESTAMP)
    return None if data is None else _decode(data, Current, "current", layout.MAX_TIMESTAMP)


def load_snapshot(folder: Path, digest: str | None = None) -> Snapshot:
    """Return a snapshot of a reader's folder, walked again as of the instant it was first believed.

    Args:
        folder: Of ``refresh``.
        digest: The snapshot; the current one if None.

    Raises:
        RegisterError: REG-003 there is none; all that a damaged file raises.
    """
    if digest is None:
        now = current(folder)
        if now is None:
            raise RegisterError("REG-003", file="current")
        digest = now.snapshot
    read = files.from_folder(folder)
    manifest = read(layout.check_path(f"snapshots/{digest}.json"), MAX_MANIFEST)
    seen = read(f"snapshots/{digest}.seen.json", MAX_SEEN)
    if manifest is None or seen is None:
        raise RegisterError("REG-003", file=f"{digest[:16]}.json")
    listed = read_manifest(manifest, digest)
    before = _decode(seen, Seen, f"{digest[:16]}.seen.json", MAX_SEEN)

    def look(path: str, limit: int) -> bytes | None:
        name = listed.get(path)
        return None if name is None else read(f"files/{name}", limit)

    found = walk(look, pinned_root(folder), before.at, whole=False)
    snapshot = Snapshot(found, log.read_head(look), before.proofs)
    check_name(snapshot.digest, digest)
    return snapshot


def read_manifest(data: bytes, digest: str) -> Mapping[str, str]:
    """Return the files that a manifest lists, once it is the one that the digest names.

    Raises:
        RegisterError: REG-001 unreadable, REG-037 another manifest.
    """
    check_name(metadata.digest(data), digest)
    return _decode(data, Manifest, "the manifest", MAX_MANIFEST).files


def check_name(found: str, named: str) -> None:
    """Refuse a snapshot that is not the one named."""
    if found != named:
        raise RegisterError("REG-037", digest=named[:16])


def _decode(data: bytes, model: type[Model], file: str, limit: int) -> Model:
    try:
        return wire.decode(data, model, limit=limit)
    except WireError as error:
        raise RegisterError("REG-001", file=file, reason=error.code) from error
