"""The law room: what a request must contain, who may refuse it and on what ground, which clock runs.

Three questions, all pure: ``findings(request, basis)`` asks cited rules of a request or a draft,
``clocks(thread, now)`` measures the time limits of a thread, and ``basis(requesting, requested, on,
participation)`` says which instrument governs between two Parties, matter by matter. It is not legal
advice and not a judge: a finding never refuses, never travels and is never a score, and what only a
person may answer never comes out ``MET``. It opens no file but its own data and no socket, and knows no
today. Follows spec/law.md.

Clocks read threads, and with them every statement there is. Who only checks a request does not wait for that:
clocks, coverage and pinning are loaded when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from rogatory.law.basis import Answer, Basis, Bond, Hold, Matter, State, basis
from rogatory.law.facts import Desk
from rogatory.law.finding import Cure, Finding, Outcome, Reason, cited_as, explain, never_automated, sentence
from rogatory.law.judging import RULES, findings, rules
from rogatory.law.participation import Participation, Standing, as_found, assume_in_force, pair
from rogatory.law.participation_in_force import Deposit, InForce, ceases, entry_into_force
from rogatory.law.refusals import Consultation, Ground, Grounds, grounds
from rogatory.law.rule import Rule

if TYPE_CHECKING:
    from rogatory.law.covering import Covered, Sort, Work, coverage
    from rogatory.law.moments_home import ContactTest, DomesticOrder, HomeRecord, OralRequest
    from rogatory.law.pinning import Fault, Pinned, Wrong, pin
    from rogatory.law.ticking import Clock, ClockState, clocks, home_clocks
    from rogatory.law.ticking import kinds as clock_kinds

__all__ = [
    "RULES",
    "Answer",
    "Basis",
    "Bond",
    "Clock",
    "ClockState",
    "Consultation",
    "ContactTest",
    "Covered",
    "Cure",
    "Deposit",
    "Desk",
    "DomesticOrder",
    "Fault",
    "Finding",
    "Ground",
    "Grounds",
    "Hold",
    "HomeRecord",
    "InForce",
    "Matter",
    "OralRequest",
    "Outcome",
    "Participation",
    "Pinned",
    "Reason",
    "Rule",
    "Sort",
    "Standing",
    "State",
    "Work",
    "Wrong",
    "as_found",
    "assume_in_force",
    "basis",
    "ceases",
    "cited_as",
    "clock_kinds",
    "clocks",
    "coverage",
    "entry_into_force",
    "explain",
    "findings",
    "grounds",
    "home_clocks",
    "never_automated",
    "pair",
    "pin",
    "rules",
    "sentence",
]

_LATER: Final = {
    "covering": ("Covered", "Sort", "Work", "coverage"),
    "moments_home": ("ContactTest", "DomesticOrder", "HomeRecord", "OralRequest"),
    "pinning": ("Fault", "Pinned", "Wrong", "pin"),
    "ticking": ("Clock", "ClockState", "clocks", "home_clocks", "kinds"),
}


def __getattr__(name: str) -> Any:
    """Return what is loaded when it is first asked for."""
    within = "kinds" if name == "clock_kinds" else name
    for module, names in _LATER.items():
        if within in names and name != "kinds":
            found = globals()[name] = getattr(import_module(f"rogatory.law.{module}"), within)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
