"""Practice: what a request for extradition or provisional arrest needs, since art. 37 lists no contents."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import LIFE, Facts, Item
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    EXTRADITION,
    SENTENCED_TRANSFER,
    all_stated,
    no_items,
    stated,
)
from rogatory.law.hanoi_2024.art35 import highest_penalty
from rogatory.law.hanoi_2024.art37 import ARREST
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

IDENTITY: Final = "hanoi_2024/prac.person_identity"
STAGE: Final = "hanoi_2024/prac.extradition_stage"
ORDER: Final = "hanoi_2024/prac.extradition_order"
SENTENCE: Final = "hanoi_2024/prac.extradition_sentence"
DOCUMENTS: Final = "hanoi_2024/prac.extradition_documents"
DOCUMENTS_DAY: Final = "hanoi_2024/prac.extradition_documents_day"
ABSENCE: Final = "hanoi_2024/prac.extradition_absence"
LIMITATION: Final = "hanoi_2024/prac.extradition_limitation"
ASSURANCES: Final = "hanoi_2024/prac.extradition_assurances"
STAGES: Final = ("prosecution", "sentence")
SENTENCES: Final = ("term", "life", "death")
# A document tells one person from another by itself; a day of birth or a nationality alone does not.
PAIR: Final = frozenset(("born", "nationality"))


@rule(cites=IDENTITY, since=ADOPTED, kinds=(*EXTRADITION, *SENTENCED_TRANSFER))
def the_person_is_told_from_others_of_that_name(facts: Facts, basis: Basis) -> Judgement | None:
    """Each person is named with a document, or with day of birth and nationality; a name is ambiguous."""
    del basis
    if not facts.items:
        return no_items(facts, IDENTITY)
    # What is no person at all is another fault, and another rule says it.
    people = [item for item in facts.items if item.identifier_kind in ("", "person")]
    faults = [(item, code) for item in people if (code := _fault(item))]
    if faults:
        return not_met(
            [reason(IDENTITY, code, item=item.number) for item, code in faults],
            [cure("LAW-360", f"{item.path}/identifier") for item, _ in faults],
        )
    thin = [item for item in people if not _told_apart(item)]
    if thin:
        return for_a_person(
            *(reason(IDENTITY, "LAW-572", item=item.number) for item in thin),
            cures=[cure("LAW-360", f"{item.path}/identifier") for item in thin],
        )
    return met(reason(IDENTITY, "LAW-101")) if people else None


def _fault(item: Item) -> str | None:
    if not item.identifier:
        return "LAW-570"
    return None if item.identifier_members & {"document", *PAIR} else "LAW-571"


def _told_apart(item: Item) -> bool:
    return "document" in item.identifier_members or item.identifier_members >= PAIR


@rule(cites=STAGE, since=ADOPTED, kinds=EXTRADITION)
def prosecution_or_sentence_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says whether the person is sought for prosecution or to serve a sentence."""
    del basis
    path = facts.at("extradition/stage")
    return stated(STAGE, present=facts.word("extradition/stage") in STAGES, path=path)


@rule(cites=ORDER, since=ADOPTED, kinds=EXTRADITION)
def the_warrant_or_the_judgment_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the warrant or the judgment: authority, reference and date."""
    del basis
    return stated(ORDER, present=facts.ordered("extradition/order"), path=facts.at("extradition/order"))


@rule(cites=SENTENCE, since=ADOPTED, kinds=EXTRADITION)
def the_sentence_and_what_remains_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the person is to serve a sentence, the request states it and what remains of it."""
    del basis
    if facts.word("extradition/stage") != "sentence":
        return None
    imposed = facts.word("extradition/sentence")
    whole, rest = facts.number("extradition/sentence_months"), facts.number("extradition/remaining_months")
    # A sentence for life, or of death, has no months to count.
    counted = imposed not in ("life", "death")
    if counted and whole is not None and rest is not None and rest > whole:
        shown = reason(SENTENCE, "LAW-573", months=rest, whole=whole)
        return not_met([shown], [cure("LAW-301", facts.at("extradition/remaining_months"))])
    return all_stated(
        SENTENCE,
        (
            (imposed in SENTENCES, facts.at("extradition/sentence")),
            (whole is not None or not counted, facts.at("extradition/sentence_months")),
            (rest is not None or not counted, facts.at("extradition/remaining_months")),
        ),
    )


@rule(cites=DOCUMENTS, since=ADOPTED, kinds=EXTRADITION)
def the_supporting_documents_are_named(facts: Facts, basis: Basis) -> Judgement | None:
    """The request names the documents that support it; where arrest alone is asked for, they follow."""
    del basis
    if facts.items and all(item.category == ARREST for item in facts.items):
        return None
    path = facts.at("extradition/documents")
    return stated(DOCUMENTS, present=facts.said("extradition/documents"), path=path)


@rule(cites=DOCUMENTS_DAY, since=ADOPTED, kinds=EXTRADITION)
def the_documents_have_their_day(facts: Facts, basis: Basis) -> Judgement | None:
    """Where provisional arrest is asked for, the request says by which day its documents follow.

    The person is freed if they do not come in time; the time is the requested Party's, 40 days by the model
    treaty of the United Nations.
    """
    if not any(item.category == ARREST for item in facts.items):
        return None
    by, path = facts.day("extradition/documents_by"), facts.at("extradition/documents_by")
    if by is None:
        return stated(DOCUMENTS_DAY, present=False, path=path)
    if by < basis.on:
        return not_met([reason(DOCUMENTS_DAY, "LAW-574", day=by.isoformat())], [cure("LAW-310", path)])
    days = int(str(instruments.entry(DOCUMENTS_DAY).values["value"]))
    if by - basis.on > timedelta(days=days):
        return for_a_person(reason(DOCUMENTS_DAY, "LAW-575", day=by.isoformat(), days=days))
    return met(reason(DOCUMENTS_DAY, "LAW-101"))


@rule(cites=ABSENCE, since=ADOPTED, kinds=EXTRADITION)
def judgment_in_absence_is_looked_at(facts: Facts, basis: Basis) -> Judgement | None:
    """The request says whether judgment was given in absence; if so, a person looks at the new hearing."""
    del basis
    answer = facts.word("extradition/in_absence")
    if answer in ("yes", "unknown"):
        shown = reason(ABSENCE, "LAW-576", answer=answer)
        # What assures a new hearing stands beside the other assurances.
        assured = facts.said("extradition/assurances")
        return for_a_person(
            shown, cures=[] if assured else [cure("LAW-361", facts.at("extradition/assurances"))]
        )
    if facts.word("extradition/stage") != "sentence":
        return None
    return stated(ABSENCE, present=answer == "no", path=facts.at("extradition/in_absence"))


@rule(cites=LIMITATION, since=ADOPTED, kinds=EXTRADITION)
def the_time_limit_of_prosecution_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says when prosecution or the sentence lapses; whether it has is judged under both laws."""
    del basis
    path = facts.at("extradition/limitation")
    return stated(LIMITATION, present=facts.said("extradition/limitation"), path=path)


@rule(cites=ASSURANCES, since=ADOPTED, kinds=EXTRADITION)
def death_or_life_asks_for_assurances(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the penalty may be death, or for life, a person looks at the assurances that are given."""
    gravest = facts.word("extradition/sentence") in ("life", "death") or highest_penalty(facts) == LIFE
    if not gravest:
        return None
    if facts.said("extradition/assurances"):
        return for_a_person(reason(ASSURANCES, "LAW-577", party=basis.requested))
    path = facts.at("extradition/assurances")
    return for_a_person(reason(ASSURANCES, "LAW-578", party=basis.requested), cures=[cure("LAW-361", path)])
