"""Everything that is fuzzed, by its name."""

from __future__ import annotations

from fuzz.documents import DOCUMENTS, Target
from fuzz.packages import PACKAGES

__all__ = ["TARGETS", "Target"]

TARGETS: dict[str, Target] = {**DOCUMENTS, **PACKAGES}
