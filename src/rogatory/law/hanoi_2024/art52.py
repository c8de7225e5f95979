"""Article 52: return and disposal of confiscated property. To whom, on what, and who shares."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._property import CONFISCATION, RETURN, asks_for, order_is_meant
from rogatory.law.hanoi_2024._say import ADOPTED, PROPERTY, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART52_P1: Final = "hanoi_2024/art52.p1"
ART52_P2: Final = "hanoi_2024/art52.p2"
ART52_P3_B: Final = "hanoi_2024/art52.p3.b"
RETURN_TO: Final = "property/return_to"


@rule(cites=ART52_P1, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def a_return_follows_a_confiscation(facts: Facts, basis: Basis) -> Judgement | None:
    """Only confiscated property is returned: the order is named, or confiscation is asked for too."""
    del basis
    if not asks_for(facts, RETURN):
        return None
    if order_is_meant(facts) or asks_for(facts, CONFISCATION):
        return met(reason(ART52_P1, "LAW-101"))
    return not_met([reason(ART52_P1, "LAW-628")], [cure("LAW-301", facts.at("property/order"))])


@rule(cites=ART52_P2, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def return_to_victims_and_prior_owners_is_asked_for(facts: Facts, basis: Basis) -> Judgement | None:
    """Victims and prior owners come first if the request asks for it; so it says to whom property goes."""
    del basis
    if not asks_for(facts, (*CONFISCATION, *RETURN)):
        return None
    to, path = facts.word(RETURN_TO), facts.at(RETURN_TO)
    if to in ("victims", "prior_owners"):
        return met(reason(ART52_P2, "LAW-101"))
    if to == "requesting_party":
        return for_a_person(reason(ART52_P2, "LAW-625"))
    if asks_for(facts, RETURN):
        return stated(ART52_P2, present=False, path=path)
    return for_a_person(reason(ART52_P2, "LAW-626"), cures=[cure("LAW-301", path)])


@rule(cites=ART52_P3_B, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def sharing_rests_on_an_agreement(facts: Facts, basis: Basis) -> Judgement | None:
    """Where sharing is proposed, it rests on an agreement, which a person concludes."""
    del basis
    return for_a_person(reason(ART52_P3_B, "LAW-627")) if facts.said("property/share") else None
