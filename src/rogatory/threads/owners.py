"""Who may state what about what: each fact has one owning side (spec/threads.md 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rogatory.statements import Statement
from rogatory.threads.model import Side

__all__ = ["RULES", "Rule", "opens", "owns"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which side may make a type of statement, about whose statement of which types, and if it may open."""

    sides: tuple[Side, ...]
    about: Literal["own", "other"] | None = None
    targets: tuple[str, ...] = ()
    opens: bool = False


BOTH: Final = (Side.REQUESTING, Side.REQUESTED)
ANY: Final = ()
# What gives the other side something that it may then use.
GIVEN: Final = ("delivery", "report", "path_disclosure", "spontaneous_information")

# No two sides own one fact, so statements that cross do not conflict: a withdrawal is a fact of the
# requesting side about what is asked, a decision one of the requested side about what is done.
RULES: Final[dict[str, Rule]] = {
    "request": Rule((Side.REQUESTING,), opens=True),
    "acknowledgement": Rule(BOTH, "other", ANY),
    "query": Rule(BOTH, "other", ANY),
    "answer": Rule(BOTH, "other", ("query",)),
    "decision": Rule((Side.REQUESTED,), "other", ("request",)),
    "report": Rule((Side.REQUESTED,), "other", ("request",)),
    "delivery": Rule((Side.REQUESTED,), "other", ("request",)),
    "ratified": Rule(BOTH, "own", ANY),
    "recall": Rule(BOTH, "own", ANY),
    "withdrawal": Rule((Side.REQUESTING,), "own", ("request",)),
    "extension": Rule((Side.REQUESTING,), "own", ("request",)),
    "path_disclosure": Rule((Side.REQUESTED,), "other", ("request",)),
    "released": Rule((Side.REQUESTED,), "other", ("request",)),
    "no_longer_needed": Rule((Side.REQUESTING,), "own", ("request",)),
    "conditions_offered": Rule((Side.REQUESTED,), "other", ("request",)),
    "conditions_accepted": Rule(BOTH, "other", ("conditions_offered", "spontaneous_information")),
    "spontaneous_information": Rule(BOTH, opens=True),
    "hand_over": Rule(BOTH),
    "assurance": Rule((Side.REQUESTING,), "own", ("request",)),
    "use_consent": Rule(BOTH, "own", GIVEN),
    "onward_transfer": Rule(BOTH, "other", GIVEN),
    "exculpatory_notice": Rule(BOTH, "other", GIVEN),
    "returned_or_destroyed": Rule(BOTH, "other", GIVEN),
    "costs": Rule((Side.REQUESTED,), "other", ("request",)),
    "status": Rule((Side.REQUESTED,), "other", ("request",)),
}


def opens(name: str) -> bool:
    """Return whether a statement of this type may open a thread."""
    return name in RULES and RULES[name].opens


def owns(statement: Statement, side: Side, target: Statement | None, target_side: Side | None) -> bool:
    """Return whether a side may state this about that, by the table.

    Args:
        statement: What is stated.
        side: The side that states it.
        target: The statement it speaks of, folded before it; ``None`` if there is none.
        target_side: Whose the target is.
    """
    rule = RULES[statement.NAME]
    if side not in rule.sides or (statement.thread is None and not rule.opens):
        return False
    if rule.about is None:
        return True
    if target is None or (target_side is side) is not (rule.about == "own"):
        return False
    return not rule.targets or target.NAME in rule.targets
