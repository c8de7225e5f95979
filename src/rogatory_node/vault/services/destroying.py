"""Destroying: a statement that people approved says so; a worker does it, and both logs have a leaf."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rogatory.statements import ReturnedOrDestroyed
from rogatory_node.base import NodeError, clock
from rogatory_node.base.events import Event
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import onward
from rogatory_node.vault.services.holding import LEFT, clear, locked, remains
from rogatory_node.vault.services.keeping import DESTROY

__all__ = ["DESTROY", "destroy", "order", "told"]


def order(statement: ReturnedOrDestroyed, *, now: datetime) -> None:
    """Make due what a statement says: that the package of a delivery is no longer held.

    In the transaction that signs it. What was returned is not kept either.
    """
    for held in _packages(statement, Package.Way.RECEIVED):
        outbox.put(DESTROY, str(held.pk), authority=held.authority, now=now)


def destroy(row: Due) -> None:
    """Remove a package, its opened bag, what was made of it to be given on, and leave a leaf.

    1. the files are removed; 2. with the package held, it is looked whether anything of it is there, also
    what another worker finished meanwhile; 3. the state and the leaf. While anything remains there is
    neither: it is tried again, and whoever reads the board is told.
    The files are removed, not overwritten: on the disks of today that would prove nothing. Copies on other
    media, and in backups, are their keepers' to destroy.

    Raises:
        NodeError: NODE-466 something could not be removed.
    """
    held = Package.objects.get(pk=row.subject)
    try:
        # Step 1.
        clear(places.folder_of(held))
        clear(places.bag_of(held))
        onward.remove(held)
        _end(held, row)
    except NodeError as error:
        if error.code == LEFT:
            Package.objects.filter(pk=held.pk).update(failure=LEFT)
        raise


def _end(held: Package, row: Due) -> None:
    now = clock.now()
    with transaction.atomic():
        # Step 2.
        locked(held.pk)
        if any(map(remains, (places.folder_of(held), places.bag_of(held)))) or onward.remain(held):
            raise NodeError(LEFT)
        # Step 3.
        onward.mark_removed(held)
        Package.objects.filter(pk=held.pk).update(state=Package.State.DESTROYED, failure="")
        fields: dict[str, str | int | bool] = {"package": held.package, "seal": held.seal}
        log.append(Event("evidence:destroy:done", now, held.authority, fields), statement_id=held.delivery)
        outbox.close(row, now=now)


def told(statement: ReturnedOrDestroyed, name: str, *, now: datetime) -> None:
    """Leave a leaf for each package of ours that the other side says it no longer holds.

    In the transaction of the arrival.
    """
    for sent in _packages(statement, Package.Way.SENT):
        fields: dict[str, str | int | bool] = {
            "package": sent.package,
            "seal": sent.seal,
            "outcome": statement.body.outcome,
            "statement": name,
        }
        log.append(Event("evidence:destroy:told", now, sent.authority, fields), statement_id=name)


def _packages(statement: ReturnedOrDestroyed, way: Package.Way) -> list[Package]:
    rows = Package.objects.filter(delivery=statement.body.of, way=way)
    return list(rows.exclude(state=Package.State.DESTROYED).order_by("pk"))
