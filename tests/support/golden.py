"""A kept node of an earlier version: opened by today's code, and what its bytes say.

Run as a program in the environment of a node's folder, it brings the database to today's shape, rebuilds
what is derived, and prints that.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

__all__ = ["delivery_body", "derived", "main", "sealed_members", "stored_data_body"]

SPOIL = "--spoil"


def delivery_body(of: str, conditions: Any) -> Any:
    from rogatory.statements import DeliveryBody, WrappedKey

    return DeliveryBody(
        of=of,
        items=(1,),
        package="a" * 64,
        seal="b" * 64,
        files=1,
        size=1000,
        wraps=(WrappedKey(recipient="vnm/a05", key="c" * 64, wrap=b"wrap"),),
        conditions=conditions,
    )


def sealed_members(conditions: Any) -> dict[str, Any]:
    return {
        "package": "d" * 64,
        "seal": "e" * 64,
        "files": 3,
        "size": 4096,
        "wraps": [{"recipient": "fra/ofac", "key": "c" * 64, "wrap": "d3JhcA=="}],
        "conditions": conditions.model_dump(mode="json", exclude_none=True),
    }


def stored_data_body() -> dict[str, Any]:
    from support import world
    from support.office import body_of

    return body_of(world.request(body={"kind": "stored_data"}))


def derived() -> dict[str, Any]:
    """Return everything that is derived from the bytes, and the folds, as plain JSON."""
    from rogatory_node.casework import index
    from rogatory_node.casework.models import CaseFile, IdentifierIndex, ThreadIndex
    from rogatory_node.records.columns import RECEIPT_COLUMNS, STATEMENT_COLUMNS
    from rogatory_node.records.models import SignedReceipt, SignedStatement
    from rogatory_node.vault.models import Package

    threads = ThreadIndex.objects.order_by("authority", "thread")
    return {
        "statements": rows(SignedStatement.objects.order_by("statement_id"), *STATEMENT_COLUMNS),
        "receipts": rows(SignedReceipt.objects.order_by("receipt_id"), *RECEIPT_COLUMNS),
        "threads": rows(threads, *names(ThreadIndex)),
        "identifiers": rows(IdentifierIndex.objects.order_by("authority", "thread"), *names(IdentifierIndex)),
        "files": rows(CaseFile.objects.order_by("authority", "number"), "authority", "number", "title"),
        "packages": rows(Package.objects.order_by("package"), "package", "state", "recalled_by"),
        "folds": [folded(index.fold_thread(row.thread, authority=row.authority)) for row in threads],
        "log": proofs(),
    }


def names(model: Any) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.fields if field.name != "id")


def rows(found: Any, *wanted: str) -> list[dict[str, Any]]:
    from django.core.serializers.json import DjangoJSONEncoder

    kept: list[dict[str, Any]] = json.loads(json.dumps(list(found.values(*wanted)), cls=DjangoJSONEncoder))
    return kept


def folded(thread: Any) -> dict[str, Any]:
    return {
        "thread": thread.id,
        "entries": [[each.id, each.standing.value, each.recalled_by] for each in thread.entries],
        "items": [
            [request.id, number, fold.state.state.value if fold.state else None, list(fold.delivered_by)]
            for request in thread.requests
            for number, fold in request.items.items()
        ],
        "heads": {side.value: head for side, head in thread.heads.items()},
        "equivocations": [list(each) for each in thread.equivocations],
    }


def proofs() -> dict[str, Any]:
    """Return the newest head, and how many leaves have a proof under it that opens to their event."""
    from rogatory import custody
    from rogatory_node.records import heads
    from rogatory_node.records.models import Leaf

    note = heads.latest()
    assert note is not None
    checkpoint = custody.read_checkpoint(note.text)
    opened = 0
    for leaf in Leaf.objects.filter(index__lt=checkpoint.size).order_by("index"):
        receipt = custody.read_receipt(heads.leaf_receipt(leaf.index, reveal=True))
        hash_ = custody.leaf_hash(bytes(leaf.commitment))
        custody.verify_inclusion(hash_, receipt.index, checkpoint.size, receipt.path, checkpoint.root)
        if receipt.opening is not None:
            salt, event = bytes(leaf.salt or b""), bytes(leaf.event or b"")
            assert custody.commit(salt, event) == bytes(leaf.commitment)
            opened += 1
    return {"size": checkpoint.size, "root": checkpoint.root.hex(), "opened": opened}


def spoil() -> None:
    """Make every derived row say something else."""
    from rogatory_node.casework.models import IdentifierIndex, ThreadIndex
    from rogatory_node.records.models import SignedReceipt, SignedStatement
    from rogatory_node.vault.models import Package

    IdentifierIndex.objects.all().delete()
    ThreadIndex.objects.update(kind="query", items=9, statements=0)
    SignedStatement.objects.update(seq=7, sender="xtp/cyber", type="query", seen=[])
    SignedReceipt.objects.update(outcome="admitted", reason="")
    Package.objects.update(recalled_by="")


def main() -> None:
    """Open the node of the environment and print what its bytes say."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "rogatory_node.project.settings"
    import django

    django.setup()
    from rogatory_node.ops import rebuild, setup

    setup.migrate()
    if SPOIL in sys.argv:
        spoil()
    found = rebuild.rebuild()
    said = {"repaired": found.repaired, "threads": found.threads, "derived": derived()}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
