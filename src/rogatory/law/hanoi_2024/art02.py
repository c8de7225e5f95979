"""Article 2(o): an emergency is claimed, and a person judges whether it is one."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    BOTH,
    COOPERATION,
    INQUIRY,
    INTERCEPTION,
    MUTUAL_ASSISTANCE,
    WITHOUT_TREATY,
)
from rogatory.law.rule import Judgement, for_a_person, reason, rule

ART2_P1_O: Final = "hanoi_2024/art2.p1.o"


@rule(
    cites=ART2_P1_O,
    since=ADOPTED,
    kinds=(*BOTH, *INTERCEPTION, *INQUIRY, *MUTUAL_ASSISTANCE, *COOPERATION, *WITHOUT_TREATY),
)
def an_emergency_is_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Whether there is a significant and imminent risk to life or safety is for a person to judge."""
    del basis
    return for_a_person(reason(ART2_P1_O, "LAW-153")) if facts.urgency == "emergency" else None
