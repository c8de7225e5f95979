"""Findings: every rule of a kind, asked of one request, under what governs between the two Parties."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rogatory import instruments, statements
from rogatory.law.basis import Basis
from rogatory.law.facts import Desk
from rogatory.law.facts import facts as facts_of
from rogatory.law.finding import Cure, Finding, Outcome, Reason
from rogatory.law.hanoi_2024 import RULES
from rogatory.law.hanoi_2024._say import READ
from rogatory.law.rule import Rule

__all__ = ["RULES", "findings", "rules"]

KIND_RULE: Final = "hanoi_2024/the_kind_is_known"
CONTENTS_RULE: Final = "hanoi_2024/the_contents_of_this_kind_are_for_a_person"
KIND_ANCHOR: Final = "hanoi_2024/art35.p1"


def rules(kind: str | None = None) -> tuple[Rule, ...]:
    """Return the rules that judge a kind of request, or all of them, in the order they are asked."""
    return tuple(each for each in RULES if kind is None or kind in each.kinds)


def findings(
    request: object, basis: Basis, *, sender: Desk | None = None, recipient: Desk | None = None
) -> tuple[Finding, ...]:
    """Return what the rules find in a request, whole or in draft.

    It refuses nothing, decides nothing and changes nothing; findings are internal advice and never travel.

    1. Read the facts; an absence is a fact, never an error.
    2. Ask every rule of the kind that holds on the day of the basis.
    3. Of a kind whose contents no rule reads, say so.
    4. Where another instrument governs the matter of a rule, or it is unknown which does, the rule still says
       what it sees, and the conclusion is a person's (art. 40(7)).

    Args:
        request: A ``Request``, its body, or a draft as a mapping in which anything may be absent.
        basis: What ``law.basis`` says of the two Parties on the day.
        sender: What the register says of the sender.
        recipient: What it says of the recipient; without it, language and channel are for a person.

    Raises:
        LawError: LAW-001 where it is no request and no mapping at all.
    """
    facts = facts_of(request, sender=sender, recipient=recipient)
    if facts.kind not in statements.KINDS:
        return (_kind_unknown(facts.at("kind")),)
    asked = [each for each in rules(facts.kind) if each.since <= basis.on]
    found = ((each, each.find(facts, basis)) for each in asked)
    told = tuple(_governed(each, finding, basis) for each, finding in found if finding is not None)
    return told if facts.kind in READ else (*told, _contents_unread(facts.kind))


def _kind_unknown(path: str) -> Finding:
    reasons = (Reason(KIND_ANCHOR, "LAW-130"),)
    return Finding(Outcome.NOT_MET, KIND_RULE, KIND_ANCHOR, reasons, (Cure("LAW-312", path),))


def _contents_unread(kind: str) -> Finding:
    """Return that silence on this kind is no praise: no rule here reads what it must contain."""
    reasons = (Reason(KIND_ANCHOR, "LAW-156", (("kind", kind),)),)
    return Finding(Outcome.FOR_A_PERSON, CONTENTS_RULE, KIND_ANCHOR, reasons)


def _is_practice(anchor: str) -> bool:
    return instruments.confidence(anchor) == "practice"


def _governed(rule: Rule, finding: Finding, basis: Basis) -> Finding:
    """Leave the conclusion to a person where the rule's own instrument does not govern its matter."""
    instrument = rule.cites.partition("/")[0]
    # What practice asks for is asked for under any treaty; what it rests on in the law is not.
    if rule.matter is None or all(_is_practice(each.anchor) for each in finding.reasons):
        return finding
    answer = basis.answer(rule.matter)
    if answer.says(instrument):
        return finding
    return replace(finding, outcome=Outcome.FOR_A_PERSON, reasons=(*answer.reasons, *finding.reasons))
