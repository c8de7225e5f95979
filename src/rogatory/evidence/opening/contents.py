"""Listing: the entries of a package, for somebody who has a key; only the table is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rogatory import wire
from rogatory.envelopes import chunks, dsse
from rogatory.evidence import checks, models, reading, releasing, tables, trees
from rogatory.evidence.models import Entry, Seal
from rogatory.evidence.sources import Folder, Source, read_seal
from rogatory.evidence.trees import Tree
from rogatory.keys import EncryptionPair
from rogatory.statements import WrappedKey

__all__ = ["contents", "proven"]


def contents(
    package: Path | Source, pair: EncryptionPair, *, wrapped: Sequence[WrappedKey] | None = None
) -> Iterator[Entry]:
    """Yield every entry of the table, in order; raise at the end if they are not those under the seal.

    Neither the seal's signatures nor the files are looked at: see ``verify_with_key``.

    Raises:
        EvidenceError: EVID-020 there is no package; EVID-041, EVID-045 the table; EVID-060 the key.
        EnvelopeError: ENV-030 to ENV-034 the table or the wrapped key.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            yield from contents(folder, pair, wrapped=wrapped)
        return
    seal = wire.decode(dsse.read(read_seal(package)).payload, Seal, limit=dsse.MAX_ENVELOPE)
    yield from proven(package, seal, releasing.package_key(package, seal, pair, wrapped))


def proven(package: Source, seal: Seal, key: bytes) -> Iterator[Entry]:
    """Yield every entry of the table, in order; raise at the end if they are not those under that seal.

    Args:
        package: The package; its table alone is read.
        seal: What its seal says.
        key: The package key.

    Raises:
        EvidenceError, EnvelopeError: As ``contents``, of the table.
    """
    identity = bytes.fromhex(seal.package)
    hiding, table = chunks.hiding_key(key, identity), chunks.table_key(key, identity, models.ENTRIES)
    size = next(each.size for each in seal.files if each.path == models.ENTRIES)
    tree = Tree()
    for line in tables.read_lines(reading.reader(package, models.ENTRIES), size, table):
        fields = trees.entry_fields(wire.parse(line, limit=tables.MAX_LINE))
        tree.add_leaf(trees.entry_leaf(fields, tree.size, hiding))
        yield wire.decode(line, Entry, limit=tables.MAX_LINE)
    checks.check_entry_tree(tree.size, tree.root(), (seal.entries.size, seal.entries.root))
