"""The one pass of opening: table and segments read together, each file decrypted and compared."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from rogatory import wire
from rogatory.envelopes import chunks, wraps
from rogatory.envelopes.chunks import CHUNK_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence import checks, description_file, disclosed, models, papers, reading, tables, trees
from rogatory.evidence.models import Entry
from rogatory.evidence.opening import verifying
from rogatory.evidence.opening.bag import Bag
from rogatory.evidence.opening.hashing import INLINE, Digesting, Hasher
from rogatory.evidence.opening.order import Order
from rogatory.evidence.opening.resuming import Keeper
from rogatory.evidence.opening.verifying import Examined
from rogatory.evidence.reading import Chunk
from rogatory.evidence.trees import Tree
from rogatory.keys import EncryptionPair
from rogatory.statements import WrappedKey
from rogatory.wire.documents import wrong_member

__all__ = ["Decrypting"]


@dataclass(slots=True)
class _Pending:
    """A file whose digest is still being computed."""

    number: int
    entry: Entry
    digesting: Digesting


def _read(line: bytes) -> tuple[Entry, dict[str, Any]]:
    """Return an entry, and the members that its leaf covers, as they stand in the line."""
    document = wire.parse(line, limit=tables.MAX_LINE)
    try:
        return Entry.model_validate(document), document
    except ValidationError as error:
        raise wrong_member(error) from None


class Decrypting:
    """Steps 7 to 10 of a verification, with a bag to write to or none."""

    def __init__(
        self,
        examined: Examined,
        pair: EncryptionPair,
        wrapped: Sequence[WrappedKey] | None,
    ) -> None:
        """Unwrap the package key: step 7."""
        self.examined, self.seal = examined, examined.seal
        self.bag: Bag | None = None
        self.keeper: Keeper | None = None
        self.package = bytes.fromhex(self.seal.package)
        # Step 7.
        examined.step(7)
        self.key = self._unwrap(pair, wrapped)
        self.hiding = chunks.hiding_key(self.key, self.package)
        self.tree, self.order, self.files = Tree(), Order(), 0
        self.pending: deque[_Pending] = deque()
        self.small = memoryview(bytearray(INLINE))

    def _unwrap(self, pair: EncryptionPair, wrapped: Sequence[WrappedKey] | None) -> bytes:
        assert self.examined.recipients is not None
        mine = [each for each in wrapped or self.examined.recipients.wraps if each.key == pair.key_id]
        if not mine:
            raise EvidenceError("EVID-060", key=pair.key_id[:16])
        commitment = bytes.fromhex(self.seal.commitment)
        return wraps.unwrap(mine[0].wrap, self.package, commitment, pair)

    def run(self, bag: Bag | None = None, keeper: Keeper | None = None) -> int:
        """Do steps 8 to 10; return how many files there were.

        Args:
            bag: Gets the files; without one they are only compared.
            keeper: Says what of the bag is there already, and is told what is.
        """
        self.bag, self.keeper = bag, keeper
        self.since = 0 if keeper is None else keeper.since
        for number in (8, 9):
            self.examined.step(number)
        seal, source = self.seal, self.examined.source
        self._case()
        size = next(each.size for each in seal.files if each.path == models.ENTRIES)
        table = chunks.table_key(self.key, self.package, models.ENTRIES)
        lines = tables.read_lines(reading.reader(source, models.ENTRIES), size, table)
        entry = self._next(lines)
        with Hasher() as self.hasher:
            for area in models.AREAS:
                segments = verifying.segments(seal, area)
                stream = reading.read_segments(source, area, segments, self.examined.basis.progress)
                while entry is not None and entry.area == area:
                    self._entry(entry, stream)
                    entry = self._next(lines)
                # What the segments still hold belongs to no entry; reading on proves the last root.
                checks.check_nothing_hidden(area, sum(1 for _ in stream))
            self.hasher.drain()
            self._settle()
        verifying.check_ciphertext(seal)
        # Step 10.
        self.examined.step(10)
        checks.check_entry_tree(self.tree.size, self.tree.root(), (seal.entries.size, seal.entries.root))
        return self.files

    def _case(self) -> None:
        """Check the description of the case, if there is one, and keep it in the bag."""
        line = description_file.read_case(self.examined.source, self.seal, self.key)
        if line is not None and self.bag is not None:
            self.bag.add_case(line)

    def _next(self, lines: Iterator[bytes]) -> Entry | None:
        line = next(lines, None)
        if line is None:
            return None
        number = self.tree.size
        entry, document = _read(line)
        fields = trees.entry_fields(document)
        canonical = trees.entry_line(fields)
        checks.check_one_spelling(number, line, canonical[:-1])
        self.tree.add_leaf(trees.entry_leaf(fields, number, self.hiding))
        checks.check_members(number, entry.kind, list(fields))
        checks.check_path(number, entry.path)
        self.order.admit(number, entry.area, entry.path)
        if self.bag is not None:
            salts = disclosed.salts_of(len(fields), number, self.hiding)
            self.bag.add_line(canonical, b"".join(salts))
        return entry

    def _entry(self, entry: Entry, stream: Iterator[Chunk]) -> None:
        if entry.place is None or entry.keys is None or entry.size is None:
            return
        number = self.tree.size - 1
        key = chunks.file_key(self.key, self.package, number, entry.keys.salt)
        checks.check_file_key(number, chunks.key_commitment(key), entry.keys.commitment)
        found = self._chunks(number, entry, stream)
        if number < self.since:
            # The bag has it from before; that it is what was sealed is still to be seen.
            deque(found, maxlen=0)
            self._note(entry)
        else:
            self._file(number, entry, key, found)
        self.files += 1
        if (role := papers.role_of(entry)) is not None:
            self.examined.papers.add(role)

    def _chunks(self, number: int, entry: Entry, stream: Iterator[Chunk]) -> Iterator[Chunk]:
        """Yield the chunks of a file, each where and as long as it has to be; at the end compare its root."""
        assert entry.place is not None
        assert entry.size is not None
        tree, count, place = Tree(), chunks.chunk_count(entry.size), entry.place
        for index in range(count):
            chunk = next(stream, None)
            if chunk is None:
                raise EvidenceError("EVID-046", entry=number)
            if not index:
                found = (chunk.segment, chunk.number, chunk.offset, count)
                named = (place.segment, place.chunk, place.offset, place.chunks)
                checks.check_place(number, named, found)
            length = min(CHUNK_SIZE, entry.size - index * CHUNK_SIZE)
            checks.check_chunk_length(number, chunk.row.length, length)
            tree.add_leaf(chunk.leaf)
            yield chunk
        checks.check_file_root(number, tree.root(), place.root)

    def _file(self, number: int, entry: Entry, key: bytes, stream: Iterator[Chunk]) -> None:
        """Decrypt a file, and have its digest taken."""
        assert entry.size is not None
        digesting, last = Digesting(), chunks.chunk_count(entry.size) - 1
        inline = entry.size <= INLINE
        file = None if self.bag is None else self.bag.create(entry.area, entry.path)
        try:
            for index, chunk in enumerate(stream):
                plain = (self.small if inline else self.hasher.buffer())[: chunk.row.length]
                chunks.decrypt_chunk(key, index, chunk.row, chunk.sealed, plain, last=index == last)
                if inline:
                    digesting.sha256.update(plain)
                else:
                    self.hasher.feed(digesting, plain)
                if file is not None:
                    file.write(plain)
                if self.pending:
                    # What came before this file is kept if the process is killed in the middle of it.
                    self._settle()
        finally:
            if file is not None:
                file.close()
        if inline:
            digesting.value = digesting.sha256.hexdigest()
        else:
            self.hasher.finish(digesting)
        self.pending.append(_Pending(number, entry, digesting))
        self._settle()

    def _settle(self) -> None:
        """Compare the digests that have come, in order."""
        while self.pending and (value := self.pending[0].digesting.value) is not None:
            done = self.pending.popleft()
            assert done.entry.sha256 is not None
            checks.check_plain_digest(done.number, value, done.entry.sha256)
            self._note(done.entry)
            if self.keeper is not None:
                self.keeper.add(done.number, done.entry)

    def _note(self, entry: Entry) -> None:
        """Put a file into the bag's manifest, now that it is known to have the digest of its entry."""
        if self.bag is not None:
            assert entry.sha256 is not None
            self.bag.add_digest(entry.area, entry.path, entry.sha256, entry.size or 0)
