"""Article 24: necessity and proportionality are stated by the asker and judged by a person."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, BOTH
from rogatory.law.rule import Judgement, for_a_person, reason, rule

ART24_P1: Final = "hanoi_2024/art24.p1"
# art24.p4: the safeguards of domestic law hold for cooperation too.
ART24_P4: Final = "hanoi_2024/art24.p4"


@rule(cites=ART24_P1, since=ADOPTED, kinds=BOTH)
def proportionality_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the measure is necessary and proportionate, item by item, is for a person to judge."""
    del basis
    return for_a_person(reason(ART24_P1, "LAW-154", items=len(facts.items)), reason(ART24_P4, "LAW-106"))
