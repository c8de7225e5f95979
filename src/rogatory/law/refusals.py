"""Grounds: on what a request of a kind may be refused, and on what it may not. Data, not judgement.

For preservation the list is closed (art. 42(6)): art. 40(21)(b) and (c), art. 40(22), and art. 42(5) where
the requested Party reserved it. Assistance under arts. 40 and 44 to 46 is refused on art. 40's grounds,
property also on art. 50(7), extradition on art. 37's. Police cooperation and the network have no list in
the treaty: the requested Party's law decides. Arts. 38, 39 and 48 oblige nobody to accept, so no ground is
needed. A wish without a treaty basis has none, since nothing is owed. An incomplete request is queried,
never refused. Where another instrument governs, the grounds are its own.

Art. 42(6) takes over the grounds of art. 40(21) and (22) and no other paragraph. So what goes with a refusal
of preservation (consultation, reasons, postponement, forbidden grounds) is art. 40's only where art. 40(7)
lets it be: each is a matter of its own, and gives way to another mutual assistance treaty of the pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.instruments import Entry
from rogatory.law.basis import Answer, Basis, Matter, State

__all__ = ["Consultation", "Ground", "Grounds", "grounds"]


class _Kind(NamedTuple):
    """How the grounds of one kind are found: the matters that must agree, and the name of its request."""

    matters: tuple[Matter, ...]
    request: str | None = None
    # Where an instrument knows no such request of its own, it is mutual assistance there.
    assistance: bool = False


ASSISTANCE: Final = (Matter.GROUNDS,)
KINDS: Final = {
    "preservation": _Kind((Matter.PRESERVATION,), "preservation"),
    "stored_data": _Kind(ASSISTANCE, "stored_data", assistance=True),
    "realtime_traffic": _Kind(ASSISTANCE, "realtime_traffic", assistance=True),
    "content_interception": _Kind(ASSISTANCE, "content_interception", assistance=True),
    "mutual_assistance": _Kind(ASSISTANCE, "mla", assistance=True),
    "extradition": _Kind((Matter.EXTRADITION,), "extradition"),
    "sentenced_transfer": _Kind((Matter.TRANSFER_OF_PERSONS,)),
    "proceedings_transfer": _Kind((Matter.TRANSFER_OF_PROCEEDINGS,)),
    "police_cooperation": _Kind((Matter.POLICE,)),
    "joint_investigation": _Kind((Matter.JOINT_INVESTIGATION,)),
    # Art. 50(3) makes art. 40 apply, so what governs art. 40(21) must be known too.
    "property": _Kind((Matter.PROPERTY, *ASSISTANCE), "confiscation"),
    "provider_location": _Kind((Matter.NETWORK,)),
    "advice": _Kind((Matter.NETWORK,)),
    "emergency_data": _Kind((Matter.EMERGENCY,), "emergency_data"),
    # No treaty basis: nothing is owed, so nothing is refused on a ground.
    "welfare_emergency": _Kind(()),
    "hold_notice": _Kind(()),
    "removal": _Kind(()),
}
# Which row closes the list of a kind, by instrument.
CLOSED_BY: Final = {"preservation": "hanoi_2024/ref.art42.p6"}
# Reasons for refusing extradition stand in a rule of their own (art. 37(18)).
REASONS_APART: Final = {"extradition": "proc.reasons_extradition"}


class Consultation(StrEnum):
    """Whether the requesting Party is consulted before this ground is used (art. 40(28))."""

    OWED = "owed"
    OFF = "off"  # 40(22), 37(15): off unless a lawyer turns it on
    NOT_PROVIDED = "not_provided"
    UNKNOWN = "unknown"  # another treaty governs it (art. 40(7)), or nobody knows which does
    CONSIDERED = "considered"  # Budapest art. 27(6): partial or conditional execution is considered first
    AS_APPROPRIATE = "as_appropriate"  # art. 37(17)


NOT_PROVIDED: Final = Consultation.NOT_PROVIDED


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which assistance may be refused or postponed.

    Attributes:
        ref: The index entry, such as ``hanoi_2024/ref.art40.p21.b``.
        provision: What a decision cites, such as ``hanoi_2024/art40.p21.b``.
        consultation: Whether consultation is owed before it.
        only_a_person: Whether software may never suggest it or say that it is met.
        only_other_offences: Whether it is open only for offences that the Convention does not establish.
        try_first: What is tried before it: to ask for more, to set conditions, to consult.
    """

    ref: str
    provision: str
    consultation: Consultation
    only_a_person: bool
    only_other_offences: bool
    try_first: tuple[str, ...] = ()

    @property
    def number_alone(self) -> bool:
        """Whether the paragraph number is reason enough (art. 40(22), art. 37(15))."""
        return self.only_a_person


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may be said against a request of a kind between two Parties on a day.

    An empty list that is ``STATED`` means that the treaty names no ground for this kind and the requested
    Party's law decides; with ``UNKNOWN`` nobody knows the list; with ``NONE`` nothing is owed at all.

    Attributes:
        governing: The instrument whose grounds these are; None where that is unknown or none binds.
        state: ``STATED``, ``SILENT``, ``UNKNOWN`` or ``NONE``; unless stated, ``open`` is empty.
        closed: Whether the list is closed: nothing else is a ground.
        open: The grounds.
        forbidden: Provisions that forbid a ground, such as bank secrecy.
        postponement: The provision on postponement; None where none applies or another treaty governs it.
        before_postponement: Whether consultation is owed before postponing.
        reasons: The provision that owes reasons for a refusal; None where this instrument owes none here.
        in_part: Provisions under which less is done instead of nothing: in part, or on conditions.
    """

    kind: str
    governing: str | None
    state: State
    closed: bool
    open: tuple[Ground, ...]
    forbidden: tuple[str, ...]
    postponement: str | None
    before_postponement: Consultation = NOT_PROVIDED
    reasons: str | None = None
    in_part: tuple[str, ...] = ()

    def ground(self, provision: str) -> Ground | None:
        """Return the ground that cites a provision; None where it is not on the list."""
        return next((each for each in self.open if each.provision == provision), None)


def grounds(kind: str, basis: Basis) -> Grounds:
    """Return the grounds of refusal that are open for a kind of request.

    It does not say that any of them is made out; for persecution (art. 40(22)) no software ever does.

    1. A kind without a treaty basis has no grounds: nothing is owed.
    2. Every matter that the list rests on must be governed by one instrument, and what it says known; else
       the list is unknown and empty, and never filled from another instrument.
    3. The rows of that instrument that apply to this kind; for a reservation, only where it was made.
    4. What goes with a refusal: forbidden grounds, postponement, reasons, doing less instead of nothing; each
       only where this instrument governs that matter too (art. 40(7)).

    Raises:
        LawError: LAW-002 for a kind that this room does not know.
    """
    if kind not in KINDS:
        raise LawError("LAW-002", kind=kind)
    found = KINDS[kind]
    if not found.matters:  # 1
        return Grounds(kind, None, State.NONE, closed=False, open=(), forbidden=(), postponement=None)
    answers = [basis.answer(each) for each in found.matters]
    answer = next((each for each in answers if not each.says(answers[0].governing or "")), answers[0])  # 2
    key = answer.governing
    if answer.state is not State.STATED or key is None or key != answers[0].governing:
        state = State.UNKNOWN if answer.state is State.STATED else answer.state
        return Grounds(kind, key, state, kind in CLOSED_BY, (), (), None)
    rows = [row for row in instruments.index(key, "refusal_grounds") if _applies(row, kind, basis)]  # 3
    assistance = bool(rows) and _is_assistance(kind)  # 4
    return Grounds(
        kind=kind,
        governing=key,
        state=answer.state,
        closed=any(row.values["type"] == "closed_list" for row in rows)
        or CLOSED_BY.get(kind, "").startswith(key),
        open=tuple(_ground(row, basis) for row in rows),
        forbidden=tuple(ref for ref in _forbidden(key, answers, rows) if _stays(ref, key, basis)),
        postponement=_first(key, Matter.POSTPONEMENT, basis) if assistance else None,
        before_postponement=_before_postponement(key, basis) if assistance else NOT_PROVIDED,
        reasons=_first(key, Matter.REASONS, basis) if assistance else _reasons_apart(kind, key),
        in_part=_refs(key, Matter.CONSULTATION, basis) if assistance else (),
    )


def _is_assistance(kind: str) -> bool:
    # Art. 42(6) closes refusals and is silent on postponement, so art. 40(27) stays what it is.
    return kind == "preservation" or KINDS[kind].matters[-1:] == ASSISTANCE


def _forbidden(key: str, answers: list[Answer], rows: list[Entry]) -> tuple[str, ...]:
    # A rule that forbids a ground is read with the article that opens the grounds, or with the request's own.
    own = (ref for each in answers for ref in each.anchors)
    articles = {_article(ref) for ref in (*own, *(row.refs[0] for row in rows))}
    named = (row.refs[0] for row in instruments.index(key, "forbidden_grounds"))
    return tuple(ref for ref in named if _article(ref) in articles)


def _stays(ref: str, key: str, basis: Basis) -> bool:
    """Tell whether a provision that is a matter of its own is left in place by art. 40(7)."""
    own = (each for each, ruling in instruments.relation(key).matters.items() if ref in ruling.refs)
    return all(basis.answer(Matter(each)).says(key) for each in own)


def _refs(key: str, matter: Matter, basis: Basis) -> tuple[str, ...]:
    ruling = instruments.relation(key).matters.get(matter)
    return ruling.refs if ruling and basis.answer(matter).says(key) else ()


def _first(key: str, matter: Matter, basis: Basis) -> str | None:
    return next(iter(_refs(key, matter, basis)), None)


def _reasons_apart(kind: str, key: str) -> str | None:
    row = f"{key}/{REASONS_APART.get(kind, '')}"
    return instruments.entry(row).refs[0] if instruments.exists(row) else None


def _before_postponement(key: str, basis: Basis) -> Consultation:
    if not basis.answer(Matter.POSTPONEMENT).says(key):
        return Consultation.UNKNOWN
    value = instruments.entry(f"{key}/matter.{Matter.POSTPONEMENT}").values.get("consultation")
    return Consultation(str(value)) if value else NOT_PROVIDED


def _applies(row: Entry, kind: str, basis: Basis) -> bool:
    found = KINDS[kind]
    if found.request is None:
        return False
    named = f"{row.instrument}/req.{found.request}"
    asked = f"{row.instrument}/req.mla" if found.assistance and not instruments.exists(named) else named
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


def _ground(row: Entry, basis: Basis) -> Ground:
    consultation = Consultation(str(row.values["consultation"]))
    # Consultation is owed by art. 40(28), which gives way; that it is off for persecution never does.
    if consultation is Consultation.OWED and not basis.answer(Matter.CONSULTATION).says(row.instrument):
        consultation = Consultation.UNKNOWN
    return Ground(
        ref=row.ref,
        provision=row.refs[0],
        consultation=consultation,
        only_a_person=bool(row.values.get("human_rights")),
        only_other_offences=row.values["type"] == "reservation",
        try_first=row.links.get("try_first", ()),
    )
