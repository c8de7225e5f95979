"""Sealing: ordered by a custodian, done by a worker, recorded as a leaf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction

from rogatory import evidence, register, wire
from rogatory.errors import KeysError, RogatoryError
from rogatory.evidence import Paper, Particulars, Terms, description
from rogatory.keys import KeyRing, PublicKey, Purpose
from rogatory.statements import UseConditions
from rogatory.values import instant_text
from rogatory_node.base import NodeError, Role, clock, configuration, directory, home, keystore
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import heads, log, outbox
from rogatory_node.records.models import Due
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services.holding import NOT_OURS, clear, hold, sweep
from rogatory_node.vault.services.metering import measured

__all__ = ["ATTEST", "NOTHING", "SEAL", "Beside", "Contents", "attest", "order", "seal"]

SEAL, ATTEST = "seal", "attest"
PATIENCE: Final = 12
"""Beats for which a receipt waits for witnesses; then it stands as it is, and says so."""


class Beside(NamedTuple):
    """What is sealed beside the evidence.

    Attributes:
        papers: What of the intake goes into ``legal/``: the name of each, and its role.
        particulars: What is said of the case, its devices and what was done; None says nothing.
    """

    papers: tuple[tuple[str, str], ...] = ()
    particulars: Particulars | None = None


NOTHING: Final = Beside()


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be sealed, for whom, in answer to what.

    Attributes:
        authority: Who seals.
        recipient: The authority that may open it.
        case, thread, request: What it answers.
        intake: The name of a file or folder in the authority's intake.
        conditions: What the receiving Party may do with it.
        beside: Papers and particulars.
    """

    authority: str
    recipient: str
    case: str
    thread: str
    request: str
    intake: str
    conditions: UseConditions
    beside: Beside = NOTHING


def order(officer: Officer, contents: Contents) -> Package:
    """Order the sealing of what lies in the intake, and return its row; a worker seals it.

    It does not ask whether the request exists: ``casework.services.deliver`` does.

    Raises:
        NodeError: NODE-100 not a custodian, NODE-450 nothing of that name lies there, NODE-462 a name stands
            twice, NODE-471 to NODE-473 what cannot be meant.
        EvidenceError: EVID-084 a role that no reader knows, EVID-085 the particulars.
    """
    people.require(officer, contents.authority, Role.CUSTODIAN)
    places.intake(contents.authority, contents.intake)
    check_papers(contents)
    check_conditions(contents.conditions)
    if contents.beside.particulars is not None:
        description.check_references(contents.beside.particulars)
        check_times(contents.beside.particulars)
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
            papers=[{"name": name, "role": role} for name, role in contents.beside.papers],
            particulars=_members(contents.beside.particulars),
            recorded_at=now,
            recorded_by=officer,
        )
        outbox.put(SEAL, str(made.pk), authority=made.authority, now=now)
        fields = {"package": str(made.pk), "officer": str(officer.pk), "request": made.request}
        log.append(Event("evidence:seal:ordered", now, made.authority, fields))
    return made


def check_papers(contents: Contents) -> None:
    """Refuse papers that are not in the intake, have a role that no reader knows, or stand twice.

    Raises:
        NodeError: NODE-450, NODE-462.
        EvidenceError: EVID-084.
    """
    for name, role in contents.beside.papers:
        Paper(places.intake(contents.authority, name), role)
    names = [contents.intake, *(name for name, _ in contents.beside.papers)]
    if len(set(names)) < len(names):
        raise NodeError("NODE-462")


def check_conditions(conditions: UseConditions) -> None:
    """Refuse conditions that nobody can keep: a blank number of proceedings, a day that has passed.

    Raises:
        NodeError: NODE-471, NODE-472.
    """
    for number in conditions.proceedings:
        if not any(each.isalnum() for each in number):
            raise NodeError("NODE-471")
    if conditions.destroy_by is not None and conditions.destroy_by < clock.now().date():
        raise NodeError("NODE-472", day=conditions.destroy_by.isoformat())


def check_times(said: Particulars) -> None:
    """Refuse particulars in which something ended before it began.

    Raises:
        NodeError: NODE-473.
    """
    for each in said.actions:
        if each.began is not None and each.ended is not None and each.ended < each.began:
            raise NodeError("NODE-473", began=instant_text(each.began), ended=instant_text(each.ended))


def seal(row: Due) -> None:
    """Seal what was ordered; the package and its leaf are there together, or neither is.

    A source that changes, or cannot be read, voids the order: a custodian has to look.
    """
    ordered = Package.objects.get(pk=row.subject)
    folder = places.folder_of(ordered)
    if folder.exists():
        # A worker that died after sealing and before recording left a package that nobody vouches for.
        clear(folder)
    # One that died before left the beginning of a package: the seal goes on from there.
    try:
        sources = [ordered.intake, *(each["name"] for each in ordered.papers)]
        whole = evidence.size_of([places.intake(ordered.authority, each) for each in sources])
        sealed = _seal(ordered, measured(ordered, whole, hold(row)))
    except RogatoryError as error:
        if error.code in NOT_OURS:
            raise
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
            # The other side is told of the wrap for itself; the one for our archive is in the package.
            wraps=[
                each.model_dump(mode="json") for each in sealed.wraps if each.recipient == ordered.counterpart
            ],
            sealed_leaf=leaf,
        )
        outbox.put(ATTEST, str(ordered.pk), authority=ordered.authority, now=now)
        outbox.close(row, now=now)


def attest(row: Due) -> None:
    """Put the custody receipt of the seal into the package, once a signed head covers its leaf.

    The file is there whole or not at all, and the folder holds nothing else at any time: a package that is
    fetched meanwhile has the receipt or has none, and verifies either way. While fewer independent
    witnesses than a court asks for have seen a head that holds the leaf, the receipt is written all the same
    and looked at again on later beats.
    """
    held = Package.objects.get(pk=row.subject)
    assert held.sealed_leaf is not None
    receipt = heads.leaf_receipt(held.sealed_leaf, reveal=True)
    package = places.folder_of(held)
    folder = package / "receipt"
    folder.mkdir(mode=0o700, exist_ok=True)
    # The draft lies beside the package: inside it would be a file that the seal does not know.
    draft = package.with_name(f".{package.name}.receipt")
    draft.unlink(missing_ok=True)
    home.write_new(draft, receipt)
    draft.replace(folder / "custody.json")
    now = clock.now()
    ring = evidence.log_ring(directory.ring(), now)
    if heads.is_witnessed(receipt, ring) or row.attempts >= PATIENCE:
        outbox.close(row, now=now)
    else:
        beat = timedelta(seconds=configuration.current().custody.beat_seconds)
        outbox.postpone(row, now + beat, "unwitnessed")


def _seal(ordered: Package, progress: Callable[[int], None]) -> evidence.Sealed:
    now = clock.now()
    snapshot = directory.snapshot()
    recipient = snapshot.ring.current(ordered.counterpart, Purpose.ENCRYPTION, now)
    signer = keystore.current(home.current(), snapshot.ring, ordered.authority, Purpose.SEAL, now)
    terms = Terms(
        case=ordered.case,
        conditions=_conditions(ordered.conditions),
        trust=register.make_bundle(snapshot),
        legal=[
            Paper(places.intake(ordered.authority, each["name"]), each["role"]) for each in ordered.papers
        ],
        particulars=_particulars(ordered.particulars),
    )
    return evidence.seal(
        [places.intake(ordered.authority, ordered.intake)],
        [recipient.key, *_own(snapshot.ring, ordered.authority, now)],
        signer,
        places.folder_of(ordered),
        now=now,
        random=random_bytes,
        terms=terms,
        progress=progress,
    )


def _own(ring: KeyRing, authority: str, now: datetime) -> list[PublicKey]:
    """Return the authority's own archive key, if the register states one: it opens what it sealed by it."""
    try:
        return [ring.current(authority, Purpose.ARCHIVE, now).key]
    except KeysError:
        return []


def _conditions(members: dict[str, Any]) -> UseConditions:
    # By way of JSON, where a strict model reads a list as a tuple.
    return wire.decode(wire.canonical(members), UseConditions)


def _members(particulars: Particulars | None) -> dict[str, Any]:
    return {} if particulars is None else particulars.model_dump(mode="json", exclude_none=True)


def _particulars(members: dict[str, Any]) -> Particulars | None:
    return wire.decode(wire.canonical(members), Particulars) if members else None


def _fail(ordered: Package, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    sweep(places.folder_of(ordered))
    with transaction.atomic():
        Package.objects.filter(pk=ordered.pk).update(state=Package.State.FAILED, failure=error.code)
        fields = {"package": str(ordered.pk), "code": error.code}
        log.append(Event("evidence:seal:failed", now, ordered.authority, fields))
        outbox.give_up(row, error.code, now=now)
