"""Article 49: mechanisms for the recovery of property. On what a freezing or a seizure can rest."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._property import (
    PROVISIONAL,
    asks_for,
    order_is_meant,
    order_members,
)
from rogatory.law.hanoi_2024._say import ADOPTED, PROPERTY, all_stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART49_P2: Final = "hanoi_2024/art49.p2"
ART49_P2_A: Final = "hanoi_2024/art49.p2.a"
ART49_P2_B: Final = "hanoi_2024/art49.p2.b"


@rule(cites=ART49_P2, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def freezing_rests_on_an_order_or_a_reasonable_basis(facts: Facts, basis: Basis) -> Judgement | None:
    """Freezing or seizure rests on an order of the requesting Party, or on a reasonable basis in facts."""
    del basis
    if not asks_for(facts, PROVISIONAL):
        return None
    if facts.ordered("property/order"):
        return met(reason(ART49_P2_A, "LAW-101"))
    if order_is_meant(facts):
        return all_stated(ART49_P2_A, order_members(facts))
    if facts.said("property/facts_for_order"):
        # Whether the basis is reasonable is for the authority that would order it (art. 49(2)(b)).
        return for_a_person(reason(ART49_P2_B, "LAW-613"))
    return not_met([reason(ART49_P2, "LAW-614")], [cure("LAW-379", facts.at("property/facts_for_order"))])
