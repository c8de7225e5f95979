"""Article 38: transfer of sentenced persons.

One paragraph, and it obliges a Party to no more than to consider agreements. So a request under it rests on
something else as well, and a lawyer says on what.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, SENTENCED_TRANSFER, stated
from rogatory.law.rule import Judgement, for_a_person, reason, rule

ART38_P1: Final = "hanoi_2024/art38.p1"
CONSENT: Final = "hanoi_2024/art38.p1.consent"


@rule(cites=ART38_P1, since=ADOPTED, kinds=SENTENCED_TRANSFER, matter=Matter.TRANSFER_OF_PERSONS)
def the_transfer_rests_on_an_agreement(facts: Facts, basis: Basis) -> Judgement:
    """A lawyer names the agreement or the law that carries the transfer; the Convention alone carries none.

    Such an agreement asks, as a rule, that the conduct be punishable in both Parties, and says whether the
    sentence is continued or converted.
    """
    del facts
    both = {"one": basis.requesting, "other": basis.requested}
    return for_a_person(reason(ART38_P1, "LAW-580", **both), reason("hanoi_2024/art35.p3", "LAW-106"))


@rule(cites=CONSENT, since=ADOPTED, kinds=SENTENCED_TRANSFER)
def consent_to_the_transfer_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether the person consents; whether that is free and informed is for a person."""
    del basis
    answer = facts.word("sentenced_transfer/consent_of_person")
    if answer == "given":
        return for_a_person(reason(CONSENT, "LAW-581"))
    if answer in ("not_given", "unknown"):
        return for_a_person(reason(CONSENT, "LAW-582", answer=answer))
    return stated(CONSENT, present=False, path=facts.at("sentenced_transfer/consent_of_person"))
