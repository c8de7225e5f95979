"""What ``rogatory law check`` says: every finding with its citation and its cure, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rogatory import instruments, law
from rogatory.cli import _edge
from rogatory.errors import LawError
from rogatory.law import Basis, Finding, Outcome
from rogatory.values import parse_day

__all__ = ["code", "day_of", "party", "report", "told"]

ORDER = (Outcome.NOT_MET, Outcome.FOR_A_PERSON, Outcome.MET)
HEADS = {
    Outcome.NOT_MET: "Not met",
    Outcome.FOR_A_PERSON: "For a person",
    Outcome.MET: "Met",
}


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.islower()


def code(text: str) -> str:
    """Return a Party code as typed.

    Raises:
        LawError: LAW-010 it is none.
    """
    if not _is_code(text):
        raise LawError("LAW-010", party=text)
    return text


def party(page: Mapping[str, Any], member: str, given: str | None, option: str) -> str:
    """Return the Party that an option or a member of the page names.

    Raises:
        LawError: LAW-007 neither does.
    """
    authority = page.get(member)
    named = given or (authority.partition("/")[0] if isinstance(authority, str) else "")
    if not _is_code(named):
        raise LawError("LAW-007", problem=f"no Party can be read from {member}; give it with {option}")
    return named


def day_of(page: Mapping[str, Any]) -> date:
    """Return the day of the page, or today."""
    issued = page.get("issued_at")
    return parse_day(issued[:10]) if isinstance(issued, str) else _edge.now().date()


def report(basis: Basis, found: tuple[Finding, ...]) -> dict[str, Any]:
    """Return findings as data, each sentence beside its code."""
    counts = Counter(str(each.outcome) for each in found)
    return {
        "requesting": basis.requesting,
        "requested": basis.requested,
        "on": basis.on.isoformat(),
        "matters": {
            str(matter): {"state": str(each.state), "governing": each.governing, "assumed": each.assumed}
            for matter, each in basis.matters.items()
        },
        "instruments": dict(instruments.digests()),
        "counts": {str(outcome): counts[str(outcome)] for outcome in ORDER},
        "findings": [_finding(each) for each in found],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "cites": found.cites,
        "outcome": str(found.outcome),
        "asked_by": found.asked_by,
        "reasons": [
            {
                "anchor": each.anchor,
                "code": each.code,
                "fields": dict(each.fields),
                "sentence": law.sentence(each),
            }
            for each in found.reasons
        ],
        "cure": [
            {
                "path": each.path,
                "code": each.code,
                "fields": dict(each.fields),
                "sentence": law.sentence(each),
            }
            for each in found.cure
        ],
    }


def told(basis: Basis, found: tuple[Finding, ...]) -> Iterator[str]:
    """Yield findings for a person, what is not met first."""
    yield f"{basis.requesting} asks {basis.requested}, {basis.on.isoformat()}"
    for outcome in ORDER:
        chosen = [each for each in found if each.outcome is outcome]
        if chosen:
            yield ""
            yield f"{HEADS[outcome]}: {len(chosen)}"
        before: set[str] = set()
        for each in chosen:
            lines = list(dict.fromkeys(f"  {law.sentence(one)} [{one.anchor}]" for one in each.reasons))
            # Which treaty governs is said once, and not again before each particular that it leaves open.
            yield from [line for line in lines if line not in before] or lines
            before.update(lines)
            yield from (f"    Cure: {law.sentence(cure)}" for cure in each.cure)
    yield ""
    yield "In brackets: what to ask rogatory law show, and its place on the pages of rogatory law weave."
    yield "Findings are advice at home: they never travel and decide nothing."
