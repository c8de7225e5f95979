"""Trust bundles: what a court needs of the register, in one file, verified offline as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.errors import RegisterError, WireError
from rogatory.keys import KeyRing
from rogatory.register import layout, log, metadata, rings, snapshots
from rogatory.register.log import LogProof
from rogatory.register.snapshots import Snapshot
from rogatory.register.verify import Reader, Walk, walk
from rogatory.values import Base64, Frozen, ShortText, party_of

__all__ = ["MAX_BUNDLE", "Bundle", "Opened", "make_bundle", "open_bundle", "read_bundle", "ring_from"]

MAX_BUNDLE: Final = 32 << 20


class Bundle(Frozen):
    """The root chain, roles and files of one snapshot, all or those of some Parties, with log proofs.

    Attributes:
        manifest: Of the whole snapshot; its SHA-256 is the name by which receipts cite it.
        files: By path; each is listed in the manifest.
        proofs: The place of each file in the register's log.
    """

    type: Literal["trust_bundle"] = "trust_bundle"
    version: Literal[1] = 1
    manifest: Base64
    files: Annotated[dict[ShortText, Base64], Field(max_length=20_000)]
    proofs: Annotated[tuple[LogProof, ...], Field(max_length=20_000)]


def make_bundle(snapshot: Snapshot, authorities: Iterable[str] | None = None) -> bytes:
    """Return the trust bundle of a snapshot.

    Args:
        snapshot: Of ``refresh`` or ``load_snapshot``.
        authorities: Whose Parties to include; if None, every one whose roles spoke on that day.
            Files go whole or not at all, so a Party's other authorities are in it too.

    Raises:
        RegisterError: REG-038 the snapshot does not know a Party.
    """
    if authorities is None:
        wanted = set(snapshot.found.parties) - snapshot.found.lapsed
    else:
        wanted = {party_of(each) for each in authorities}
    for party in wanted:
        if party not in snapshot.found.parties:
            raise RegisterError("REG-038", party=party)
    chosen = {
        path: data
        for path, data in snapshot.found.files.items()
        if layout.party_of_path(path) in {None, *wanted}
    }
    proofs = tuple(proof for proof in snapshot.proofs if proof.path in chosen)
    every = chosen | {layout.CHECKPOINT: snapshot.head}
    return wire.encode(Bundle(manifest=snapshot.manifest, files=every, proofs=proofs))


def read_bundle(data: bytes) -> Bundle:
    """Return the bundle that the bytes spell; nothing is verified.

    Raises:
        RegisterError: REG-001 unreadable, REG-002 above 32 MiB.
    """
    metadata.check_size("the trust bundle", data, MAX_BUNDLE)
    try:
        return wire.decode(data, Bundle, limit=MAX_BUNDLE)
    except WireError as error:
        raise RegisterError("REG-001", file="the trust bundle", reason=error.code) from error


class Opened(Frozen):
    """What a bundle proved, in short, for a page or a report."""

    snapshot: str
    parties: tuple[str, ...]
    root_version: int
    log_origin: str
    log_size: int


def open_bundle(data: bytes, root: bytes | None, as_of: datetime) -> tuple[KeyRing, Opened]:
    """Return the key ring of a bundle and what was proved, as of a day; no network, no folder.

    1. a root was given, 2. the bundle reads, 3. every file is the one that the manifest lists, 4. walk
    from the given root, as of the day, 5. the log's head, 6. every file but the given root is in the log,
    7. every key proves possession.

    Args:
        data: A trust bundle.
        root: The root metadata that the caller trusts. It never comes out of the bundle.
        as_of: The proven instant, UTC, as of which keys are to be judged.

    Raises:
        RegisterError: REG-034 no root, REG-037 a file is not the snapshot's, and all that ``walk`` and
            ``log`` raise; REG-005 if the register no longer spoke on that day.
        KeysError: A key that may not stand in a register.

    Source:
        PROTOCOL rule 15 and section 4; spec/register.md, section 8.
    """
    # Step 1.
    if root is None:
        raise RegisterError("REG-034")
    # Step 2.
    bundle = read_bundle(data)
    digest = metadata.digest(bundle.manifest)
    # Step 3.
    listed = snapshots.read_manifest(bundle.manifest, digest)
    for path, content in bundle.files.items():
        check_listed(path, listed.get(path), content)
    # Step 4.
    read = _reader(bundle)
    found = walk(read, root, as_of, whole=False)
    for party in sorted(found.lapsed):
        check_spoke(party, found, as_of)
    # Step 5.
    assert found.register is not None
    head = log.open_head(log.read_head(read), found.register, as_of)
    # Step 6.
    log.check_proofs(_beside(found, root), bundle.proofs, head)
    # Step 7.
    ring = rings.ring_of(found, digest)
    return ring, Opened(
        snapshot=digest,
        parties=tuple(sorted(found.parties)),
        root_version=found.root.version,
        log_origin=head.origin,
        log_size=head.size,
    )


def ring_from(bundle: bytes, root: bytes | None, as_of: datetime) -> KeyRing:
    """Return the key ring that a trust bundle proves as of a day; see ``open_bundle``."""
    return open_bundle(bundle, root, as_of)[0]


def check_spoke(party: str, found: Walk, as_of: datetime) -> None:
    """Refuse a bundle in which a Party's role no longer spoke on the day."""
    expired = found.parties[party].fresh_until
    if as_of >= expired:
        raise RegisterError("REG-005", file=f"{party}.json", expired=expired.isoformat())


def check_listed(path: str, digest: str | None, content: bytes) -> None:
    """Refuse a file that is not the one of the snapshot that the bundle says it was taken from."""
    if digest != metadata.digest(content):
        raise RegisterError("REG-037", digest=path)


def _reader(bundle: Bundle) -> Reader:
    return lambda path, _limit: bundle.files.get(path)


def _beside(found: Walk, root: bytes) -> dict[str, bytes]:
    return {path: data for path, data in found.files.items() if data != root}
