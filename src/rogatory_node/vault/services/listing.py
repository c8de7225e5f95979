"""Listing: what a package holds, read from its table alone, for who may open it; looking leaves a leaf."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import transaction

from rogatory import evidence
from rogatory.evidence import Entry, Seal
from rogatory_node.base import clock
from rogatory_node.base.events import Event
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS
from rogatory_node.vault.services.keeping import check_usable
from rogatory_node.vault.services.onward import check_here, opened_by

__all__ = ["DEEPEST", "PAGE", "Listed", "entries"]

PAGE: Final = 100
DEEPEST: Final = 20_000
"""How far into a table a page looks: each page reads it from its beginning. Who needs more opens it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Some entries of a package, and what its seal says.

    Attributes:
        seal: As it was verified on arrival.
        first: The number of the first entry that is shown, from 0.
        entries: In the order of the table.
    """

    seal: Seal
    first: int
    entries: tuple[Entry, ...]


def entries(officer: Officer, held: Package, *, first: int = 0) -> Listed:
    """Return some entries of a package that is held, from a number on, and leave a leaf that they were read.

    The table is decrypted up to there, chunk by chunk, as it was verified on arrival. No file is opened, and
    that all entries are those under the seal is seen when the package is opened, not here.

    Raises:
        NodeError: NODE-100 not permitted, NODE-463 not held, NODE-457 recalled, NODE-453 no key,
            NODE-531 it is said to be destroyed, NODE-532 its day has passed.
        EvidenceError, EnvelopeError: The table or the wrapped key.
    """
    people.require(officer, held.authority, *OPENERS)
    check_here(held)
    check_usable(held)
    pair, wraps = opened_by(held)
    folder = places.folder_of(held)
    seal = evidence.inspect(folder).seal
    start = min(max(first, 0), DEEPEST, seal.entries.size - 1)
    found = tuple(islice(evidence.contents(folder, pair, wrapped=wraps), start, start + PAGE))
    fields: dict[str, str | int | bool] = {
        "package": held.package,
        "officer": str(officer.pk),
        "first": start,
    }
    with transaction.atomic():
        event = Event("evidence:list:done", clock.now(), held.authority, fields)
        log.append(event, statement_id=held.delivery)
    return Listed(seal, start, found)
