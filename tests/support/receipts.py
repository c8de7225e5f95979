"""Custody receipts for packages: a log of the sealer, and witnesses of two other Parties."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rogatory import custody, wire
from rogatory.keys import KeyRing, Purpose
from support.packages import ASKING, AT, SEALER, THIRD, entry, pair

__all__ = ["receipt", "ring"]


def ring(**changes: Any) -> KeyRing:
    """Return a ring that knows the sealer's keys, its log's and two witnesses'."""
    keys = [pair(SEALER, Purpose.SEAL), pair(SEALER, Purpose.LOG)]
    keys += [pair(name, Purpose.WITNESS) for name in (ASKING, THIRD)]
    return KeyRing([entry(each, **changes) for each in keys])


def receipt(package: Path, *witnesses: str, digest: str | None = None, at: datetime = AT) -> None:
    """Put a receipt for the package's seal into it, under a head that those witnesses saw."""
    digest = digest or hashlib.sha256((package / "seal.dsse.json").read_bytes()).hexdigest()
    fields, salt = {"seal": digest}, b"s" * 32
    event = wire.canonical({"authority": SEALER, "fields": fields, "tag": "evidence:seal:done"})
    leaves = [custody.commit(salt, event), b"l" * 32]
    tree = custody.append(custody.EMPTY, map(custody.leaf_hash, leaves))
    head = custody.Checkpoint(f"{SEALER}/log", 2, custody.root(tree))
    log = pair(SEALER, Purpose.LOG)
    note = custody.sign_checkpoint(head, log, custody.note_key(head.origin, log.public), at)
    lines = note.lines
    for number, name in enumerate(witnesses):
        key = pair(name, Purpose.WITNESS)
        own = custody.note_key(f"{name}/witness", key.public)
        lines += tuple(custody.cosign(head, key, own, at + timedelta(minutes=number)))
    store = custody.MemoryStore()
    custody.grow(store, custody.EMPTY, leaves)
    made = custody.issue(store, type(note)(note.text, lines), 0, leaves[0], (salt, event))
    (package / "receipt").mkdir(exist_ok=True)
    (package / "receipt/custody.json").write_bytes(custody.write_receipt(made))
