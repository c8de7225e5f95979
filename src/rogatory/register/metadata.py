"""TUF metadata: strict bytes to python-tuf's objects and back; its exceptions end here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from securesystemslib.exceptions import Error as SecureSystemsError
from tuf.api.exceptions import LengthOrHashMismatchError, RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization import DeserializationError

from rogatory import wire
from rogatory.errors import RegisterError, WireError
from rogatory.keys import PublicKey, SigningPair
from rogatory.register import layout
from rogatory.register.hybrid import CustodianKey, CustodianSigner

__all__ = [
    "check_keys",
    "check_named",
    "check_not_expired",
    "check_signed",
    "check_size",
    "custodians",
    "digest",
    "meta_file",
    "read",
    "sign",
    "target_file",
]

Kind = TypeVar("Kind", Root, Timestamp, Snapshot, Targets)


def digest(data: bytes) -> str:
    """Return SHA-256 of the bytes, as hex."""
    return hashlib.sha256(data).hexdigest()


def check_size(file: str, data: bytes, limit: int) -> None:
    """Refuse a file above its limit before it is parsed."""
    if len(data) > limit:
        raise RegisterError("REG-002", file=file, limit=limit)


def read(kind: type[Kind], file: str, data: bytes, *, limit: int = layout.MAX_FILE) -> Metadata[Kind]:
    """Return the metadata that the bytes spell; no signature is checked.

    1. size and strict JSON, 2. metadata of this kind.

    Args:
        kind: ``Root``, ``Timestamp``, ``Snapshot`` or ``Targets``.
        file: The path, for the error.
        data: The whole file.
        limit: Bytes allowed.

    Raises:
        RegisterError: REG-001 unreadable, REG-002 too large.
    """
    # Step 1: python-tuf's own parser takes the last of two members and any depth.
    try:
        wire.parse(data, limit=limit)
    except WireError as error:
        if error.code == "WIRE-001":
            raise RegisterError("REG-002", file=file, limit=limit) from error
        raise RegisterError("REG-001", file=file, reason=error.code) from error
    # Step 2.
    try:
        found: Metadata[Kind] = Metadata.from_bytes(data)
    except DeserializationError as error:
        raise RegisterError("REG-001", file=file, reason="not TUF metadata") from error
    if found.signed.type != kind.type:
        raise RegisterError("REG-001", file=file, reason=f"not of the type {kind.type}")
    return found


def check_signed(delegator: Root | Targets, role: str, found: Metadata[Kind], file: str) -> None:
    """Return only if as many custodians signed as the delegator demands for the role.

    Raises:
        RegisterError: REG-004.
    """
    try:
        delegator.verify_delegate(role, found.signed_bytes, found.signatures)
    except (RepositoryError, SecureSystemsError, ValueError) as error:
        raise RegisterError("REG-004", file=file) from error


def check_not_expired(signed: Signed, at: datetime, file: str) -> None:
    """Refuse metadata that no longer spoke at the instant."""
    if signed.is_expired(at):
        raise RegisterError("REG-005", file=file, expired=signed.expires.isoformat())


def check_named(by: MetaFile | TargetFile, data: bytes, file: str) -> None:
    """Refuse a file whose length or digest is not what the file above it says, or is not said.

    Raises:
        RegisterError: REG-007.
    """
    if by.length is None or "sha256" not in (by.hashes or {}):
        raise RegisterError("REG-007", file=file)
    try:
        by.verify_length_and_hashes(data)
    except (LengthOrHashMismatchError, SecureSystemsError, ValueError) as error:
        raise RegisterError("REG-007", file=file) from error


def check_keys(delegator: Root | Targets, file: str) -> None:
    """Refuse a role key that is not a register key of two halves: a message never chooses an algorithm.

    Raises:
        RegisterError: REG-013.

    Source:
        PROTOCOL rule 4.
    """
    if isinstance(delegator, Root):
        found: Iterable[object] = delegator.keys.values()
    else:
        found = delegator.delegations.keys.values() if delegator.delegations else ()
    if not all(isinstance(key, CustodianKey) for key in found):
        raise RegisterError("REG-013", role=file)


def custodians(keys: Iterable[PublicKey]) -> dict[str, CustodianKey]:
    """Return public keys as TUF holds them, by id."""
    return {key.key_id: CustodianKey(key) for key in keys}


def sign(signed: Kind, pairs: Sequence[SigningPair]) -> bytes:
    """Return the bytes of metadata, signed by each pair."""
    found: Metadata[Kind] = Metadata(signed)
    for pair in pairs:
        found.sign(CustodianSigner(pair), append=True)
    return found.to_bytes()


def meta_file(version: int, data: bytes) -> MetaFile:
    """Return what timestamp or snapshot say of metadata: version, length, digest."""
    return MetaFile(version, len(data), {"sha256": digest(data)})


def target_file(name: str, data: bytes) -> TargetFile:
    """Return what a role says of a target: length, digest."""
    return TargetFile(len(data), {"sha256": digest(data)}, name)
