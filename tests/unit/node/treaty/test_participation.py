"""Who is bound by what: as found; and in a simulation as assumed, marked as such."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory import law
from rogatory_node.base.configuration import Simulation
from rogatory_node.treaty.selectors import participation

SINCE = date(2028, 1, 1)


@pytest.fixture
def configured(settings):
    def change(**members):
        settings.ROGATORY = settings.ROGATORY.model_copy(update=members)

    return change


def test_nothing_is_assumed_unless_the_configuration_says_since_when(configured):
    configured(simulation=Simulation(assumed_parties=("vnm", "fra")))
    assert participation() == law.as_found()
    configured(simulation=Simulation())
    assert participation() == law.as_found()


def test_a_simulation_assumes_for_the_parties_named_and_marks_it(configured):
    configured(simulation=Simulation(assumed_parties=("vnm", "fra"), in_force_since=SINCE))
    found, known = participation(), law.as_found()
    for party in ("vnm", "fra"):
        standing = found.standing("hanoi_2024", party)
        assert (standing.since, standing.assumed) == (SINCE, True)
        assert not known.standing("hanoi_2024", party).assumed
    assert found.standing("hanoi_2024", "xtp") == known.standing("hanoi_2024", "xtp")


def test_in_production_nothing_is_assumed_whatever_the_configuration_says(configured):
    configured(
        mode="production",
        simulation=Simulation(assumed_parties=("vnm", "fra"), in_force_since=SINCE),
    )
    assert participation() == law.as_found()
