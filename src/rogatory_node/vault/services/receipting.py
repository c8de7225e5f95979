"""Receipts for people: a package that is here is verified again, and a PDF tells what that found."""

from __future__ import annotations

from datetime import UTC
from typing import Final

from rogatory import evidence
from rogatory.errors import EvidenceError
from rogatory.evidence import Basis, Link, log_ring
from rogatory_node.base import NodeError, clock, directory
from rogatory_node.people.models import Officer
from rogatory_node.records.models import Leaf
from rogatory_node.vault import places, selectors
from rogatory_node.vault.models import Package

__all__ = ["LARGEST", "is_here", "is_installed", "receipt"]

LARGEST: Final = 256 << 20
"""Bytes of ciphertext that are read again while somebody waits for a page; more is for the command line."""

HERE: Final = (Package.State.SEALED, Package.State.HELD, Package.State.OPENED)
# Acts that a node records under the delivery of a package, in the words of the receipt.
ACTS: Final = {
    "statement:send:signed": "delivered",
    "statement:deliver:receipted": "receipted",
    "evidence:fetch:ordered": "announced",
    "evidence:fetch:verified": "fetched",
    "evidence:import:verified": "imported",
    "evidence:open:ordered": "opening",
    "evidence:open:done": "opened",
}


def is_installed() -> bool:
    """Return whether the extra is installed that sets receipts."""
    try:
        evidence.check_receipt()
    except EvidenceError:
        return False
    return True


def is_here(held: Package) -> bool:
    """Return whether the package lies here, whole."""
    return held.state in HERE


def receipt(officer: Officer, held: Package, *, language: str) -> bytes:
    """Return a receipt of a package for who may see it; it is verified for this, without a key.

    No file is listed, since who sees that a package exists may not yet see its names. The acts of this node
    are told from its records. Looking changes nothing and leaves no leaf.

    Args:
        officer: Who asks.
        held: The package.
        language: Of the receipt's words; English where there are none.

    Raises:
        NodeError: NODE-451 it is not theirs, not here, or too large to be read while they wait.
        EvidenceError: EVID-171 the extra is not installed; what is wrong with the package.
    """
    mine = selectors.package(officer, held.pk)
    if not is_here(mine) or mine.size > LARGEST:
        raise NodeError("NODE-451")
    now, ring, folder = clock.now(), directory.ring(), places.folder_of(mine)
    basis = Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=mine.seal)
    found = evidence.verify(folder, basis)
    links = (*evidence.chain(folder, found, basis), *_recorded(mine))
    said = language if language in evidence.RECEIPT_LANGUAGES else "en"
    return evidence.receipt(found, links, None, judged=basis.at, at=now, language=said)


def _recorded(held: Package) -> tuple[Link, ...]:
    """Return what this node's log says of the delivery of a package, in its order."""
    if not held.delivery:
        return ()
    rows = Leaf.objects.filter(statement_id=held.delivery, authority=held.authority, tag__in=ACTS)
    return tuple(_link(held, row) for row in rows.order_by("index"))


def _link(held: Package, row: Leaf) -> Link:
    to = (held.counterpart,) if row.tag == "statement:send:signed" else ()
    return Link(
        ACTS[row.tag], held.authority, row.at.astimezone(UTC), to, known="kept", index=row.index, tag=row.tag
    )
