"""Opening: ordered by who may, done by a worker, recorded; the bag stays in the vault."""

from __future__ import annotations

import shutil

from django.db import transaction

from rogatory import evidence
from rogatory.errors import RogatoryError
from rogatory.evidence import Basis, log_ring
from rogatory.keys import Purpose
from rogatory.statements import WrappedKey
from rogatory.values import parse_base64
from rogatory_node.base import NodeError, clock, directory, home, keystore
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS

__all__ = ["OPEN", "open_package", "order"]

OPEN = "open"


def order(officer: Officer, held: Package) -> None:
    """Order the opening of a package that is held; a worker opens it.

    Raises:
        NodeError: NODE-100 not permitted, NODE-452 it is not held.
    """
    people.require(officer, held.authority, *OPENERS)
    if held.state != Package.State.HELD:
        raise NodeError("NODE-452", state=held.state)
    now = clock.now()
    with transaction.atomic():
        outbox.put(OPEN, str(held.pk), authority=held.authority, now=now)
        fields = {"package": held.package, "officer": str(officer.pk)}
        log.append(Event("evidence:open:ordered", now, held.authority, fields), statement_id=held.delivery)


def open_package(row: Due) -> None:
    """Open a package to a bag, after verifying all of it again."""
    held = Package.objects.get(pk=row.subject)
    out = places.bag_of(held)
    shutil.rmtree(out, ignore_errors=True)
    now, ring = clock.now(), directory.ring()
    basis = Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=held.seal)
    try:
        _open(held, basis)
    except RogatoryError as error:
        with transaction.atomic():
            Package.objects.filter(pk=held.pk).update(failure=error.code)
            fields = {"package": held.package, "code": error.code}
            log.append(Event("evidence:open:refused", now, held.authority, fields))
            outbox.give_up(row, error.code, now=now)
        return
    with transaction.atomic():
        Package.objects.filter(pk=held.pk).update(state=Package.State.OPENED)
        event = Event("evidence:open:done", clock.now(), held.authority, {"package": held.package})
        log.append(event, statement_id=held.delivery)
        outbox.close(row, now=clock.now())


def _open(held: Package, basis: Basis) -> None:
    pairs = keystore.decryption(home.current(), held.authority, Purpose.ENCRYPTION)
    wraps = [
        WrappedKey(recipient=each["recipient"], key=each["key"], wrap=parse_base64(each["wrap"]))
        for each in held.wraps
    ]
    mine = next((each for each in wraps if each.key in pairs), None)
    if mine is None:
        raise NodeError("NODE-453")
    evidence.open_package(
        places.folder_of(held),
        pairs[mine.key],
        places.bag_of(held),
        basis,
        random=random_bytes,
        wrapped=wraps,
    )
