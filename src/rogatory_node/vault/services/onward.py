"""Giving on: all of a received package to one more authority, or a part of it to anybody, with its proof.

What is given on is made by a worker once the statement that tells of it is signed; ``casework`` asks first
whether the conditions of use allow it. Both custody logs have a leaf: of who gave it on, that it was made; of
who gave the evidence, that they were told.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from rogatory import evidence, wire
from rogatory.errors import KeysError, RogatoryError
from rogatory.evidence import Selection
from rogatory.keys import EncryptionPair, Purpose
from rogatory.statements import OnwardTransfer, UseConditions, WrappedKey
from rogatory.values import instant_text, parse_base64
from rogatory_node.base import NodeError, clock, directory, home, keystore
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log, outbox
from rogatory_node.records.models import Due, Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward, Package
from rogatory_node.vault.selectors import OPENERS
from rogatory_node.vault.services import packing
from rogatory_node.vault.services.arriving import check_not_recalled
from rogatory_node.vault.services.choosing import COUNTED, Chosen, Given, check_bound, choose
from rogatory_node.vault.services.holding import clear, hold, locked, remains, sweep
from rogatory_node.vault.services.keeping import check_usable

__all__ = [
    "ONWARD",
    "Allowed",
    "Given",
    "check_approved",
    "check_givable",
    "forget",
    "make",
    "mark_removed",
    "opened_by",
    "order",
    "prepare",
    "remain",
    "remove",
    "selected",
    "take",
    "told",
]

ONWARD: Final = "onward"
HERE: Final = (Package.State.HELD, Package.State.OPENED)


Allowed = Callable[[Onward], None]
"""Refuses what the conditions of use, or a consent, do not allow now; ``casework`` knows them."""


def selected(officer: Officer, held: Package, given: Given) -> Chosen | None:
    """Return what a selection gives, counted in the package's table; None for a whole package.

    Outside of any transaction: a long table takes seconds. One of more than 50,000 entries is not counted.

    Raises:
        NodeError: NODE-100 not permitted, NODE-463 the package is not held, NODE-457 recalled, NODE-532 its
            day has passed, NODE-453 no key, NODE-465 the recipient is nobody to whom a package can be
            released, NODE-467 to NODE-469 the selection.
        EvidenceError: EVID-207, EVID-208, EVID-210 the selection; the table.
    """
    people.require(officer, held.authority, *OPENERS)
    check_givable(held)
    if given.recipient:
        check_recipient(held, given.recipient)
        return None
    # What is wrong with the words alone is said before a table is read.
    choose(given, None)
    pair, wraps = opened_by(held)
    folder = places.folder_of(held)
    if evidence.inspect(folder).seal.entries.size > COUNTED:
        return choose(given, None)
    return choose(given, evidence.contents(folder, pair, wrapped=wraps))


def prepare(
    officer: Officer, held: Package, given: Given, chosen: Chosen | None, *, draft: UUID, consent: str = ""
) -> Onward:
    """Note what a draft says is given on; nothing is made before the statement is signed.

    In the transaction that fixes the draft, whose content then commits to it.

    Args:
        officer: A custodian or investigator.
        held: The package.
        given: What is given.
        chosen: As ``selected`` returned it for that.
        draft: Of the statement that tells of it.
        consent: The statement it rests on.

    Raises:
        NodeError: NODE-100, NODE-457, NODE-463, NODE-532 as ``selected``.
    """
    people.require(officer, held.authority, *OPENERS)
    check_givable(locked(held.pk))
    ranges = {path: list(ends) for path, ends in given.ranges.items()}
    return Onward.objects.create(
        package=held,
        kind=Onward.Kind.WHOLE if given.recipient else Onward.Kind.PART,
        recipient=given.recipient,
        selection={} if given.recipient else {"files": list(given.files), "ranges": ranges},
        holds={} if chosen is None else chosen.members(),
        salt=random_bytes(32).hex(),
        consent=consent,
        draft=draft,
        recorded_at=clock.now(),
        recorded_by=officer,
    )


def order(draft: UUID, statement: str, *, now: datetime) -> None:
    """Make due what a draft prepared, now that its statement is signed; in that transaction."""
    for made in Onward.objects.filter(draft=draft, state=Onward.State.PREPARED):
        Onward.objects.filter(pk=made.pk).update(state=Onward.State.DUE, statement=statement)
        outbox.put(ONWARD, str(made.pk), authority=made.package.authority, now=now)


def check_approved(draft: UUID, nonce: str) -> None:
    """Refuse to send a statement if what it is about to give on is not what was approved with it.

    Raises:
        NodeError: NODE-470.
    """
    for made in Onward.objects.filter(draft=draft).select_related("package"):
        check_bound(made, nonce)


def forget(draft: UUID) -> None:
    """Forget what a draft prepared that was given up; in the transaction that gives it up."""
    Onward.objects.filter(draft=draft, state=Onward.State.PREPARED).delete()


def make(row: Due, allowed: Allowed) -> None:
    """Make what was ordered, and leave a leaf; the file is there whole, or nothing is.

    1. the package is still here, was not recalled, its day has not passed, and the conditions allow it as
    they now stand; 2. the release is signed, or the part disclosed; 3. with the package held, step 1 again,
    the file under its name, and the leaf. What cannot be made is refused, and a person has to look.
    """
    made = Onward.objects.select_related("package").get(pk=row.subject)
    draft = _draft_of(made)
    for each in _files(made):
        clear(each)
    try:
        # Step 1.
        check_givable(made.package)
        allowed(made)
        # Step 2.
        _write(made, draft, row)
        # Step 3.
        _end(made, row, allowed)
    except RogatoryError as error:
        if error.code == "NODE-204":
            draft.unlink(missing_ok=True)
            raise
        _refuse(made, row, error)


def _end(made: Onward, row: Due, allowed: Allowed) -> None:
    draft = _draft_of(made)
    (digest, size), now = packing.digest(draft), clock.now()
    with transaction.atomic():
        held = locked(made.package_id)
        check_givable(held)
        allowed(made)
        Onward.objects.filter(pk=made.pk).update(
            state=Onward.State.MADE, digest=digest, size=size, failure=""
        )
        fields = _fields(held) | {"onward": str(made.kind), "digest": digest, "statement": made.statement}
        if made.recipient:
            fields["to"] = made.recipient
        log.append(Event("evidence:onward:made", now, held.authority, fields), statement_id=made.statement)
        outbox.close(row, now=now)
        draft.replace(places.onward_of(made))


def take(officer: Officer, made: Onward, allowed: Allowed) -> Path:
    """Return the file of what is given on, for an officer who takes it away, and leave a leaf.

    That it was made does not let it go: the conditions, the day and a consent are looked at as they now are.

    Raises:
        NodeError: NODE-100 not permitted, NODE-464 there is nothing to take, NODE-463 the package is not
            held, NODE-457 recalled, NODE-532 its day has passed; what ``allowed`` refuses.
    """
    people.require(officer, made.package.authority, *OPENERS)
    path = places.onward_of(made)
    if made.state != Onward.State.MADE or not path.is_file():
        raise NodeError("NODE-464", state=made.state)
    fields: dict[str, Any] = {"digest": made.digest, "officer": str(officer.pk)}
    with transaction.atomic():
        check_givable(locked(made.package_id))
        allowed(made)
        event = Event("evidence:onward:taken", clock.now(), made.package.authority, fields)
        log.append(event, statement_id=made.statement)
    return path


def remove(held: Package) -> None:
    """Remove what was made of a package that is destroyed; whoever has had it keeps what they took.

    Raises:
        NodeError: NODE-466 something could not be removed.
    """
    for made in held.onward.all():
        for each in _files(made):
            clear(each)


def remain(held: Package) -> bool:
    """Return whether anything is here that was made of a package."""
    return any(remains(each) for made in held.onward.all() for each in _files(made))


def mark_removed(held: Package) -> None:
    """Note that nothing is here any more of what was made of a package; in its destruction's transaction."""
    held.onward.update(state=Onward.State.DESTROYED)


def told(statement: OnwardTransfer, name: str, *, now: datetime) -> None:
    """Leave a leaf for each package of ours that they say went on; in its arrival's transaction."""
    sent = Package.objects.filter(delivery=statement.body.of, way=Package.Way.SENT)
    for held in sent.order_by("pk"):
        fields = _fields(held) | {"party": statement.body.to_party, "statement": name}
        log.append(Event("evidence:onward:told", now, held.authority, fields), statement_id=name)


def check_givable(held: Package) -> None:
    """Refuse to give on what is not held, was recalled, is said to be destroyed, or had to be by now.

    Raises:
        NodeError: NODE-463, NODE-457, NODE-531, NODE-532.
    """
    check_here(held)
    check_usable(held)


def check_here(held: Package) -> None:
    """Refuse to give on what is not held, or was recalled.

    Raises:
        NodeError: NODE-463, NODE-457.
    """
    if held.way != Package.Way.RECEIVED or held.state not in HERE:
        raise NodeError("NODE-463", state=held.state)
    check_not_recalled(held)


def check_recipient(held: Package, recipient: str) -> None:
    """Refuse a release to the authority that holds the package, or to one without an encryption key.

    Raises:
        NodeError: NODE-465.
    """
    try:
        directory.ring().current(recipient, Purpose.ENCRYPTION, clock.now())
    except KeysError as error:
        raise NodeError("NODE-465", recipient=recipient) from error
    if recipient == held.authority:
        raise NodeError("NODE-465", recipient=recipient)


def opened_by(held: Package) -> tuple[EncryptionPair, tuple[WrappedKey, ...]]:
    """Return the key of this node that opens a package, and the wraps that its delivery brought.

    Raises:
        NodeError: NODE-453 there is none.
    """
    pairs = keystore.decryption(home.current(), held.authority, Purpose.ENCRYPTION)
    wraps = tuple(
        WrappedKey(recipient=each["recipient"], key=each["key"], wrap=parse_base64(each["wrap"]))
        for each in held.wraps
    )
    mine = next((each for each in wraps if each.key in pairs), None)
    if mine is None:
        raise NodeError("NODE-453")
    return pairs[mine.key], wraps


def _write(made: Onward, draft: Path, row: Due) -> None:
    held = made.package
    pair, wraps = opened_by(held)
    if made.kind == Onward.Kind.WHOLE:
        home.write_new(draft, _release(made, pair, wraps))
        return
    part = draft.with_name(f"{draft.name}.parts")
    ranges = {path: (first, last) for path, (first, last) in made.selection["ranges"].items()}
    evidence.disclose(
        places.folder_of(held),
        pair,
        Selection(files=tuple(made.selection["files"]), ranges=ranges),
        part,
        random=random_bytes,
        wrapped=wraps,
        verified_at=_opened_at(held),
        progress=hold(row),
    )
    packing.pack(part, draft)
    shutil.rmtree(part)


def _release(made: Onward, pair: EncryptionPair, wraps: tuple[WrappedKey, ...]) -> bytes:
    held, now, ring = made.package, clock.now(), directory.ring()
    return evidence.release(
        places.folder_of(held),
        pair,
        [ring.current(made.recipient, Purpose.ENCRYPTION, now).key],
        keystore.current(home.current(), ring, held.authority, Purpose.STATEMENT, now),
        now=now,
        conditions=wire.decode(wire.canonical(held.conditions), UseConditions),
        consent=made.consent or None,
        wrapped=wraps,
    )


def _opened_at(held: Package) -> datetime | None:
    """Return when all of a package was last verified with a key here; None if it was not."""
    leaves = Leaf.objects.filter(tag="evidence:open:done", statement_id=held.delivery)
    found = leaves.filter(authority=held.authority).order_by("-index").first()
    return None if found is None else found.at


def _refuse(made: Onward, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        due = Onward.objects.filter(pk=made.pk, state=Onward.State.DUE)
        due.update(state=Onward.State.FAILED, failure=error.code)
        fields = {"package": made.package.package, "code": error.code, "at": instant_text(now)}
        event = Event("evidence:onward:failed", now, made.package.authority, fields)
        log.append(event, statement_id=made.statement)
        outbox.give_up(row, error.code, now=now)
        # Only whoever still has the row: of another worker the file may be whole by now.
        for each in _files(made):
            sweep(each)


def _fields(held: Package) -> dict[str, str | int | bool]:
    return {"package": held.package, "seal": held.seal}


def _draft_of(made: Onward) -> Path:
    target = places.onward_of(made)
    return target.with_name(f".{target.name}.part")


def _files(made: Onward) -> tuple[Path, Path]:
    """Return where it lies: the file, with its draft beside it, and the folder that it is packed from."""
    draft = _draft_of(made)
    return places.onward_of(made), draft.with_name(f"{draft.name}.parts")
