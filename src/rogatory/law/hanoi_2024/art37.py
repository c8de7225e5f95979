"""Article 37: extradition, and provisional arrest (para. 10).

The Convention lists no contents for such a request; the law of the requested Party, and any treaty between
the two, do that (para. 8). What practice asks is in ``practice_extradition.py``. These rules say where a
paragraph bites; that the Convention alone opens extradition for its own offences is the gate of art. 35.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.finding import Reason
from rogatory.law.hanoi_2024._say import ADOPTED, EXTRADITION
from rogatory.law.hanoi_2024.art35 import highest_penalty, named_offences
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

PRESENT: Final = "hanoi_2024/art37.p1.present"
PUNISHABLE: Final = "hanoi_2024/art37.p1.punishable"
ART37_P3: Final = "hanoi_2024/art37.p3"
ART37_P4: Final = "hanoi_2024/art37.p4"
ART37_P5: Final = "hanoi_2024/art37.p5"
ART37_P8: Final = "hanoi_2024/art37.p8"
ART37_P10: Final = "hanoi_2024/art37.p10"
ART37_P11: Final = "hanoi_2024/art37.p11"
ART37_P12: Final = "hanoi_2024/art37.p12"
ART37_P13: Final = "hanoi_2024/art37.p13"
ART37_P14: Final = "hanoi_2024/art37.p14"
ART37_P15: Final = "hanoi_2024/art37.p15"
ART37_P16: Final = "hanoi_2024/art37.p16"
# Where another convention asked its Parties the question of para. 6, the answer given there is a hint.
ASKED_ELSEWHERE: Final = frozenset(("untoc/art16.p5.a",))
ARREST: Final = "provisional_arrest"


@rule(cites=PRESENT, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def the_person_is_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """The person sought is in the requested Party; where another Party is named, or none, look again."""
    elsewhere = [item for item in facts.items if item.identifier_party not in ("", basis.requested)]
    unsaid = [item for item in facts.items if not item.identifier_party]
    if elsewhere or unsaid:
        return for_a_person(
            *(
                reason(PRESENT, "LAW-550", item=each.number, party=each.identifier_party)
                for each in elsewhere
            ),
            *(reason(PRESENT, "LAW-551", item=each.number, party=basis.requested) for each in unsaid),
            cures=[cure("LAW-301", f"{each.path}/identifier/party") for each in (*elsewhere, *unsaid)],
        )
    return met(reason(PRESENT, "LAW-552", party=basis.requested)) if facts.items else None


@rule(cites=PUNISHABLE, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def punishability_in_both_parties_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the conduct is punishable in both Parties is for a lawyer of each, with what each reserved.

    Para. 2 lets a Party whose law permits it extradite all the same.
    """
    return for_a_person(
        reason(PUNISHABLE, "LAW-553", one=basis.requesting, other=basis.requested),
        *reserved(facts, basis),
        reason("hanoi_2024/art35.p3", "LAW-106"),
        reason("hanoi_2024/art37.p2", "LAW-106"),
    )


def reserved(facts: Facts, basis: Basis) -> Iterator[Reason]:
    """Return, for each Party, what it reserved that touches extradition or an offence that is named."""
    touching = {"hanoi_2024/art37", "hanoi_2024/art35", *named_offences(facts)}
    for party, provisions in basis.reserved.items():
        for each in sorted(provisions):
            key, _, name = each.partition("/")
            article = name.partition(".")[0]
            if f"{key}/{article}" in touching:
                yield reason(each, "LAW-123", party=party, article=instruments.citation(name))


@rule(cites=ART37_P3, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def further_offences_are_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Where more penal provisions are charged than Convention offences named, a person looks at the rest.

    Surrender for one offence opens no other: what is no Convention offence comes along only under para. 3,
    where its short term of imprisonment is all that bars it, or under another treaty.
    """
    del basis
    charged, named = len(facts.provisions), len(named_offences(facts))
    if charged <= named or not named:
        return None
    return for_a_person(reason(ART37_P3, "LAW-554", charged=charged, named=named))


@rule(cites=ART37_P5, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def the_basis_of_extradition_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """A lawyer finds on what extradition rests: a treaty of the pair, the Convention, or domestic law.

    1. A treaty of extradition between the two takes in the offences of the Convention (para. 4).
    2. A Party that needs a treaty told, with its deposit, whether the Convention is one to it (para. 6).
    3. What it told under another convention, where its like was asked, is a hint and no answer.
    """
    del facts
    treaties = [f"{key}/ext.treaty" for key in basis.bonds if instruments.exists(f"{key}/ext.treaty")]
    if treaties:
        first = [reason(each, "LAW-569") for each in treaties]
    else:
        first = [reason(ART37_P4, "LAW-555", one=basis.requesting, other=basis.requested)]
    told = [each for each in basis.answer(Matter.EXTRADITION).bearing if _of(each) == basis.requested]
    if told:
        second = [reason(each, "LAW-556", party=basis.requested) for each in told]
    else:
        second = [reason("hanoi_2024/art37.p6.a", "LAW-557", party=basis.requested)]
    return for_a_person(*first, *second, *hints(basis.requested, told))


def hints(party: str, told: list[str]) -> Iterator[Reason]:
    """Return what a Party told under other conventions on whether it extradites without a treaty."""
    for relation in instruments.relations():
        for each in relation.communications:
            if each.party == party and ASKED_ELSEWHERE & set(each.provisions) and each.ref not in told:
                yield reason(each.ref, "LAW-558", party=party, instrument=relation.key)


def _of(communication: str) -> str:
    return str(instruments.entry(communication).values["party"])


@rule(cites=ART37_P8, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def the_conditions_of_the_requested_party_are_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Minimum penalty, grounds of refusal, speciality: the requested Party's law, which a lawyer reads."""
    months = highest_penalty(facts)
    if months is None:
        return for_a_person(reason(ART37_P8, "LAW-559", party=basis.requested))
    return for_a_person(reason(ART37_P8, "LAW-560", party=basis.requested, months=months))


@rule(cites=ART37_P10, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def provisional_arrest_has_its_urgency(facts: Facts, basis: Basis) -> Judgement | None:
    """Where provisional arrest is asked for, the request says why it cannot wait; a person judges it.

    It may go through INTERPOL. Custody before the documents are seen is never a matter of course.
    """
    del basis
    if not any(item.category == ARREST for item in facts.items):
        return None
    if facts.said("extradition/urgency_reason"):
        return for_a_person(reason(ART37_P10, "LAW-561"))
    return not_met([reason(ART37_P10, "LAW-562")], [cure("LAW-301", facts.at("extradition/urgency_reason"))])


@rule(cites=ART37_P11, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def a_national_of_the_requested_party_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """A national who is not extradited is prosecuted at home if asked, or serves the sentence there.

    Extradite or prosecute: para. 11 for prosecution, para. 13 for a sentence; para. 12 lets a Party surrender
    on the condition that the person comes back to serve the sentence.
    """
    nationals = [item for item in facts.items if item.nationality == basis.requested]
    unsaid = [item for item in facts.items if not item.nationality]
    if nationals:
        serving = facts.word("extradition/stage") == "sentence"
        first = (ART37_P13, "LAW-564") if serving else (ART37_P11, "LAW-563")
        return for_a_person(
            *(reason(*first, item=each.number, party=basis.requested) for each in nationals),
            reason(ART37_P12, "LAW-106"),
        )
    if unsaid:
        return for_a_person(
            *(reason(ART37_P11, "LAW-565", item=each.number, party=basis.requested) for each in unsaid),
            cures=[cure("LAW-301", f"{each.path}/identifier/nationality") for each in unsaid],
        )
    return met(reason(ART37_P11, "LAW-566", party=basis.requested)) if facts.items else None


@rule(cites=ART37_P14, since=ADOPTED, kinds=EXTRADITION)
def fair_treatment_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the person is treated fairly, with every right of the law of the place, is for a person."""
    del facts, basis
    return for_a_person(reason(ART37_P14, "LAW-567"))


@rule(cites=ART37_P15, since=ADOPTED, kinds=EXTRADITION)
def persecution_by_extradition_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether anyone is sought for an opinion, origin, faith or the like is answered by a person, always.

    Consultation on this is off unless a lawyer turns it on: it can tell a persecutor who is protected.
    """
    del facts, basis
    return for_a_person(reason(ART37_P15, "LAW-150"))


@rule(cites=ART37_P16, since=ADOPTED, kinds=EXTRADITION, matter=Matter.EXTRADITION)
def fiscal_matters_alone_are_no_ground(facts: Facts, basis: Basis) -> Judgement:
    """That the offence also involves fiscal matters is by itself no ground of refusal."""
    del facts, basis
    return met(reason(ART37_P16, "LAW-568"))
