"""Rebuilds every derived column from the signed bytes: the bytes are the record, the columns an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from rogatory_node.records.columns import receipt_columns, statement_columns
from rogatory_node.records.models import SignedReceipt, SignedStatement

__all__ = ["Report", "differences", "reindex"]


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows were read, and in how many a column did not say what the bytes say."""

    rows: int
    repaired: int


def reindex() -> Report:
    """Make every derived column say what the bytes say, in one transaction, and return what that took.

    Raises:
        RogatoryError: Stored bytes cannot be read any more; nothing was changed.
    """
    with transaction.atomic():
        found = [
            _rebuild(SignedStatement.objects.order_by("pk").iterator(500), statement_columns),
            _rebuild(SignedReceipt.objects.order_by("pk").iterator(500), receipt_columns),
        ]
    return Report(sum(each.rows for each in found), sum(each.repaired for each in found))


def differences(row: models.Model, derived: dict[str, Any]) -> dict[str, Any]:
    """Return the derived columns of which the row says something else than the bytes."""
    return {name: value for name, value in derived.items() if getattr(row, name) != value}


def _rebuild(
    rows: Iterable[SignedStatement] | Iterable[SignedReceipt], columns: Callable[[bytes], dict[str, Any]]
) -> Report:
    read = repaired = 0
    for row in rows:
        read += 1
        wrong = differences(row, columns(bytes(row.envelope)))
        if wrong:
            repaired += 1
            type(row)._default_manager.filter(pk=row.pk).update(**wrong)  # noqa: SLF001  Django's own name
    return Report(read, repaired)
