"""What the law room needs to know of the Parties."""

from __future__ import annotations

from rogatory import law
from rogatory.law import Participation
from rogatory_node.base import configuration

__all__ = ["participation"]


def participation() -> Participation:
    """Return who is bound by what; a simulation's assumptions are marked as such in every answer."""
    settings = configuration.current()
    found = law.as_found()
    if settings.mode != "simulation" or settings.simulation.in_force_since is None:
        return found
    return law.assume_in_force(found, settings.simulation.assumed_parties, settings.simulation.in_force_since)
