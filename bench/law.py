"""The law room: what it finds in a seeded set, what a check costs, and a basis for every pair of States."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from statistics import median
from string import ascii_lowercase
from typing import Any

from bench.seeded import Seeded, found, seeded
from bench.table import Row, cost
from rogatory import instruments, law
from rogatory.instruments import _compiled, _parties
from rogatory.law import Outcome, Participation, basis_bonds, basis_plan

STATES = 193
DAY = date(2028, 3, 14)
CACHES = (_parties.relation, basis_bonds.conventions, basis_bonds.treaties, basis_bonds.named_bond)


def _states(number: int) -> list[str]:
    """Return so many Party codes: those the data know, then codes that ISO leaves to users (xaa, ...)."""
    known = {party for _, party in law.as_found().standings} - {"eue"}
    made = (f"x{one}{other}" for one in ascii_lowercase for other in ascii_lowercase)
    return [*sorted(known), *made][:number]


def _participation(states: list[str]) -> Participation:
    """Return what sources told, with the Convention assumed in force for three States in four."""
    bound = [state for place, state in enumerate(states) if place % 4]
    return law.assume_in_force(law.as_found(), bound, date(2028, 1, 1))


def _ask(states: list[str], participation: Participation, *, read: bool) -> None:
    for one in states:
        for other in states:
            if one != other:
                found = law.basis(one, other, DAY, participation)
                if read:
                    for _ in found.matters.values():
                        pass


@contextmanager
def _more(treaties: int = 0, conventions: int = 0) -> Iterator[None]:
    """Add made-up instruments to those at hand, and take them away again."""
    page: dict[str, Any] = _compiled.relations()  # type: ignore[assignment]  # read-only elsewhere; here made-up rows come and go
    before = dict(page)
    for place in range(treaties):
        one, other = divmod(place, len(ascii_lowercase))
        named = [f"y{ascii_lowercase[one % 26]}{ascii_lowercase[other]}", f"z{place % 1000:03}"]
        page[f"toy_{place}"] = {
            **page["arg_vnm"],
            "facts": {**page["arg_vnm"]["facts"], "named_parties": named},
        }
    for place in range(conventions):
        page[f"toy_convention_{place}"] = {
            **page["untoc"],
            "facts": {**page["untoc"]["facts"], "rank": 10 + place},
        }
    try:
        _forget()
        yield
    finally:
        page.clear()
        page.update(before)
        _forget()


def _forget() -> None:
    for each in CACHES:
        each.cache_clear()
    basis_plan.plan.cache_clear()


def rows() -> Iterator[Row]:
    """Yield what the rules find and miss, what a check costs, then the cost of a basis and how it grows."""
    yield from seeded_rows()
    yield from check_rows()
    yield from basis_rows()


def seeded_rows() -> Iterator[Row]:
    """Yield what is found and what is a false alarm: of the pages beside the rules, then of the others."""
    cases = list(seeded())
    for independent, name in ((False, "seeded"), (True, "independently seeded")):
        yield from _found_rows([each for each in cases if each.independent is independent], name)


def _found_rows(cases: list[Seeded], name: str) -> Iterator[Row]:
    bad, good = ([each for each in cases if (each.fault is None) is sound] for sound in (False, True))
    seen = [found(each) for each in bad]
    firm = sum(any(one.outcome is Outcome.NOT_MET for one in each) for each in seen)
    alarms = sum(_alarms(each) for each in good)
    kinds = len({each.kind for each in cases})
    due = sum(not each.missed for each in bad)
    yield Row(f"{name} faults found of {len(bad)}, {kinds} kinds", "faults", sum(map(bool, seen)), goal=due)
    yield Row(f"{name}: said to be not met; the others are for a person", "faults", firm)
    yield Row(f"{name}: false alarms among {len(good)} sound requests", "requests", alarms)
    yield Row(f"{name}: false alarms, share of sound requests", "%", 100 * alarms / len(good), goal=5.0)


def _alarms(case: Seeded) -> bool:
    return any(each.outcome is Outcome.NOT_MET for each in case.findings())


def check_rows() -> Iterator[Row]:
    """Yield the CPU that a full check takes, for the sound request of each kind, warm."""
    sound = [each for each in seeded() if each.request == each.sound and not (each.fault or each.independent)]
    spent = {each.kind: cost(each.findings, seconds=0.2).cpu * 1e3 for each in sound}
    for kind, milliseconds in sorted(spent.items()):
        yield Row(f"full check, {kind}", "CPU ms", milliseconds, goal=5.0)
    yield Row(f"full check, median of {len(spent)} kinds", "CPU ms", median(spent.values()), goal=5.0)


def basis_rows() -> Iterator[Row]:
    """Yield all pairs on a day, then the cost of one pair as Parties and instruments grow."""
    states = _states(STATES)
    participation = _participation(states)
    pairs = STATES * (STATES - 1)
    for name, read in (("asked", False), (f"with all {len(law.Matter)} answers read", True)):
        spent = cost(partial(_ask, states, participation, read=read), seconds=4)
        yield Row(f"basis, {STATES} x {STATES - 1} pairs, {name}", "CPU s", spent.cpu, goal=2.0)
        yield Row(f"basis, one pair of them, {name}", "µs", spent.cpu / pairs * 1e6)
    for number in (24, 48, 96):
        yield _pair(f"one pair among {number} Parties", states[:number], participation)
    fifty = states[:50]
    for extra in (0, 100, 1000):
        with _more(treaties=extra):
            found = len(instruments.relations())
            yield _pair(f"one pair, {found} instruments at hand (treaties added)", fifty, participation)
    for extra in (3, 9):
        with _more(conventions=extra):
            yield _pair(f"one pair, {3 + extra} conventions to look at", fifty, participation)


def _pair(name: str, states: list[str], participation: Participation) -> Row:
    spent = cost(partial(_ask, states, participation, read=True), seconds=1)
    return Row(f"basis, {name}, all answers read", "µs", spent.cpu / (len(states) * (len(states) - 1)) * 1e6)
