"""Permissions by name, for pages and the API: each asks what the officer's roles for one authority allow.

The target is always the id of an authority. Services check again with ``selectors.require``: a permission
decides what is offered, a service what is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

from rules import add_perm, perm_exists, predicate

from rogatory_node.base import Role
from rogatory_node.people import selectors
from rogatory_node.people.models import Officer

__all__ = ["PERMISSIONS"]

_DESK: Final = (Role.DUTY_OFFICER, Role.INVESTIGATOR, Role.LEGAL_REVIEWER, Role.APPROVER)

PERMISSIONS: Final = MappingProxyType(
    {
        "people.see_cases": (*_DESK, Role.CUSTODIAN, Role.DATA_PROTECTION_OFFICER, Role.OVERSIGHT),
        "people.draft": _DESK,
        "people.approve": (*_DESK, Role.CUSTODIAN),
        "people.acknowledge": _DESK,
        "people.decide": (Role.LEGAL_REVIEWER, Role.APPROVER),
        "people.seal_evidence": (Role.CUSTODIAN,),
        "people.open_evidence": (Role.CUSTODIAN, Role.INVESTIGATOR),
        "people.read_log": (Role.AUDITOR, Role.OVERSIGHT, Role.CUSTODIAN),
        "people.operate": (Role.OPERATOR,),
    }
)
"""Which roles each permission is for. An operator runs the node and sees no case."""


def _held(wanted: Iterable[Role]) -> Any:
    roles = tuple(wanted)

    def held(officer: object, authority: object) -> bool:
        if not isinstance(officer, Officer) or not isinstance(authority, str):
            return False
        return selectors.holds(officer, authority, *roles)

    return predicate(held)


for _name, _roles in PERMISSIONS.items():
    if not perm_exists(_name):
        add_perm(_name, _held(_roles))
