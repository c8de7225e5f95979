"""Practice: what a question to the network needs, so that whoever is awake can answer it at once."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, ADVICE, INQUIRY, PROVIDER_LOCATION, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

QUESTION: Final = "hanoi_2024/prac.question"
ADDRESS_TIME: Final = "hanoi_2024/prac.address_time"
ANSWER_BY: Final = "hanoi_2024/prac.answer_time"


@rule(cites=QUESTION, since=ADOPTED, kinds=ADVICE)
def the_question_is_put(facts: Facts, basis: Basis) -> Judgement:
    """The request puts its question in words; advice answers a question."""
    del basis
    return stated(QUESTION, present=facts.said("inquiry/question"), path=facts.at("inquiry/question"))


@rule(cites=ADDRESS_TIME, since=ADOPTED, kinds=PROVIDER_LOCATION)
def an_address_has_its_time(facts: Facts, basis: Basis) -> Judgement | None:
    """An internet address says when it was seen: blocks of addresses pass from one provider to another."""
    del basis
    addresses = [item for item in facts.items if item.shared_address or item.identifier_kind == "ip_address"]
    timeless = [item for item in addresses if item.period is None or item.period.words]
    if timeless:
        return not_met(
            [reason(ADDRESS_TIME, "LAW-430", item=item.number) for item in timeless],
            [cure("LAW-309", f"{item.path}/period") for item in timeless],
        )
    return met(reason(ADDRESS_TIME, "LAW-101")) if addresses else None


@rule(cites=ANSWER_BY, since=ADOPTED, kinds=INQUIRY)
def it_says_by_when_an_answer_helps(facts: Facts, basis: Basis) -> Judgement:
    """The request says by when an answer still helps; without that, a person decides what can wait."""
    wanted, path = facts.instant("inquiry/answer_by"), facts.at("inquiry/answer_by")
    if wanted is None:
        return for_a_person(reason(ANSWER_BY, "LAW-427"), cures=[cure("LAW-301", path)])
    if wanted < facts.issued if facts.issued else wanted.date() < basis.on:
        shown = reason(ANSWER_BY, "LAW-428", day=wanted.date().isoformat())
        return not_met([shown], [cure("LAW-310", path)])
    return met(reason(ANSWER_BY, "LAW-101"))
