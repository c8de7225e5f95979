"""Entry into force: is there an instrument at all between these Parties on this day?"""

from __future__ import annotations

from rogatory.law.basis import Basis, Matter, State
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART65_P1 = "hanoi_2024/art65.p1"
ASKED = {
    "preservation": (Matter.PRESERVATION,),
    "stored_data": (Matter.STORED_DATA, Matter.CONTENTS),
    "realtime_traffic": (Matter.REALTIME_TRAFFIC, Matter.CONTENTS),
    "content_interception": (Matter.INTERCEPTION, Matter.CONTENTS),
    "provider_location": (Matter.NETWORK,),
    "advice": (Matter.NETWORK,),
    "emergency_data": (Matter.EMERGENCY,),
    "extradition": (Matter.EXTRADITION,),
    "sentenced_transfer": (Matter.TRANSFER_OF_PERSONS,),
    "proceedings_transfer": (Matter.TRANSFER_OF_PROCEEDINGS,),
    "police_cooperation": (Matter.POLICE,),
    "joint_investigation": (Matter.JOINT_INVESTIGATION,),
    "property": (Matter.PROPERTY, Matter.CONTENTS),
}


@rule(cites=ART65_P1, since=ADOPTED, kinds=tuple(ASKED))
def an_instrument_binds_the_parties(facts: Facts, basis: Basis) -> Judgement:
    """The request rests on an instrument that binds both Parties on its day."""
    answers = [basis.answer(matter) for matter in ASKED[facts.kind]]
    if any(answer.state is State.NONE for answer in answers):
        reasons = [each for answer in answers if answer.state is State.NONE for each in answer.reasons]
        return not_met(reasons, [cure("LAW-303", "/instrument")])
    unknown = [answer for answer in answers if answer.state is State.UNKNOWN]
    if unknown:
        return for_a_person(*(each for answer in unknown for each in answer.reasons))
    governing = [reason(ART65_P1, "LAW-115", instrument=str(answer.governing)) for answer in answers]
    # An assumption is said aloud beside every answer that rests on it.
    return met(*governing[:1], *answers[0].reasons)
