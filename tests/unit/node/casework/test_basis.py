"""What governs on a day, and what the rules find in a draft; nothing of it is kept."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from rogatory.law import Desk
from rogatory_node.base import directory
from rogatory_node.base.configuration import Simulation
from rogatory_node.base.errors import NodeError
from rogatory_node.casework import basis
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from support import world
from support.office import A05, OFAC, body_of


@pytest.fixture
def in_force(settings):
    assumed = Simulation(assumed_parties=("vnm", "fra"), in_force_since=date(2028, 1, 1))
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"simulation": assumed})


def test_the_basis_is_that_of_the_day(in_force):
    assert basis.between("vnm", "fra").on == world.NOON.date()
    assert basis.between("vnm", "fra", date(2027, 1, 1)).on == date(2027, 1, 1)


def test_findings_are_computed_when_looked_at_and_never_stored(in_force, duty):
    aim = draft.Aim(A05, OFAC)
    gaps = draft.begin(duty.officer, "request", aim, {"kind": "preservation", "items": []})
    before = Draft.objects.values().get()
    found = basis.findings(gaps)
    assert "not_met" in {each.outcome.value for each in found}
    assert Draft.objects.values().get() == before
    whole = draft.begin(duty.officer, "request", aim, body_of(world.request()))
    assert len(basis.findings(whole)) > 0


def test_only_requests_are_judged(preservation, duty):
    made = draft.begin(duty.officer, "recall", draft.Aim(A05, OFAC, thread=preservation.thread), {})
    assert basis.findings(made) == ()


def test_what_the_register_says_of_an_authority_is_handed_to_the_rules(monkeypatch):
    entry = SimpleNamespace(kinds=("preservation",), languages=("fr", "en"))
    told = SimpleNamespace(authorities={OFAC: entry}, identities={OFAC: SimpleNamespace(nature="police")})
    monkeypatch.setattr(directory, "snapshot", lambda: told)
    assert basis.desk(OFAC) == Desk("police", frozenset(["preservation"]), frozenset(["fr", "en"]))
    assert basis.desk(A05) == Desk()


def test_before_a_register_was_mirrored_nothing_is_said_of_an_authority(monkeypatch):
    def nothing():
        raise NodeError("NODE-013")

    monkeypatch.setattr(directory, "snapshot", nothing)
    assert basis.desk(OFAC) == Desk()
