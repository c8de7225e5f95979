"""The legal basis between two Parties on a day, and what the rules find in a draft or a request."""

from __future__ import annotations

from datetime import date
from typing import Any

from rogatory import law
from rogatory.law import Basis, Desk, Finding
from rogatory.values import instant_text, party_of
from rogatory_node.base import clock, directory
from rogatory_node.base.errors import NodeError
from rogatory_node.casework.models import Draft
from rogatory_node.treaty import selectors as treaty

__all__ = ["between", "desk", "findings"]


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
    return law.findings(
        page,
        between(party_of(draft.authority), party_of(draft.recipient)),
        sender=desk(draft.authority),
        recipient=desk(draft.recipient),
    )


def desk(authority: str) -> Desk:
    """Return what the mirrored register says of an authority: its nature, its kinds, its languages.

    Of one that the register does not name, and before anything was mirrored, nothing is said; what rests
    on it is then for a person.
    """
    try:
        known = directory.snapshot()
    except NodeError:
        return Desk()
    entry, identity = known.authorities.get(authority), known.identities.get(authority)
    return Desk(
        nature=str(identity.nature) if identity else "",
        kinds=frozenset(entry.kinds if entry else ()),
        languages=frozenset(map(str, entry.languages if entry else ())),
    )
