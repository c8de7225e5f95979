"""Arriving: a delivery announces a package; a worker fetches it; nothing is kept that is not as sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from typing import Final

from django.db import transaction

from rogatory import evidence
from rogatory.errors import RogatoryError
from rogatory.evidence import Again, Basis, Inspected, Seal, Source, arrived, log_ring, never
from rogatory.statements import Delivery
from rogatory_node.base import NodeError, clock, directory, home
from rogatory_node.base.events import Event
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS
from rogatory_node.vault.services.holding import clear, hold, locked, sweep
from rogatory_node.vault.services.metering import measured

__all__ = ["FETCH", "announce", "fetch", "mark_recalled", "order_again"]

FETCH = "fetch"
# What another attempt may cure: the line, the register, this machine; nothing that the package itself is.
CURABLE: Final = frozenset({"EVID-004", "EVID-009", "EVID-071", "KEY-005", "KEY-006", "KEY-009"})
CURABLE_FAMILIES: Final = frozenset({"EXCH", "NODE", "REG"})
FINAL: Final = frozenset({"NODE-455", "NODE-457", "NODE-459"})
ROW: Final = 64
RESERVE: Final = 1 << 28
"""Bytes of the disk that a fetch leaves free: the database and its log must go on."""

Open = Callable[[Package], AbstractContextManager[Source]]


def announce(row: SignedStatement, delivery: Delivery) -> None:
    """Note the package that a delivery names, and make its fetch due; in the transaction of the arrival.

    What was announced before stays as it is.
    """
    body = delivery.body
    made, new = Package.objects.get_or_create(
        authority=row.authority,
        way=Package.Way.RECEIVED,
        delivery=row.statement_id,
        defaults={
            "counterpart": delivery.sender,
            "state": Package.State.ANNOUNCED,
            "case": delivery.case,
            "thread": row.thread,
            "request": body.of,
            "package": body.package,
            "conditions": body.conditions.model_dump(mode="json", exclude_none=True),
            "seal": body.seal,
            "files": body.files,
            "size": body.size,
            "wraps": [each.model_dump(mode="json") for each in body.wraps],
            "recorded_at": row.stored_at,
        },
    )
    if new:
        # Named with its sender, so that one peer's packages take one turn at a time.
        outbox.put(FETCH, str(made.pk), authority=row.authority, now=row.stored_at, recipient=delivery.sender)


def mark_recalled(delivery: str, recalled_by: str) -> None:
    """Make the package of a delivery say which statement recalled it; empty, if none does."""
    Package.objects.filter(delivery=delivery).exclude(recalled_by=recalled_by).update(recalled_by=recalled_by)


def order_again(officer: Officer, failed: Package) -> None:
    """Order another fetch of a package that was refused; a worker fetches it.

    What was wrong may have been ours: a register without a new key, a disk. What the peer sealed wrongly
    fails again.

    Raises:
        NodeError: NODE-100 not permitted, NODE-458 its fetch did not fail, NODE-457 it was recalled.
    """
    people.require(officer, failed.authority, *OPENERS)
    now = clock.now()
    with transaction.atomic():
        mine = locked(failed.pk)
        if (mine.way, mine.state) != (Package.Way.RECEIVED, Package.State.FAILED):
            raise NodeError("NODE-458", state=mine.state)
        check_not_recalled(mine)
        Package.objects.filter(pk=mine.pk).update(state=Package.State.ANNOUNCED, failure="")
        outbox.put(FETCH, str(mine.pk), authority=mine.authority, now=now, recipient=mine.counterpart)
        fields = {"package": mine.package, "officer": str(officer.pk)}
        log.append(Event("evidence:fetch:ordered", now, mine.authority, fields), statement_id=mine.delivery)


def fetch(row: Due, open_source: Open, *, lines: int = 1, again: Again = never) -> None:
    """Fetch an announced package and keep it, once every byte is the sealed one.

    1. its delivery was not recalled; 2. its seal says what the delivery announced, conditions too; 3. there
    is room for it; 4. every byte is fetched and checked; 5. it is the package announced.
    What cannot be reached is tried again, from the byte that was reached; what is not as sealed is refused,
    nothing of it is kept, and a person is told.

    Args:
        row: The due row, leased.
        open_source: Opens the package at the peer's door; each line has a source of its own.
        lines: How many segments are fetched at once, at most.
        again: As ``evidence.fetch`` has it.
    """
    announced = Package.objects.get(pk=row.subject)
    if announced.state != Package.State.ANNOUNCED:
        _leave(announced, row)
        return
    try:
        # Step 1.
        check_not_recalled(announced)
        if not _is_there(announced, row):
            with ExitStack() as held:
                sources = (held.enter_context(open_source(announced)) for _ in range(lines))
                _fetch(announced, sources, row, again)
    except RogatoryError as error:
        if _curable(error):
            raise
        _refuse(announced, row, error)
        return
    with transaction.atomic():
        mine = locked(announced.pk)
        if mine.state != Package.State.ANNOUNCED:
            _leave(mine, row)
            return
        Package.objects.filter(pk=announced.pk).update(state=Package.State.HELD, failure="")
        fields: dict[str, str | int | bool] = {"package": announced.package, "seal": announced.seal}
        event = Event("evidence:fetch:verified", clock.now(), announced.authority, fields)
        log.append(event, statement_id=announced.delivery)
        outbox.close(row, now=clock.now())


def _leave(announced: Package, row: Due) -> None:
    """End a fetch whose package came by disk meanwhile, or was destroyed; of that one nothing is left.

    Raises:
        NodeError: NODE-466 something of it could not be removed.
    """
    if announced.state == Package.State.DESTROYED:
        clear(places.folder_of(announced))
    outbox.close(row, now=clock.now())


def _basis(announced: Package, row: Due) -> Basis:
    now, ring = clock.now(), directory.ring()
    progress = measured(announced, announced.size, hold(row))
    return Basis(ring=ring, at=now, logs=log_ring(ring, now), announced=announced.seal, progress=progress)


def _is_there(announced: Package, row: Due) -> bool:
    """Return whether a worker that died had fetched all of it already; what is half there is cleared away."""
    folder = places.folder_of(announced)
    if not folder.exists():
        return False
    try:
        found = evidence.verify(folder, _basis(announced, row))
        check_as_announced(announced, found.seal, found.package, found.size)
        check_as_sealed(announced, found.document)
    except RogatoryError as error:
        if error.code == "NODE-204":
            raise
        clear(folder)
        return False
    return True


def _fetch(announced: Package, sources: Iterator[Source], row: Due, again: Again) -> None:
    source, folder = next(sources), places.folder_of(announced)
    # Steps 2 and 3. Nothing is verified yet: what is read here is read again, and compared, below.
    said = evidence.inspect(source)
    check_as_announced(announced, said.digest, said.seal.package, said.size)
    check_as_sealed(announced, said.seal)
    check_room(said, arrived(folder))
    # Step 4. A line more than there are segments would have nothing to do.
    segments = len(said.seal.segments.data) + len(said.seal.segments.legal)
    further = list(islice(sources, segments - 1))
    found = evidence.fetch(source, folder, _basis(announced, row), further=further, again=again)
    # Step 5.
    check_as_announced(announced, found.seal, found.package, found.size)
    check_as_sealed(announced, found.document)


def check_not_recalled(held: Package) -> None:
    """Refuse a package whose delivery its sender recalled.

    Raises:
        NodeError: NODE-457.
    """
    if held.recalled_by:
        raise NodeError("NODE-457")


def check_as_announced(announced: Package, seal: str, package: str, size: int) -> None:
    """Refuse a package that is not the one which the delivery named, or not as large as it said.

    Raises:
        NodeError: NODE-455.
    """
    if (seal, package, size) != (announced.seal, announced.package, announced.size):
        raise NodeError("NODE-455")


def check_as_sealed(announced: Package, seal: Seal) -> None:
    """Refuse a package whose delivery states other conditions of use than its seal does.

    Both are signed, and they travel by different ways; whoever holds one must not be bound otherwise than
    whoever holds the other. A seal may be silent: then the delivery binds (spec/evidence.md 2.4).

    Raises:
        NodeError: NODE-459.
    """
    sealed = None if seal.conditions is None else seal.conditions.model_dump(mode="json", exclude_none=True)
    if sealed is not None and sealed != announced.conditions:
        raise NodeError("NODE-459")


def check_room(said: Inspected, arrived: int = 0) -> None:
    """Refuse, for now, a package for whose bytes that have not arrived the disk has no room.

    Raises:
        NodeError: NODE-456.
    """
    segments = (*said.seal.segments.data, *said.seal.segments.legal)
    rows = sum(each.chunks * ROW for each in segments)
    small = sum(each.size for each in said.seal.files)
    if shutil.disk_usage(home.current().packages).free < said.size + rows + small - arrived + RESERVE:
        raise NodeError("NODE-456")


def _curable(error: RogatoryError) -> bool:
    return error.code not in FINAL and (error.code in CURABLE or error.family in CURABLE_FAMILIES)


def _refuse(announced: Package, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        waiting = Package.objects.filter(pk=announced.pk, state=Package.State.ANNOUNCED)
        waiting.update(state=Package.State.FAILED, failure=error.code)
        fields = {"package": announced.package, "code": error.code}
        log.append(Event("evidence:fetch:refused", now, announced.authority, fields))
        outbox.give_up(row, error.code, now=now)
        # Only whoever still has the row: of another worker the package may be whole by now.
        sweep(places.folder_of(announced))
