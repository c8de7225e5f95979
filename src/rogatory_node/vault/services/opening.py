"""Opening: ordered by who may, done by a worker, recorded; the bag stays in the vault."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rogatory import evidence
from rogatory.errors import RogatoryError
from rogatory.evidence import Basis, Release, log_ring
from rogatory_node.base import NodeError, clock, directory
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS
from rogatory_node.vault.services.arriving import check_not_recalled
from rogatory_node.vault.services.holding import NOT_OURS, clear_whole, hold, locked, sweep
from rogatory_node.vault.services.keeping import check_usable
from rogatory_node.vault.services.onward import opened_by

__all__ = ["OPEN", "open_package", "order"]

OPEN = "open"


def order(officer: Officer, held: Package) -> None:
    """Order the opening of a package that is held; a worker opens it. Ordered twice, it is opened once.

    Raises:
        NodeError: NODE-100 not permitted, NODE-452 it is not held, NODE-457 its delivery was recalled,
            NODE-531 it is said to be destroyed, NODE-532 its day has passed.
    """
    people.require(officer, held.authority, *OPENERS)
    now = clock.now()
    with transaction.atomic():
        mine = locked(held.pk)
        check_opens(mine)
        Package.objects.filter(pk=mine.pk).update(failure="")
        outbox.put(OPEN, str(mine.pk), authority=mine.authority, now=now)
        fields = {"package": mine.package, "officer": str(officer.pk)}
        log.append(Event("evidence:open:ordered", now, mine.authority, fields), statement_id=mine.delivery)


def open_package(row: Due) -> None:
    """Open a package to a bag, after verifying all of it again; the bag is complete or absent.

    Whether it may be opened is asked before, and again at the end: what was destroyed meanwhile has no bag.
    """
    held = Package.objects.get(pk=row.subject)
    # Whole, and not recorded: its worker was killed in between. What is half open is gone on with.
    clear_whole(places.bag_of(held))
    now, ring = clock.now(), directory.ring()
    basis = Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=held.seal, progress=hold(row))
    try:
        check_opens(held)
        _open(held, basis)
        _end(held, row)
    except RogatoryError as error:
        if error.code in NOT_OURS:
            raise
        _refuse(held, row, error)


def check_opens(held: Package) -> None:
    """Refuse to open what is not held, was recalled, is said to be destroyed, or had to be by now.

    Raises:
        NodeError: NODE-452, NODE-457, NODE-531, NODE-532.
    """
    if held.state != Package.State.HELD:
        raise NodeError("NODE-452", state=held.state)
    check_not_recalled(held)
    check_usable(held)


def _end(held: Package, row: Due) -> None:
    with transaction.atomic():
        check_opens(locked(held.pk))
        Package.objects.filter(pk=held.pk).update(state=Package.State.OPENED, failure="")
        event = Event("evidence:open:done", clock.now(), held.authority, {"package": held.package})
        log.append(event, statement_id=held.delivery)
        outbox.close(row, now=clock.now())


def _refuse(held: Package, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        here = Package.objects.filter(pk=held.pk).exclude(state=Package.State.DESTROYED)
        here.update(failure=error.code)
        fields = {"package": held.package, "code": error.code}
        log.append(Event("evidence:open:refused", now, held.authority, fields))
        outbox.give_up(row, error.code, now=now)
        # Only whoever still has the row: of another worker the bag may be whole by now.
        sweep(places.bag_of(held))


def _open(held: Package, basis: Basis) -> None:
    pair, wraps = opened_by(held)
    evidence.open_package(
        places.folder_of(held),
        pair,
        places.bag_of(held),
        basis,
        random=random_bytes,
        release=Release(by=held.counterpart, at=_said_at(held), wraps=wraps),
    )


def _said_at(held: Package) -> datetime:
    """Return when the other side says that it delivered: the wraps stand in its delivery."""
    found = SignedStatement.objects.filter(statement_id=held.delivery, authority=held.authority).first()
    return held.recorded_at if found is None else found.issued_at
