"""The roles that an officer can hold for an authority.

A role is held for one authority only, and is written on every approval. Prosecutors, judges and
providers are not users: the legal act is theirs and is recorded as a domestic act (PRACTICE section 1).
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Role"]


class Role(StrEnum):
    """What an officer may be for an authority."""

    DUTY_OFFICER = "duty_officer"
    INVESTIGATOR = "investigator"
    LEGAL_REVIEWER = "legal_reviewer"
    APPROVER = "approver"
    CUSTODIAN = "custodian"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    OVERSIGHT = "oversight"
    AUDITOR = "auditor"
    OPERATOR = "operator"
