"""Receipts for people in tests: a package of all kinds of things, a signer's PKCS#12, what a PDF holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pypdf import PdfReader

from rogatory import custody, evidence, wire
from rogatory.evidence import Basis, Link, Paper, Terms, Verification
from rogatory.keys import KeyRing, Purpose
from rogatory.statements import UseConditions, Words
from support import receipts
from support.packages import ASKING, AT, SEALER, THIRD, basis, decryption, entry, make, pair, write_sources

LATER = AT + timedelta(minutes=5)
PASSWORD = b"open sesame"
CONDITIONS = UseConditions(
    use="evidence",
    proceedings=("DN-2028-0312",),
    destroy_by=date(2030, 1, 2),
    words=Words(original="Only for this case. #panic(1)\nsecond line", language="en"),
)


@dataclass(frozen=True)
class Made:
    """A package, what its verification said with a key and without, and whom to believe."""

    package: Path
    basis: Basis
    opened: Verification
    closed: Verification

    def chain(self, **more: Any) -> tuple[Link, ...]:
        return evidence.chain(self.package, self.opened, self.basis, **more)

    def receipt(self, links: Any = None, **more: Any) -> bytes:
        entries = evidence.contents(self.package, decryption(ASKING))
        links = self.chain() if links is None else links
        return evidence.receipt(self.opened, links, entries, judged=self.basis.at, at=LATER, **more)


def trusted() -> Basis:
    """Return a basis that knows the sealer's log and two witnesses too."""
    keys = [*basis().ring.entries.values(), *receipts.ring().entries.values()]
    keys.append(entry(pair(ASKING, Purpose.LOG)))
    ring = KeyRing(keys)
    return Basis(ring=ring, at=LATER, logs=evidence.log_ring(ring, LATER))


def made(folder: Path, *names: str, count: int = 0) -> Made:
    """Seal mixed things, and files of these names; put a custody receipt with two witnesses beside them."""
    top = write_sources(folder)
    for name in names:
        (top / name).write_bytes(name.encode())
    for number in range(count):
        (top / f"{number:05}.txt").write_bytes(b"%d" % number)
    (folder / "order.pdf").write_bytes(b"order")
    terms = Terms(case="c" * 64, conditions=CONDITIONS, legal=[Paper(folder / "order.pdf", "order")])
    make(folder, top, terms=terms)
    package = folder / "package"
    receipts.receipt(package, ASKING, THIRD)
    found = trusted()
    opened = evidence.verify_with_key(package, decryption(ASKING), found)
    return Made(package, found, opened, evidence.verify(package, found))


def proof(authority: str, event: dict[str, Any] | None, *, log: str = "", seal: bool = True) -> bytes:
    """Return a custody receipt of an event in an authority's log, by itself."""
    owner, salt = log or authority, b"s" * 32
    data = wire.canonical({"authority": authority, **(event or {})})
    leaf = custody.commit(salt, data)
    head = custody.Checkpoint(
        f"{owner}/log", 1, custody.root(custody.append(custody.EMPTY, [custody.leaf_hash(leaf)]))
    )
    key = pair(owner, Purpose.LOG)
    note = custody.sign_checkpoint(head, key, custody.note_key(head.origin, key.public), LATER)
    store = custody.MemoryStore()
    custody.grow(store, custody.EMPTY, [leaf])
    opening = None if event is None else (salt, data)
    return custody.write_receipt(custody.issue(store, note, 0, leaf, opening))


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, breaks within words taken out."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "\n".join(pages).replace("\N{ZERO WIDTH SPACE}", "")


def elements(pdf: bytes) -> Iterator[Any]:
    """Yield every structure element of a tagged PDF."""
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            yield each
            if "/K" in each:
                waiting.append(each["/K"])


def certificate(name: str, usage: Any = None) -> tuple[Any, Any]:
    """Return a key and its own certificate; one for a clock has an RSA key, as pyHanko's false one wants."""
    key: Any = (
        ec.generate_private_key(ec.SECP256R1()) if usage is None else rsa.generate_private_key(65537, 2048)
    )
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime(2028, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return key, builder.sign(key, hashes.SHA256())


STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


def p12(password: bytes | None = PASSWORD) -> bytes:
    """Return a PKCS#12 file with a new key and its certificate."""
    key, signed = certificate("Registry of the court")
    how = NoEncryption() if password is None else BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"me", key, signed, None, how)


__all__ = [
    "ASKING",
    "CONDITIONS",
    "LATER",
    "PASSWORD",
    "SEALER",
    "STAMPING",
    "Made",
    "certificate",
    "elements",
    "made",
    "p12",
    "proof",
    "text_of",
    "trusted",
]
