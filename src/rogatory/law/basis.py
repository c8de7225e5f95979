"""Which instrument governs between two Parties on a day, matter by matter.

Article 40(7): where a mutual assistance treaty binds the pair, it governs what paras. 8-31 of that article
would, unless the Parties agree otherwise; UNTOC art. 18(7) and Budapest art. 27(1) say the same of their own
paragraphs. So there is no one answer for a pair: contents, language, grounds, speciality, channel, costs and
their like are asked one by one, and articles 36 and 41-46 apart. ``UNKNOWN`` is an answer and never slides
into another instrument.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from rogatory.errors import LawError
from rogatory.instruments import Communication
from rogatory.law.basis_bonds import Bond, Hold, bonds, treaty_between
from rogatory.law.basis_matters import Answer, Matter, State
from rogatory.law.basis_plan import Outline, Situation, plan
from rogatory.law.finding import Reason
from rogatory.law.participation import Participation, pair

__all__ = ["Answer", "Basis", "Bond", "Hold", "Matter", "State", "basis"]

NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Basis:
    """The answers for one ordered pair of Parties on one day.

    Attributes:
        matters: Each answer, worked out when it is read.
        reserved: Provisions that either Party reserved, by Party.
        bonds: Of each instrument at hand that could bind the pair: whether it does, and why not.
    """

    requesting: str
    requested: str
    on: date
    matters: Mapping[Matter, Answer]
    reserved: Mapping[str, frozenset[str]]
    bonds: Mapping[str, Bond]

    def answer(self, matter: Matter) -> Answer:
        """Return the answer for one matter."""
        return self.matters[matter]


def basis(
    requesting: str, requested: str, on: date, participation: Participation, *, under: str | None = None
) -> Basis:
    """Return what governs between two Parties on a day, matter by matter.

    It does not say that a request is lawful, and it knows no treaty that is not at hand.

    1. Which instruments bind both on that day, which do not, and of which is that not known? The Convention
       comes first, then Budapest, then UNTOC; one that the request names comes before all.
    2. A matter that the Convention leaves to another mutual assistance treaty (art. 40(8)-(31)): such a
       treaty between the pair governs, and what is not known of it stays unknown.
    3. Where nobody looked for such a treaty, a rule that gives way to it is unknown too; one that does not
       give way (UNTOC art. 18(8) on bank secrecy) stands.
    4. Any other matter (articles 36 and 41-46, extradition, property, ...): the first convention that binds
       both and speaks of it.
    5. Where it is not known whether an instrument binds the pair, the answer does not pass to the next.

    Args:
        requesting: The code of the requesting Party, ISO 3166-1 alpha-3 in lower case.
        requested: The code of the requested Party.
        on: The day of the request.
        participation: Who is bound since when; an input, since this room knows no today.
        under: The instrument that the request says it rests on; the usual order if None.

    Raises:
        LawError: LAW-005 where both are the same Party.
        InstrumentError: INST-002 where ``under`` names no instrument at hand.
    """
    if requesting == requested:
        raise LawError("LAW-005", party=requesting)
    both = pair(requesting, requested)
    found = bonds(requesting, requested, on, participation)
    situation = Situation(
        holds=tuple((key, each.hold) for key, each in found.items()),
        treaty=treaty_between(both, found),
        agreed=both in participation.agreed,
        looked=both in participation.no_other_treaty,
        under=under,
    )
    told = participation.reservations
    reserved = {
        party: NOTHING.union(*(told[key, party] for key in found if (key, party) in told))
        if told
        else NOTHING
        for party in (requesting, requested)
    }
    matters = _Matters((requesting, requested), situation, found, participation)
    return Basis(requesting, requested, on, matters, MappingProxyType(reserved), MappingProxyType(found))


class _Matters(Mapping[Matter, Answer]):
    """Every matter's answer, worked out when it is read: a rule asks for one or two of thirty."""

    __slots__ = ("_because", "_bonds", "_made", "_pair", "_participation", "_plan", "_told")

    def __init__(
        self,
        both: tuple[str, str],
        situation: Situation,
        found: Mapping[str, Bond],
        participation: Participation,
    ) -> None:
        self._plan = plan(situation)
        self._pair = both
        self._bonds = found
        self._participation = participation
        self._made: dict[Matter, Answer] = {}
        self._because: dict[tuple[str, ...], tuple[Reason, ...]] = {}
        self._told: dict[str, tuple[Communication, ...]] = {}

    def __getitem__(self, matter: Matter) -> Answer:
        made = self._made.get(matter)
        if made is None:
            made = self._made[matter] = self._answer(matter, self._plan[matter])
        return made

    def values(self) -> ValuesView[Answer]:
        """Return every answer; worked out in one go, where ``Mapping`` would ask one by one."""
        return self._whole().values()

    def items(self) -> ItemsView[Matter, Answer]:
        """Return every answer with its matter, likewise."""
        return self._whole().items()

    def _whole(self) -> dict[Matter, Answer]:
        made = self._made
        if len(made) < len(self._plan):
            # In the order of the matters, whichever was asked for first.
            made = {
                each: made.get(each) or self._answer(each, outline) for each, outline in self._plan.items()
            }
            self._made = made
        return made

    def __iter__(self) -> Iterator[Matter]:
        return iter(self._plan)

    def __len__(self) -> int:
        return len(self._plan)

    def _answer(self, matter: Matter, outline: Outline) -> Answer:
        governing, sure = outline.governing, outline.confidence
        assumed = False
        bearing: tuple[str, ...] = ()
        languages = NOTHING
        if governing is not None:
            bond = self._bonds[governing]
            assumed, sure = outline.state is State.STATED and bond.assumed, bond.at_most(sure)
            if told := self._communicated(governing):
                bearing = tuple(each.ref for each in told if matter in each.matters)
                if matter is Matter.LANGUAGE:
                    languages = NOTHING.union(
                        *(each.languages for each in told if each.party == self._pair[1])
                    )
        reasons = self._because.get(outline.because_of)
        if reasons is None:
            reasons = self._because[outline.because_of] = self._reasons(outline.because_of)
        if outline.reasons:
            reasons = (*reasons, *outline.reasons)
        return Answer(
            matter,
            outline.state,
            governing,
            outline.anchors,
            assumed,
            reasons,
            bearing,
            outline.beside,
            sure,
            languages,
        )

    def _reasons(self, because_of: tuple[str, ...]) -> tuple[Reason, ...]:
        return tuple(reason for key in because_of for reason in self._bonds[key].reasons)

    def _communicated(self, key: str) -> tuple[Communication, ...]:
        found = self._told.get(key)
        if found is None:
            told = self._participation.communications
            found = tuple(each for party in self._pair for each in told.get((key, party), ()))
            self._told[key] = found
        return found
