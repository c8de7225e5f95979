"""The papers that courts ask for first: what the sealer says each of them is, and which nobody named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from rogatory.evidence.claims import Claim
from rogatory.evidence.models import Entry

__all__ = ["ROLES", "ROLE_CLAIM", "Role", "doubts", "proves", "role_of"]

# spec/evidence.md 6.13, in the order in which courts ask.
Role = Literal["order", "certificate", "execution-record", "translation", "scan"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ROLE_CLAIM: Final = "paper.role"


def role_of(entry: Entry) -> Role | None:
    """Return what the sealer says that a paper is; None of evidence, and of a role that is not known here."""
    if entry.area != "legal" or entry.kind != "file" or entry.claims is None:
        return None
    said = entry.claims.get(ROLE_CLAIM)
    return next((role for role in ROLES if role == said), None)


def proves(there: Iterable[Role]) -> list[Claim]:
    """Return which papers the sealer named."""
    named = [role for role in ROLES if role in set(there)]
    return [Claim("EVID-127", {"roles": ", ".join(named)})] if named else []


def doubts(there: Iterable[Role]) -> list[Claim]:
    """Return which papers it did not name."""
    missing = [role for role in ROLES if role not in set(there)]
    return [Claim("EVID-151", {"roles": ", ".join(missing)})] if missing else []
