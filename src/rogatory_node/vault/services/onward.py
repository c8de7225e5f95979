"""Giving on: all of a received package to one more authority, or a part of it to anybody, with its proof.

What is given on is made by a worker once the statement that tells of it is signed; ``casework`` asks first
whether the conditions of use allow it. Both custody logs have a leaf: of who gave it on, that it was made; of
who gave the evidence, that they were told.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from rogatory import evidence, wire
from rogatory.errors import EvidenceError, KeysError, RogatoryError
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
from rogatory_node.vault.services.arriving import check_not_recalled
from rogatory_node.vault.services.holding import clear, hold

__all__ = ["ONWARD", "Given", "forget", "make", "opened_by", "order", "prepare", "remove", "take", "told"]

ONWARD: Final = "onward"
HERE: Final = (Package.State.HELD, Package.State.OPENED)
BLOCK: Final = 1 << 20
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Given(NamedTuple):
    """What is given on: the whole to an authority, or else files and ranges of bytes by file."""

    recipient: str = ""
    files: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[int, int]] = {}


def prepare(officer: Officer, held: Package, given: Given, *, draft: UUID, consent: str = "") -> Onward:
    """Note what a draft says is given on; nothing is made before the statement is signed.

    In the transaction that fixes the draft.

    Raises:
        NodeError: NODE-100 not permitted, NODE-463 the package is not held, NODE-457 recalled, NODE-465 the
            recipient is nobody to whom a package can be released.
        EvidenceError: EVID-209, EVID-210 the selection.
    """
    people.require(officer, held.authority, *OPENERS)
    check_here(held)
    if given.recipient:
        check_recipient(held, given.recipient)
    else:
        _selection(given.files, given.ranges)
    ranges = {path: list(ends) for path, ends in given.ranges.items()}
    return Onward.objects.create(
        package=held,
        kind=Onward.Kind.WHOLE if given.recipient else Onward.Kind.PART,
        recipient=given.recipient,
        selection={} if given.recipient else {"files": list(given.files), "ranges": ranges},
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


def forget(draft: UUID) -> None:
    """Forget what a draft prepared that was given up; in the transaction that gives it up."""
    Onward.objects.filter(draft=draft, state=Onward.State.PREPARED).delete()


def make(row: Due) -> None:
    """Make what was ordered, and leave a leaf; the file is there whole, or nothing is.

    1. the package is still here and was not recalled; 2. the release is signed, or the part disclosed; 3. the
    leaf. What cannot be made is refused, and a person has to look.
    """
    made = Onward.objects.select_related("package").get(pk=row.subject)
    target = places.onward_of(made)
    draft = target.with_name(f".{target.name}.part")
    _clear(draft)
    try:
        # Step 1.
        check_here(made.package)
        # Step 2.
        _write(made, draft, row)
    except RogatoryError as error:
        _clear(draft)
        if error.code == "NODE-204":
            raise
        _refuse(made, row, error)
        return
    digest, size = _digest(draft), draft.stat().st_size
    draft.replace(target)
    # Step 3.
    now = clock.now()
    with transaction.atomic():
        Onward.objects.filter(pk=made.pk).update(
            state=Onward.State.MADE, digest=digest, size=size, failure=""
        )
        held = made.package
        fields = _fields(held) | {"onward": str(made.kind), "digest": digest, "statement": made.statement}
        if made.recipient:
            fields["to"] = made.recipient
        log.append(Event("evidence:onward:made", now, held.authority, fields), statement_id=made.statement)
        outbox.close(row, now=now)


def take(officer: Officer, made: Onward) -> Path:
    """Return the file of what is given on, for an officer who takes it away, and leave a leaf.

    Raises:
        NodeError: NODE-100 not permitted, NODE-457 recalled, NODE-464 there is nothing to take.
    """
    people.require(officer, made.package.authority, *OPENERS)
    path = places.onward_of(made)
    if made.state != Onward.State.MADE or not path.is_file():
        raise NodeError("NODE-464", state=made.state)
    check_not_recalled(made.package)
    fields: dict[str, Any] = {"digest": made.digest, "officer": str(officer.pk)}
    with transaction.atomic():
        event = Event("evidence:onward:taken", clock.now(), made.package.authority, fields)
        log.append(event, statement_id=made.statement)
    return path


def remove(held: Package) -> None:
    """Remove what was made of a package that is destroyed; whoever has had it keeps what they took."""
    for made in held.onward.exclude(state=Onward.State.DESTROYED):
        _clear(places.onward_of(made))
        Onward.objects.filter(pk=made.pk).update(state=Onward.State.DESTROYED)


def told(statement: OnwardTransfer, name: str, *, now: datetime) -> None:
    """Leave a leaf for each package of ours that they say went on; in its arrival's transaction."""
    sent = Package.objects.filter(delivery=statement.body.of, way=Package.Way.SENT)
    for held in sent.order_by("pk"):
        fields = _fields(held) | {"party": statement.body.to_party, "statement": name}
        log.append(Event("evidence:onward:told", now, held.authority, fields), statement_id=name)


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
        _selection(made.selection["files"], ranges),
        part,
        random=random_bytes,
        wrapped=wraps,
        verified_at=_opened_at(held),
        progress=hold(row),
    )
    _pack(part, draft)
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


def _selection(files: Any, ranges: Mapping[str, tuple[int, int]]) -> Selection:
    return Selection(files=tuple(files), ranges=dict(ranges))


def _opened_at(held: Package) -> datetime | None:
    """Return when all of a package was last verified with a key here; None if it was not."""
    leaves = Leaf.objects.filter(tag="evidence:open:done", statement_id=held.delivery)
    found = leaves.filter(authority=held.authority).order_by("-index").first()
    return None if found is None else found.at


def _pack(folder: Path, target: Path) -> None:
    """Write a folder as one file that people can carry; the same folder makes the same bytes.

    Raises:
        EvidenceError: EVID-009 it cannot be written.
    """
    try:
        _zip(folder, target)
    except OSError as error:
        raise EvidenceError("EVID-009", path=target.name, reason=error.strerror) from error


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED) as packed:
        for each in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = zipfile.ZipInfo(str(each.relative_to(folder)), FIRST_DAY)
            name.external_attr = 0o600 << 16
            with each.open("rb") as source, packed.open(name, "w", force_zip64=True) as out:
                shutil.copyfileobj(source, out, BLOCK)
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse(made: Onward, row: Due, error: RogatoryError) -> None:
    now = clock.now()
    with transaction.atomic():
        Onward.objects.filter(pk=made.pk).update(state=Onward.State.FAILED, failure=error.code)
        fields = {"package": made.package.package, "code": error.code, "at": instant_text(now)}
        event = Event("evidence:onward:failed", now, made.package.authority, fields)
        log.append(event, statement_id=made.statement)
        outbox.give_up(row, error.code, now=now)


def _fields(held: Package) -> dict[str, str | int | bool]:
    return {"package": held.package, "seal": held.seal}


def _clear(path: Path) -> None:
    path.unlink(missing_ok=True)
    clear(path.with_name(f"{path.name}.parts"))
