"""Inspecting: what a package says of itself, before anybody believes it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from rogatory import wire
from rogatory.envelopes import dsse
from rogatory.evidence import checks, models
from rogatory.evidence.models import Seal
from rogatory.evidence.sources import Folder, Source, read_seal

__all__ = ["Inspected", "inspect"]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a package says of itself. Nothing of it is verified.

    Attributes:
        seal: The whole statement.
        digest: SHA-256 of ``seal.dsse.json``.
        key: The id of the key that is named as its signer's.
        files: What the source lists, by path, or None where it lists nothing.
    """

    seal: Seal
    digest: str
    key: str
    files: dict[str, int] | None

    @property
    def size(self) -> int:
        """Bytes of ciphertext."""
        return sum(each.size for each in (*self.seal.segments.data, *self.seal.segments.legal))


def inspect(package: Path | Source) -> Inspected:
    """Return what a package says of itself; no signature and no digest is checked.

    Raises:
        EvidenceError: EVID-020 there is no package; EVID-027 what is signed is no seal.
        WireError: The seal is malformed.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return inspect(folder)
    data = read_seal(package)
    envelope = dsse.read(data)
    seal = wire.decode(envelope.payload, Seal, limit=dsse.MAX_ENVELOPE)
    checks.check_payload_type(envelope.payloadType, models.media_type(rehearsal=seal.rehearsal))
    key = envelope.signatures[0].keyid if envelope.signatures else ""
    found = package.names()
    return Inspected(seal, hashlib.sha256(data).hexdigest(), key, None if found is None else dict(found))
