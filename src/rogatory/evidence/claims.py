"""What a verification proves and what it does not, as data: a code and its fields, words late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rogatory import messages

__all__ = ["DISCLOSURE_STEPS", "STEPS", "Claim", "Step"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence about a package, in no language yet."""

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: str = messages.FALLBACK) -> str:
        """Return the sentence."""
        return messages.sentence(self.code, self.fields, language)

    def explain(self, language: str = messages.FALLBACK) -> str:
        """Return the paragraph: what it rests on, and where it ends."""
        return messages.explain(self.code, self.fields, language)


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step of a verification.

    Attributes:
        number: Its place in spec/evidence.md 7.
        code: Names its sentence.
        keys: Whether it needs a recipient's key.
    """

    number: int
    code: str
    keys: bool = False

    @property
    def claim(self) -> Claim:
        """Return what the step looked at."""
        return Claim(self.code)


# spec/evidence.md 7: the order is fixed, the numbers are quoted in reports.
STEPS: Final = (
    Step(1, "EVID-101"),  # the seal, its two signatures, its key
    Step(2, "EVID-102"),  # who and when
    Step(3, "EVID-103"),  # the exact list of files
    Step(4, "EVID-104"),  # the digests of the small files
    Step(5, "EVID-105"),  # the recipients
    Step(6, "EVID-106"),  # the custody receipt
    Step(7, "EVID-107", keys=True),  # the package key
    Step(8, "EVID-108"),  # every segment
    Step(9, "EVID-109", keys=True),  # every entry and file
    Step(10, "EVID-110", keys=True),  # the entry tree
)

# spec/disclosures.md 6: likewise.
DISCLOSURE_STEPS: Final = (
    Step(1, "EVID-101"),  # the seal, its two signatures, its key
    Step(2, "EVID-102"),  # who and when
    Step(3, "EVID-233"),  # the files of a disclosure
    Step(4, "EVID-234"),  # about this seal
    Step(5, "EVID-106"),  # the custody receipt
    Step(6, "EVID-236"),  # every line, file and range
    Step(7, "EVID-237"),  # what is withheld
    Step(8, "EVID-238"),  # the root over the entries
)
