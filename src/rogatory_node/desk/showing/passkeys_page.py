"""Passkeys in a list: what their holder calls them, since when, and whether they count."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rogatory_node.desk.showing import places, times
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.words import name
from rogatory_node.people import selectors as people
from rogatory_node.people.models import ApprovalCredential, Officer

__all__ = ["Row", "own", "waiting"]


@dataclass(frozen=True, slots=True)
class Row:
    """One passkey."""

    id: int
    label: str
    whose: str
    enrolled: str
    state: StateBadge
    ends: bool


def own(officer: Officer) -> tuple[Row, ...]:
    """Return the officer's own passkeys, the newest first."""
    rows = ApprovalCredential.objects.filter(officer=officer).order_by("-enrolled_at", "-pk")
    return tuple(map(_row, rows))


def waiting(officer: Officer) -> tuple[Row, ...]:
    """Return the passkeys of colleagues that wait for this officer, as an operator."""
    rows = people.credentials_to_confirm(officer).select_related("officer").order_by("enrolled_at", "pk")
    return tuple(map(_row, rows))


def _row(row: ApprovalCredential) -> Row:
    if row.revoked_at is not None:
        state = StateBadge(_("Ended"), "cross", "soft")
    elif row.confirmed_at is None:
        state = StateBadge(_("Waits for a second person"), "ring", "wait")
    else:
        state = StateBadge(_("Approves"), "check", "kept")
    enrolled = times.full(row.enrolled_at, places.own_place())
    return Row(row.pk, name(row.label), name(row.officer.name), enrolled, state, row.revoked_at is None)
