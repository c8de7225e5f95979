"""Article 44: assistance in accessing stored electronic data."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, STORED_DATA
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART44_P1: Final = "hanoi_2024/art44.p1"
ART44_P3: Final = "hanoi_2024/art44.p3"


@rule(cites=ART44_P1, since=ADOPTED, kinds=STORED_DATA, matter=Matter.STORED_DATA)
def the_stored_data_are_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The data are in the requested Party's territory; where the provider stands elsewhere, look again."""
    elsewhere = [item for item in facts.items if item.provider_party not in ("", basis.requested)]
    if elsewhere:
        return for_a_person(
            *(reason(ART44_P1, "LAW-131", item=item.number, party=item.provider_party) for item in elsewhere)
        )
    here = facts.items and all(item.provider_party for item in facts.items)
    return met(reason(ART44_P1, "LAW-132", party=basis.requested)) if here else None


@rule(cites=ART44_P3, since=ADOPTED, kinds=STORED_DATA, matter=Matter.STORED_DATA)
def haste_has_its_ground(facts: Facts, basis: Basis) -> Judgement | None:
    """A request that asks for haste says why: data soon lost or changed, or a reasoned deadline."""
    del basis
    if facts.urgency not in ("urgent", "emergency"):
        return None
    if any(item.vanishes for item in facts.items):
        return met(reason("hanoi_2024/art44.p3.a", "LAW-137"))
    if facts.deadline_reason:
        return for_a_person(reason(ART44_P3, "LAW-138"))
    return not_met([reason(ART44_P3, "LAW-139")], [cure("LAW-301", facts.at("items/0/vanishes"))])
