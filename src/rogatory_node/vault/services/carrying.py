"""By disk: what was delivered leaves on a medium, and what was announced comes on one. Both are recorded.

What the people of the hand-over are called stays on the paper and in the manifest; the custody log of each
side holds the manifest's SHA-256 and the number of the disk's seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from django.db import transaction

from rogatory import evidence
from rogatory.evidence import Basis, HandOver, OnMedium, log_ring
from rogatory_node.base import NodeError, Role, clock, directory
from rogatory_node.base.events import Event
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services.arriving import (
    check_as_announced,
    check_as_sealed,
    check_not_recalled,
    check_room,
)
from rogatory_node.vault.services.holding import clear, locked

__all__ = ["export", "import_"]


def export(officer: Officer, held: Package, medium: Path, hand_over: HandOver) -> OnMedium:
    """Put a package that was delivered on a medium, and leave a leaf that says so.

    1. the officer may; 2. it is delivered, and its delivery was not recalled; 3. it is copied, read back and
    verified; 4. the leaf.

    Raises:
        NodeError: NODE-100 not a custodian, NODE-460 not delivered, NODE-457 recalled.
        EvidenceError: As ``evidence.export``.
    """
    # Step 1.
    people.require(officer, held.authority, Role.CUSTODIAN)
    # Step 2.
    if (held.way, held.state) != (Package.Way.SENT, Package.State.SEALED) or not held.delivery:
        raise NodeError("NODE-460")
    check_not_recalled(held)
    # Step 3.
    found = evidence.export(places.folder_of(held), medium, hand_over, _basis(held))
    # Step 4.
    _record("evidence:export:done", officer, held, found)
    return found


def import_(
    officer: Officer, authority: str, medium: Path, *, seal_number: str, manifest: str | None = None
) -> Package:
    """Take an announced package from a medium, keep it as if it had been fetched, and leave a leaf.

    1. the officer may; 2. the medium is the one that the paper is about; 3. a delivery announced what is on
    it, it was not recalled, and it is not here yet; 4. there is room; 5. every byte is the sealed one; 6. the
    leaf. A fetch that is due finds the package and ends.

    Args:
        officer: A custodian.
        authority: Which of the node's authorities it is for.
        medium: Where the disk is mounted.
        seal_number: As read from the unbroken seal.
        manifest: The manifest's SHA-256, as on the paper receipt.

    Raises:
        NodeError: NODE-100, NODE-457 recalled, NODE-461 no delivery announced it, or it is here already;
            NODE-455, NODE-456, NODE-459 as a fetch.
        EvidenceError: EVID-082, EVID-083 the medium; as ``evidence.fetch``.
    """
    # Step 1.
    people.require(officer, authority, Role.CUSTODIAN)
    # Step 2.
    said = evidence.read_medium(medium, seal_number=seal_number, digest=manifest)
    # Step 3.
    waiting = (Package.State.ANNOUNCED, Package.State.FAILED)
    rows = Package.objects.filter(authority=authority, way=Package.Way.RECEIVED, state__in=waiting)
    announced = rows.filter(seal=said.carried.seal, package=said.carried.package).first()
    if announced is None:
        raise NodeError("NODE-461")
    check_not_recalled(announced)
    # Step 4.
    inspected = evidence.inspect(medium / said.carried.seal)
    check_as_announced(announced, inspected.digest, inspected.seal.package, inspected.size)
    check_as_sealed(announced, inspected.seal)
    check_room(inspected, evidence.arrived(places.folder_of(announced)))
    # Step 5.
    found = evidence.import_(medium, said, places.folder_of(announced), _basis(announced))
    check_as_announced(announced, found.seal, found.package, found.size)
    check_as_sealed(announced, found.document)
    # Step 6.
    with transaction.atomic():
        if locked(announced.pk).state not in waiting:
            _leave(announced)
        Package.objects.filter(pk=announced.pk).update(state=Package.State.HELD, failure="")
        _record("evidence:import:verified", officer, announced, said)
    announced.refresh_from_db()
    return announced


def _leave(announced: Package) -> NoReturn:
    """Refuse what a fetch brought meanwhile, or what was destroyed; of that nothing is left.

    Raises:
        NodeError: NODE-461; NODE-466 something could not be removed.
    """
    if Package.objects.get(pk=announced.pk).state == Package.State.DESTROYED:
        clear(places.folder_of(announced))
    raise NodeError("NODE-461")


def _basis(held: Package) -> Basis:
    now, ring = clock.now(), directory.ring()
    return Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=held.seal)


def _record(tag: str, officer: Officer, held: Package, found: OnMedium) -> None:
    fields: Mapping[str, str | int | bool] = {
        "package": held.package,
        "seal": held.seal,
        "manifest": found.digest,
        "disk_seal": found.manifest.hand_over.seal_number,
        "officer": str(officer.pk),
    }
    with transaction.atomic():
        log.append(Event(tag, clock.now(), held.authority, fields), statement_id=held.delivery)
