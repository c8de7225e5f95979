"""The fixtures of this room: one node of Viet Nam, its officers, and a France that exists only as keys."""

import pytest

from rogatory.statements import UseConditions
from rogatory_node.base import Role
from rogatory_node.peers import fetching
from rogatory_node.people import officers
from rogatory_node.vault.models import Package
from support import sealed as french
from support.office import (
    A05,
    _register,
    asked,
    custodian,
    duty,
    france,
    hire,
    lawyer,
    node,
    preservation,
)
from support.sealed import delivered, delivery_of, french_door, ready, sealed, take

__all__ = [
    "_register",
    "asked",
    "custodian",
    "delivered",
    "duty",
    "france",
    "french_door",
    "hire",
    "lawyer",
    "node",
    "preservation",
    "ready",
    "sealed",
]


@pytest.fixture
def clerk(custodian):
    officers.appoint(None, custodian.officer, A05, Role.DUTY_OFFICER)
    return custodian


@pytest.fixture
def given(preservation, france, french_door, tmp_path, monkeypatch):
    """Return what has France deliver a package on conditions, and our node fetch it."""

    def give(**changes):
        use = UseConditions(use="evidence", proceedings=("DN-2028-0312",), **changes)
        monkeypatch.setattr(french, "CONDITIONS", use)
        made = french.seal(tmp_path)
        assert france(delivery_of(made, preservation)).error is None
        french_door(made.path, made.package)
        fetching.fetch(take("fetch"))
        return Package.objects.get()

    return give
