"""Article 50: cooperation for the purposes of confiscation. Routes, contents, refusal, lifting.

Para. 3 asks for contents beside those of art. 40(15), and for other ones on each route: (a) a confiscation
that the requested Party orders itself, (b) the execution of an order of the requesting Party, (c) tracing,
freezing and seizure.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._property import (
    CONFISCATION,
    PROVISIONAL,
    RETURN,
    TRACING,
    asks_for,
    order_is_meant,
    order_members,
)
from rogatory.law.hanoi_2024._say import ADOPTED, PROPERTY, all_stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART50_P1: Final = "hanoi_2024/art50.p1"
ART50_P1_A: Final = "hanoi_2024/art50.p1.a"
ART50_P1_B: Final = "hanoi_2024/art50.p1.b"
ART50_P2: Final = "hanoi_2024/art50.p2"
ART50_P3_A: Final = "hanoi_2024/art50.p3.a"
ART50_P3_B: Final = "hanoi_2024/art50.p3.b"
ART50_P3_C: Final = "hanoi_2024/art50.p3.c"
ART50_P7: Final = "hanoi_2024/art50.p7"
ART50_P8: Final = "hanoi_2024/art50.p8"
ART50_P9: Final = "hanoi_2024/art50.p9"
VALUE: Final = "property/value/value"
FINALITY: Final = "property/order_final"
# Art. 50(7) speaks of the property, so it is read wherever property is to be touched.
TOUCHED: Final = (*PROVISIONAL, *CONFISCATION)


@rule(cites=ART50_P1, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_route_of_a_confiscation_is_clear(facts: Facts, basis: Basis) -> Judgement | None:
    """A confiscation goes by one of two routes: an order is executed, or one is made there."""
    del basis
    if not asks_for(facts, CONFISCATION):
        return None
    if order_is_meant(facts):
        return met(reason(ART50_P1_B, "LAW-615"))
    if facts.said("property/facts_for_order"):
        return met(reason(ART50_P1_A, "LAW-616"))
    return not_met([reason(ART50_P1, "LAW-614")], [cure("LAW-379", facts.at("property/order"))])


@rule(cites=ART50_P1, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_property_is_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The property is in the requested Party; where it is believed to be elsewhere, look again."""
    placed = [(item, item.identifier_party or item.provider_party) for item in facts.items]
    elsewhere = [(item, party) for item, party in placed if party not in ("", basis.requested)]
    if elsewhere:
        return for_a_person(
            *(reason(ART50_P1, "LAW-633", item=item.number, party=party) for item, party in elsewhere)
        )
    return met(reason(ART50_P1, "LAW-101")) if placed and all(party for _, party in placed) else None


@rule(cites=ART50_P3_A, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_property_and_the_facts_for_an_order_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """For an order of the requested Party: the property, its place and value if known, the facts."""
    del basis
    if not asks_for(facts, CONFISCATION) or order_is_meant(facts):
        return None
    wanted = [item for item in facts.items if item.category in CONFISCATION]
    path = facts.at("property/facts_for_order")
    owed = [(facts.said("property/facts_for_order"), path)]
    owed += [(item.identifier or item.described, f"{item.path}/identifier") for item in wanted]
    if not all(present for present, _ in owed):
        return all_stated(ART50_P3_A, owed)
    # Place and value are owed as far as possible only; whether more is known is for a person.
    placeless = [item for item in wanted if not (item.identifier_party or item.provider_party)]
    unknown = [
        (reason(ART50_P3_A, "LAW-617", item=each.number), f"{each.path}/provider") for each in placeless
    ]
    if not facts.said(VALUE):
        unknown.append((reason(ART50_P3_A, "LAW-618"), facts.at("property/value")))
    if unknown:
        cures = [cure("LAW-301", where) for _, where in unknown]
        return for_a_person(*(each for each, _ in unknown), cures=cures)
    return met(reason(ART50_P3_A, "LAW-101"))


@rule(cites=ART50_P3_B, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_order_its_extent_and_third_parties_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """For the execution of an order: the order, the facts, its extent, and steps for third parties."""
    del basis
    if not asks_for(facts, CONFISCATION) or not order_is_meant(facts):
        return None
    return all_stated(
        ART50_P3_B,
        [
            *order_members(facts),
            (facts.facts, facts.at("facts")),
            (facts.said(VALUE) or facts.said("property/actions"), facts.at("property/actions")),
            (facts.said("property/third_parties"), facts.at("property/third_parties")),
        ],
    )


@rule(cites=ART50_P3_B, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_order_of_confiscation_is_final(facts: Facts, basis: Basis) -> Judgement | None:
    """An order of confiscation that is to be executed is stated to be final."""
    del basis
    if not asks_for(facts, CONFISCATION) or not order_is_meant(facts):
        return None
    answer, path = facts.word(FINALITY), facts.at(FINALITY)
    if answer == "yes":
        return met(reason(ART50_P3_B, "LAW-101"))
    if answer == "unknown":
        return for_a_person(reason(ART50_P3_B, "LAW-620"), cures=[cure("LAW-301", path)])
    if answer == "no":
        return not_met([reason(ART50_P3_B, "LAW-619")], [cure("LAW-373", path)])
    return all_stated(ART50_P3_B, [(False, path)])


@rule(cites=ART50_P3_C, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def the_facts_and_the_actions_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """For tracing, freezing and seizure: the facts relied on, and a description of the actions asked for."""
    del basis
    if not asks_for(facts, (*TRACING, *PROVISIONAL)):
        return None
    relied_on = facts.facts or facts.said("property/facts_for_order")
    actions = (facts.said("property/actions"), facts.at("property/actions"))
    return all_stated(ART50_P3_C, [(relied_on, facts.at("facts")), actions])


@rule(cites=ART50_P7, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def evidence_in_time_and_small_value_are_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Whether the evidence is sufficient and in time, and the value above the least, is for a person.

    Cooperation may be refused on this alone, and provisional measures lifted. No sum is fixed by the treaty.
    """
    del basis
    if not asks_for(facts, TOUCHED):
        return None
    shown = reason(ART50_P7, "LAW-621")
    if facts.said(VALUE):
        return for_a_person(shown)
    cures = [cure("LAW-301", facts.at("property/value"))]
    return for_a_person(shown, reason(ART50_P7, "LAW-622"), cures=cures)


@rule(cites=ART50_P8, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def a_provisional_measure_is_not_lifted_unheard(facts: Facts, basis: Basis) -> Judgement | None:
    """Before a freezing or a seizure is lifted, the requesting Party is heard, wherever that is possible."""
    del basis
    if not asks_for(facts, PROVISIONAL):
        return None
    return for_a_person(reason(ART50_P8, "LAW-623"))


@rule(cites=ART50_P9, since=ADOPTED, kinds=PROPERTY, matter=Matter.PROPERTY)
def third_parties_in_good_faith_are_thought_of(facts: Facts, basis: Basis) -> Judgement | None:
    """Where property is touched or returned, the request speaks of third parties in good faith."""
    del basis
    if not asks_for(facts, (*TOUCHED, *RETURN)):
        return None
    path = facts.at("property/third_parties")
    if facts.said("property/third_parties"):
        return met(reason(ART50_P9, "LAW-728"))
    return for_a_person(reason(ART50_P9, "LAW-624"), cures=[cure("LAW-301", path)])
