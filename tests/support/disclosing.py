"""A second discloser, small and without scruples: it makes the disclosures that a hostile one could make.

It shares no code with ``rogatory.evidence``: proofs, lines and files are written out as spec/disclosures.md
says, from a package of ``support.crafting``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from blake3 import blake3
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from support.crafting import Craft, Hook, b64, canonical, derive, merkle, same, sha256

NEEDED = ("area", "kind", "path", "size", "place")


def hashes_beside(leaves: list[bytes], shown: set[int], first: int = 0) -> list[bytes]:
    """Walk from the root, left before right; where nothing is shown, one hash stands for the subtree."""
    if not any(first <= each < first + len(leaves) for each in shown):
        return [merkle(leaves)]
    if len(leaves) == 1:
        return []
    cut = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashes_beside(leaves[:cut], shown, first) + hashes_beside(leaves[cut:], shown, first + cut)


@dataclass
class Give:
    """What is given of one entry: all of it, its one chunk as a range, or some members."""

    number: int
    members: Sequence[str] | None = None
    chunks: bool = False


@dataclass
class Part:
    """One disclosure. Each hook is given what was made and returns what goes in instead."""

    craft: Craft = field(default_factory=Craft)
    gives: Sequence[Give] = (Give(1),)
    withheld: list[dict[str, Any]] | None = None
    header: Hook = same
    header_bytes: Hook = same
    line: Hook = same
    lines: Hook = same
    files: Hook = same

    def build(self) -> dict[str, bytes]:
        """Return every file of the disclosure, by path."""
        entries: list[dict[str, Any]] = []
        chunks: list[tuple[Any, bytes]] = []
        bend_entries, bend_segments = self.craft.entries, self.craft.segments

        def keep_entries(found: Any) -> Any:
            entries.extend(bend_entries(found))
            return entries

        def keep_chunks(areas: Any) -> Any:
            found = bend_segments(areas)
            chunks.extend([*found["data"], *found["legal"]])
            return found

        self.craft.entries, self.craft.segments = keep_entries, keep_chunks
        package = self.craft.build()
        fields = [self.fields(number, entry) for number, entry in enumerate(entries)]
        leaves = [
            sha256(b"\x00", b"rogatory/entry-leaf/v1\x00", *(each for _, each in found.values()))
            for found in fields
        ]
        made = dict.fromkeys(("hashes.bin", "chunks.bin", "chunks.idx"), b"")
        lines = [
            self.line(self.one(give, entries[give.number], fields[give.number], chunks[give.number], made))
            for give in self.gives
        ]
        shown = {give.number for give in self.gives}
        made["hashes.bin"] += b"".join(hashes_beside(leaves, shown))
        made["entries.jsonl"] = b"".join(
            each + b"\n" for each in self.lines([canonical(each) for each in lines])
        )
        header: dict[str, Any] = {"type": "disclosure", "version": 1}
        header["seal"] = hashlib.sha256(package["seal.dsse.json"]).hexdigest()
        if self.withheld is not None:
            header["withheld"] = self.withheld
        made["disclosure.json"] = self.header_bytes(canonical(self.header(header)))
        made["README.txt"] = b"Part of sealed evidence; see spec/disclosures.md.\n"
        for name in ("seal.dsse.json", "trust/bundle.json"):
            if name in package:
                made[name] = package[name]
        return dict(self.files(made))

    def fields(self, number: int, entry: dict[str, Any]) -> dict[str, tuple[bytes, bytes]]:
        hiding = derive(self.craft.key, self.craft.id, b"rogatory/hiding-key/v1\x00")
        names = sorted(entry)
        salts = blake3(number.to_bytes(8, "big"), key=hiding).digest(length=16 * len(names))
        found = {}
        for at, name in enumerate(names):
            salt = salts[16 * at : 16 * at + 16]
            label = b"rogatory/entry-field/v1\x00"
            found[name] = (salt, sha256(label, name.encode() + b"\x00", salt, canonical(entry[name])))
        return found

    def one(
        self,
        give: Give,
        entry: dict[str, Any],
        fields: dict[str, tuple[bytes, bytes]],
        chunk: tuple[Any, bytes],
        made: dict[str, bytes],
    ) -> dict[str, Any]:
        names = NEEDED if give.chunks else give.members if give.members is not None else list(entry)
        line: dict[str, Any] = {
            "number": give.number,
            "entry": {name: entry[name] for name in names},
            "salts": b64(b"".join(fields[name][0] for name in sorted(names))),
        }
        hidden = [
            {"at": at, "commitment": b64(fields[name][1])}
            for at, name in enumerate(sorted(entry))
            if name not in names
        ]
        if hidden:
            line["hidden"] = hidden
        if give.members is not None and not give.chunks:
            return line
        row, ciphertext = chunk
        made["chunks.bin"] += ciphertext
        made["chunks.idx"] += row.pack()
        salt = entry["keys"]["salt"]
        key = self.file_key(give.number, salt)
        if give.chunks:
            info = b"rogatory/chunk-key/v1\x00" + (0).to_bytes(8, "big") + b"\x01"
            made["keys.bin"] = made.get("keys.bin", b"") + expand(key, info)
            line["chunks"] = {"first": 0, "count": 1}
        else:
            line["key"] = b64(key)
        return line

    def file_key(self, number: int, salt: str) -> bytes:
        info = b"rogatory/file-key/v1\x00" + self.craft.id + number.to_bytes(8, "big")
        return derive(self.craft.key, base64.b64decode(salt), info)


def expand(key: bytes, info: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, info).derive(key)


__all__ = ["Give", "Part", "hashes_beside"]
