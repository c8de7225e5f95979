"""RO-Crate 1.1: a verified package as ``ro-crate-metadata.json``, for those who exchange such crates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import quote

from rogatory import __version__, wire
from rogatory.evidence.models import Entry
from rogatory.evidence.opening.verifying import Verification
from rogatory.values import instant_text

__all__ = ["MAX_LISTED", "ro_crate"]

METADATA: Final = "ro-crate-metadata.json"
BASE: Final = "https://w3id.org/ro/crate/1.1"
# The terms of a crate have no digest.
CONTEXT: Final = [f"{BASE}/context", {"sha256": "https://schema.org/sha256"}]
# Above that a crate names the folder; the manifest of the bag lists the files.
MAX_LISTED: Final = 10_000
SILENT: Final = "The seal states none. Those of the statement that delivered the package bind."

Node = dict[str, Any]


def ro_crate(found: Verification, at: datetime, entries: Iterable[Entry] | None = None) -> bytes:
    """Return the metadata of a crate, as canonical JSON.

    Without entries the crate is the sealed folder; its metadata go beside it, not into it, where one more
    file would break the seal. With them it is the bag that opening leaves, and the metadata go to its top.

    Args:
        found: What the verification said.
        at: When it was made, UTC.
        entries: Those of the table, if the reader has a key; of more files than ``MAX_LISTED``, the folders.

    Source:
        spec/evidence.md 14; RO-Crate 1.1.
    """
    parts = list(_sealed_parts(found) if entries is None else _opened_parts(found, entries))
    graph = [_descriptor(), _root(found, at, parts), *_context(found, at), *parts]
    return wire.canonical({"@context": CONTEXT, "@graph": graph}) + b"\n"


def _descriptor() -> Node:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": BASE},
    }


def _root(found: Verification, at: datetime, parts: list[Node]) -> Node:
    told = [each.sentence() for each in (*found.proves, *found.does_not_prove)]
    return {
        "@id": "./",
        "@type": "Dataset",
        "creator": {"@id": "#sealer"},
        "dateCreated": instant_text(found.sealed_at),
        "datePublished": instant_text(at),
        "description": " ".join(told),
        "hasPart": [{"@id": each["@id"]} for each in parts],
        "identifier": [found.package, f"sha256:{found.seal}"],
        "license": {"@id": "#conditions"},
        "mentions": [{"@id": "#sealing"}, {"@id": "#verification"}],
        "name": f"Sealed evidence of {found.sealed_by}, package {found.package[:16]}",
    }


def _context(found: Verification, at: datetime) -> Iterator[Node]:
    conditions = found.document.conditions
    yield {
        "@id": "#conditions",
        "@type": "CreativeWork",
        "description": SILENT if conditions is None else wire.encode(conditions).decode(),
        "name": "Conditions of use",
    }
    yield {"@id": "#sealer", "@type": "Organization", "name": found.sealed_by}
    yield {"@id": "#software", "@type": "SoftwareApplication", "name": "rogatory", "version": __version__}
    yield {
        "@id": "#sealing",
        "@type": "CreateAction",
        "agent": {"@id": "#sealer"},
        "endTime": instant_text(found.sealed_at),
        "instrument": {"@id": "#software"},
        "name": "Sealing; the time is the sealer's claim",
        "result": {"@id": "./"},
    }
    yield {
        "@id": "#verification",
        "@type": "AssessAction",
        "endTime": instant_text(at),
        "instrument": {"@id": "#software"},
        "name": "Verification",
        "object": {"@id": "./"},
    }


def _file(path: str, size: int, digest: str) -> Node:
    return {"@id": quote(path), "@type": "File", "contentSize": str(size), "name": path, "sha256": digest}


def _folder(path: str, about: str) -> Node:
    return {"@id": path, "@type": "Dataset", "description": about, "name": path}


def _sealed_parts(found: Verification) -> Iterator[Node]:
    seal = found.document
    yield {"@id": "seal.dsse.json", "@type": "File", "name": "seal.dsse.json", "sha256": found.seal}
    for each in seal.files:
        yield _file(each.path, each.size, each.sha256)
    for area, segments in (("data", seal.segments.data), ("legal", seal.segments.legal)):
        if segments:
            size = sum(each.size for each in segments)
            yield _folder(f"{area}/", f"{len(segments)} segments, {size} bytes of ciphertext")


def _opened_parts(found: Verification, entries: Iterable[Entry]) -> Iterator[Node]:
    files = (each for each in entries if each.kind == "file")
    listed = list(islice(files, MAX_LISTED + 1))
    if len(listed) <= MAX_LISTED:
        for each in listed:
            yield _file(f"{each.area}/{each.path}", each.size or 0, each.sha256 or "")
        return
    yield _folder("data/", f"{found.files} files in data/ and legal/; manifest-sha256.txt lists them")
    if found.document.segments.legal:
        yield _folder("legal/", "The papers for the court; tagmanifest-sha256.txt lists them")
