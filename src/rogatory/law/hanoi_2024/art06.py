"""Article 6: nothing in the Convention permits suppressing rights. Who was harmed; is the suspect a child.

No list of sensitive persons is kept, and none of these rules says that a case is harmless.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, EVERY, JOINT, POLICE, REMOVAL, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, reason, rule

ART6_P2: Final = "hanoi_2024/art6.p2"
VICTIM: Final = "hanoi_2024/prac.victim"
MINOR: Final = "hanoi_2024/prac.minor"
# Kinds that rest on an offence and concern a suspect.
ON_A_SUSPECT: Final = (
    *("preservation", "stored_data", "realtime_traffic", "content_interception", "mutual_assistance"),
    *("extradition", "proceedings_transfer", "property"),
)


@rule(cites=VICTIM, since=ADOPTED, kinds=EVERY)
def a_state_or_official_victim_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the victim is the State or an official, a person asks whether dissent is dressed as crime."""
    del basis
    if facts.victim not in ("state", "official"):
        return None
    return for_a_person(reason(ART6_P2, "LAW-151", victim=facts.victim))


@rule(cites=VICTIM, since=ADOPTED, kinds=ON_A_SUSPECT)
def the_harm_and_the_victim_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says who was harmed and how; where it cannot, a person asks what the crime is."""
    del basis
    if facts.victim == "none_identified":
        return for_a_person(reason(ART6_P2, "LAW-471"))
    given = {"victim": bool(facts.victim), "harm": facts.said("offence/harm")}
    absent = [member for member, present in given.items() if not present]
    if not absent:
        return met(reason(VICTIM, "LAW-101"))
    return for_a_person(
        *(reason(VICTIM, "LAW-470", member=member) for member in absent),
        cures=[cure("LAW-301", facts.at(f"offence/{member}")) for member in absent],
    )


@rule(cites=MINOR, since=ADOPTED, kinds=(*ON_A_SUSPECT, *POLICE, *JOINT, *REMOVAL))
def a_minor_is_asked_about(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether the suspect is a minor; if so or unknown, a person looks at what follows."""
    del basis
    if facts.minor == "no":
        return met(reason(MINOR, "LAW-101"))
    if facts.minor in ("yes", "unknown"):
        return for_a_person(reason("hanoi_2024/art21.p7", "LAW-152", answer=facts.minor))
    return stated(MINOR, present=False, path=facts.at("suspect_is_minor"))
