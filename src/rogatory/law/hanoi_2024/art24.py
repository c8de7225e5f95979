"""Article 24: safeguards. Necessity and proportionality are stated by the asker and judged by a person.

The safeguards hold at home and when a Party acts for another (para. 4). The text requires no Party to recite
them in a request; practice asks for the review and the remedy, so that a court abroad need not ask.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    BOTH,
    INTERCEPTION,
    MUTUAL_ASSISTANCE,
    STORED_DATA,
    UNDER_ART40,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, reason, rule

ART24_P1: Final = "hanoi_2024/art24.p1"
ART24_P3: Final = "hanoi_2024/art24.p3"
ART24_P4: Final = "hanoi_2024/art24.p4"
SAFEGUARDS: Final = "hanoi_2024/prac.safeguards"
# Kinds that use powers of the chapter, or lead the requested Party to use them.
POWERS: Final = tuple(
    dict.fromkeys((*BOTH, *UNDER_ART40, "police_cooperation", "joint_investigation", "emergency_data"))
)
# Forms in which persons who are not sought are caught as well.
CATCHES_OTHERS: Final = ("content_data", "electronic_data", "search_and_seizure")
# Forms against the will of whom they concern.
COERCIVE: Final = ("search_and_seizure", "examination", "documents_and_records")


@rule(cites=ART24_P1, since=ADOPTED, kinds=POWERS)
def proportionality_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the measure is necessary and proportionate, item by item, is for a person to judge.

    Where others than the one who is sought are caught too, their interests are looked at as well.
    """
    del basis
    asked = [reason(ART24_P1, "LAW-154", items=len(facts.items)), reason(ART24_P4, "LAW-106")]
    if any(item.category in CATCHES_OTHERS for item in facts.items):
        asked.append(reason(ART24_P3, "LAW-106"))
    return for_a_person(*asked)


@rule(cites=SAFEGUARDS, since=ADOPTED, kinds=(*STORED_DATA, *MUTUAL_ASSISTANCE, *INTERCEPTION))
def the_safeguards_behind_the_measure_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """The request says which review stands behind a coercive measure, and which remedy there is."""
    del basis
    forms = facts.kind in MUTUAL_ASSISTANCE
    if forms and not any(item.category in COERCIVE for item in facts.items):
        return None
    if facts.said("safeguards"):
        return met(reason(SAFEGUARDS, "LAW-101"))
    return for_a_person(reason(SAFEGUARDS, "LAW-469"), cures=[cure("LAW-301", facts.at("safeguards"))])
