"""Predicted refusals: texts that say nothing, such as "see annex", and conduct that is only a label."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED
from rogatory.law.hanoi_2024.practice_lint_fitting import ALL
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

WORDS: Final = "hanoi_2024/prac.words"
# What must be told as it happened; elsewhere a word or two can be an answer.
TOLD: Final = ("/offence/conduct", "/facts", "/purpose", "/emergency/danger", "/property/facts_for_order")


@rule(cites=WORDS, since=ADOPTED, kinds=ALL)
def each_text_says_something(facts: Facts, basis: Basis) -> Judgement | None:
    """Each text says something by itself: an annex does not travel with it, and a label is no conduct."""
    del basis
    if not facts.spoken:
        return None
    hollow = [each for each in facts.spoken if each.hollow]
    if hollow:
        shown = reason(WORDS, "LAW-689", texts=len(hollow), of=len(facts.spoken))
        return not_met([shown], [cure("LAW-301", each.path) for each in hollow])
    labels = [each for each in facts.spoken if each.short and each.path.endswith(TOLD)]
    if labels:
        shown = reason(WORDS, "LAW-690", texts=len(labels))
        return for_a_person(shown, cures=[cure("LAW-301", each.path) for each in labels])
    return met(reason(WORDS, "LAW-101"))
