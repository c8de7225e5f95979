"""``case.enc``: the description of the case, encrypted like the table and read with the same care."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rogatory import wire
from rogatory.envelopes import chunks, dsse
from rogatory.evidence import checks, description, models, reading, releasing, tables
from rogatory.evidence.description import Origin, Particulars
from rogatory.evidence.models import Seal
from rogatory.evidence.secret import Keys
from rogatory.evidence.sources import Folder, Source, read_seal
from rogatory.keys import EncryptionPair
from rogatory.statements import WrappedKey

__all__ = ["MAX_CASE", "case_description", "case_file", "read_case"]

MAX_CASE: Final = 1 << 22


def case_file(said: Particulars, origin: Origin, keys: Keys) -> bytes:
    """Return the bytes of ``case.enc``.

    Raises:
        EvidenceError: EVID-085 the particulars do not hang together.
    """
    line = wire.canonical(description.case_graph(said, origin)) + b"\n"
    out = io.BytesIO()
    table = tables.TableWriter(out, chunks.table_key(keys.key, keys.package, models.CASE), keys.random)
    table.add(line)
    table.finish()
    return out.getvalue()


def read_case(source: Source, seal: Seal, key: bytes) -> bytes | None:
    """Return the description of the case, as canonical JSON, if the package holds one.

    It does not look at what the JSON says: that is a claim, and no program here acts on it.

    Args:
        source: The package.
        seal: Its seal, which says whether there is a description.
        key: The package key.

    Raises:
        EvidenceError: EVID-041 the table is malformed; EVID-052 it is no description.
        EnvelopeError: ENV-030 to ENV-032 a chunk.
        WireError: It is no JSON.

    Source:
        spec/evidence.md 13.3.
    """
    size = next((each.size for each in seal.files if each.path == models.CASE), None)
    if size is None:
        return None
    checks.check_case_size(size, MAX_CASE)
    table = chunks.table_key(key, bytes.fromhex(seal.package), models.CASE)
    lines = list(tables.read_lines(reading.reader(source, models.CASE), size, table, limit=MAX_CASE))
    checks.check_case_lines(len(lines))
    line = b"".join(lines[:1])
    document = wire.parse(line, limit=MAX_CASE)
    checks.check_case_document(document, line, wire.canonical(document))
    return line


def case_description(
    package: Path | Source, pair: EncryptionPair, *, wrapped: Sequence[WrappedKey] | None = None
) -> bytes | None:
    """Return what a package says of its case, as CASE/UCO JSON-LD; None if it says nothing.

    Neither the seal's signatures nor any digest is looked at: see ``verify_with_key``.

    Raises:
        EvidenceError: EVID-020 there is no package; EVID-041, EVID-052 the description; EVID-060 the key.
        EnvelopeError: ENV-030 to ENV-034 the description or the wrapped key.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return case_description(folder, pair, wrapped=wrapped)
    seal = wire.decode(dsse.read(read_seal(package)).payload, Seal, limit=dsse.MAX_ENVELOPE)
    return read_case(package, seal, releasing.package_key(package, seal, pair, wrapped))
