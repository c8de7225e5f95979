"""Article 40 beside contents and forms: language, use, secrecy, persecution, costs, small matters.

Paragraphs 8-31 give way to another mutual assistance treaty between the pair (para. 7). These rules then
still say what they see, as a guide, and leave the conclusion to a person. What is never given way on is the
question of persecution: it is asked of a person under any treaty, and without one.
"""

from __future__ import annotations

from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, BOTH, EVERY, MUTUAL_ASSISTANCE, UNDER_ART40, stated
from rogatory.law.hanoi_2024.art35 import highest_penalty
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART40_P5: Final = "hanoi_2024/art40.p5"
ART40_P8: Final = "hanoi_2024/art40.p8"
ART40_P13: Final = "hanoi_2024/art40.p13"
ART40_P19: Final = "hanoi_2024/art40.p19"
ART40_P20: Final = "hanoi_2024/art40.p20"
ART40_P22: Final = "hanoi_2024/art40.p22"
ART40_P30: Final = "hanoi_2024/art40.p30"
USE: Final = "hanoi_2024/prac.use"
ANNEX: Final = "hanoi_2024/prac.annex"
NOTICE: Final = "hanoi_2024/prac.notice"
DE_MINIMIS: Final = "hanoi_2024/prac.de_minimis"
# For extradition the same question is art. 37(15).
PERSECUTION: Final = tuple(each for each in EVERY if each != "extradition")
# Art. 40(22) is a ground for these; of other kinds art. 6(2) asks the same question.
GROUND_OF: Final = (*BOTH, *UNDER_ART40)
# What seldom stays within ordinary costs.
COSTLY: Final = (
    *("hearing_by_video", "transfer_of_a_witness_in_custody", "voluntary_appearance"),
    "information_and_expertise",
)


@rule(cites=DE_MINIMIS, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.DUAL_CRIMINALITY)
def a_small_matter_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the highest penalty stated is below a year, a person asks whether the matter is too small."""
    del basis
    least = int(str(instruments.entry(DE_MINIMIS).values["value"]))
    penalty = highest_penalty(facts)
    if penalty is None or penalty >= least:
        return None
    return for_a_person(reason(ART40_P8, "LAW-461", months=penalty))


@rule(cites=ART40_P13, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.LANGUAGE)
def each_text_is_in_a_language_that_was_notified(facts: Facts, basis: Basis) -> Judgement | None:
    """Each text stands in a language that the requested Party notified, or a person translated it into one.

    Without a notification at hand a person asks, save where the register says what the recipient reads.
    """
    accepted = basis.answer(Matter.LANGUAGE).languages
    if not facts.spoken or (not accepted and facts.to_desk.languages):
        return None
    if not accepted:
        return for_a_person(reason(ART40_P13, "LAW-465", party=basis.requested))
    closed = [each for each in facts.spoken if not (each.languages - each.machine) & accepted]
    if not closed:
        return met(reason(ART40_P13, "LAW-101"))
    shown = reason(ART40_P13, "LAW-466", party=basis.requested, count=len(closed))
    return not_met([shown], [cure("LAW-342", each.path) for each in closed])


@rule(cites=ART40_P19, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.SPECIALITY)
def use_is_bound_to_what_is_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """What is obtained serves only the proceedings stated; another use needs consent before it begins."""
    del basis
    if not facts.proceedings:
        return None
    return met(reason(ART40_P19, "LAW-460", proceedings=facts.proceedings))


@rule(cites=USE, since=ADOPTED, kinds=UNDER_ART40)
def the_use_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether the answer is for intelligence, as a lead, or as evidence."""
    del basis
    known = facts.word("use") in ("intelligence", "lead", "evidence")
    return stated(USE, present=known, path=facts.at("use"))


@rule(cites=ANNEX, since=ADOPTED, kinds=UNDER_ART40)
def earlier_material_is_annexed_with_consent(facts: Facts, basis: Basis) -> Judgement | None:
    """What came before from police, or unasked, is annexed to a judicial request only with consent."""
    if not facts.said("earlier_requests"):
        return None
    return for_a_person(reason(ART40_P5, "LAW-463", party=basis.requested))


@rule(cites=ART40_P20, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.CONFIDENTIALITY)
def confidentiality_is_required_where_needed(facts: Facts, basis: Basis) -> Judgement:
    """Where it is needed, the request requires secrecy; when that ends, whom it concerns can be told."""
    del basis
    if not facts.secrecy:
        return for_a_person(reason(ART40_P20, "LAW-134"), cures=[cure("LAW-301", facts.at("secrecy"))])
    until = facts.secrecy_until
    due = [reason(NOTICE, "LAW-464", day=until.isoformat())] if until else []
    return met(reason(ART40_P20, "LAW-101"), *due)


@rule(cites=ART40_P22, since=ADOPTED, kinds=PERSECUTION)
def persecution_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether anyone is sought for an opinion, origin, faith or the like is answered by a person, always.

    Consultation on this is off unless a lawyer turns it on: it can tell a persecutor who is protected.
    """
    del basis
    # Only what is a ground for the kind is cited as one.
    anchor = ART40_P22 if facts.kind in GROUND_OF else "hanoi_2024/art6.p2"
    return for_a_person(reason(anchor, "LAW-150"))


@rule(cites=ART40_P30, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.COSTS)
def costs_beyond_the_ordinary_are_spoken_of(facts: Facts, basis: Basis) -> Judgement | None:
    """Ordinary costs fall on the requested Party; where more is to be expected, the request speaks of it."""
    del basis
    costly = [item for item in facts.items if item.category in COSTLY]
    if not costly:
        return None
    path = facts.at("assistance/expenses")
    if facts.said("assistance/expenses"):
        return met(reason(ART40_P30, "LAW-101"))
    return for_a_person(
        *(reason(ART40_P30, "LAW-459", item=item.number) for item in costly), cures=[cure("LAW-301", path)]
    )
