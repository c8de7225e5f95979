"""Predicted refusals: the wrong desk, and a text that nobody there reads.

What the register says of the two authorities is handed in; without it both questions are for a person.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, UNDER_ART40
from rogatory.law.hanoi_2024.practice_lint_fitting import ALL
from rogatory.law.reading_texts import language_of
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

TRANSLATION: Final = "hanoi_2024/prac.translation"
CENTRAL: Final = "hanoi_2024/chan.central_authority"
NETWORK: Final = "hanoi_2024/chan.poc_24_7"
EXTRADITION: Final = "hanoi_2024/chan.extradition_authority"
POLICE: Final = "hanoi_2024/chan.police"
# An institution that is designated as a central authority; police and services are not, as a rule.
CENTRAL_NATURES: Final = ("ministry", "prosecutor", "judiciary")
BY_CENTRAL_AUTHORITY: Final = (
    *("stored_data", "realtime_traffic", "content_interception", "mutual_assistance"),
    *("proceedings_transfer", "sentenced_transfer", "property"),
)
BY_NETWORK: Final = ("preservation", "provider_location", "advice", "emergency_data")


@rule(cites="hanoi_2024/art40.p12", since=ADOPTED, kinds=BY_CENTRAL_AUTHORITY, matter=Matter.CHANNEL)
def assistance_goes_between_central_authorities(facts: Facts, basis: Basis) -> Judgement:
    """Assistance is asked of the central authority, by the central authority."""
    del basis
    return _goes_to(facts, CENTRAL, CENTRAL_NATURES)


@rule(cites="hanoi_2024/art41.p1", since=ADOPTED, kinds=BY_NETWORK, matter=Matter.NETWORK)
def the_network_is_asked_for_what_it_does(facts: Facts, basis: Basis) -> Judgement | None:
    """Preservation, location, advice and emergency data are asked of a point of contact that takes them."""
    del basis
    # That a person looks for the point of contact is said of the other kinds by the rules on art. 41.
    if facts.kind != "preservation" and not (facts.to_desk.nature or facts.to_desk.kinds):
        return None
    return _goes_to(facts, NETWORK, (*CENTRAL_NATURES, "police"))


@rule(cites="hanoi_2024/art37.p19", since=ADOPTED, kinds=("extradition",), matter=Matter.EXTRADITION)
def extradition_goes_to_its_authority(facts: Facts, basis: Basis) -> Judgement:
    """Extradition is asked of the authority that the Party named for it."""
    del basis
    return _goes_to(facts, EXTRADITION, CENTRAL_NATURES)


@rule(
    cites="hanoi_2024/art47.p1",
    since=ADOPTED,
    kinds=("police_cooperation", "joint_investigation"),
    matter=Matter.POLICE,
)
def police_cooperation_goes_between_services(facts: Facts, basis: Basis) -> Judgement:
    """Police cooperation is asked of a service that enforces the law."""
    del basis
    return _goes_to(facts, POLICE, ("police", "prosecutor", "ministry", "judiciary"))


@rule(cites=TRANSLATION, since=ADOPTED, kinds=ALL)
def each_text_is_in_a_language_that_is_taken(facts: Facts, basis: Basis) -> Judgement | None:
    """Each text stands in a language that the recipient takes, or is translated into one by a person.

    Where the register does not say what the recipient takes, what its Party notified is looked at.
    """
    taken = {language_of(tag) for tag in facts.to_desk.languages or basis.answer(Matter.LANGUAGE).languages}
    # Of the kinds under art. 40, the rule on art. 40(13) asks a person where nobody knows.
    if not facts.spoken or (not taken and facts.kind in UNDER_ART40):
        return None
    if not taken:
        return for_a_person(reason(TRANSLATION, "LAW-685"))
    closed = [each for each in facts.spoken if not each.languages & taken]
    if closed:
        shown = reason(TRANSLATION, "LAW-686", texts=len(closed), of=len(facts.spoken))
        return not_met([shown], [cure("LAW-384", each.path) for each in closed])
    rough = [each for each in facts.spoken if not (each.languages - each.machine) & taken]
    if rough:
        shown = reason(TRANSLATION, "LAW-687", texts=len(rough))
        return for_a_person(shown, cures=[cure("LAW-384", each.path) for each in rough])
    return met(reason(TRANSLATION, "LAW-101"))


def _goes_to(facts: Facts, channel: str, natures: tuple[str, ...]) -> Judgement:
    """Judge the recipient by what it takes and what it is, then the sender by what it is."""
    to, sender = facts.to_desk, facts.from_desk
    if to.kinds and facts.kind not in to.kinds:
        return not_met([reason(channel, "LAW-681", kind=facts.kind)], [cure("LAW-389", "/to")])
    if not to.nature:
        return for_a_person(reason(channel, "LAW-680"))
    if to.nature not in natures:
        return not_met([reason(channel, "LAW-682", nature=to.nature)], [cure("LAW-389", "/to")])
    if sender.nature and sender.nature not in natures:
        return for_a_person(reason(channel, "LAW-683", nature=sender.nature))
    return met(reason(channel, "LAW-684"))
