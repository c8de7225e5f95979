"""A second sealer, small and without scruples: it makes the packages that a hostile one could make.

It shares no code with ``rogatory.evidence``: hashes, tables and rows are written out as spec/evidence.md
says, so that an honest package of it is a test of that page too. ``Craft`` has one hook for each thing
that a hostile sealer could bend; everything after the hook is consistent, signatures included.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from blake3 import blake3
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from rogatory.keys import Purpose
from rogatory.keys.public import encryption_key
from support.world import ASKED, ASKING, counting_random, pair, signing

HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SEALED_AT = "2028-03-13T18:32:00Z"
MEDIA_TYPE = "application/vnd.rogatory.seal.v1+json"

Hook = Callable[[Any], Any]


def same(value: Any) -> Any:
    return value


def canonical(document: Any) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def merkle(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, as it stands there."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01", merkle(leaves[:cut]), merkle(leaves[cut:]))


def padme(size: int) -> int:
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    return (size + (1 << low) - 1) >> low << low


@dataclass
class Row:
    length: int
    nonce: bytes
    tag: bytes
    commitment: bytes

    def pack(self) -> bytes:
        return struct.pack(">I12s16s32s", self.length, self.nonce, self.tag, self.commitment)


@dataclass
class Craft:
    """One package. Each hook is given what was made and returns what goes in instead."""

    files: tuple[tuple[str, str, bytes], ...] = (
        ("data", "case/access.log", b"203.0.113.57 - - GET /\n"),
        ("data", "case/notes.txt", b"seen at 23:47:10 +07:00\n"),
        ("legal", "order.txt", b"Order 2028/0312\n"),
    )
    start: str = "vector"
    row: Hook = same
    segments: Hook = same
    entries: Hook = same
    line: Hook = same
    table: Hook = same
    case: bytes | None = None
    commitment: Hook = same
    wraps: Hook = same
    recipients: Hook = same
    small: Hook = same
    statement: Hook = same
    purpose: Purpose = Purpose.SEAL
    media_type: str = MEDIA_TYPE
    envelope: Hook = same
    package: Hook = same
    made: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = counting_random(self.start)
        self.key, self.id = self.random(32), self.random(32)

    def encrypt(self, key: bytes, index: int, plain: bytes, last: bool) -> tuple[Row, bytes]:
        info = b"rogatory/chunk-key/v1\x00" + struct.pack(">QB", index, last)
        chunk_key = HKDFExpand(SHA256(), 32, info).derive(key)
        nonce = self.random(12)
        sealed = AESGCM(chunk_key).encrypt(nonce, plain, None)
        commitment = sha256(b"rogatory/key-commitment/v1\x00", chunk_key)
        return self.row(Row(len(plain), nonce, sealed[-16:], commitment)), sealed[:-16]

    def leaf(self, row: Row, ciphertext: bytes) -> bytes:
        return sha256(
            b"\x00", b"rogatory/chunk-leaf/v1\x00", row.pack(), blake3(ciphertext[: row.length]).digest()
        )

    def build(self) -> dict[str, bytes]:
        """Return every file of the package, by path."""
        entries: list[dict[str, Any]] = []
        areas: dict[str, list[tuple[Row, bytes]]] = {"data": [], "legal": []}
        for number, (area, path, plain) in enumerate(self.files):
            salt = self.random(32)
            info = b"rogatory/file-key/v1\x00" + self.id + number.to_bytes(8, "big")
            key = derive(self.key, salt, info)
            row, ciphertext = self.encrypt(key, 0, plain, True)
            chunks = areas[area]
            place = {
                "segment": 1,
                "chunk": len(chunks),
                "offset": sum(len(each) for _, each in chunks),
                "chunks": 1,
                "root": merkle([self.leaf(row, ciphertext)]).hex(),
            }
            chunks.append((row, ciphertext))
            commitment = sha256(b"rogatory/key-commitment/v1\x00", key).hex()
            entries.append(
                {
                    "area": area,
                    "kind": "file",
                    "path": path,
                    "modified": "2028-03-12T16:47:10Z",
                    "size": len(plain),
                    "sha256": hashlib.sha256(plain).hexdigest(),
                    "keys": {"salt": b64(salt), "commitment": commitment},
                    "place": place,
                }
            )
        areas = self.segments(areas)
        listed, roots = {}, []
        for area, chunks in areas.items():
            if chunks:
                self.made[f"{area}/000001.bin"] = b"".join(each for _, each in chunks)
                self.made[f"{area}/000001.idx"] = b"".join(row.pack() for row, _ in chunks)
                root = merkle([self.leaf(*each) for each in chunks])
                roots.append(root)
                size = len(self.made[f"{area}/000001.bin"])
                listed[area] = [{"size": size, "chunks": len(chunks), "root": root.hex()}]
            else:
                listed[area] = []
        tree = self.write_table(self.entries(entries))
        return self.close(listed, roots, tree)

    def write_table(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        hiding = derive(self.key, self.id, b"rogatory/hiding-key/v1\x00")
        leaves, lines = [], []
        for number, entry in enumerate(entries):
            names = sorted(entry)
            salts = blake3(number.to_bytes(8, "big"), key=hiding).digest(length=16 * len(names))
            fields = b"".join(
                sha256(
                    b"rogatory/entry-field/v1\x00",
                    name.encode() + b"\x00",
                    salts[16 * place : 16 * place + 16],
                    canonical(entry[name]),
                )
                for place, name in enumerate(names)
            )
            leaves.append(sha256(b"\x00", b"rogatory/entry-leaf/v1\x00", fields))
            lines.append(self.line(canonical(entry)) + b"\n")
        plain = b"".join(lines)
        self.put_table("entries.enc", self.table(plain.ljust(padme(len(plain)), b"\x00")))
        if self.case is not None:
            self.put_table("case.enc", self.case.ljust(padme(len(self.case)), b"\x00"))
        return {"size": len(entries), "root": merkle(leaves).hex()}

    def put_table(self, name: str, plain: bytes) -> None:
        key = derive(self.key, self.id, b"rogatory/table-key/v1\x00" + name.encode())
        saved, self.row = self.row, same
        row, ciphertext = self.encrypt(key, 0, plain, True)
        self.row = saved
        self.made[name] = row.pack() + ciphertext

    def close(self, listed: Any, roots: list[bytes], tree: Any) -> dict[str, bytes]:
        commitment = derive(self.key, self.id, b"rogatory/package-commitment/v1\x00")
        commitment = self.commitment(commitment)
        recipients = [pair(name, Purpose.ENCRYPTION) for name in (ASKING, ASKED)]
        wraps = self.wraps(
            [
                {
                    "recipient": each.public.authority,
                    "key": each.key_id,
                    "wrap": b64(self.wrap(each.public, commitment)),
                }
                for each in recipients
            ]
        )
        document = {"type": "recipients", "version": 1, "package": self.id.hex(), "wraps": wraps}
        self.made["recipients.json"] = canonical(self.recipients(document))
        self.made["README.txt"] = b"This folder is sealed evidence; see spec/evidence.md.\n"
        self.made = self.small(self.made)
        files = [
            {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(self.made.items())
            if not path.startswith(("data/", "legal/"))
        ]
        leaves = [sha256(b"\x00", b"rogatory/segment-leaf/v1\x00", root) for root in roots]
        statement = {
            "type": "seal",
            "version": 1,
            "suite": "aes-256-gcm+hkdf-sha256+blake3+sha256",
            "package": self.id.hex(),
            "sealed_by": ASKED,
            "sealed_at": SEALED_AT,
            "rehearsal": False,
            "commitment": commitment.hex(),
            "files": files,
            "segments": listed,
            "ciphertext": merkle(leaves).hex(),
            "entries": tree,
            "recipients": [{"authority": each.public.authority, "key": each.key_id} for each in recipients],
        }
        self.made["seal.dsse.json"] = self.sign(canonical(self.statement(statement)))
        return dict(self.package(self.made))

    def wrap(self, recipient: Any, commitment: bytes) -> bytes:
        name = sha256(recipient.authority.encode())
        label = b"rogatory/package-wrap/v1\x00"
        info = label + self.id + commitment + name + bytes.fromhex(recipient.key_id)
        return bytes(HPKE.encrypt(self.key, encryption_key(recipient), info=info))

    def sign(self, payload: bytes) -> bytes:
        signer = signing(ASKED, self.purpose)
        kind = self.media_type.encode()
        pae = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
        signatures = [{"keyid": signer.key_id, "sig": b64(each)} for each in signer.sign(pae)]
        envelope = {"payload": b64(payload), "payloadType": self.media_type, "signatures": signatures}
        return canonical(self.envelope(envelope))


def flipped(data: bytes, bit: int) -> bytes:
    """Return the bytes with one bit turned."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


__all__ = ["Craft", "Row", "b64", "canonical", "flipped", "merkle", "padme", "same"]
