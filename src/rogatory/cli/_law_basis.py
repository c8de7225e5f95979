"""What ``rogatory law basis`` says: which instruments bind the pair, and what governs each matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from rogatory import instruments, law
from rogatory.law import Answer, Basis, Bond, Hold, Participation, Reason, State

__all__ = ["participation", "report", "told"]

HOLDS = {Hold.BOUND: "binds both", Hold.NOT_BOUND: "does not bind", Hold.UNKNOWN: "not known"}


def participation(pair: tuple[str, str], day: date, *, assumed: bool, looked: bool) -> Participation:
    """Return what sources told, with what the user assumes for study or has found out.

    Args:
        pair: The two Parties.
        day: The day from which an assumption counts.
        assumed: Whether the Convention is assumed in force for both.
        looked: Whether the user looked and found no other mutual assistance treaty between them.
    """
    found = law.as_found()
    if looked:
        found = replace(found, no_other_treaty=frozenset([law.pair(*pair)]))
    return law.assume_in_force(found, pair, day) if assumed else found


def report(basis: Basis) -> dict[str, Any]:
    """Return a basis as data: each bond, and each answer with every reference in words."""
    return {
        "requesting": basis.requesting,
        "requested": basis.requested,
        "on": basis.on.isoformat(),
        "instruments": {key: _bond(each) for key, each in basis.bonds.items()},
        "matters": {str(matter): _answer(each) for matter, each in basis.matters.items()},
        "reserved": {party: sorted(refs) for party, refs in basis.reserved.items()},
        "digests": {key: instruments.instrument(key).digest for key in basis.bonds},
    }


def _bond(bond: Bond) -> dict[str, Any]:
    return {
        "hold": str(bond.hold),
        "since": None if bond.since is None else bond.since.isoformat(),
        "assumed": bond.assumed,
        "confidence": bond.confidence,
        "reasons": _reasons(bond.reasons),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "state": str(answer.state),
        "governing": answer.governing,
        "anchors": _refs(answer.anchors),
        "assumed": answer.assumed,
        "confidence": answer.confidence,
        "reasons": _reasons(answer.reasons),
        "bearing": _refs(answer.bearing),
        "beside": _refs(answer.beside),
    }


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [
        {
            "anchor": each.anchor,
            "code": each.code,
            "fields": dict(each.fields),
            "sentence": law.sentence(each),
        }
        for each in reasons
    ]


def _refs(refs: Iterable[str]) -> list[dict[str, str]]:
    return [{"ref": each, "citation": law.cited_as(each), "text": instruments.text(each)} for each in refs]


def told(basis: Basis) -> Iterator[str]:
    """Yield a basis for a person: instruments, then matters; what is not known is said, never filled in."""
    yield f"{basis.requesting} asks {basis.requested}, {basis.on.isoformat()}"
    yield ""
    yield "Instruments"
    for key, bond in basis.bonds.items():
        since = f" since {bond.since}, {'assumed' if bond.assumed else bond.confidence}" if bond.since else ""
        yield f"  {key:<16}{HOLDS[bond.hold]}{since}"
        if bond.hold is not Hold.BOUND:
            yield from (f"  {'':<16}{law.sentence(each)}" for each in bond.reasons)
    yield ""
    yield "Matters"
    for matter, answer in basis.matters.items():
        yield f"  {str(matter).replace('_', ' '):<24}{_says(answer)}"
        yield from (f"  {'':<24}{line}" for line in _more(answer))
    yield ""
    yield "A paraphrase and a help, not legal advice; a lawyer chooses the basis."


def _says(answer: Answer) -> str:
    if answer.state is State.STATED:
        sure = "assumed in force" if answer.assumed else answer.confidence
        return f"{answer.governing}, {', '.join(law.cited_as(each) for each in answer.anchors)} ({sure})"
    if answer.state is State.NONE:
        return "no instrument at hand binds both"
    last = law.sentence(answer.reasons[-1])
    return last if answer.state is State.SILENT else f"unknown: {last}"


def _more(answer: Answer) -> Iterator[str]:
    for ref in answer.bearing:
        yield f"{ref}: {instruments.text(ref)}"
    if answer.beside:
        places = (f"{ref.partition('/')[0]}, {law.cited_as(ref) or 'template'}" for ref in answer.beside)
        yield f"beside: {'; '.join(places)}"
