"""Disclosures, read: what a part of a package proves under the seal of the whole, and what it does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from rogatory import wire
from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.errors import EvidenceError
from rogatory.evidence import checks, disclosed, disclosure_checks, models, reading, trees
from rogatory.evidence.atomic import new_folder
from rogatory.evidence.claims import DISCLOSURE_STEPS, Claim
from rogatory.evidence.disclosed import Disclosure, Line, Shown
from rogatory.evidence.disclosing.pieces import chunk_length, with_tag
from rogatory.evidence.opening import verifying
from rogatory.evidence.opening.bag import Bag
from rogatory.evidence.opening.order import Order
from rogatory.evidence.opening.package import check_apart
from rogatory.evidence.opening.verifying import Basis, Verification
from rogatory.evidence.sources import Folder, Source, read_whole
from rogatory.evidence.subtrees import HASH_SIZE, root_from
from rogatory.evidence.trees import FIELD_SALT_SIZE, Tree
from rogatory.values import instant_text
from rogatory.wire.documents import wrong_member

__all__ = ["is_disclosure", "open_disclosure", "verify_disclosure"]

NEEDED: Final = (
    models.README,
    models.SEAL,
    disclosed.DISCLOSURE,
    disclosed.LINES,
    disclosed.HASHES,
    disclosed.BIN,
    disclosed.IDX,
)
WITH_FILE: Final = ("area", "kind", "path", "size", "sha256", "keys", "place")
WITH_RANGE: Final = ("area", "kind", "path", "size", "place")


def is_disclosure(folder: Path) -> bool:
    """Return whether a folder says that it is a disclosure and not a package; nothing is verified."""
    return (folder / disclosed.DISCLOSURE).is_file()


def verify_disclosure(disclosure: Path | Source, basis: Basis) -> Verification:
    """Return what a disclosure proves under the seal of its package, once every step holds; no key is needed.

    1. the seal; 2. its signer; 3. the files are those of a disclosure; 4. it is about this seal; 5. the
    receipt; 6. every entry shown, and every file and range given; 7. a redacted bundle accounts for every
    entry; 8. the root over the entries. It says nothing of what is not shown, and not who disclosed.

    Args:
        disclosure: A folder, or another source.
        basis: Whom to believe, and as of when; ``progress`` is told of bytes of ciphertext.

    Raises:
        EvidenceError: EVID-020 to EVID-028 and EVID-035 the seal and the folder; EVID-042 to EVID-051 what
            is given; EVID-201 to EVID-206 the proof.
        EnvelopeError, KeysError, WireError, CustodyError: The seal, its key, the receipt, a row or a chunk.

    Source:
        spec/disclosures.md 6.
    """
    if isinstance(disclosure, Path):
        with Folder(disclosure) as folder:
            return verify_disclosure(folder, basis)
    return _Proving(disclosure, basis, None).run()


def open_disclosure(
    disclosure: Path | Source, out: Path, basis: Basis, *, random: Callable[[int], bytes]
) -> Verification:
    """Leave a BagIt 1.0 bag of what a disclosure gives at ``out``, once every step of its verification holds.

    See ``verify_disclosure``. Ranges lie under ``parts/``; what is only shown has a line and no file.

    Raises:
        EvidenceError: EVID-004, EVID-009, EVID-012 ``out``, besides those of ``verify_disclosure``.
    """
    if isinstance(disclosure, Path):
        check_apart(disclosure, out)
        with Folder(disclosure) as folder:
            return open_disclosure(folder, out, basis, random=random)
    with new_folder(out, random, mode=0o700) as part, Bag(part) as bag:
        work = _Proving(disclosure, basis, bag)
        verification = work.run()
        bag.finish(work.examined, verification)
        return verification


@dataclass(slots=True)
class _Seen:
    """What has been seen so far."""

    leaves: dict[int, bytes] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    files: int = 0
    ranges: list[tuple[int, int, int]] = field(default_factory=list)
    size: int = 0


class _Proving:
    """Steps 1 to 8, with a bag to write to or none."""

    def __init__(self, source: Source, basis: Basis, bag: Bag | None) -> None:
        self.source, self.basis, self.bag = source, basis, bag
        self.seen, self.order, self.last = _Seen(), Order(), -1
        self.hashes = reading.reader(source, disclosed.HASHES)
        self.bin, self.idx = reading.reader(source, disclosed.BIN), reading.reader(source, disclosed.IDX)
        self.keys = reading.reader(source, disclosed.KEYS)
        self.room = memoryview(bytearray(CHUNK_SIZE + TAG_SIZE))
        self.plain = memoryview(bytearray(CHUNK_SIZE))

    def run(self) -> Verification:
        """Do the steps, and return what follows."""
        # Steps 1 and 2.
        self.examined = examined = verifying.begin(self.source, self.basis)
        # Step 3.
        self._step(3)
        found = self.source.names()
        self._check_files(found)
        # Step 4.
        self._step(4)
        header = self._header()
        # Step 5.
        self._step(5)
        verifying.check_receipt(examined, found)
        # Step 6.
        self._step(6)
        for number, data in enumerate(self._read_lines(), 1):
            self._line(f"line {number}", data)
        self._check_ends()
        # Step 7.
        self._step(7)
        if header.withheld is not None:
            ranges = [(each.first, each.last) for each in header.withheld]
            disclosure_checks.check_accounted(ranges, self.seen.whole, examined.seal.entries.size)
        # Step 8.
        self._step(8)
        self._check_root()
        return self._conclude(header)

    def _step(self, number: int) -> None:
        step = DISCLOSURE_STEPS[number - 1]
        self.examined.steps.append(step)
        self.basis.on_step(step)

    def _check_files(self, found: Any) -> None:
        seal = self.examined.seal
        trust = next((each for each in seal.files if each.path == models.TRUST), None)
        needed = NEEDED if trust is None else (*NEEDED, models.TRUST)
        if found is not None:
            checks.check_no_missing_file(needed, found)
            allowed = [*needed, disclosed.KEYS, models.RECEIPT]
            checks.check_no_extra_file(allowed, found)
        if trust is not None:
            checks.check_sizes({models.TRUST: trust.size}, found or {})
            digest = reading.digest_of(self.source, models.TRUST, trust.size)
            checks.check_digest(models.TRUST, digest, trust.sha256)

    def _header(self) -> Disclosure:
        data = read_whole(self.source, disclosed.DISCLOSURE, disclosed.MAX_HEADER)
        header = wire.decode(data, Disclosure, limit=disclosed.MAX_HEADER)
        disclosure_checks.check_one_spelling(disclosed.DISCLOSURE, data, wire.encode(header))
        disclosure_checks.check_seal(header.seal, self.examined.digest)
        return header

    def _read_lines(self) -> Iterator[bytes]:
        read, rest = reading.reader(self.source, disclosed.LINES), b""
        while data := read(1 << 16):
            *whole, rest = (rest + data).split(b"\n")
            checks.check_line_length(rest, disclosed.MAX_LINE)
            yield from whole
        disclosure_checks.check_nothing_left(disclosed.LINES, len(rest))

    def _line(self, what: str, data: bytes) -> None:
        document = wire.parse(data, limit=disclosed.MAX_LINE)
        # What a line does not have is left out, and not written as empty.
        members = document if isinstance(document, dict) else {}
        spelled = {name: each for name, each in members.items() if each or name == "number"}
        disclosure_checks.check_one_spelling(what, data, wire.canonical(spelled))
        line = wire.decode(data, Line, limit=disclosed.MAX_LINE)
        disclosure_checks.check_number(what, line.number, self.last, self.examined.seal.entries.size)
        self.last = line.number
        self.seen.leaves[line.number] = self._leaf(what, line)
        shown = _shown(line)
        present = {name for name in line.entry if getattr(shown, name) is not None}
        if not line.hidden and shown.kind is not None:
            checks.check_members(line.number, shown.kind, list(line.entry))
        self._check_path(line.number, shown)
        if line.key is not None:
            disclosure_checks.check_shown(what, WITH_FILE, present)
            self._whole(line, shown, line.key)
        elif line.chunks is not None:
            disclosure_checks.check_shown(what, WITH_RANGE, present)
            self._range(what, line, shown)
        if not line.hidden and (line.key is not None or shown.kind != "file"):
            self.seen.whole.add(line.number)
        if self.bag is not None:
            self.bag.add_line(wire.canonical(line.entry) + b"\n", line.salts)

    def _leaf(self, what: str, line: Line) -> bytes:
        fields = trees.entry_fields(line.entry)
        total = len(fields) + len(line.hidden)
        disclosure_checks.check_salts(what, len(line.salts), FIELD_SALT_SIZE * len(fields))
        disclosure_checks.check_hidden(what, [each.at for each in line.hidden], total)
        salts = [line.salts[at : at + FIELD_SALT_SIZE] for at in range(0, len(line.salts), FIELD_SALT_SIZE)]
        return disclosed.leaf_of(fields, salts, {each.at: each.commitment for each in line.hidden})

    def _check_path(self, number: int, shown: Shown) -> None:
        if shown.path is not None:
            checks.check_path(number, shown.path)
            if shown.area is not None:
                self.order.admit(number, shown.area, shown.path)

    def _whole(self, line: Line, shown: Shown, key: bytes) -> None:
        """Decrypt a file, and compare key, rows, root and digest with its entry."""
        number, place = line.number, shown.place
        assert place is not None and shown.size is not None and shown.keys is not None  # noqa: PT018 - check_shown saw them
        assert shown.area is not None and shown.path is not None and shown.sha256 is not None  # noqa: PT018 - as the line before
        checks.check_file_key(number, chunks.key_commitment(key), shown.keys.commitment)
        count = chunks.chunk_count(shown.size)
        checks.check_place(number, (1, 0, 0, place.chunks), (1, 0, 0, count))
        tree, digest = Tree(), hashlib.sha256()
        file = None if self.bag is None else self.bag.create(shown.area, shown.path)
        try:
            for index in range(count):
                last = index == count - 1
                own = chunks.chunk_key(key, index, last=last)
                plain, leaf = self._chunk(number, index, shown.size, own)
                tree.add_leaf(leaf)
                digest.update(plain)
                if file is not None:
                    file.write(plain)
        finally:
            if file is not None:
                file.close()
        checks.check_file_root(number, tree.root(), place.root)
        checks.check_plain_digest(number, digest.hexdigest(), shown.sha256)
        if self.bag is not None:
            self.bag.add_digest(shown.area, shown.path, digest.hexdigest(), shown.size)
        self.seen.files += 1

    def _range(self, what: str, line: Line, shown: Shown) -> None:
        """Decrypt a range of chunks, each under its own key, and compare the root with the entry."""
        number, place, part = line.number, shown.place, line.chunks
        assert place is not None and part is not None and shown.size is not None  # noqa: PT018 - check_shown saw them
        checks.check_place(number, (1, 0, 0, place.chunks), (1, 0, 0, chunks.chunk_count(shown.size)))
        disclosure_checks.check_part(what, part.first, part.count, place.chunks)
        first = part.first * CHUNK_SIZE
        last = min((part.first + part.count) * CHUNK_SIZE, shown.size) - 1
        digest, leaves = hashlib.sha256(), {}
        name = f"{number:06d}-{first}-{last}.bin"
        file = None if self.bag is None else self.bag.create_part(name)
        try:
            for index in range(part.first, part.first + part.count):
                key = self.keys(HASH_SIZE)
                disclosure_checks.check_enough(disclosed.KEYS, len(key), HASH_SIZE)
                plain, leaves[index] = self._chunk(number, index, shown.size, key)
                digest.update(plain)
                if file is not None:
                    file.write(plain)
        finally:
            if file is not None:
                file.close()
        checks.check_file_root(number, root_from(place.chunks, leaves, self._hash), place.root)
        if self.bag is not None:
            self.bag.add_part(name, digest.hexdigest())
        self.seen.ranges.append((number, first, last))

    def _chunk(self, number: int, index: int, size: int, key: bytes) -> tuple[memoryview, bytes]:
        """Return the plaintext of the next chunk, good until the one after it, and its leaf."""
        packed = self.idx(ROW_SIZE)
        disclosure_checks.check_enough(disclosed.IDX, len(packed), ROW_SIZE)
        row = Row.unpack(packed)
        checks.check_chunk_length(number, row.length, chunk_length(size, index))
        data = self.bin(row.length)
        disclosure_checks.check_enough(disclosed.BIN, len(data), row.length)
        leaf = leaf_of_chunk(packed, data)
        self.room[: len(data)] = data
        plain = self.plain[: row.length]
        chunks.decrypt_with(key, index, row, with_tag(self.room, row), plain)
        self.basis.progress(row.length)
        self.seen.size += row.length
        return plain, leaf

    def _hash(self) -> bytes:
        found = self.hashes(HASH_SIZE)
        disclosure_checks.check_hashes(len(found), HASH_SIZE)
        return found

    def _check_ends(self) -> None:
        """Refuse ciphertext, rows or keys that belong to nothing that is given."""
        for path, read in ((disclosed.BIN, self.bin), (disclosed.IDX, self.idx)):
            disclosure_checks.check_nothing_left(path, len(read(1)))
        try:
            left = len(self.keys(1))
        except EvidenceError as error:
            if error.code != "EVID-021":
                raise
            left = 0
        disclosure_checks.check_nothing_left(disclosed.KEYS, left)

    def _check_root(self) -> None:
        entries = self.examined.seal.entries
        found = root_from(entries.size, self.seen.leaves, self._hash)
        disclosure_checks.check_root(found, entries.root)
        disclosure_checks.check_hashes(len(self.hashes(1)), 0)

    def _conclude(self, header: Disclosure) -> Verification:
        examined, seal = self.examined, self.examined.seal
        proves, doubts = self._proves(header), self._does_not_prove(header)
        return Verification(
            package=seal.package,
            seal=examined.digest,
            sealed_by=seal.sealed_by,
            sealed_at=seal.sealed_at,
            key=examined.signer.key.key_id,
            opened=True,
            files=self.seen.files,
            size=self.seen.size,
            steps=tuple(examined.steps),
            proves=tuple(proves),
            does_not_prove=tuple(doubts),
            document=seal,
        )

    def _proves(self, header: Disclosure) -> list[Claim]:
        examined, seen = self.examined, self.seen
        claims = [
            Claim("EVID-243", {"authority": examined.seal.sealed_by}),
            Claim("EVID-244", {"count": len(seen.leaves), "total": examined.seal.entries.size}),
        ]
        if seen.files:
            claims.append(Claim("EVID-245", {"count": seen.files}))
        claims += [
            Claim("EVID-246", {"entry": number, "first": first, "last": last})
            for number, first, last in seen.ranges
        ]
        if header.withheld is not None:
            kept = sum(each.last - each.first + 1 for each in header.withheld)
            claims.append(Claim("EVID-247", {"count": kept, "total": examined.seal.entries.size}))
        return [*claims, *verifying.proves_of_receipt(examined)]

    def _does_not_prove(self, header: Disclosure) -> list[Claim]:
        examined, seen = self.examined, self.seen
        claims = [Claim("EVID-255"), Claim("EVID-141")]
        rest = examined.seal.entries.size - len(seen.leaves)
        if rest:
            claims.append(Claim("EVID-251", {"count": rest}))
        for number in dict.fromkeys(each for each, _, _ in seen.ranges):
            if header.verified_at is None:
                claims.append(Claim("EVID-252", {"entry": number}))
            else:
                at = instant_text(header.verified_at)
                claims.append(Claim("EVID-253", {"entry": number, "instant": at}))
        if header.withheld:
            claims.append(Claim("EVID-254"))
        return [*claims, *verifying.doubts_of_key(examined), *verifying.doubts_of_time(examined)]


def leaf_of_chunk(packed: bytes, data: bytes) -> bytes:
    """Return the leaf of a chunk from its row and ciphertext."""
    return hashlib.sha256(b"\x00" + chunks.leaf_data(packed, data)).digest()


def _shown(line: Line) -> Shown:
    try:
        return Shown.model_validate_json(wire.canonical(line.entry))
    except ValidationError as error:
        raise wrong_member(error) from None
