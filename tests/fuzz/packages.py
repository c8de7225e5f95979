"""Targets that read a whole folder, one part of which is whatever the fuzzer wrote.

A hostile sealer may sign anything, so each signature holds here, and the seal lists what is there: what is
read behind it is reached.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from fuzz.documents import ROOM, VECTORS, Target, lines_of_the_good_table, vectors
from rogatory import evidence
from rogatory.envelopes import chunks, dsse
from rogatory.evidence import Folder, staging_of
from rogatory.evidence.tables import TableWriter
from rogatory.keys import KeyRing, Purpose
from support.crafting import Craft, b64, canonical
from support.memory import Memory, lay, of_folder
from support.packages import ASKED, ASKING, basis, decryption
from support.world import counting_random, ring, signing

__all__ = ["PACKAGES"]


def anybodys(data: bytes, _: KeyRing, purpose: Purpose, at: datetime) -> dsse.Verified:
    """Take any signature for the sealer's."""
    found = dsse.read(data)
    key = signing(ASKED, Purpose.SEAL)
    entry = ring().entries[key.key_id]
    return dsse.Verified(
        dsse.identity(found.payloadType, found.payload), found.payloadType, found.payload, entry
    )


@contextmanager
def signatures_hold() -> Iterator[None]:
    with mock.patch.object(dsse, "verify", anybodys):
        yield


class Crafted:
    """A package of the second sealer, whose parts can be put in and listed."""

    def __init__(self) -> None:
        said: list[dict[str, Any]] = []
        craft = Craft(case=b'{"a":1}\n', statement=lambda found: said.append(found) or found)
        self.files = craft.build()
        self.key, self.id, self.statement = craft.key, craft.id, said[0]

    def table(self, name: str, plain: bytes) -> bytes:
        """Return a table of that plaintext, encrypted in due form."""
        file = io.BytesIO()
        made = TableWriter(file, chunks.table_key(self.key, self.id, name), counting_random())
        made.add(plain)
        made.finish()
        return file.getvalue()

    def sealed(self, payload: bytes) -> bytes:
        signatures = [{"keyid": signing(ASKED, Purpose.SEAL).key_id, "sig": "AAAA"}] * 2
        kind = "application/vnd.rogatory.seal.v1+json"
        return canonical({"payload": b64(payload), "payloadType": kind, "signatures": signatures})

    def listing(self, files: dict[str, bytes]) -> bytes:
        """Return what the seal would say of these files."""
        said = json.loads(canonical(self.statement))
        for each in said["files"]:
            data = files[each["path"]]
            each.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        rows = files["data/000001.idx"]
        lengths = [int.from_bytes(rows[at : at + 4], "big") for at in range(0, len(rows) // 64 * 64, 64)]
        said["segments"]["data"][0].update(
            size=min(sum(lengths), 1 << 30), chunks=min(max(1, len(lengths)), 1 << 16)
        )
        return canonical(said)


CRAFTED = Crafted()
PARTS = ["seal", *sorted(set(CRAFTED.files) - {"seal.dsse.json"}), "entries", "case"]
BITS = len(PARTS)


def package(data: bytes) -> None:
    """Verify and open a package of which the part that the first byte names is the rest of the bytes."""
    if not data:
        return
    part, content, files = PARTS[data[0] % BITS], data[1:], dict(CRAFTED.files)
    if part in {"entries", "case"}:
        files[f"{part}.enc"] = CRAFTED.table(f"{part}.enc", content)
    elif part != "seal":
        files[part] = content
    files["seal.dsse.json"] = CRAFTED.sealed(content if part == "seal" else CRAFTED.listing(files))
    with signatures_hold():
        evidence.inspect(Memory(files))
        evidence.verify_with_key(Memory(files), decryption(ASKING), basis())


def parts_of_packages() -> list[bytes]:
    def of(part: str, content: bytes) -> bytes:
        return bytes([PARTS.index(part)]) + content

    found = [of("seal", CRAFTED.listing(CRAFTED.files)), of("case", b'{"a":1}\n')]
    found += [of("entries", each) for each in lines_of_the_good_table()]
    found += [of(path, data) for path, data in CRAFTED.files.items() if path in PARTS]
    for each in sorted((VECTORS / "evidence").glob("bad-*.json")):
        for path, text in json.loads(each.read_text())["changed"].items():
            data = base64.b64decode(text)
            found.append(of("seal", dsse.read(data).payload) if path == "seal.dsse.json" else b"")
            found.append(of(path, data) if path in PARTS else b"")
    return sorted({each for each in found if each})


def disclosed(name: str) -> dict[str, bytes]:
    return {
        path: base64.b64decode(text) for path, text in vectors(f"disclosures/{name}")["disclosure"].items()
    }


GIVEN = [disclosed("good"), disclosed("bundle")]
NAMES = [(which, path) for which, files in enumerate(GIVEN) for path in sorted(files)]


def disclosure(data: bytes) -> None:
    """Verify a disclosure of which one file is the bytes."""
    if not data:
        return
    which, path = NAMES[data[0] % len(NAMES)]
    with signatures_hold():
        evidence.verify_disclosure(Memory(GIVEN[which] | {path: data[1:]}), basis())


def parts_of_disclosures() -> list[bytes]:
    found = [bytes([at]) + GIVEN[which][path] for at, (which, path) in enumerate(NAMES)]
    for each in sorted((VECTORS / "disclosures").glob("bad-*.json")):
        for path, text in json.loads(each.read_text())["disclosure"].items():
            data = base64.b64decode(text)
            if (0, path) in NAMES and data not in (GIVEN[0].get(path), GIVEN[1].get(path)):
                found.append(bytes([NAMES.index((0, path))]) + data)
    return found


def left_behind() -> dict[str, bytes]:
    """Return what a fetch leaves that is killed before it gives the package its name."""
    with tempfile.TemporaryDirectory(dir=ROOM) as name:
        top = Path(name)
        lay(top / "source", CRAFTED.files)
        with (
            Folder(top / "source") as source,
            mock.patch("rogatory.evidence.carrying.staging.Staging.finish"),
        ):
            evidence.fetch(source, top / "copy", basis())
        return of_folder(staging_of(top / "copy"))


LEFT = left_behind()
PLACES = sorted(LEFT)


def staging(data: bytes) -> None:
    """Go on with a fetch of which something lies there spoiled: what is kept is the sealed package."""
    if not data:
        return
    with tempfile.TemporaryDirectory(dir=ROOM) as name:
        top = Path(name)
        lay(top / "source", CRAFTED.files)
        lay(staging_of(top / "copy"), LEFT | {PLACES[data[0] % len(PLACES)]: data[1:]})
        with signatures_hold(), Folder(top / "source") as source:
            evidence.fetch(source, top / "copy", basis())
        assert of_folder(top / "copy") == CRAFTED.files
        shutil.rmtree(top / "copy")


PACKAGES = {
    "package": Target(package, parts_of_packages),
    "disclosure": Target(disclosure, parts_of_disclosures),
    "staging": Target(staging, lambda: [bytes([at]) + LEFT[path] for at, path in enumerate(PLACES)]),
}
