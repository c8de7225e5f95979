"""Article 36: personal data travel on conditions, are kept safe, and go no further without authorisation.

Art. 36 stands outside art. 40(8)-(31) and gives way to no other treaty of the pair by art. 40(7).
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, UNDER_ART40
from rogatory.law.rule import Judgement, cure, for_a_person, met, reason, rule

ART36_P1_A: Final = "hanoi_2024/art36.p1.a"
ART36_P1_B: Final = "hanoi_2024/art36.p1.b"
ART36_P2: Final = "hanoi_2024/art36.p2"
ART36_P3: Final = "hanoi_2024/art36.p3"
# Kinds whose answer holds data about persons; property comes back as property.
DATA_COME: Final = (
    *(each for each in UNDER_ART40 if each != "property"),
    *("police_cooperation", "joint_investigation", "emergency_data"),
)


@rule(cites=ART36_P2, since=ADOPTED, kinds=DATA_COME, matter=Matter.PERSONAL_DATA)
def how_personal_data_are_kept_safe_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says which conditions its law sets for personal data that it receives.

    No duty to transfer stands against data protection law; conditions stated at once spare the question.
    """
    if facts.said("data_protection"):
        return met(reason(ART36_P2, "LAW-728"))
    return for_a_person(
        reason(ART36_P2, "LAW-467", party=basis.requested),
        reason(ART36_P1_A, "LAW-106"),
        reason(ART36_P1_B, "LAW-106"),
        cures=[cure("LAW-301", facts.at("data_protection"))],
    )


@rule(cites=ART36_P3, since=ADOPTED, kinds=DATA_COME, matter=Matter.PERSONAL_DATA)
def a_third_party_in_an_item_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a provider of a third Party is named, authorisation for onward transfer is thought of first.

    Where a person or thing is, or whose national somebody is, sends no data anywhere.
    """
    own = ("", basis.requesting, basis.requested)
    thirds = [item for item in facts.items if item.provider_party not in own]
    shown = [reason(ART36_P3, "LAW-468", item=each.number, party=each.provider_party) for each in thirds]
    return for_a_person(*shown) if shown else None
