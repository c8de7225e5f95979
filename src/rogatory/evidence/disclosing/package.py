"""Disclosing: files or ranges of a package, with proof under its seal and the keys to nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from rogatory import wire
from rogatory.envelopes import chunks, dsse
from rogatory.envelopes.chunks import CHUNK_SIZE, TAG_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence import checks, disclosed, models, reading, readme, releasing, tables, trees
from rogatory.evidence.atomic import new_folder, write_file
from rogatory.evidence.disclosed import Disclosure, Hidden, Line, Part, Withheld
from rogatory.evidence.disclosing.pieces import read_file
from rogatory.evidence.disclosing.selecting import Choice, Chooser, Selection, part_of
from rogatory.evidence.models import Entry, Seal
from rogatory.evidence.opening.package import check_apart
from rogatory.evidence.sources import Folder, Source, read_seal, read_whole
from rogatory.evidence.subtrees import Leaves, hashes_beside
from rogatory.keys import EncryptionPair
from rogatory.statements import WrappedKey
from rogatory.values import base64_text

__all__ = ["Disclosed", "Given", "disclose"]

MAX_TRUST: Final = 32 << 20
MAX_RECEIPT: Final = 1 << 20
# What a reader needs to be shown with a range of a file.
WITH_RANGE: Final = frozenset(("area", "kind", "path", "size", "place"))


@dataclass(frozen=True, slots=True)
class Given:
    """What was given of one entry.

    Attributes:
        number: The entry's place in the table.
        path: As in the bag.
        first: The first byte that is given; None if no content is.
        last: The last one, included.
        whole: Whether that is the whole file.
    """

    number: int
    path: str
    first: int | None = None
    last: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A disclosure that has been made.

    Attributes:
        path: Where it lies.
        seal: SHA-256 of the seal on which its proof rests.
        given: What is given, entry by entry.
        withheld: Entries listed as withheld.
        proof: Bytes of the proof: everything but seal, page, bundle, receipt, ciphertext, rows and the
            entries themselves.
    """

    path: Path
    seal: str
    given: tuple[Given, ...]
    withheld: int
    proof: int


def disclose(
    package: Path | Source,
    pair: EncryptionPair,
    selection: Selection,
    out: Path,
    *,
    random: Callable[[int], bytes],
    wrapped: Sequence[WrappedKey] | None = None,
    verified_at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Disclosed:
    """Leave at ``out`` what is selected, with its proof under the package's seal and keys to nothing else.

    What is given is decrypted and compared on its way, and the table of entries with the seal; the
    seal's signature and the rest of the package are not looked at: ``verify_with_key`` does that. The
    folder is complete or absent. It is signed by nobody, and does not say who made it.

    Args:
        package: A folder, or another source; only the table and what is given are read.
        pair: The private key of a recipient.
        selection: What is to be given.
        out: The folder to be; nothing of that name may exist.
        random: Draws the name of the folder in which it is built.
        wrapped: Wraps from a release or a statement, in place of the package's own.
        verified_at: When the whole package was verified with a key, if it was; recorded as a claim.
        progress: Told of bytes as they are read.

    Raises:
        EvidenceError: EVID-207 to EVID-210 what is selected; EVID-004, EVID-009 ``out``; EVID-012 it lies in
            the package; EVID-060 the key; EVID-020 to EVID-051 what was read of the package.
        EnvelopeError: ENV-030 to ENV-034 a row, a chunk or the wrapped key.

    Source:
        spec/disclosures.md 1 to 5.
    """
    if isinstance(package, Path):
        check_apart(package, out)
        with Folder(package) as folder:
            return disclose(
                folder,
                pair,
                selection,
                out,
                random=random,
                wrapped=wrapped,
                verified_at=verified_at,
                progress=progress,
            )
    envelope = read_seal(package)
    seal = wire.decode(dsse.read(envelope).payload, Seal, limit=dsse.MAX_ENVELOPE)
    key = releasing.package_key(package, seal, pair, wrapped)
    with new_folder(out, random, mode=0o700) as part, ExitStack() as stack:
        work = _Disclosing(part, package, seal, key, progress or (lambda _: None))
        work.open(stack)
        work.read(Chooser(selection))
        withheld = None if selection.withheld is None else tuple(work.withheld)
        digest = hashlib.sha256(envelope).hexdigest()
        header = wire.encode(Disclosure(seal=digest, verified_at=verified_at, withheld=withheld))
        write_file(part / disclosed.DISCLOSURE, header)
        write_file(part / models.SEAL, envelope)
        write_file(part / models.README, readme.disclosure_text(seal.package, seal.sealed_by))
        _copy(package, part, seal)
    count = sum(each.last - each.first + 1 for each in work.withheld)
    return Disclosed(out, digest, tuple(work.given), count, work.proof + len(header))


def _copy(source: Source, part: Path, seal: Seal) -> None:
    """Take over the trust bundle and the receipt, if there are any."""
    kept = [(models.TRUST, MAX_TRUST)] if any(each.path == models.TRUST for each in seal.files) else []
    for path, limit in [*kept, (models.RECEIPT, MAX_RECEIPT)]:
        try:
            data = read_whole(source, path, limit)
        except EvidenceError as error:
            if error.code == "EVID-021" and path == models.RECEIPT:
                continue
            raise
        (part / path).parent.mkdir(mode=0o700)
        write_file(part / path, data)


class _Disclosing:
    """A disclosure in the making: one pass over the table, and over the files that are given."""

    def __init__(
        self, folder: Path, source: Source, seal: Seal, key: bytes, progress: Callable[[int], None]
    ) -> None:
        self.folder, self.source, self.seal, self.key = folder, source, seal, key
        self.progress = progress
        self.package = bytes.fromhex(seal.package)
        self.hiding = chunks.hiding_key(key, self.package)
        self.leaves = Leaves()
        self.shown: list[int] = []
        self.given: list[Given] = []
        self.withheld: list[Withheld] = []
        self.proof = 0

    def open(self, stack: ExitStack) -> None:
        def create(name: str) -> BinaryIO:
            return stack.enter_context((self.folder / name).open("xb"))

        self.lines, self.hashes = create(disclosed.LINES), create(disclosed.HASHES)
        self.bin, self.idx = create(disclosed.BIN), create(disclosed.IDX)
        self.create_keys: Callable[[], BinaryIO] = partial(create, disclosed.KEYS)
        self.keys: BinaryIO | None = None

    def read(self, chooser: Chooser) -> None:
        """Read the whole table, since the proof needs every leaf, and the files that are chosen."""
        size = next(each.size for each in self.seal.files if each.path == models.ENTRIES)
        table = chunks.table_key(self.key, self.package, models.ENTRIES)
        lines = tables.read_lines(reading.reader(self.source, models.ENTRIES), size, table)
        for number, text in enumerate(lines):
            document = wire.parse(text, limit=tables.MAX_LINE)
            entry = wire.decode(text, Entry, limit=tables.MAX_LINE)
            fields = trees.entry_fields(document)
            self.leaves.add(trees.entry_leaf(fields, number, self.hiding))
            choice = chooser.choose(entry.area, entry.path)
            self._entry(number, entry, document, choice)
        chooser.finish()
        root = self.leaves.root(0, len(self.leaves)).hex()
        checks.check_entry_tree(len(self.leaves), root, (self.seal.entries.size, self.seal.entries.root))
        self._put_hashes(hashes_beside(self.leaves, self.shown))
        for file in (self.lines, self.hashes, self.bin, self.idx, self.keys):
            if file is not None:
                file.flush()
                os.fsync(file.fileno())

    def _put_hashes(self, found: Sequence[bytes]) -> None:
        self.hashes.write(b"".join(found))
        self.proof += sum(map(len, found))

    def _entry(self, number: int, entry: Entry, document: dict[str, Any], choice: Choice) -> None:
        whole = choice.whole
        part = None if choice.part is None else part_of(choice.part, number, document)
        needed = WITH_RANGE if part else frozenset[str]()
        names = frozenset(document) if whole else choice.members | needed
        if choice.reason is not None:
            self._withhold(number, choice.reason)
        names = names & frozenset(document)
        if not names:
            return
        key = self._content(number, entry, whole=whole, part=part)
        self._line(number, document, names, key, part)

    def _withhold(self, number: int, reason: str) -> None:
        last = self.withheld[-1] if self.withheld else None
        if last is not None and (last.last + 1, last.reason) == (number, reason):
            self.withheld[-1] = Withheld(first=last.first, last=number, reason=reason)
        else:
            self.withheld.append(Withheld(first=number, last=number, reason=reason))

    def _line(
        self,
        number: int,
        document: dict[str, Any],
        names: frozenset[str],
        key: bytes | None,
        part: Part | None,
    ) -> None:
        fields = trees.entry_fields(document)
        salts = disclosed.salts_of(len(fields), number, self.hiding)
        hidden = [
            Hidden(at=at, commitment=disclosed.commitment_of(name, value, salts[at]))
            for at, (name, value) in enumerate(fields.items())
            if name not in names
        ]
        shown = {name: value for name, value in document.items() if name in names}
        kept = b"".join(salt for name, salt in zip(fields, salts, strict=True) if name in names)
        line: dict[str, Any] = {"number": number, "entry": shown, "salts": base64_text(kept)}
        if hidden:
            line["hidden"] = [each.model_dump(mode="json") for each in hidden]
        if key is not None:
            line["key"] = base64_text(key)
        if part is not None:
            line["chunks"] = part.model_dump()
        data = wire.canonical(line) + b"\n"
        assert Line.model_validate_json(data)
        self.lines.write(data)
        self.proof += len(data) - len(wire.canonical(shown))
        self.shown.append(number)

    def _content(self, number: int, entry: Entry, *, whole: bool, part: Part | None) -> bytes | None:
        """Copy what is given of a file, once it is seen to be the sealed one; return its key if it is all."""
        path = f"{entry.area}/{entry.path}"
        if entry.place is None or entry.keys is None or entry.size is None or not (whole or part):
            self.given.append(Given(number, path))
            return None
        key = chunks.file_key(self.key, self.package, number, entry.keys.salt)
        checks.check_file_key(number, chunks.key_commitment(key), entry.keys.commitment)
        begin, end = (0, entry.place.chunks) if part is None else (part.first, part.first + part.count)
        leaves, digest = Leaves(), hashlib.sha256()
        plain = memoryview(bytearray(CHUNK_SIZE))
        for index, piece in enumerate(read_file(self.source, self.seal, entry, number)):
            leaves.add(piece.leaf)
            self.progress(piece.row.length)
            if not begin <= index < end:
                continue
            last = index == entry.place.chunks - 1
            out = plain[: piece.row.length]
            chunks.decrypt_chunk(key, index, piece.row, piece.sealed, out, last=last)
            digest.update(out)
            self.bin.write(piece.sealed[:-TAG_SIZE])
            self.idx.write(piece.row.pack())
            if part is not None:
                self.keys = self.keys or self.create_keys()
                self.keys.write(chunks.chunk_key(key, index, last=last))
                self.proof += 32
        checks.check_file_root(number, leaves.root(0, len(leaves)).hex(), entry.place.root)
        if part is None:
            checks.check_plain_digest(number, digest.hexdigest(), entry.sha256 or "")
        else:
            self._put_hashes(hashes_beside(leaves, range(begin, end)))
        first, final = begin * CHUNK_SIZE, min(end * CHUNK_SIZE, entry.size) - 1
        self.given.append(Given(number, path, first, final, whole=part is None))
        return key if part is None else None
