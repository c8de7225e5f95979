"""The gate: articles 3 and 35, with the definition of serious crime in 2(h) and the scope of 40(1).

A Convention offence opens every form of cooperation; a serious crime that is none opens electronic evidence
only (art. 35(1)(c), art. 40(1)). Which gate opens which form is data: ``instruments/.../indexes/gates.yaml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rogatory import instruments, statements
from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.finding import Cure
from rogatory.law.hanoi_2024._say import ADOPTED, UNDER_ART40
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

GATE: Final = "hanoi_2024/art35.p1"
CONVENTION_OFFENCE: Final = ("hanoi_2024/art35.p1.a", "hanoi_2024/art35.p1.b")
SERIOUS_CRIME: Final = ("hanoi_2024/art35.p1.c",)
ARTICLE: Final = re.compile(
    r"(?:hanoi_2024/)?(?:art(?:icle|\.)?\s*)?(?P<number>\d{1,2})(?P<rest>\D.*)?", re.IGNORECASE | re.DOTALL
)
OTHER_LAW: Final = re.compile(
    r"\b(?:law|act|codes?|decree|ordinance|loi|décret|ley|código|lei|gesetz|stgb|budapest|ets|untoc)\b|[0-9]{3}",
    re.IGNORECASE,
)


@cache
def forms() -> dict[str, frozenset[str]]:
    """Return which gates open which form of cooperation; a form is named as a kind of request."""
    rows = instruments.index("hanoi_2024", "gates")
    return {row.id.removeprefix("gate."): frozenset(row.links["opened_by"]) for row in rows}


@cache
def offence_articles() -> frozenset[str]:
    """Return the articles that establish Convention offences (7 to 17 and 19)."""
    rows = instruments.index("hanoi_2024", "offences")
    own = [row for row in rows if row.values.get("convention_offence") is not False]
    return frozenset(ref for row in own for ref in row.refs)


def no_offences(facts: Facts) -> tuple[str, ...]:
    """Return the JSON Pointer of each article named as an offence that establishes none."""
    alone = ((at, named(each)) for at, each in enumerate(facts.articles))
    return tuple(
        facts.at(f"offence/convention_articles/{at}") for at, each in alone if each not in offence_articles()
    )


def named(text: str) -> str:
    """Return the article that a text names, as a reference; empty where it names none that is certain.

    Words behind the number may make it an article of another law, such as "12 of Law 14".
    """
    found = ARTICLE.fullmatch(text)
    if found is None or OTHER_LAW.search(found["rest"] or ""):
        return ""
    return f"hanoi_2024/art{int(found['number'])}"


def named_offences(facts: Facts) -> tuple[str, ...]:
    """Return the Convention offences that the request names, as references to their articles."""
    found = dict.fromkeys(map(named, facts.articles))
    return tuple(each for each in found if each in offence_articles())


def months_of_serious_crime() -> int:
    """Return the threshold of art. 2(h) in months."""
    row = instruments.entry("hanoi_2024/thr.serious_crime")
    return int(str(row.values["value"])) * 12


def highest_penalty(facts: Facts) -> int | None:
    """Return the greatest maximum penalty that the request states, in months."""
    return max(
        (each.maximum_months for each in facts.provisions if each.maximum_months is not None), default=None
    )


def gates(facts: Facts) -> frozenset[str]:
    """Return the gates on which the request says it stands; none where it says nothing."""
    opened = set(CONVENTION_OFFENCE) if named_offences(facts) else set()
    if (highest_penalty(facts) or 0) >= months_of_serious_crime():
        opened |= set(SERIOUS_CRIME)
    return frozenset(opened)


def gate_cure(facts: Facts) -> Cure:
    """Return what would open this form: where a serious crime does not, no penalty is asked for."""
    enough = forms()[facts.kind].intersection(SERIOUS_CRIME)
    return cure("LAW-304" if enough else "LAW-343", facts.at("offence"))


# Every kind that the Convention knows; the others rest on no gate.
KINDS: Final = tuple(name for name, kind in statements.KINDS.items() if kind.treaty)


@rule(cites=GATE, since=ADOPTED, kinds=KINDS)
def the_gate_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says which gate it stands on: a Convention offence, or a serious crime by its penalty."""
    offences, penalty = named_offences(facts), highest_penalty(facts)
    reserved = [
        reason(article, "LAW-123", party=party, article=instruments.citation(article.partition("/")[2]))
        for article in offences
        for party, provisions in basis.reserved.items()
        if article in provisions
    ]
    if reserved:
        return for_a_person(*reserved)
    if offences:
        return met(*(reason(article, "LAW-120") for article in offences))
    if penalty is not None and penalty >= months_of_serious_crime():
        return met(reason("hanoi_2024/art2.p1.h", "LAW-121", months=penalty))
    cures = [gate_cure(facts)]
    if penalty is not None:
        return not_met([reason("hanoi_2024/art2.p1.h", "LAW-122", months=penalty)], cures)
    return not_met([reason(GATE, "LAW-124")], cures)


@rule(cites=GATE, since=ADOPTED, kinds=KINDS)
def each_article_named_establishes_an_offence(facts: Facts, basis: Basis) -> Judgement | None:
    """Each article named as a Convention offence establishes one; another law, or a power, is no offence."""
    del basis
    strays = no_offences(facts)
    if not strays:
        return None
    return for_a_person(
        *(reason(GATE, "LAW-726", place=int(path.rpartition("/")[2]) + 1) for path in strays),
        cures=[cure("LAW-344", path) for path in strays],
    )


@rule(cites="hanoi_2024/art35.p1.c", since=ADOPTED, kinds=KINDS)
def the_gate_opens_this_form(facts: Facts, basis: Basis) -> Judgement | None:
    """The gate opens this form of cooperation; a serious crime alone opens electronic evidence only."""
    del basis
    stated = gates(facts)
    if not stated:
        return None
    opened_by = sorted(stated & forms()[facts.kind])
    if opened_by:
        return met(*(reason(each, "LAW-125", form=facts.kind) for each in opened_by))
    shut = [reason(each, "LAW-126", form=facts.kind) for each in sorted(stated)]
    needed = [reason(each, "LAW-722", form=facts.kind) for each in sorted(forms()[facts.kind])]
    return not_met([*shut, *needed], [gate_cure(facts)])


@rule(cites="hanoi_2024/art2.p1.h", since=ADOPTED, kinds=KINDS)
def the_penalty_is_looked_at_under_both_laws(facts: Facts, basis: Basis) -> Judgement | None:
    """Where the gate is the penalty alone, a person compares it under both laws on the day of the conduct."""
    if gates(facts) != set(SERIOUS_CRIME):
        return None
    months, parties = highest_penalty(facts) or 0, {"one": basis.requesting, "other": basis.requested}
    return for_a_person(reason("hanoi_2024/art2.p1.h", "LAW-127", months=months, **parties))


@rule(cites="hanoi_2024/art35.p3", since=ADOPTED, kinds=UNDER_ART40, matter=Matter.DUAL_CRIMINALITY)
def dual_criminality_is_for_a_person(facts: Facts, basis: Basis) -> Judgement:
    """Whether the conduct is an offence in both States, whatever its name, is for a lawyer of each."""
    del facts, basis
    return for_a_person(reason("hanoi_2024/art35.p3", "LAW-128"), reason("hanoi_2024/art40.p8", "LAW-106"))
