"""Article 39: transfer of criminal proceedings, which Parties consider and need not accept."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, PROCEEDINGS_TRANSFER
from rogatory.law.rule import Judgement, cure, for_a_person, not_met, reason, rule

ART39_P1: Final = "hanoi_2024/art39.p1"
ART39_P2: Final = "hanoi_2024/art39.p2"
MATTER: Final = Matter.TRANSFER_OF_PROCEEDINGS


@rule(cites=ART39_P1, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER, matter=MATTER)
def the_administration_of_justice_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """The request says why the case is better heard there; whether justice is served is for a person.

    Where several Parties investigate the same conduct, they consult (art. 22(5)).
    """
    del basis
    if facts.said("proceedings/reason"):
        return for_a_person(reason(ART39_P1, "LAW-592"), reason("hanoi_2024/art22.p5", "LAW-106"))
    return not_met([reason(ART39_P1, "LAW-593")], [cure("LAW-301", facts.at("proceedings/reason"))])


@rule(cites=ART39_P2, since=ADOPTED, kinds=PROCEEDINGS_TRANSFER, matter=MATTER)
def the_basis_and_the_offence_at_both_ends_are_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """A lawyer finds what carries the transfer, and whether the conduct is an offence where the case goes."""
    del facts
    return for_a_person(
        reason(ART39_P2, "LAW-594", party=basis.requested), reason("hanoi_2024/art35.p3", "LAW-106")
    )
