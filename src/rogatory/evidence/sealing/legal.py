"""The papers that are sealed beside the evidence, each alone or with its role."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rogatory.errors import EvidenceError
from rogatory.evidence.models import Area
from rogatory.evidence.papers import ROLE_CLAIM, ROLES
from rogatory.evidence.sealing.walk import Found, absolute

__all__ = ["Paper", "claims_about", "identities", "places"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper for the court.

    Attributes:
        path: A file, or a folder of which every file is such a paper.
        role: What it is, one of ``ROLES``: a claim of the sealer. None says nothing of it.
    """

    path: Path
    role: str | None = None

    def __post_init__(self) -> None:
        """Refuse a role that no reader knows.

        Raises:
            EvidenceError: EVID-084.
        """
        if self.role is not None and self.role not in ROLES:
            raise EvidenceError("EVID-084", role=self.role[:40], known=", ".join(ROLES))


def places(papers: Sequence[Path | Paper]) -> list[Path]:
    """Return where the papers lie."""
    return [each.path if isinstance(each, Paper) else each for each in papers]


def identities(papers: Sequence[Path | Paper]) -> list[str]:
    """Return what tells one list of papers from another: whole paths, and the role of each that has one.

    A whole path begins with ``/`` and a role does not, so no two lists read alike.
    """
    roles = (each.role if isinstance(each, Paper) else None for each in papers)
    paths = (str(absolute(each)) for each in places(papers))
    return [path if role is None else f"{role}={path}" for path, role in zip(paths, roles, strict=True)]


def claims_about(papers: Sequence[Path | Paper]) -> Callable[[Area, Found], Mapping[str, str]]:
    """Return what says the role of something that was found under the papers."""
    roles = {
        os.fsencode(absolute(each.path).name): each.role
        for each in papers
        if isinstance(each, Paper) and each.role is not None
    }

    def claims(area: Area, found: Found) -> Mapping[str, str]:
        if area != "legal" or found.kind != "file":
            return {}
        raw = found.origin if found.origin is not None else found.path.encode()
        role = roles.get(raw.split(b"/", 1)[0])
        return {} if role is None else {ROLE_CLAIM: role}

    return claims
