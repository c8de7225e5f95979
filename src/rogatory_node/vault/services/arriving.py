"""Arriving: a delivery announces a package; a worker fetches it; nothing is kept that is not as sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.db import transaction

from rogatory import evidence
from rogatory.errors import RogatoryError
from rogatory.evidence import Basis, Source, log_ring
from rogatory.statements import Delivery
from rogatory_node.base import clock, directory
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Package

__all__ = ["FETCH", "announce", "fetch"]

FETCH = "fetch"
UNREACHABLE = frozenset({"EVID-071"})


def announce(row: SignedStatement, delivery: Delivery) -> None:
    """Note the package that a delivery names, and make its fetch due; in the transaction of the arrival."""
    body = delivery.body
    made, new = Package.objects.get_or_create(
        authority=row.authority,
        way=Package.Way.RECEIVED,
        package=body.package,
        defaults={
            "counterpart": delivery.sender,
            "state": Package.State.ANNOUNCED,
            "case": delivery.case,
            "thread": row.thread,
            "request": body.of,
            "delivery": row.statement_id,
            "conditions": body.conditions.model_dump(mode="json", exclude_none=True),
            "seal": body.seal,
            "files": body.files,
            "size": body.size,
            "wraps": [each.model_dump(mode="json") for each in body.wraps],
            "recorded_at": row.stored_at,
        },
    )
    if new:
        outbox.put(FETCH, str(made.pk), authority=row.authority, now=row.stored_at)


def fetch(row: Due, source_of: Callable[[Package], Source]) -> None:
    """Fetch an announced package and keep it, once every byte is the sealed one.

    What cannot be reached is tried again; what is not as sealed is refused, and a person is told.

    Args:
        row: The due row, leased.
        source_of: Opens the package at the peer's door.
    """
    announced = Package.objects.get(pk=row.subject)
    out = places.folder_of(announced)
    shutil.rmtree(out, ignore_errors=True)
    now = clock.now()
    ring = directory.ring()
    basis = Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=announced.seal)
    try:
        evidence.fetch(source_of(announced), out, basis, random=random_bytes)
    except RogatoryError as error:
        if error.code in UNREACHABLE:
            raise
        _refuse(announced, row, error)
        return
    with transaction.atomic():
        Package.objects.filter(pk=announced.pk).update(state=Package.State.HELD)
        fields: dict[str, str | int | bool] = {"package": announced.package, "seal": announced.seal}
        event = Event("evidence:fetch:verified", clock.now(), announced.authority, fields)
        log.append(event, statement_id=announced.delivery)
        outbox.close(row, now=clock.now())


def _refuse(announced: Package, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        Package.objects.filter(pk=announced.pk).update(state=Package.State.FAILED, failure=error.code)
        fields = {"package": announced.package, "code": error.code}
        log.append(Event("evidence:fetch:refused", now, announced.authority, fields))
        outbox.give_up(row, error.code, now=now)
