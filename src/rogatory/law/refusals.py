"""Grounds: on what a request of a kind may be refused, and on what it may not. Data, not judgement.

For preservation the list is closed (art. 42(6)): art. 40(21)(b) and (c), art. 40(22), and art. 42(5) where
the requested Party reserved it. An incomplete request is queried, never refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.instruments import Entry
from rogatory.law.basis import Basis, Matter, State

__all__ = ["Consultation", "Ground", "Grounds", "grounds"]

HANOI: Final = "hanoi_2024"
# A request closes its list of grounds in its own article, or leaves it to art. 40.
CLOSED_BY: Final = {"preservation": f"{HANOI}/ref.art42.p6"}
MATTERS: Final = {"preservation": Matter.PRESERVATION, "stored_data": Matter.GROUNDS}


class Consultation(StrEnum):
    """Whether the requesting Party is consulted before this ground is used (art. 40(28))."""

    OWED = "owed"
    OFF = "off"  # 40(22), 37(15): off unless a lawyer turns it on
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which assistance may be refused or postponed.

    Attributes:
        ref: The index entry, such as ``hanoi_2024/ref.art40.p21.b``.
        provision: What a decision cites, such as ``hanoi_2024/art40.p21.b``.
        consultation: Whether consultation is owed before it.
        only_a_person: Whether software may never suggest it or say that it is met.
        only_other_offences: Whether it is open only for offences that the Convention does not establish.
    """

    ref: str
    provision: str
    consultation: Consultation
    only_a_person: bool
    only_other_offences: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may be said against a request of a kind between two Parties on a day.

    Attributes:
        governing: The instrument whose grounds these are; None where that is unknown or none binds.
        state: ``STATED``, ``UNKNOWN`` or ``NONE``; unless stated, ``open`` is empty.
        closed: Whether the list is closed: nothing else is a ground.
        open: The grounds.
        forbidden: Provisions that forbid a ground, such as bank secrecy.
        postponement: The provision on postponement where one applies; consultation is owed before it.
    """

    kind: str
    governing: str | None
    state: State
    closed: bool
    open: tuple[Ground, ...]
    forbidden: tuple[str, ...]
    postponement: str | None

    def ground(self, provision: str) -> Ground | None:
        """Return the ground that cites a provision; None where it is not on the list."""
        return next((each for each in self.open if each.provision == provision), None)


def grounds(kind: str, basis: Basis) -> Grounds:
    """Return the grounds of refusal that are open for a kind of request.

    It does not say that any of them is made out; for persecution (art. 40(22)) no software ever does.

    Raises:
        LawError: LAW-002 for a kind that this room does not know.
    """
    if kind not in MATTERS:
        raise LawError("LAW-002", kind=kind)
    answer = basis.answer(MATTERS[kind])
    if not answer.says(HANOI):
        return Grounds(kind, answer.governing, answer.state, kind in CLOSED_BY, (), (), None)
    rows = [row for row in instruments.index(HANOI, "refusal_grounds") if _applies(row, kind, basis)]
    forbidden = tuple(
        row.refs[0] for row in instruments.index(HANOI, "forbidden_grounds") if _forbids(row.refs[0], kind)
    )
    return Grounds(
        kind=kind,
        governing=HANOI,
        state=answer.state,
        closed=kind in CLOSED_BY,
        open=tuple(_ground(row) for row in rows),
        forbidden=forbidden,
        # Art. 42(6) closes refusals and is silent on postponement, so art. 40(27) stays what it is.
        postponement=f"{HANOI}/art40.p27",
    )


def _applies(row: Entry, kind: str, basis: Basis) -> bool:
    if row.values["type"] == "closed_list" or f"{HANOI}/req.{kind}" not in row.links["applies_to"]:
        return False
    if row.values["type"] == "reservation":
        return row.refs[0] in basis.reserved[basis.requested]
    closed_by = CLOSED_BY.get(kind)
    return closed_by is None or row.ref in instruments.entry(closed_by).links["grounds"]


def _forbids(ref: str, kind: str) -> bool:
    article = ref.partition("/")[2].partition(".")[0]
    return article == "art40" or (article == "art42" and kind == "preservation")


def _ground(row: Entry) -> Ground:
    return Ground(
        ref=row.ref,
        provision=row.refs[0],
        consultation=Consultation(str(row.values["consultation"])),
        only_a_person=bool(row.values.get("human_rights")),
        only_other_offences=row.values["type"] == "reservation",
    )
