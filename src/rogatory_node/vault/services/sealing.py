"""Sealing: ordered by a custodian, done by a worker, recorded as a leaf."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rogatory import evidence, register, wire
from rogatory.errors import RogatoryError
from rogatory.evidence import Terms
from rogatory.keys import Purpose
from rogatory.statements import UseConditions
from rogatory_node.base import NodeError, Role, clock, directory, home, keystore
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import heads, log, outbox
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault.models import Package

__all__ = ["ATTEST", "SEAL", "Contents", "attest", "order", "seal"]

SEAL, ATTEST = "seal", "attest"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be sealed, for whom, in answer to what.

    Attributes:
        authority: Who seals.
        recipient: The authority that may open it.
        case, thread, request: What it answers.
        intake: The name of a file or folder in the node's intake.
        conditions: What the receiving Party may do with it.
    """

    authority: str
    recipient: str
    case: str
    thread: str
    request: str
    intake: str
    conditions: UseConditions


def order(officer: Officer, contents: Contents) -> Package:
    """Order the sealing of what lies in the intake, and return its row; a worker seals it.

    Raises:
        NodeError: NODE-100 not a custodian, NODE-450 nothing of that name lies there.
    """
    people.require(officer, contents.authority, Role.CUSTODIAN)
    places.intake(contents.intake)
    now = clock.now()
    with transaction.atomic():
        made = Package.objects.create(
            authority=contents.authority,
            counterpart=contents.recipient,
            way=Package.Way.SENT,
            state=Package.State.SEALING,
            case=contents.case,
            thread=contents.thread,
            request=contents.request,
            intake=contents.intake,
            conditions=contents.conditions.model_dump(mode="json", exclude_none=True),
            recorded_at=now,
            recorded_by=officer,
        )
        outbox.put(SEAL, str(made.pk), authority=made.authority, now=now)
        fields = {"package": str(made.pk), "officer": str(officer.pk), "request": made.request}
        log.append(Event("evidence:seal:ordered", now, made.authority, fields))
    return made


def seal(row: Due) -> None:
    """Seal what was ordered; the package and its leaf are there together, or neither is.

    A source that changes, or cannot be read, voids the order: a custodian has to look.
    """
    ordered = Package.objects.get(pk=row.subject)
    out = places.folder_of(ordered)
    # A worker that died after sealing and before recording left a package that nobody vouches for.
    shutil.rmtree(out, ignore_errors=True)
    try:
        sealed = _seal(ordered)
    except RogatoryError as error:
        _fail(ordered, row, error)
        return
    now = clock.now()
    with transaction.atomic():
        fields: dict[str, str | int | bool] = {"package": sealed.package, "seal": sealed.seal}
        leaf = log.append(Event("evidence:seal:done", now, ordered.authority, fields))
        Package.objects.filter(pk=ordered.pk).update(
            state=Package.State.SEALED,
            package=sealed.package,
            seal=sealed.seal,
            files=sealed.files,
            size=sealed.size,
            wraps=[each.model_dump(mode="json") for each in sealed.wraps],
            sealed_leaf=leaf,
        )
        outbox.put(ATTEST, str(ordered.pk), authority=ordered.authority, now=now)
        outbox.close(row, now=now)


def attest(row: Due) -> None:
    """Put the custody receipt of the seal into the package, once a signed head covers its leaf."""
    held = Package.objects.get(pk=row.subject)
    assert held.sealed_leaf is not None
    receipt = heads.leaf_receipt(held.sealed_leaf, reveal=True)
    folder = places.folder_of(held) / "receipt"
    folder.mkdir(mode=0o700, exist_ok=True)
    home.write_over(folder / "custody.json", receipt, random_bytes(8).hex())
    outbox.close(row, now=clock.now())


def _seal(ordered: Package) -> evidence.Sealed:
    now = clock.now()
    snapshot = directory.snapshot()
    recipient = snapshot.ring.current(ordered.counterpart, Purpose.ENCRYPTION, now)
    current = snapshot.ring.current(ordered.authority, Purpose.SEAL, now)
    pairs = keystore.signing(home.current(), ordered.authority, Purpose.SEAL)
    signer = next((each for each in pairs if each.key_id == current.key.key_id), None)
    if signer is None:
        raise NodeError("NODE-509", authority=ordered.authority)
    terms = Terms(
        case=ordered.case,
        conditions=_conditions(ordered.conditions),
        trust=register.make_bundle(snapshot),
    )
    return evidence.seal(
        [places.intake(ordered.intake)],
        [recipient.key],
        signer,
        places.folder_of(ordered),
        now=now,
        random=random_bytes,
        terms=terms,
    )


def _conditions(members: dict[str, Any]) -> UseConditions:
    # By way of JSON, where a strict model reads a list as a tuple.
    return wire.decode(wire.canonical(members), UseConditions)


def _fail(ordered: Package, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        Package.objects.filter(pk=ordered.pk).update(state=Package.State.FAILED, failure=error.code)
        fields = {"package": str(ordered.pk), "code": error.code}
        log.append(Event("evidence:seal:failed", now, ordered.authority, fields))
        outbox.give_up(row, error.code, now=now)
