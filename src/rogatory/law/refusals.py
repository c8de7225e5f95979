"""Grounds: on what a request of a kind may be refused, and on what it may not. Data, not judgement.

For preservation the list is closed (art. 42(6)): art. 40(21)(b) and (c), art. 40(22), and art. 42(5) where
the requested Party reserved it. An incomplete request is queried, never refused. Where another instrument
governs, the grounds are its own.
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
MATTERS: Final = {
    "preservation": Matter.PRESERVATION,
    "stored_data": Matter.GROUNDS,
    "extradition": Matter.EXTRADITION,
    "sentenced_transfer": Matter.TRANSFER_OF_PERSONS,
    "proceedings_transfer": Matter.TRANSFER_OF_PROCEEDINGS,
}
# No assistance: art. 40 neither opens a ground for these nor lets them be postponed. Arts. 38 and 39 oblige
# nobody to accept, so no ground is needed and their list is empty.
NO_ASSISTANCE: Final = frozenset(("extradition", "sentenced_transfer", "proceedings_transfer"))


class Consultation(StrEnum):
    """Whether the requesting Party is consulted before this ground is used (art. 40(28))."""

    OWED = "owed"
    OFF = "off"  # 40(22), 37(15): off unless a lawyer turns it on
    NOT_PROVIDED = "not_provided"
    CONSIDERED = "considered"  # Budapest art. 27(6): partial or conditional execution is considered first
    AS_APPROPRIATE = "as_appropriate"  # art. 37(17)


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
    key = answer.governing
    if answer.state is not State.STATED or key is None:
        return Grounds(kind, key, answer.state, kind in CLOSED_BY, (), (), None)
    rows = [row for row in instruments.index(key, "refusal_grounds") if _applies(row, kind, basis)]
    # A rule that forbids a ground is read with the article that opens the grounds, or with the request's own.
    articles = {_article(ref) for ref in (*answer.anchors, *(row.refs[0] for row in rows))}
    forbidden = [row.refs[0] for row in instruments.index(key, "forbidden_grounds")]
    # Art. 42(6) closes refusals and is silent on postponement, so art. 40(27) stays what it is.
    postponement = (
        None if kind in NO_ASSISTANCE else instruments.relation(key).matters.get(Matter.POSTPONEMENT)
    )
    return Grounds(
        kind=kind,
        governing=key,
        state=answer.state,
        closed=any(row.values["type"] == "closed_list" for row in rows)
        or CLOSED_BY.get(kind, "").startswith(key),
        open=tuple(_ground(row) for row in rows),
        forbidden=tuple(ref for ref in forbidden if _article(ref) in articles),
        postponement=next(iter(postponement.refs), None) if postponement else None,
    )


def _applies(row: Entry, kind: str, basis: Basis) -> bool:
    named = f"{row.instrument}/req.{kind}"
    # UNTOC knows no request for stored data of its own: it is mutual assistance there.
    own = kind in NO_ASSISTANCE or instruments.exists(named)
    asked = named if own else f"{row.instrument}/req.mla"
    # A row that points to other grounds closes their list and is no ground itself.
    if "grounds" in row.links or asked not in row.links["applies_to"]:
        return False
    if row.values["type"] == "reservation":
        return row.refs[0] in basis.reserved[basis.requested]
    closed_by = CLOSED_BY.get(kind, "")
    return (
        not closed_by.startswith(row.instrument) or row.ref in instruments.entry(closed_by).links["grounds"]
    )


def _article(ref: str) -> str:
    return ref.partition("/")[2].partition(".")[0]


def _ground(row: Entry) -> Ground:
    return Ground(
        ref=row.ref,
        provision=row.refs[0],
        consultation=Consultation(str(row.values["consultation"])),
        only_a_person=bool(row.values.get("human_rights")),
        only_other_offences=row.values["type"] == "reservation",
    )
