"""A rule: a short function that cites a provision and says, as a lawyer would sign it, what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rogatory.errors import LawError
from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts
from rogatory.law.finding import Cure, Finding, Outcome, Reason

__all__ = ["Judgement", "Rule", "cure", "for_a_person", "met", "not_met", "reason", "rule"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule's function returns; the rule adds its own name and citation."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    cure: tuple[Cure, ...] = ()


Judge = Callable[[Facts, Basis], Judgement | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one instrument.

    Attributes:
        id: ``<instrument>/<name of the function>``.
        cites: The provision or practice it rests on; it always has one, and a test resolves it.
        since: The first day of requests that it judges.
        kinds: The kinds of request that it judges.
        matter: The matter whose governing instrument decides whether the rule may conclude.
        judge: The function; None where the rule has nothing to say about this request.
    """

    id: str
    cites: str
    since: date
    kinds: frozenset[str]
    matter: Matter | None
    judge: Judge

    @property
    def sentence(self) -> str:
        """What the rule asks: the first line of its docstring."""
        return (self.judge.__doc__ or "").strip().split("\n")[0]

    def find(self, facts: Facts, basis: Basis) -> Finding | None:
        """Return what the rule says of these facts; None where it has nothing to say."""
        judgement = self.judge(facts, basis)
        if judgement is None:
            return None
        return Finding(judgement.outcome, self.id, self.cites, judgement.reasons, judgement.cure)


def rule(
    *, cites: str, since: str, kinds: Iterable[str], matter: Matter | None = None
) -> Callable[[Judge], Rule]:
    """Make a rule of a function; its docstring is the sentence that a lawyer reads.

    Args:
        cites: ``hanoi_2024/art42.p3.d``; whether it resolves is a test, not a cost at import.
        since: The first day it holds, ``2024-12-24``.
        kinds: ``preservation``, ``stored_data``.
        matter: None where the rule does not depend on which instrument governs.

    Raises:
        LawError: LAW-003 for a rule that cites nothing or says nothing.
    """

    def make(judge: Judge) -> Rule:
        name = judge.__name__
        instrument, _, place = cites.partition("/")
        if not (instrument and place and judge.__doc__):
            raise LawError("LAW-003", rule=name)
        ident = f"{instrument}/{name}"
        return Rule(ident, cites, date.fromisoformat(since), frozenset(kinds), matter, judge)

    return make


def reason(anchor: str, code: str, **fields: str | int) -> Reason:
    """Return a reason with its fields in order, so that equal reasons are equal."""
    return Reason(anchor, code, tuple(sorted(fields.items())))


def cure(code: str, path: str, **fields: str | int) -> Cure:
    """Return a cure with its fields in order."""
    return Cure(code, path, tuple(sorted(fields.items())))


def met(*reasons: Reason) -> Judgement:
    """Return that the text is met."""
    return Judgement(Outcome.MET, reasons)


def not_met(reasons: Sequence[Reason], cures: Sequence[Cure] = ()) -> Judgement:
    """Return that the text is not met, and what would cure it."""
    return Judgement(Outcome.NOT_MET, tuple(reasons), tuple(cures))


def for_a_person(*reasons: Reason, cures: Sequence[Cure] = ()) -> Judgement:
    """Return that a person must answer, and why."""
    return Judgement(Outcome.FOR_A_PERSON, reasons, tuple(cures))
