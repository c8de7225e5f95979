"""The legal basis between two Parties on a day, and what the rules find in a draft or a request."""

from __future__ import annotations

from datetime import date
from typing import Any

from rogatory import law
from rogatory.law import Basis, Finding
from rogatory.values import instant_text, party_of
from rogatory_node.base import clock
from rogatory_node.casework.models import Draft
from rogatory_node.treaty import selectors as treaty

__all__ = ["between", "findings"]


def between(requesting: str, requested: str, on: date | None = None) -> Basis:
    """Return what governs between two Parties, matter by matter, on a day (today, if none is given)."""
    day = clock.now().date() if on is None else on
    return law.basis(requesting, requested, day, treaty.participation())


def findings(draft: Draft) -> tuple[Finding, ...]:
    """Return what the rules find in a draft as it stands; only requests are judged.

    Findings are internal advice: they are computed when looked at, never stored and never sent
    (PRACTICE section 3).
    """
    if draft.act != "request":
        return ()
    page: dict[str, Any] = {
        "from": draft.authority,
        "to": draft.recipient,
        "issued_at": instant_text(clock.now()),
        "body": draft.raw,
    }
    return law.findings(page, between(party_of(draft.authority), party_of(draft.recipient)))
